"""The client's file: everything about one person, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Window

from clienten.models import (
    Client,
    Insznummer,
    Machtiging,
    Statuut,
    Toewijzing,
    VdabInschrijving,
)
from kern.db.bundle import objects_from, rows_of
from toegang.models import Gebruiker
from trajecten.enums import PlanStatus, VerlengingStatus
from trajecten.models import (
    Evaluatie,
    Gpmi,
    Logboekitem,
    Schorsing,
    Signaal,
    Stap,
    Traject,
    Verlenging,
)
from trajecten.queries import afspraken, feiten_uit, planblok, regels_voor
from trajecten.queries.drempels import Drempelblok, blok_annotations, blok_from
from trajecten.queries.logboek import Logregel, regels_of, with_answers
from trajecten.rules.klokken import klok_for
from trajecten.rules.termijn import Termijn
from trajecten.signalen import Signaalregel, regel_van
from trajecten.signalen.nader import expression as nader_van

LOG_PAGE = 15
_WHO = ("gebruiker_id", "gebruiker__voornaam", "gebruiker__familienaam")


@dataclass(frozen=True, slots=True)
class TrajectBlad:
    """One traject of the file with what hangs on it, and its clocks while it runs."""

    traject: Traject
    schorsingen: tuple[Schorsing, ...]
    verlengingen: tuple[Verlenging, ...]
    stappen: tuple[Stap, ...]
    evaluaties: tuple[Evaluatie, ...]
    termijnen: tuple[Termijn, ...] = ()

    @property
    def limiet(self) -> Termijn | None:
        """Return the clock that limits the traject."""
        return self.termijnen[0] if self.termijnen else None

    @property
    def stap(self) -> Stap | None:
        """Return the next step that comes first; what is agreed stands before a proposal."""
        return self.stappen[0] if self.stappen else None

    def loopt_op(self, day: date) -> bool:
        """Tell whether the traject has begun or will begin, and has not ended."""
        return self.traject.einddatum is None or self.traject.einddatum >= day


@dataclass(frozen=True, slots=True)
class Dossier:
    """What stands in the file besides its log."""

    heeft_insz: bool
    statuten: tuple[Statuut, ...]
    toewijzingen: tuple[Toewijzing, ...]
    vdab: tuple[VdabInschrijving, ...]
    gpmi: tuple[Gpmi, ...]
    evaluaties: tuple[Evaluatie, ...]
    gemachtigden: tuple[Machtiging, ...]
    bladen: tuple[TrajectBlad, ...]
    signalen: tuple[Signaalregel, ...]
    drempelblok: Drempelblok
    afspraken: afspraken.Afspraken
    planblok: planblok.Planblok

    def statuut_op(self, day: date) -> Statuut | None:
        """Return the standing that holds on a day."""
        return next((row for row in self.statuten if holds(row, day)), None)

    def spilfiguur_op(self, day: date) -> Toewijzing | None:
        """Return who is the fixed contact on a day."""
        return next(
            (row for row in self.toewijzingen if row.is_spilfiguur and holds(row, day)), None
        )

    def vdab_op(self, day: date) -> VdabInschrijving | None:
        """Return the registration or exemption that holds on a day."""
        return next((row for row in self.vdab if holds(row, day)), None)


@dataclass(frozen=True, slots=True)
class Logblad:
    """One page of the log."""

    items: tuple[Logregel, ...]
    totaal: int
    bladzijde: int

    @property
    def bladzijden(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.totaal // LOG_PAGE))

    @property
    def nieuwer(self) -> int:
        """Return the page before this one, 0 when this is the first."""
        return self.bladzijde - 1

    @property
    def ouder(self) -> int:
        """Return the page after this one, 0 when this is the last."""
        return self.bladzijde + 1 if self.bladzijde < self.bladzijden else 0


def holds(row: Statuut | Toewijzing | VdabInschrijving, day: date) -> bool:
    """Tell whether a dated row holds on the day."""
    return row.van <= day and (row.tot is None or row.tot >= day)


def dossier_of(client: Client, user: Gebruiker, *, on: date) -> Dossier:
    """Read the file of a client that was opened for this user."""
    own: Any = (
        Client.objects.filter(pk=client.pk)
        .annotate(
            heeft_insz=Exists(Insznummer.objects.filter(client=OuterRef("pk"), tot__isnull=True)),
            statuten_=rows_of(
                _of(Statuut).order_by("-van"),
                *("id", "soort", "categorie", "herkomst", "van", "tot", "beslist_op"),
            ),
            toewijzingen_=rows_of(
                _of(Toewijzing).order_by("-van", "-pk"),
                *("id", "rol", "is_spilfiguur", "van", "tot", "reden", *_WHO),
            ),
            vdab_=rows_of(
                _of(VdabInschrijving).order_by("-van"),
                *("id", "van", "tot", "vrijstelling", "motivering", "herziening_op", "begeleider"),
            ),
            gpmi_=rows_of(
                _of(Gpmi).order_by("-beslist_op"),
                *("id", "beslist_op", "ontwerp_op", "ondertekend_op", "einddatum"),
            ),
            evaluaties_=rows_of(
                _of(Evaluatie).order_by("gehouden_op", "pk"),
                *("id", "gehouden_op", "wijze", "traject_id", "gpmi_id"),
            ),
            machtigingen_=rows_of(_of(Machtiging).order_by("pk"), "id", *_WHO),
            **blok_annotations(),
            **afspraken.blok_annotation(),
            **planblok.blok_annotation(),
        )
        .get()
    )
    evaluaties = objects_from(Evaluatie, own.evaluaties_)
    return Dossier(
        heeft_insz=own.heeft_insz,
        statuten=tuple(objects_from(Statuut, own.statuten_)),
        toewijzingen=tuple(objects_from(Toewijzing, own.toewijzingen_)),
        vdab=tuple(objects_from(VdabInschrijving, own.vdab_)),
        gpmi=tuple(objects_from(Gpmi, own.gpmi_)),
        evaluaties=tuple(evaluaties),
        gemachtigden=tuple(objects_from(Machtiging, own.machtigingen_)),
        bladen=tuple(_bladen(client, user, evaluaties, on=on)),
        signalen=tuple(_signalen(client, user, on=on)),
        drempelblok=blok_from(own),
        afspraken=afspraken.blok_from(own, on=on),
        planblok=planblok.blok_from(own, user),
    )


def log_page(client: Client, user: Gebruiker, *, bladzijde: int) -> Logblad:
    """Return one page of the log, newest first, and how long it is, in one query."""
    number = max(1, bladzijde)
    rows = Logboekitem.objects.visible_to(user).filter(client=client).for_list()
    start = (number - 1) * LOG_PAGE
    counted = with_answers(rows).annotate(totaal=Window(Count("pk")))
    found: list[Any] = list(counted[start : start + LOG_PAGE])
    if not found and number > 1:
        return log_page(client, user, bladzijde=1)
    return Logblad(tuple(regels_of(found, user)), found[0].totaal if found else 0, number)


def _of(model: Any) -> Any:
    return model.objects.filter(client=OuterRef("pk"))


def _bladen(
    client: Client, user: Gebruiker, evaluaties: Sequence[Evaluatie], *, on: date
) -> list[TrajectBlad]:
    trajecten = list(
        Traject.objects.visible_to(user)
        .filter(client=client)
        .select_related("instrument")
        .annotate(
            schorsingen_=rows_of(
                Schorsing.objects.filter(traject=OuterRef("pk")).order_by("van"),
                *("id", "van", "tot", "reden"),
            ),
            verlengingen_=rows_of(
                Verlenging.objects.filter(traject=OuterRef("pk")).order_by("tot", "pk"),
                *("id", "tot", "reden", "status"),
            ),
            stappen_=rows_of(
                Stap.objects.next_steps()
                .open()
                .filter(traject=OuterRef("pk"))
                .exclude(status=PlanStatus.ONEENS)
                .order_by(F("afgesproken_tegen").asc(nulls_last=True), "tegen", "pk"),
                *("id", "tekst", "vervolg", "uitvoerders", "partner", "tegen", "status"),
                *("wacht_op", "afgesproken_op", "afgesproken_tegen", *_WHO),
            ),
        )
        .order_by(F("einddatum").desc(nulls_first=True), "-begindatum", "-pk")
    )
    of_traject = defaultdict(list)
    for evaluatie in evaluaties:
        of_traject[evaluatie.traject_id].append(evaluatie)
    bladen = [_blad(traject, of_traject[traject.pk]) for traject in trajecten]
    return _with_clocks(bladen, on=on)


def _blad(traject: Any, evaluaties: Sequence[Evaluatie]) -> TrajectBlad:
    return TrajectBlad(
        traject=traject,
        schorsingen=tuple(objects_from(Schorsing, traject.schorsingen_)),
        verlengingen=tuple(objects_from(Verlenging, traject.verlengingen_)),
        stappen=tuple(objects_from(Stap, traject.stappen_)),
        evaluaties=tuple(evaluaties),
    )


def _with_clocks(bladen: Sequence[TrajectBlad], *, on: date) -> list[TrajectBlad]:
    if not any(blad.loopt_op(on) for blad in bladen):
        return list(bladen)
    regels = regels_voor(bladen[0].traject.bestuur_id)
    return [
        TrajectBlad(
            traject=blad.traject,
            schorsingen=blad.schorsingen,
            verlengingen=blad.verlengingen,
            stappen=blad.stappen,
            evaluaties=blad.evaluaties,
            termijnen=klok_for(blad.traject.instrument.klok)(
                feiten_uit(
                    blad.traject,
                    schorsingen=blad.schorsingen,
                    verlengingen=[
                        row
                        for row in blad.verlengingen
                        if row.status == VerlengingStatus.GOEDGEKEURD
                    ],
                    evaluaties=blad.evaluaties,
                ),
                regels,
                op=on,
            ),
        )
        if blad.loopt_op(on)
        else blad
        for blad in bladen
    ]


def _signalen(client: Client, user: Gebruiker, *, on: date) -> list[Signaalregel]:
    rows = Signaal.objects.visible_to(user).filter(client=client).for_list()
    rows = rows.annotate(nader=nader_van())
    return [regel_van(row, on=on) for row in rows]
