"""GPMI: by when to sign, the days to think, the subsidy window and the evaluations of a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kern.belgian_dates import format_near, format_short
from kern.periods import ONE_DAY, Period, add_months, last_day_of_months
from trajecten.rules.feiten import EvaluatieFeit
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
from trajecten.rules.werkdagen import is_werkdag, laatste_werkdag_tot, waarom_geen_werkdag

MAANDEN_IN_GPMI_JAAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class GpmiFeiten:
    """What is known of one GPMI."""

    beslissing_op: date
    ontwerp_op: date | None = None
    ondertekend_op: date | None = None
    einddatum: date | None = None
    evaluaties: tuple[EvaluatieFeit, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluatiestand:
    """How many evaluations a GPMI-year has and still needs."""

    jaar: Period
    gehouden: int
    persoonlijk: int
    nodig: int
    nodig_persoonlijk: int
    regels: tuple[RegelRij, RegelRij]

    @property
    def ontbreekt_persoonlijk(self) -> int:
        """Count the evaluations that must still be held in person."""
        return max(0, self.nodig_persoonlijk - self.persoonlijk)

    @property
    def ontbreekt(self) -> int:
        """Count all evaluations that must still be held."""
        return max(self.nodig - self.gehouden, self.ontbreekt_persoonlijk, 0)

    @property
    def in_orde(self) -> bool:
        """Say whether nothing is missing in this year."""
        return self.ontbreekt == 0


def bereken(feiten: GpmiFeiten, regels: Sequence[RegelRij], *, op: date) -> tuple[Termijn, ...]:
    """Return every date of the GPMI: signature, days to think, evaluations, subsidy window."""
    termijnen = [teken_tegen(feiten, regels)]
    if feiten.ondertekend_op is None:
        if feiten.ontwerp_op is not None:
            termijnen.append(vroegste_handtekening(feiten.ontwerp_op, regels))
        return tuple(termijnen)
    termijnen.append(evaluaties_tegen(feiten, regels, op=op))
    termijnen.append(toelagevenster(feiten.ondertekend_op, regels))
    return tuple(termijnen)


def teken_tegen(feiten: GpmiFeiten, regels: Sequence[RegelRij]) -> Termijn:
    """Return by when the GPMI must be signed (GPMI-07), with the last working day before it."""
    klok, naam = "gpmi.tekenen", "GPMI ondertekenen"
    beslist = feiten.beslissing_op
    regel = zoek_regel(regels, "gpmi.tekenen_maanden", start=beslist, op=beslist)
    if regel is None:
        reden = f"Er is geen regel voor een beslissing van {format_short(beslist)}."
        return zonder_einde(klok, naam, reden, soort=Soort.ACTIE)
    dag = add_months(beslist, regel.getal)
    uitleg = (
        Uitlegregel("Beslissing over het recht", beslist),
        Uitlegregel(f"+ {regel.getal} maanden", dag, regel=regel),
    )
    getekend = feiten.ondertekend_op
    if getekend is not None:
        laat = "" if getekend <= dag else f", na de laatste dag ({format_short(dag)})"
        reden = f"Ondertekend op {format_short(getekend)}{laat}."
        opmerkingen = _te_vroeg_getekend(feiten, regels)
        return zonder_einde(
            klok, naam, reden, uitleg=uitleg, soort=Soort.ACTIE, opmerkingen=opmerkingen
        )
    werkdag = laatste_werkdag_tot(dag)
    opmerking = (
        f"{format_short(dag)} is {_met_lidwoord(dag)}: teken ten laatste op "
        f"{format_near(werkdag, dag)}."
    )
    return maak_termijn(
        klok,
        naam,
        uitleg,
        soort=Soort.ACTIE,
        waarschuw_op=werkdag,
        opmerkingen=() if is_werkdag(dag) else (opmerking,),
    )


def vroegste_handtekening(ontwerp_op: date, regels: Sequence[RegelRij]) -> Termijn:
    """Return the first day after the full days to think (GPMI-09)."""
    regel = geldige_regel(regels, "gpmi.bedenktijd_dagen", op=ontwerp_op)
    bedacht = ontwerp_op + timedelta(days=regel.getal)
    uitleg = (
        Uitlegregel("Ontwerp overhandigd", ontwerp_op),
        Uitlegregel(f"+ {regel.getal} kalenderdagen bedenktijd", bedacht, regel.getal, regel),
        Uitlegregel("De dag daarna", bedacht + ONE_DAY, 1),
    )
    return maak_termijn("gpmi.bedenktijd", "Vroegste handtekening", uitleg, soort=Soort.VROEGSTE)


def toelagevenster(ondertekend_op: date, regels: Sequence[RegelRij]) -> Termijn:
    """Return the last day of the months with the raised subsidy (GPMI-15)."""
    klok, naam = "gpmi.toelage", "Verhoogde toelage GPMI"
    regel = zoek_regel(regels, "gpmi.toelage_maanden", start=ondertekend_op, op=ondertekend_op)
    if regel is None:
        reden = f"Er is geen vaste toelage voor een GPMI van {format_short(ondertekend_op)}."
        return zonder_einde(klok, naam, reden, soort=Soort.VENSTER)
    eerste = ondertekend_op.replace(day=1)
    uitleg = (
        Uitlegregel("Handtekening", ondertekend_op),
        Uitlegregel("Eerste dag van die maand", eerste),
        Uitlegregel(
            f"+ {regel.getal} maanden", last_day_of_months(eerste, regel.getal), None, regel
        ),
    )
    return maak_termijn(klok, naam, uitleg, soort=Soort.VENSTER)


def gpmi_jaar(ondertekend_op: date, op: date) -> Period:
    """Return the year of the GPMI in which a day falls, counted from the signature."""
    verstreken = 0
    while last_day_of_months(ondertekend_op, (verstreken + 1) * MAANDEN_IN_GPMI_JAAR) < op:
        verstreken += 1
    laatste = last_day_of_months(ondertekend_op, (verstreken + 1) * MAANDEN_IN_GPMI_JAAR)
    if verstreken == 0:
        return Period(ondertekend_op, laatste)
    vorige = last_day_of_months(ondertekend_op, verstreken * MAANDEN_IN_GPMI_JAAR)
    return Period(vorige + ONE_DAY, laatste)


def evaluatiestand(
    feiten: GpmiFeiten, regels: Sequence[RegelRij], *, op: date
) -> Evaluatiestand | None:
    """Count the evaluations held in the running year of a signed GPMI (GPMI-12)."""
    if feiten.ondertekend_op is None:
        return None
    jaar = gpmi_jaar(feiten.ondertekend_op, op)
    aantal = geldige_regel(regels, "gpmi.evaluaties_per_jaar", op=jaar.begin)
    persoonlijk = geldige_regel(regels, "gpmi.evaluaties_persoonlijk", op=jaar.begin)
    binnen = [item for item in feiten.evaluaties if item.gehouden_op in jaar]
    return Evaluatiestand(
        jaar=jaar,
        gehouden=len(binnen),
        persoonlijk=sum(item.persoonlijk for item in binnen),
        nodig=aantal.getal,
        nodig_persoonlijk=persoonlijk.getal,
        regels=(aantal, persoonlijk),
    )


def evaluaties_tegen(feiten: GpmiFeiten, regels: Sequence[RegelRij], *, op: date) -> Termijn:
    """Return by when the evaluations of the running year must be held."""
    klok, naam = "gpmi.evaluatie", "Evaluaties van het GPMI"
    stand = evaluatiestand(feiten, regels, op=op)
    if stand is None:
        return zonder_einde(klok, naam, "Het GPMI is nog niet ondertekend.", soort=Soort.ACTIE)
    aantal, persoonlijk = stand.regels
    uitleg = (
        Uitlegregel("Begin van het GPMI-jaar", stand.jaar.begin),
        Uitlegregel(f"{stand.gehouden} van {stand.nodig} evaluaties gehouden", regel=aantal),
        Uitlegregel(
            f"{stand.persoonlijk} van {stand.nodig_persoonlijk} in persoonlijk contact",
            regel=persoonlijk,
        ),
        Uitlegregel("Einde van het GPMI-jaar", stand.jaar.end),
    )
    gestopt = feiten.einddatum is not None and feiten.einddatum <= op
    if stand.in_orde or gestopt:
        reden = "Het GPMI is beëindigd." if gestopt else "De evaluaties van dit jaar zijn gehouden."
        return zonder_einde(klok, naam, reden, uitleg=uitleg[:-1], soort=Soort.ACTIE)
    return maak_termijn(klok, naam, uitleg, soort=Soort.ACTIE, opmerkingen=(_wat_ontbreekt(stand),))


def _wat_ontbreekt(stand: Evaluatiestand) -> str:
    woord = "evaluatie" if stand.ontbreekt == 1 else "evaluaties"
    zin = f"Nog {stand.ontbreekt} {woord} te houden"
    if stand.ontbreekt_persoonlijk:
        zin += f", waarvan {stand.ontbreekt_persoonlijk} in persoonlijk contact"
    return f"{zin}."


def _te_vroeg_getekend(feiten: GpmiFeiten, regels: Sequence[RegelRij]) -> tuple[str, ...]:
    if feiten.ontwerp_op is None or feiten.ondertekend_op is None:
        return ()
    vroegste = vroegste_handtekening(feiten.ontwerp_op, regels).uiterste_dag
    if vroegste is None or feiten.ondertekend_op >= vroegste:
        return ()
    return (f"Getekend vóór het einde van de bedenktijd: kon vanaf {format_short(vroegste)}.",)


def _met_lidwoord(dag: date) -> str:
    naam = waarom_geen_werkdag(dag)
    return f"een {naam}" if naam.endswith("dag") and naam.islower() else naam
