"""The file as lanes on a line of time: standing, GPMI, and one lane for each instrument."""

from collections.abc import Iterable, Sequence

from caseload.queries.dossier import Dossier, TrajectBlad
from kern.belgian_dates import format_short
from kern.timeline import Lane, Mark, Span
from trajecten.models import Evaluatie, Gpmi
from trajecten.signalen.teksten import kort


def lanes_of(dossier: Dossier) -> list[Lane]:
    """Return the lanes of the picture, from what pays the rent to the newest instrument."""
    lanes = []
    if dossier.statuten:
        lanes.append(_statuten(dossier))
    if dossier.gpmi:
        lanes.append(_gpmi(dossier.gpmi, dossier.evaluaties))
    by_instrument: dict[str, list[TrajectBlad]] = {}
    for blad in sorted(dossier.bladen, key=lambda blad: blad.traject.begindatum):
        by_instrument.setdefault(blad.traject.instrument.naam, []).append(blad)
    return lanes + [_instrument(naam, bladen) for naam, bladen in by_instrument.items()]


def _statuten(dossier: Dossier) -> Lane:
    newest = dossier.statuten[0]
    bars = [Span(row.van, row.tot, str(row), "rest") for row in reversed(dossier.statuten)]
    return Lane("Statuut", bars=bars, note=str(newest))


def _gpmi(contracts: Sequence[Gpmi], evaluaties: Iterable[Evaluatie]) -> Lane:
    bars = [Span(row.beslist_op, row.einddatum, "GPMI", "petrol") for row in reversed(contracts)]
    return Lane("GPMI", bars=bars, dots=_dots(row for row in evaluaties if row.gpmi_id))


def _instrument(naam: str, bladen: Sequence[TrajectBlad]) -> Lane:
    last = bladen[-1].traject
    note = str(last.get_eindreden_display()) if last.einddatum else ""
    return Lane(
        kort(naam),
        bars=[_bar(blad) for blad in bladen],
        pauses=[
            Span(row.van, row.tot, f"Schorsing: {row.get_reden_display().lower()}")
            for blad in bladen
            for row in blad.schorsingen
        ],
        marks=[
            Mark(day, f"uiterste dag {format_short(day)}", "petrol")
            for blad in bladen
            if (day := blad.traject.uiterste_dag) and blad.traject.einddatum is None
        ],
        dots=_dots(row for blad in bladen for row in blad.evaluaties),
        note=note,
    )


def _bar(blad: TrajectBlad) -> Span:
    traject = blad.traject
    return Span(
        traject.begindatum, traject.einddatum or traject.uiterste_dag, traject.instrument.naam
    )


def _dots(evaluaties: Iterable[Evaluatie]) -> list[Mark]:
    return [
        Mark(row.gehouden_op, f"Evaluatie, {row.get_wijze_display().lower()}", "petrol")
        for row in evaluaties
    ]
