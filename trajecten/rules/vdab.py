"""Registration with VDAB: by when, for whom, and who is exempt (TWE-14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kern.belgian_dates import format_short
from kern.periods import add_months
from trajecten.rules.termijn import (
    RegelRij,
    Soort,
    Termijn,
    Uitlegregel,
    bereikte_dag,
    maak_termijn,
    zoek_regel,
    zonder_einde,
)

KLOK = "vdab"
NAAM = "Inschrijving bij VDAB"


@dataclass(frozen=True, slots=True, kw_only=True)
class VdabFeiten:
    """What is known of a person's right and registration."""

    beslissing_op: date
    ingeschreven_op: date | None = None
    vrijstelling_reden: str = ""
    herziening_op: date | None = None
    recht_tot: date | None = None


def bereken(feiten: VdabFeiten, regels: Sequence[RegelRij], *, op: date) -> tuple[Termijn, ...]:
    """Return by when the person registers, or until when the exemption holds."""
    inschrijving = _inschrijving(feiten, regels, op)
    if not feiten.vrijstelling_reden or feiten.herziening_op is None:
        return (inschrijving,)
    herziening = maak_termijn(
        "vdab.herziening",
        "Vrijstelling opnieuw bekijken",
        (Uitlegregel("Afgesproken herziening", feiten.herziening_op),),
        soort=Soort.HERBEOORDELING,
    )
    return inschrijving, herziening


def inschrijven_tegen(
    beslissing_op: date, regels: Sequence[RegelRij]
) -> tuple[Uitlegregel, ...] | None:
    """Return the sum behind the last day to register, or nothing before the duty existed."""
    peildag = zoek_regel(regels, "vdab.peildag", start=beslissing_op, op=date.max)
    if peildag is not None and beslissing_op <= peildag.dag:
        bestand = zoek_regel(regels, "vdab.bestand_dagen", start=peildag.dag, op=peildag.dag)
        if bestand is None:
            return None
        dag = peildag.dag + timedelta(days=bestand.getal)
        return (
            Uitlegregel("Had al recht toen de plicht begon", peildag.dag, regel=peildag),
            Uitlegregel(f"+ {bestand.getal} dagen", dag, bestand.getal, bestand),
        )
    regel = zoek_regel(regels, "vdab.inschrijving_maanden", start=beslissing_op, op=beslissing_op)
    if regel is None:
        return None
    return (
        Uitlegregel("Beslissing over het (equivalent) leefloon", beslissing_op),
        Uitlegregel(
            f"+ {regel.getal} maanden", add_months(beslissing_op, regel.getal), regel=regel
        ),
    )


def _inschrijving(feiten: VdabFeiten, regels: Sequence[RegelRij], op: date) -> Termijn:
    if feiten.vrijstelling_reden:
        reden = f"Vrijgesteld: {feiten.vrijstelling_reden}."
        return zonder_einde(KLOK, NAAM, reden, soort=Soort.ACTIE)
    uitleg = inschrijven_tegen(feiten.beslissing_op, regels)
    if uitleg is None:
        reden = f"Geen plicht voor een beslissing van {format_short(feiten.beslissing_op)}."
        return zonder_einde(KLOK, NAAM, reden, soort=Soort.ACTIE)
    dag = bereikte_dag(uitleg)
    if feiten.ingeschreven_op is not None:
        ingeschreven = feiten.ingeschreven_op
        laat = "" if ingeschreven <= dag else f", na de laatste dag ({format_short(dag)})"
        reden = f"Ingeschreven op {format_short(ingeschreven)}{laat}."
        return zonder_einde(KLOK, NAAM, reden, uitleg=uitleg, soort=Soort.ACTIE)
    if feiten.recht_tot is not None and feiten.recht_tot < min(dag, op):
        reden = f"Het recht eindigde op {format_short(feiten.recht_tot)}."
        return zonder_einde(KLOK, NAAM, reden, uitleg=uitleg, soort=Soort.ACTIE)
    return maak_termijn(KLOK, NAAM, uitleg, soort=Soort.ACTIE)
