"""Tijdelijke werkervaring: the months from the werkervaringsovereenkomst, and the timely start."""

from collections.abc import Sequence
from datetime import date, timedelta

from kern.belgian_dates import format_short
from kern.periods import add_months
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.looptijd import Looptijd, bereken_looptijd
from trajecten.rules.termijn import (
    RegelRij,
    Soort,
    Termijn,
    Uitlegregel,
    geldige_regel,
    maak_termijn,
    zoek_regel,
    zonder_einde,
)

LOOPTIJD = Looptijd(
    klok="twe",
    naam="Tijdelijke werkervaring",
    startzin="Start van de werkervaringsovereenkomst",
    duur="twe.max_maanden",
)
TIJDIG = "twe.tijdige_start_maanden"
TIJDIG_KLOK = "twe.tijdige_start"
TIJDIG_NAAM = "Tijdige start van artikel 60"


def bereken(feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date) -> tuple[Termijn, ...]:
    """Return the limit of the TWE-traject and the last day for a timely start (TWE-05, TWE-08)."""
    limiet = bereken_looptijd(LOOPTIJD, feiten, regels, op=op)
    if zoek_regel(regels, TIJDIG, start=feiten.begindatum, op=feiten.begindatum) is None:
        return (limiet,)
    return limiet, tijdige_start(feiten, regels)


def uiterste_tijdige_start(begindatum: date, regels: Sequence[RegelRij]) -> tuple[date, RegelRij]:
    """Return the last day on which an artikel 60 job still starts in time, with its rule."""
    regel = geldige_regel(regels, TIJDIG, op=begindatum)
    return add_months(begindatum, regel.getal), regel


def is_tijdig(begindatum: date, tewerkstelling: date, regels: Sequence[RegelRij]) -> bool:
    """Say whether the job started in time; the last day itself still counts."""
    return tewerkstelling <= uiterste_tijdige_start(begindatum, regels)[0]


def tijdige_start(feiten: TrajectFeiten, regels: Sequence[RegelRij]) -> Termijn:
    """Return by when artikel 60 must begin, or whether it began in time."""
    uiterste, regel = uiterste_tijdige_start(feiten.begindatum, regels)
    uitleg = (
        Uitlegregel(LOOPTIJD.startzin, feiten.begindatum),
        Uitlegregel(f"+ {regel.getal} maanden, die dag inbegrepen", uiterste, regel=regel),
    )
    begonnen = feiten.tewerkstelling_begindatum
    if begonnen is not None:
        tijdig = begonnen <= uiterste
        oordeel = "tijdig" if tijdig else f"na de laatste dag ({format_short(uiterste)})"
        return zonder_einde(
            TIJDIG_KLOK,
            TIJDIG_NAAM,
            f"Artikel 60 begon op {format_short(begonnen)}: {oordeel}.",
            uitleg=uitleg,
            soort=Soort.ACTIE,
            opmerkingen=() if tijdig else ("De inspanningsvergoeding komt in gevaar.",),
        )
    if feiten.einddatum is not None:
        reden = "Het traject eindigde zonder artikel 60."
        return zonder_einde(TIJDIG_KLOK, TIJDIG_NAAM, reden, uitleg=uitleg, soort=Soort.ACTIE)
    return maak_termijn(
        TIJDIG_KLOK,
        TIJDIG_NAAM,
        uitleg,
        soort=Soort.ACTIE,
        waarschuw_op=_waarschuwing(uiterste, feiten.begindatum, regels),
    )


def _waarschuwing(uiterste: date, start: date, regels: Sequence[RegelRij]) -> date | None:
    vooraf = zoek_regel(regels, "twe.tijdige_start_waarschuwing_dagen", start=start, op=start)
    return None if vooraf is None else uiterste - timedelta(days=vooraf.getal)
