"""The clocks of all other instruments: a duration in a rule row, and what is special about it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from kern.belgian_dates import format_short
from kern.periods import ONE_DAY, add_months, first_day_of_quarter
from trajecten.rules.evaluatieraster import Raster, volgende_evaluatie
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.looptijd import Looptijd, bereken_looptijd, einde_van_duur
from trajecten.rules.termijn import (
    RegelRij,
    Soort,
    Termijn,
    Uitlegregel,
    maak_termijn,
    met_opmerking,
    zoek_regel,
    zonder_einde,
)

Klok = Callable[..., tuple[Termijn, ...]]


def zonder_vaste_duur(
    feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date
) -> tuple[Termijn, ...]:
    """Return a clock without a last day, for instruments to which no term is known."""
    begin = Uitlegregel("Start", feiten.begindatum)
    reden = "Voor dit instrument is geen wettelijke duur gekend."
    return (zonder_einde("geen", "Duur", reden, uitleg=(begin,)),)


def vaste_duur(klok: str, naam: str) -> Klok:
    """Make the clock of an instrument with a longest and perhaps a shortest duration."""
    looptijd = Looptijd(klok, naam, f"Start: {naam}", f"{klok}.max_duur")

    def bereken(
        feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date
    ) -> tuple[Termijn, ...]:
        """Return the limit, with a remark when the traject stops too early."""
        limiet = bereken_looptijd(looptijd, feiten, regels, op=op)
        return (_met_minimum(limiet, klok, feiten, regels),)

    return bereken


def uit_rijen(klok: str) -> Klok:
    """Make the clock of an instrument that came as rows: a duration, and reviews on the way."""
    looptijd = Looptijd(klok, "Duur", "Start", f"{klok}.max_duur")
    raster = Raster(f"{klok}.evaluatie", "Tussentijdse evaluatie", looptijd.startzin)

    def bereken(
        feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date
    ) -> tuple[Termijn, ...]:
        """Return the limit and, where a row asks for reviews, the next one."""
        limiet = bereken_looptijd(looptijd, feiten, regels, op=op)
        regel = zoek_regel(regels, f"{klok}.evaluatie_maanden", start=feiten.begindatum, op=op)
        if regel is None:
            return (limiet,)
        evaluatie = volgende_evaluatie(raster, feiten, regel, limiet=limiet.uiterste_dag)
        return limiet, replace(evaluatie, soort=Soort.HERBEOORDELING)

    return bereken


def imw(klok: str, naam: str) -> Klok:
    """Make the clock of individueel maatwerk, which counts from the quarter of the decision."""
    looptijd = Looptijd(
        klok, naam, "Eerste dag van het kwartaal van de beslissing", f"{klok}.max_duur"
    )

    def bereken(
        feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date
    ) -> tuple[Termijn, ...]:
        """Return the limit and, where the term can be renewed, from when to ask for it."""
        start = first_day_of_quarter(feiten.beslist_op or feiten.begindatum)
        limiet = bereken_looptijd(looptijd, feiten, regels, op=op, start=start)
        vooraf = zoek_regel(regels, f"{klok}.verlenging_vragen_maanden", start=start, op=op)
        if vooraf is None or limiet.uiterste_dag is None:
            return (limiet,)
        vanaf = add_months(limiet.uiterste_dag + ONE_DAY, -vooraf.getal)
        uitleg = (
            *limiet.uitleg,
            Uitlegregel(f"Laatste {vooraf.getal} maanden", vanaf, regel=vooraf),
        )
        vragen = maak_termijn(
            f"{klok}.verlenging", "Verlenging vragen vanaf", uitleg, soort=Soort.VROEGSTE
        )
        return limiet, vragen

    return bereken


def _met_minimum(
    limiet: Termijn, klok: str, feiten: TrajectFeiten, regels: Sequence[RegelRij]
) -> Termijn:
    start = feiten.begindatum
    regel = zoek_regel(regels, f"{klok}.min_duur", start=start, op=start)
    einde = feiten.einddatum or feiten.geplande_einddatum
    if regel is None or einde is None or einde >= einde_van_duur(start, regel):
        return limiet
    vroegste = format_short(einde_van_duur(start, regel))
    eenheid = "maand" if regel.getal == 1 else regel.eenheid
    return met_opmerking(
        limiet,
        f"Stopt op {format_short(einde)}: < {regel.getal} {eenheid} "
        f"(vroegste gewone einde {vroegste}).",
    )
