"""Reviews that fall due every so many months, counted from the start without drift."""

from dataclasses import dataclass
from datetime import date

from kern.belgian_dates import format_short
from kern.periods import last_day_of_months
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.termijn import (
    RegelRij,
    Soort,
    Termijn,
    Uitlegregel,
    maak_termijn,
    zonder_einde,
)


@dataclass(frozen=True, slots=True)
class Raster:
    """How a row of reviews is named."""

    klok: str
    naam: str
    startzin: str


def eerste_op_raster(start: date, maanden: int, *, vanaf: date) -> tuple[date, int]:
    """Return the first due day on or after `vanaf`, and how many months that is."""
    aantal = max(1, ((vanaf.year - start.year) * 12 + vanaf.month - start.month) // maanden)
    while (dag := last_day_of_months(start, aantal * maanden)) < vanaf:
        aantal += 1
    while aantal > 1 and last_day_of_months(start, (aantal - 1) * maanden) >= vanaf:
        aantal -= 1
        dag = last_day_of_months(start, aantal * maanden)
    return dag, aantal * maanden


def volgende_evaluatie(
    raster: Raster, feiten: TrajectFeiten, regel: RegelRij, *, limiet: date | None
) -> Termijn:
    """Return the due day after the window in which the last review was held."""
    laatste = feiten.laatste_evaluatie
    maanden = regel.getal
    start = feiten.begindatum
    dag, aantal = eerste_op_raster(start, maanden, vanaf=laatste or start)
    if laatste is not None:
        aantal += maanden
        dag = last_day_of_months(start, aantal)
    grenzen = [grens for grens in (limiet, feiten.einddatum) if grens is not None]
    begin = Uitlegregel(raster.startzin, start)
    if grenzen and dag >= min(grenzen):
        reden = "Er is geen evaluatie meer nodig vóór het einde."
        if laatste is not None:
            reden = f"Evaluatie gehouden op {format_short(laatste)}. {reden}"
        return zonder_einde(raster.klok, raster.naam, reden, uitleg=(begin,), soort=Soort.ACTIE)
    lijn = Uitlegregel(f"+ {aantal} maanden (elke {maanden} maanden)", dag, regel=regel)
    return maak_termijn(raster.klok, raster.naam, (begin, lijn), soort=Soort.ACTIE)
