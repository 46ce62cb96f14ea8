"""Activeringstraject (werk en zorg): the longest and the shortest duration, and the plan review."""

from collections.abc import Sequence
from datetime import date

from kern.belgian_dates import format_short
from kern.periods import last_day_of_months
from trajecten.rules.evaluatieraster import Raster, volgende_evaluatie
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.looptijd import Looptijd, bereken_looptijd
from trajecten.rules.termijn import (
    RegelRij,
    Soort,
    Termijn,
    Uitlegregel,
    maak_termijn,
    met_opmerking,
    zoek_regel,
)

LOOPTIJD = Looptijd(
    klok="activeringstraject",
    naam="Activeringstraject",
    startzin="Start van het activeringstraject",
    duur="activeringstraject.max_maanden",
)
RASTER = Raster("activeringstraject.evaluatie", "Opvolging van het plan", LOOPTIJD.startzin)
MINIMUM_KLOK = "activeringstraject.minimum"


def bereken(feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date) -> tuple[Termijn, ...]:
    """Return the limit, the earliest regular end and the next review of the plan (AT-DUR)."""
    limiet = bereken_looptijd(LOOPTIJD, feiten, regels, op=op)
    termijnen = [limiet]
    start = feiten.begindatum
    minimum = zoek_regel(regels, "activeringstraject.min_maanden", start=start, op=op)
    if minimum is not None:
        termijnen[0] = _met_minimum(limiet, feiten, minimum)
        termijnen.append(vroegste_einde(feiten, minimum))
    evaluatie = zoek_regel(regels, "activeringstraject.evaluatie_maanden", start=start, op=op)
    if evaluatie is not None:
        grens = limiet.uiterste_dag
        termijnen.append(volgende_evaluatie(RASTER, feiten, evaluatie, limiet=grens))
    return tuple(termijnen)


def vroegste_einde(feiten: TrajectFeiten, regel: RegelRij) -> Termijn:
    """Return the earliest regular last day."""
    dag = last_day_of_months(feiten.begindatum, regel.getal)
    lijnen = (
        Uitlegregel(LOOPTIJD.startzin, feiten.begindatum),
        Uitlegregel(f"+ {regel.getal} maanden", dag, regel=regel),
    )
    return maak_termijn(MINIMUM_KLOK, "Vroegste gewone einde", lijnen, soort=Soort.VROEGSTE)


def _met_minimum(limiet: Termijn, feiten: TrajectFeiten, regel: RegelRij) -> Termijn:
    einde = feiten.einddatum or feiten.geplande_einddatum
    vroegste = last_day_of_months(feiten.begindatum, regel.getal)
    if einde is None or einde >= vroegste:
        return limiet
    return met_opmerking(
        limiet,
        f"Stopt op {format_short(einde)}: < {regel.getal} maanden "
        f"(vroegste gewone einde {format_short(vroegste)}).",
    )
