"""The lanes of the picture in a report: income, contract, and every traject that matters now."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from clienten.models import Statuut
from kern.belgian_dates import format_short as short
from kern.timeline import Lane, Mark, Span
from trajecten.models import Evaluatie, Gpmi, Schorsing, Traject

# Older things explain nothing about this traject and would squeeze it into a corner.
TERUGBLIK = timedelta(days=400)


def lanes_voor(
    traject: Traject,
    *,
    andere: Iterable[Traject],
    statuten: Iterable[Statuut],
    gpmi: Iterable[Gpmi],
    schorsingen: Iterable[Schorsing],
    evaluaties: Iterable[Evaluatie],
    limiet: date | None,
) -> tuple[Lane, ...]:
    """Return the lanes, from the ground up; the traject of the report stands last."""
    van = traject.begindatum - TERUGBLIK
    gehouden = list(evaluaties)
    lanes = [*_income(statuten, van), *_contract(gpmi, gehouden, van)]
    lanes += [_plain(ander, van) for ander in andere if (ander.einddatum or date.max) >= van]
    lanes.append(_own(traject, list(schorsingen), gehouden, limiet))
    return tuple(lanes)


def _income(statuten: Iterable[Statuut], van: date) -> Iterator[Lane]:
    bars = [
        Span(max(item.van, van), item.tot, str(item), "rest")
        for item in statuten
        if item.tot is None or item.tot >= van
    ]
    if bars:
        last = bars[-1]
        note = last.label if last.end is None else ""
        yield Lane("Inkomen", bars=bars, note=note)


def _contract(gpmi: Iterable[Gpmi], evaluaties: list[Evaluatie], van: date) -> Iterator[Lane]:
    bars = [
        Span(max(item.beslist_op, van), item.einddatum, "GPMI", "petrol")
        for item in gpmi
        if item.einddatum is None or item.einddatum >= van
    ]
    dots = [
        Mark(item.gehouden_op, "Evaluatie GPMI", "petrol")
        for item in evaluaties
        if item.traject_id is None and item.gehouden_op >= van
    ]
    if bars:
        yield Lane("GPMI", bars=bars, dots=dots)


def _plain(traject: Traject, van: date) -> Lane:
    naam = traject.instrument.naam
    bar = Span(max(traject.begindatum, van), traject.einddatum, naam)
    if traject.einddatum is None:
        return Lane(naam, bars=[bar], note=f"sinds {short(traject.begindatum)}")
    return Lane(naam, bars=[bar], note=f"t.e.m. {short(traject.einddatum)}")


def _own(
    traject: Traject,
    schorsingen: list[Schorsing],
    evaluaties: list[Evaluatie],
    limiet: date | None,
) -> Lane:
    naam = traject.instrument.naam
    end = traject.einddatum or limiet
    bars = [Span(traject.begindatum, end, naam)]
    pauses = [
        Span(item.van, item.tot, f"Schorsing: {item.get_reden_display().lower()}")
        for item in schorsingen
    ]
    marks = [] if limiet is None else [Mark(limiet, f"uiterste dag {short(limiet)}", "petrol")]
    if traject.einddatum:
        marks.append(Mark(traject.einddatum, f"einde {short(traject.einddatum)}", "ink"))
    dots = [
        Mark(item.gehouden_op, "Evaluatie", "petrol")
        for item in evaluaties
        if item.traject_id == traject.pk
    ]
    return Lane(naam, bars=bars, pauses=pauses, marks=marks, dots=dots)
