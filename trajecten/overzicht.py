"""Everything that one page about a traject shows, read with the traject itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from kern.timeline import Lane, Mark, Span
from toegang.models import Gebeurtenis, Gebruiker
from trajecten.enums import EvaluatieWijze, PlanStapSoort, PlanStatus, VerlengingStatus
from trajecten.models import Evaluatie, Schorsing, Stap, Traject, Verlenging
from trajecten.queries import WATCHED, feiten_uit, regels_voor
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.klokken import klok_for
from trajecten.rules.termijn import RegelRij, Soort, Termijn
from trajecten.rules.verloop import Verloop, verloop_op

M = TypeVar("M", bound=models.Model)

STANDEN = {
    Verloop.BEEINDIGD: ("rest", "Beëindigd"),
    Verloop.GEPLAND: ("petrol", "Gepland"),
    Verloop.OVER_LIMIET: ("nu", "Uiterste dag voorbij"),
    Verloop.GESCHORST: ("binnenkort", "Geschorst"),
    Verloop.LOPEND: ("orde", "Lopend"),
}


@dataclass(frozen=True, slots=True)
class Trajectblad:
    """A traject with its rows, facts, rules and clocks as they stand on a day."""

    traject: Traject
    schorsingen: Sequence[Schorsing]
    verlengingen: Sequence[Verlenging]
    evaluaties: Sequence[Evaluatie]
    stappen: Sequence[Stap]
    planstappen: Sequence[Stap]
    versie: str
    feiten: TrajectFeiten
    regels: Sequence[RegelRij]
    termijnen: Sequence[Termijn]
    on: date

    @property
    def limiet(self) -> Termijn:
        """Return the clock that decides how long the traject may last."""
        return self.termijnen[0]

    @property
    def stand(self) -> tuple[str, str]:
        """Return the level and the word for where the traject stands."""
        if self.traject.einddatum == self.on:
            return "rest", "Eindigt vandaag"
        return STANDEN[verloop_op(self.feiten, self.limiet, op=self.on)]

    @property
    def open_stappen(self) -> list[Stap]:
        """Return the next steps that stand, agreed or proposed; not those in disagreement."""
        return [row for row in self.stappen if row.is_open and row.status != PlanStatus.ONEENS]

    @property
    def heeft_vervolg(self) -> bool:
        """Tell whether both sides agreed to a next step whose day is still to come."""
        return any(
            row.afgesproken_op is not None and not row.is_late(self.on) for row in self.open_stappen
        )

    @property
    def gevraagd(self) -> Verlenging | None:
        """Return the request on which nobody decided yet."""
        wanted = (row for row in self.verlengingen if row.status == VerlengingStatus.GEVRAAGD)
        return next(wanted, None)

    @property
    def open_schorsing(self) -> Schorsing | None:
        """Return the suspension without a last day."""
        return next((row for row in self.schorsingen if row.tot is None), None)

    def bereken(self, feiten: TrajectFeiten, regels: Sequence[RegelRij]) -> tuple[Termijn, ...]:
        """Return the clocks with assumed facts or rules."""
        return klok_for(self.traject.instrument.klok)(feiten, regels, op=self.on)


def trajectblad(
    user: Gebruiker, pk: int, *, on: date, with_regels: bool = True
) -> Trajectblad | None:
    """Return the page of a traject the user may see, in two queries; nothing when she may not."""
    row: Any = (
        Traject.objects.visible_to(user)
        .filter(pk=pk)
        .select_related("instrument", "client", "volgend_traject__instrument")
        .annotate(
            rij_schorsingen=_rows(Schorsing, "van"),
            rij_verlengingen=_rows(
                Verlenging, "gevraagd_at", gevraagd_door=True, beslist_door=True
            ),
            rij_evaluaties=_rows(Evaluatie, "-gehouden_op", door=True),
            rij_stappen=_rows(Stap, "tegen", soort=PlanStapSoort.VOLGENDE_STAP),
            rij_planstappen=_rows(Stap, "tegen", soort=PlanStapSoort.GEWOON),
            rij_versie=_versie(),
        )
        .first()
    )
    if row is None:
        return None
    schorsingen = _instances(Schorsing, row.rij_schorsingen)
    verlengingen = _instances(Verlenging, row.rij_verlengingen)
    evaluaties = _instances(Evaluatie, row.rij_evaluaties)
    feiten = feiten_uit(
        row,
        schorsingen=schorsingen,
        verlengingen=sorted(
            (item for item in verlengingen if item.status == VerlengingStatus.GOEDGEKEURD),
            key=lambda item: item.tot,
        ),
        evaluaties=sorted(evaluaties, key=lambda item: item.gehouden_op),
    )
    regels = regels_voor(row.bestuur_id) if with_regels else ()
    return Trajectblad(
        traject=row,
        schorsingen=schorsingen,
        verlengingen=verlengingen,
        evaluaties=evaluaties,
        stappen=_instances(Stap, row.rij_stappen),
        planstappen=_instances(Stap, row.rij_planstappen),
        versie=str(row.rij_versie or 0),
        feiten=feiten,
        regels=regels,
        termijnen=klok_for(row.instrument.klok)(feiten, regels, op=on),
        on=on,
    )


def spoor_van(blad: Trajectblad) -> Lane:
    """Return the traject as a lane of a timeline picture."""
    traject, limiet = blad.traject, blad.limiet
    soort = "uiterste dag" if limiet.soort is Soort.LIMIET else limiet.naam.lower()
    marks = []
    if limiet.uiterste_dag is not None:
        vroegst = "ten vroegste " if limiet.voorlopig else ""
        marks.append(Mark(limiet.uiterste_dag, f"{soort} {vroegst}{limiet.uiterste_dag:%d/%m/%Y}"))
    einde = traject.einddatum or (limiet.uiterste_dag if limiet.soort is Soort.LIMIET else None)
    return Lane(
        label=traject.instrument.naam,
        bars=[Span(traject.begindatum, einde, traject.instrument.naam)],
        pauses=onderbrekingen(blad.schorsingen),
        marks=marks,
        dots=[
            Mark(row.gehouden_op, f"Evaluatie: {EvaluatieWijze(row.wijze).label.lower()}", "petrol")
            for row in blad.evaluaties
        ],
    )


def onderbrekingen(schorsingen: Sequence[Schorsing]) -> list[Span]:
    """Return the suspensions as hatched stretches."""
    return [Span(row.van, row.tot, f"Schorsing: {row.get_reden_display()}") for row in schorsingen]


def _rows(
    model: type[models.Model], order: str, *, soort: str = "", **people: bool
) -> ArraySubquery:
    names = {field.attname: F(field.attname) for field in model._meta.concrete_fields}
    for person in people:
        for part in ("voornaam", "familienaam"):
            names[f"{person}__{part}"] = F(f"{person}__{part}")
    rows = model._default_manager.filter(traject=OuterRef("pk"), bestuur=OuterRef("bestuur"))
    if soort:
        rows = rows.filter(soort=soort)
    return ArraySubquery(rows.order_by(order, "pk").values(rij=JSONObject(**names)))


def _versie() -> Subquery:
    rows = Gebeurtenis.objects.filter(
        bestuur=OuterRef("bestuur"), client_id=OuterRef("client_id"), tabel__in=WATCHED
    )
    per_client: QuerySet[Any] = rows.order_by().values("client_id")
    return Subquery(per_client.annotate(laatste=Max("pk")).values("laatste"))


def _instances(model: type[M], rows: Sequence[dict[str, Any]]) -> list[M]:
    return [_instance(model, dict(row)) for row in rows]


def _instance(model: type[M], row: dict[str, Any]) -> M:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    instance = model(
        **{name: fields[name].to_python(value) for name, value in row.items() if name in fields}
    )
    instance._state.adding = False
    instance._state.db = "default"
    people = {name.split("__")[0] for name in row if "__" in name}
    for person in people:
        key = row[f"{person}_id"]
        known = Gebruiker(
            pk=key,
            voornaam=row[f"{person}__voornaam"] or "",
            familienaam=row[f"{person}__familienaam"] or "",
        )
        setattr(instance, person, known if key else None)
    return instance
