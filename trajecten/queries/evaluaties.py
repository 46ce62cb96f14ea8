"""The evaluations of a client: held, still needed, planned, and the estimate over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from clienten.models import Client
from toegang.models import Gebruiker
from trajecten.models import Afspraak, Evaluatie, Gpmi, Traject
from trajecten.queries import evaluatie_feit, feiten_van_veel, lopend_gpmi, regels_voor
from trajecten.queries.afspraken import geplande_evaluaties
from trajecten.rules.evaluatieplan import Voorstel, twe_opvolging, verdeel, volgens_termijn
from trajecten.rules.gpmi import Evaluatiestand, GpmiFeiten, evaluatiestand
from trajecten.rules.klokken import klok_for
from trajecten.rules.termijn import RegelRij, Soort, Termijn


@dataclass(frozen=True, slots=True)
class NogTeHouden:
    """An evaluation still to hold: of what, when best, and the appointment that is made for it."""

    naam: str
    voorstel: Voorstel
    traject: Traject | None = None
    gpmi: Gpmi | None = None
    afspraak: Afspraak | None = None


@dataclass(frozen=True, slots=True)
class Evaluatieblad:
    """What the page of evaluations shows; `gehouden` has the newest first."""

    gehouden: tuple[Evaluatie, ...]
    nog: tuple[NogTeHouden, ...]
    gpmi: Gpmi | None = None
    stand: Evaluatiestand | None = None
    los: tuple[Afspraak, ...] = ()
    trajecten: tuple[Traject, ...] = ()

    @property
    def inschattingen(self) -> tuple[Evaluatie, ...]:
        """Return the evaluations that estimated whether regular work is within reach, in order."""
        said = (row for row in reversed(self.gehouden) if row.is_nec_haalbaar is not None)
        return tuple(said)


def evaluatieblad(client: Client, user: Gebruiker, *, at: datetime) -> Evaluatieblad:
    """Return everything about the evaluations of a client whose file was opened."""
    on = timezone.localdate(at)
    held = Evaluatie.objects.visible_to(user).filter(client=client)
    held = held.select_related("door", "traject__instrument", "gpmi")
    gehouden = tuple(held.order_by("-gehouden_op", "-pk"))
    gpmi = lopend_gpmi(client.pk)
    rows = Traject.objects.visible_to(user).filter(client=client).unfinished()
    trajecten = list(rows.select_related("instrument").order_by("begindatum", "pk"))
    regels = regels_voor(client.bestuur_id) if trajecten or gpmi is not None else ()
    stand = _stand(gpmi, gehouden, regels, on)
    nog = (
        []
        if stand is None
        else [NogTeHouden("GPMI", voorstel, gpmi=gpmi) for voorstel in verdeel(stand, op=on)]
    )
    nog += _van_trajecten(trajecten, regels, on)
    gepland, los = _koppel(nog, geplande_evaluaties(client.pk, at=at))
    return Evaluatieblad(
        gehouden=gehouden,
        nog=tuple(gepland),
        gpmi=gpmi,
        stand=stand,
        los=tuple(los),
        trajecten=tuple(trajecten),
    )


def herziening_van(termijnen: Sequence[Termijn]) -> Termijn | None:
    """Return the clock that asks for a review of a traject, if it carries one."""
    return next((termijn for termijn in termijnen if _is_herziening(termijn)), None)


def _is_herziening(termijn: Termijn) -> bool:
    return termijn.soort is Soort.HERBEOORDELING or termijn.klok.endswith(".evaluatie")


def _stand(
    gpmi: Gpmi | None, gehouden: Sequence[Evaluatie], regels: Sequence[RegelRij], on: date
) -> Evaluatiestand | None:
    if gpmi is None:
        return None
    feiten = GpmiFeiten(
        beslissing_op=gpmi.beslist_op,
        ontwerp_op=gpmi.ontwerp_op,
        ondertekend_op=gpmi.ondertekend_op,
        evaluaties=tuple(evaluatie_feit(row) for row in gehouden if row.gpmi_id == gpmi.pk),
    )
    return evaluatiestand(feiten, regels, op=on)


def _van_trajecten(
    trajecten: Sequence[Traject], regels: Sequence[RegelRij], on: date
) -> list[NogTeHouden]:
    feiten = feiten_van_veel(trajecten) if trajecten else {}
    found = []
    for traject in trajecten:
        eigen = feiten[traject.pk]
        termijnen = klok_for(traject.instrument.klok)(eigen, regels, op=on)
        termijn = herziening_van(termijnen)
        if termijn is None and traject.instrument.klok == "twe":
            limiet = termijnen[0].uiterste_dag
            termijn = twe_opvolging(eigen, regels, op=on, limiet=limiet)
        voorstel = volgens_termijn(termijn, regels, op=on) if termijn is not None else None
        if voorstel is not None:
            found.append(NogTeHouden(traject.instrument.naam, voorstel, traject=traject))
    return found


def _koppel(
    nog: Sequence[NogTeHouden], gepland: Sequence[Afspraak]
) -> tuple[list[NogTeHouden], list[Afspraak]]:
    """Put each planned talk beside the evaluation it is for; return also those for nothing."""
    over = list(gepland)
    found = []
    for item in nog:
        match = next((row for row in over if _past(row, item)), None)
        if match is not None:
            over.remove(match)
        found.append(NogTeHouden(item.naam, item.voorstel, item.traject, item.gpmi, afspraak=match))
    return found, over


def _past(afspraak: Afspraak, item: NogTeHouden) -> bool:
    if afspraak.gpmi_id is None and afspraak.traject_id is None:
        return True
    if item.gpmi is not None:
        return afspraak.gpmi_id == item.gpmi.pk
    return item.traject is not None and afspraak.traject_id == item.traject.pk
