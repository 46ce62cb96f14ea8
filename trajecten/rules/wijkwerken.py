"""Wijk-werken: the months, the review halfway, and the right carried over from PWA."""

from collections.abc import Sequence
from datetime import date, timedelta

from kern.belgian_dates import format_short
from kern.periods import ONE_DAY, last_day_of_months
from trajecten.rules.evaluatieraster import Raster, eerste_op_raster, volgende_evaluatie
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
    klok="wijkwerken",
    naam="Wijk-werken",
    startzin="Eerste dag als wijk-werker",
    duur="wijkwerken.max_maanden",
)
RASTER = Raster("wijkwerken.evaluatie", "Tussentijdse evaluatie", LOOPTIJD.startzin)
VERVAL_KLOK = "wijkwerken.verval"
VERVAL_NAAM = "Behoud van het overgangsrecht"


def bereken(feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date) -> tuple[Termijn, ...]:
    """Return the limit, the next review and, with a right from PWA, the day it lapses."""
    overgang = overgangsrecht(feiten, regels)
    if overgang is not None:
        return _met_overgangsrecht(feiten, regels, overgang, op)
    limiet = bereken_looptijd(LOOPTIJD, feiten, regels, op=op)
    regel = zoek_regel(regels, "wijkwerken.evaluatie_maanden", start=feiten.begindatum, op=op)
    if regel is None:
        return (limiet,)
    return limiet, volgende_evaluatie(RASTER, feiten, regel, limiet=limiet.uiterste_dag)


def overgangsrecht(feiten: TrajectFeiten, regels: Sequence[RegelRij]) -> RegelRij | None:
    """Return the rule that frees this person from the limit of months, if it does."""
    pwa = zoek_regel(
        regels,
        "wijkwerken.overgang_pwa_uiterlijk",
        start=feiten.begindatum,
        op=feiten.begindatum,
    )
    overstap = zoek_regel(
        regels,
        "wijkwerken.overgang_start_uiterlijk",
        start=feiten.begindatum,
        op=feiten.begindatum,
    )
    if pwa is None or overstap is None or feiten.pwa_overeenkomst_op is None:
        return None
    gebonden = feiten.pwa_overeenkomst_op <= pwa.dag
    return pwa if gebonden and feiten.begindatum <= overstap.dag else None


def laatste_dag_van_recht(laatste_prestatie: date, regels: Sequence[RegelRij]) -> date:
    """Return the last day on which an hour of work still keeps the right from PWA alive."""
    regel = geldige_regel(regels, "wijkwerken.overgang_verval_maanden", op=laatste_prestatie)
    return last_day_of_months(laatste_prestatie + ONE_DAY, regel.getal)


def behoudt_overgangsrecht(
    vorige_prestatie: date, nieuwe_prestatie: date, regels: Sequence[RegelRij]
) -> bool:
    """Say whether an hour on the new day comes before the right lapsed."""
    return nieuwe_prestatie <= laatste_dag_van_recht(vorige_prestatie, regels)


def _met_overgangsrecht(
    feiten: TrajectFeiten, regels: Sequence[RegelRij], overgang: RegelRij, op: date
) -> tuple[Termijn, ...]:
    pwa_op = feiten.pwa_overeenkomst_op or feiten.begindatum
    uitleg = (
        Uitlegregel(
            f"PWA-overeenkomst van {format_short(pwa_op)}: overgangsrecht", pwa_op, regel=overgang
        ),
        Uitlegregel(LOOPTIJD.startzin, feiten.begindatum),
    )
    verval = _verval(feiten, regels, uitleg)
    laatste_dag = verval.uiterste_dag
    if laatste_dag is not None and laatste_dag < min(op, feiten.einddatum or op):
        nieuw = format_short(laatste_dag + ONE_DAY)
        opmerking = (
            f"Het overgangsrecht is vervallen. Een prestatie vanaf {nieuw} is een nieuw traject "
            "en vraagt een nieuwe toeleiding."
        )
        vervallen = maak_termijn(
            LOOPTIJD.klok, LOOPTIJD.naam, verval.uitleg, opmerkingen=(opmerking,)
        )
        return (vervallen,)
    reden = "Overgangsrecht uit PWA: geen einddatum zolang er gewerkt wordt."
    limiet = zonder_einde(LOOPTIJD.klok, LOOPTIJD.naam, reden, uitleg=uitleg)
    evaluatie = _evaluatie_overgang(feiten, regels, op)
    return (limiet, verval) if evaluatie is None else (limiet, verval, evaluatie)


def _verval(
    feiten: TrajectFeiten, regels: Sequence[RegelRij], uitleg: tuple[Uitlegregel, ...]
) -> Termijn:
    laatste = feiten.laatste_prestatie_op
    if laatste is None:
        reden = "De laatste prestatie is niet gekend: de dag van verval is niet te berekenen."
        return zonder_einde(VERVAL_KLOK, VERVAL_NAAM, reden, uitleg=uitleg, soort=Soort.ACTIE)
    regel = zoek_regel(regels, "wijkwerken.overgang_verval_maanden", start=laatste, op=laatste)
    if regel is None:
        reden = "Er is geen regel over het verval van het overgangsrecht."
        return zonder_einde(VERVAL_KLOK, VERVAL_NAAM, reden, uitleg=uitleg, soort=Soort.ACTIE)
    vooraf = zoek_regel(regels, "wijkwerken.overgang_waarschuwing_dagen", start=laatste, op=laatste)
    laatste_dag = laatste_dag_van_recht(laatste, regels)
    lijnen = (
        *uitleg,
        Uitlegregel("Dag na de laatste prestatie", laatste + ONE_DAY),
        Uitlegregel(f"+ {regel.getal} maanden zonder wijk-werk", laatste_dag, regel=regel),
    )
    return maak_termijn(
        VERVAL_KLOK,
        VERVAL_NAAM,
        lijnen,
        soort=Soort.ACTIE,
        waarschuw_op=laatste_dag - timedelta(days=vooraf.getal) if vooraf else None,
    )


def _evaluatie_overgang(
    feiten: TrajectFeiten, regels: Sequence[RegelRij], op: date
) -> Termijn | None:
    regel = zoek_regel(regels, "wijkwerken.evaluatie_maanden", start=feiten.begindatum, op=op)
    if regel is None:
        return None
    if feiten.laatste_evaluatie is not None or feiten.einddatum is not None:
        return volgende_evaluatie(RASTER, feiten, regel, limiet=None)
    dag, aantal = eerste_op_raster(feiten.begindatum, regel.getal, vanaf=op)
    lijnen = (
        Uitlegregel(LOOPTIJD.startzin, feiten.begindatum),
        Uitlegregel(f"+ {aantal} maanden (elke {regel.getal} maanden)", dag, regel=regel),
    )
    opmerkingen = ("Er is geen eerdere evaluatie gekend.",)
    return maak_termijn(
        RASTER.klok, RASTER.naam, lijnen, soort=Soort.ACTIE, opmerkingen=opmerkingen
    )
