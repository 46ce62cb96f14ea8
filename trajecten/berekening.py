"""Stored conclusions rebuilt from facts: the last legal day and the next review of a traject."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from kern.periods import ONE_DAY
from trajecten.models import Schorsing, Traject
from trajecten.queries import regels_voor, termijnen_van, termijnen_van_veel
from trajecten.rules.termijn import RegelRij, Soort, Termijn

BATCH = 1000
# Reviews under a name of their own; other deadlines (a timely start) are no review.
HERZIENINGEN = ("wijkwerken.evaluatie", "wijkwerken.verval", "activeringstraject.evaluatie")


@dataclass(frozen=True, slots=True)
class Opgeslagen:
    """The two days kept in the row of a traject, for lists and signals only."""

    uiterste_dag: date | None
    herziening_op: date | None


@dataclass(frozen=True, slots=True)
class Verschil:
    """A traject whose stored days differ from what its clocks say."""

    traject_id: int
    bewaard: Opgeslagen
    berekend: Opgeslagen


def op_te_slaan(termijnen: Sequence[Termijn]) -> Opgeslagen:
    """Return what the row of a traject keeps of its clocks."""
    limieten = [item.uiterste_dag for item in termijnen if item.soort is Soort.LIMIET]
    herzieningen = [
        item.uiterste_dag
        for item in termijnen
        if item.soort is Soort.HERBEOORDELING or item.klok in HERZIENINGEN
    ]
    return Opgeslagen(
        uiterste_dag=next((dag for dag in limieten if dag is not None), None),
        herziening_op=min((dag for dag in herzieningen if dag is not None), default=None),
    )


def recompute(
    traject: Traject, *, on: date, regels: Sequence[RegelRij] | None = None
) -> tuple[Termijn, ...]:
    """Store what the clocks of one traject say today, and return the clocks."""
    termijnen = termijnen_van(traject, on=on, regels=regels)
    berekend = op_te_slaan(termijnen)
    if _bewaard(traject) != berekend:
        traject.uiterste_dag = berekend.uiterste_dag
        traject.herziening_op = berekend.herziening_op
        traject.save(update_fields=["uiterste_dag", "herziening_op"])
    return termijnen


def verschillen(
    bestuur_id: int, *, on: date, regels: Sequence[RegelRij] | None = None, alle: bool = True
) -> Iterator[list[Verschil]]:
    """Yield, batch by batch, the trajecten of the bestuur whose stored days are not right.

    With `alle=False` only those whose day can move by the mere passing of time.
    """
    rijen = regels_voor(bestuur_id) if regels is None else regels
    rows = Traject.objects.filter(bestuur=bestuur_id)
    if not alle:
        rows = rows.filter(_kan_vanzelf_verschuiven())
    laatste = 0
    size = BATCH
    while size == BATCH:
        batch = list(
            rows.filter(pk__gt=laatste).select_related("instrument").order_by("pk")[:BATCH]
        )
        size = len(batch)
        laatste = batch[-1].pk if batch else laatste
        klokken = termijnen_van_veel(batch, on=on, regels=rijen)
        paren = ((row, op_te_slaan(klokken[row.pk])) for row in batch)
        yield [
            Verschil(row.pk, _bewaard(row), berekend)
            for row, berekend in paren
            if _bewaard(row) != berekend
        ]


def herstel(
    bestuur_id: int, *, on: date, regels: Sequence[RegelRij] | None = None, alle: bool = True
) -> int:
    """Store what the clocks say for every traject of the bestuur; return how many changed."""
    aantal = 0
    for batch in verschillen(bestuur_id, on=on, regels=regels, alle=alle):
        rows = [
            Traject(
                pk=item.traject_id,
                uiterste_dag=item.berekend.uiterste_dag,
                herziening_op=item.berekend.herziening_op,
            )
            for item in batch
        ]
        Traject.objects.bulk_update(rows, ["uiterste_dag", "herziening_op"], batch_size=BATCH)
        aantal += len(rows)
    return aantal


@dataclass(frozen=True, slots=True)
class Gevolg:
    """What a rule would do: how many running trajecten use it, and how many change their day."""

    raakt: int
    schuift: int


def gevolg(bestuur_id: int, nieuw: RegelRij, *, on: date) -> Gevolg:
    """Count what an own version would do to the unfinished trajecten of the bestuur."""
    regels = met_versie(regels_voor(bestuur_id), nieuw)
    stam = nieuw.code.split(".")[0]
    rows = Traject.objects.filter(bestuur=bestuur_id, instrument__klok__startswith=stam)
    rows = rows.unfinished().select_related("instrument").order_by("pk")
    raakt = schuift = laatste = 0
    while batch := list(rows.filter(pk__gt=laatste)[:BATCH]):
        laatste = batch[-1].pk
        klokken = termijnen_van_veel(batch, on=on, regels=regels)
        for row in batch:
            raakt += any(nieuw in termijn.regels for termijn in klokken[row.pk])
            schuift += _bewaard(row) != op_te_slaan(klokken[row.pk])
    return Gevolg(raakt, schuift)


def met_versie(regels: Sequence[RegelRij], nieuw: RegelRij) -> tuple[RegelRij, ...]:
    """Return the rules as they would be: the own version before it ends the day before."""
    rest = [_afgesloten(regel, nieuw) for regel in regels]
    return (*rest, nieuw)


def _afgesloten(regel: RegelRij, nieuw: RegelRij) -> RegelRij:
    loopt_erin = regel.geldig_tot is None or regel.geldig_tot >= nieuw.vanaf
    if regel.eigen and regel.code == nieuw.code and regel.vanaf < nieuw.vanaf and loopt_erin:
        return replace(regel, geldig_tot=nieuw.vanaf - ONE_DAY)
    return regel


def _bewaard(traject: Traject) -> Opgeslagen:
    return Opgeslagen(traject.uiterste_dag, traject.herziening_op)


def _kan_vanzelf_verschuiven() -> Q:
    """Return trajecten with an open suspension, or whose review is counted from today."""
    open_schorsing = Schorsing.objects.filter(traject=OuterRef("pk"), tot__isnull=True)
    return Q(einddatum__isnull=True) & (
        Q(Exists(open_schorsing)) | Q(pwa_overeenkomst_op__isnull=False)
    )
