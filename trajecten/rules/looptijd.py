"""The sum behind the last day of a traject: start, duration, suspensions, extensions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kern.belgian_dates import format_short
from kern.periods import ONE_DAY, Period, last_day_of_months
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.schorsingen import Telling, tel_schorsingen
from trajecten.rules.termijn import (
    RegelOntbreekt,
    RegelRij,
    Termijn,
    Uitlegregel,
    bereikte_dag,
    kies_regel,
    maak_termijn,
    wisseldagen,
    zonder_einde,
)


class Eenheid(StrEnum):
    """The units in which a rule row may state a duration."""

    DAGEN = "dagen"
    MAANDEN = "maanden"
    JAREN = "jaren"


@dataclass(frozen=True, slots=True)
class Looptijd:
    """How the last day of one kind of traject is named and which rule codes it uses."""

    klok: str
    naam: str
    startzin: str
    duur: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every rule code that can move the last day."""
        delen = ("beleid", "redenen", "plafond_dagen")
        return (self.duur, *(f"{self.klok}.schorsing_{deel}" for deel in delen))


@dataclass(frozen=True, slots=True)
class _Som:
    lijnen: tuple[Uitlegregel, ...]
    opmerkingen: tuple[str, ...]
    voorlopig: bool

    @property
    def dag(self) -> date:
        return bereikte_dag(self.lijnen)


def bereken_looptijd(
    soort: Looptijd,
    feiten: TrajectFeiten,
    regels: Sequence[RegelRij],
    *,
    op: date,
    start: date | None = None,
) -> Termijn:
    """Return the last permitted day of a traject, with its sum.

    A rule that also touches running files counts when the traject still runs on its first
    day: a traject past its limit is not revived, and no limit moves back behind a new rule.
    """
    begin = start or feiten.begindatum
    som = _tel(soort, feiten, regels, begin, moment=begin, op=op)
    for wissel in wisseldagen(regels, soort.codes, na=begin):
        voorbij = som is not None and wissel > som.dag
        if voorbij or (feiten.einddatum is not None and wissel > feiten.einddatum):
            break
        nieuw = _tel(soort, feiten, regels, begin, moment=wissel, op=op)
        som = _niet_met_terugwerking(nieuw, wissel) if nieuw is not None else som
    if som is None:
        reden = f"Er is geen regel over de duur van een start op {format_short(begin)}."
        return zonder_einde(soort.klok, soort.naam, reden)
    return maak_termijn(
        soort.klok,
        soort.naam,
        som.lijnen,
        voorlopig=som.voorlopig,
        opmerkingen=som.opmerkingen,
    )


def einde_van_duur(start: date, regel: RegelRij) -> date:
    """Return the last day of the duration in the rule, in the unit of that rule."""
    match Eenheid(regel.eenheid):
        case Eenheid.MAANDEN:
            return last_day_of_months(start, regel.getal)
        case Eenheid.JAREN:
            return last_day_of_months(start, regel.getal * 12)
        case Eenheid.DAGEN:
            return start + timedelta(days=regel.getal - 1)


def duurregel(start: date, regel: RegelRij) -> Uitlegregel:
    """Return the line of the sum that adds the duration in the rule."""
    eenheid = "maand" if regel.getal == 1 and regel.eenheid == "maanden" else regel.eenheid
    tekst = f"+ {regel.getal} {eenheid}"
    if regel.vanaf > start:
        tekst += f" (regel vanaf {format_short(regel.vanaf)}, ook voor lopende trajecten)"
    return Uitlegregel(tekst, einde_van_duur(start, regel), regel=regel)


def _tel(
    soort: Looptijd,
    feiten: TrajectFeiten,
    regels: Sequence[RegelRij],
    begin: date,
    *,
    moment: date,
    op: date,
) -> _Som | None:
    try:
        regel = kies_regel(regels, soort.duur, start=begin, op=moment)
    except RegelOntbreekt:
        return None
    basis = duurregel(begin, regel)
    einde = feiten.einddatum
    venster = Period(begin, einde if einde is None or einde >= begin else begin)
    telling = tel_schorsingen(
        Telling(soort.klok, venster, bereikte_dag([basis]), moment, op), feiten.schorsingen, regels
    )
    dag = telling.dag
    verlengd, opmerkingen = _verlengingen(feiten, dag)
    lijnen = (Uitlegregel(soort.startzin, begin), basis, *telling.lijnen, *verlengd)
    return _Som(lijnen, (*telling.opmerkingen, *opmerkingen), telling.voorlopig)


def _verlengingen(feiten: TrajectFeiten, dag: date) -> tuple[list[Uitlegregel], list[str]]:
    lijnen: list[Uitlegregel] = []
    opmerkingen: list[str] = []
    for verlenging in sorted(feiten.verlengingen, key=lambda item: item.tot):
        tot = format_short(verlenging.tot)
        if verlenging.tot <= dag:
            opmerkingen.append(f"De verlenging t.e.m. {tot} brengt geen latere dag.")
            continue
        wegens = f" ({verlenging.reden})" if verlenging.reden else ""
        tekst = f"Verlenging goedgekeurd t.e.m. {tot}{wegens}"
        lijnen.append(Uitlegregel(tekst, verlenging.tot, (verlenging.tot - dag).days))
        dag = verlenging.tot
    return lijnen, opmerkingen


def _niet_met_terugwerking(som: _Som, wissel: date) -> _Som:
    if som.dag >= wissel:
        return som
    vooravond = wissel - ONE_DAY
    tekst = f"Niet vroeger dan de dag vóór de nieuwe regel van {format_short(wissel)}"
    lijn = Uitlegregel(tekst, vooravond, (vooravond - som.dag).days)
    opmerking = "De nieuwe regel maakt dit traject korter: beslis wat er nu gebeurt."
    return _Som((*som.lijnen, lijn), (*som.opmerkingen, opmerking), som.voorlopig)
