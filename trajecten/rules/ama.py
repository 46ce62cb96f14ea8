"""Arbeidsmatige activiteiten: yearly review, hours in the social economy, recognition terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kern.belgian_dates import format_short
from kern.periods import ONE_DAY, add_months, last_day_of_months
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.looptijd import duurregel
from trajecten.rules.termijn import (
    RegelRij,
    Soort,
    Termijn,
    Uitlegregel,
    Zekerheid,
    bereikte_dag,
    geldige_regel,
    maak_termijn,
    met_opmerking,
    zoek_regel,
    zonder_einde,
)

KLOK = "ama"
NAAM = "Jaarlijkse herbeoordeling"


@dataclass(frozen=True, slots=True)
class UrenOordeel:
    """Whether the weekly hours are enough, and what else fits."""

    genoeg: bool
    blokkeert: bool
    reden: str
    voorstel: str
    regel: RegelRij


@dataclass(frozen=True, slots=True)
class Erkenning:
    """The last day of a begeleider's recognition and when to ask for the next one."""

    termijn: Termijn
    herinnering_op: date
    vroege_herinnering_op: date


@dataclass(frozen=True, slots=True)
class Aanvraagtermijnen:
    """By when a request for recognition gets its two answers."""

    ontvankelijk_tegen: date
    beslist_tegen: date


def bereken(feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date) -> tuple[Termijn, ...]:
    """Return the yearly review: AMA has no last day, but the right is looked at again."""
    start = feiten.begindatum
    regel = zoek_regel(regels, "ama.evaluatie_maanden", start=start, op=op)
    if regel is None:
        reden = f"Er is geen regel over de herbeoordeling van een start op {format_short(start)}."
        return (zonder_einde(KLOK, NAAM, reden, soort=Soort.HERBEOORDELING),)
    lijnen = [Uitlegregel("Start van de arbeidsmatige activiteiten", start)]
    vanaf = start
    if feiten.laatste_evaluatie is not None:
        vanaf = feiten.laatste_evaluatie
        lijnen.append(Uitlegregel("Laatste herbeoordeling", vanaf))
    dag = last_day_of_months(vanaf, regel.getal)
    if feiten.einddatum is not None and feiten.einddatum <= dag:
        reden = f"Stopt op {format_short(feiten.einddatum)}, vóór de volgende herbeoordeling."
        return (zonder_einde(KLOK, NAAM, reden, uitleg=lijnen, soort=Soort.HERBEOORDELING),)
    lijnen.append(Uitlegregel(f"+ {regel.getal} maanden", dag, regel=regel))
    return (maak_termijn(KLOK, NAAM, lijnen, soort=Soort.HERBEOORDELING),)


def bereken_sociale_economie(
    feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date
) -> tuple[Termijn, ...]:
    """Return the yearly review with a remark when the weekly hours are too few."""
    eerste, *rest = bereken(feiten, regels, op=op)
    if feiten.uren_per_week is not None:
        oordeel = beoordeel_uren(feiten.uren_per_week, regels, op=feiten.begindatum)
        if oordeel is not None and not oordeel.genoeg:
            eerste = met_opmerking(eerste, oordeel.reden)
    return (eerste, *rest)


def beoordeel_uren(
    uren_per_week: Decimal, regels: Sequence[RegelRij], *, op: date
) -> UrenOordeel | None:
    """Say whether the hours suffice for AMA in the social economy; without a rule, nothing."""
    regel = zoek_regel(regels, "ama_se.min_uren_week", start=op, op=op)
    if regel is None:
        return None
    genoeg = uren_per_week >= Decimal(regel.waarde)
    reden = (
        ""
        if genoeg
        else (
            f"AMA in de sociale economie vraagt minstens {regel.waarde} uur per week. "
            "Kies AMA in welzijn of verhoog de uren."
        )
    )
    return UrenOordeel(
        genoeg=genoeg,
        blokkeert=not genoeg and regel.zekerheid is not Zekerheid.LAAG,
        reden=reden,
        voorstel="" if genoeg else "ama_welzijn",
        regel=regel,
    )


def bereken_erkenning(erkend_vanaf: date, regels: Sequence[RegelRij]) -> Erkenning:
    """Return the end of a recognition and its two reminders (O3)."""
    duur = geldige_regel(regels, "ama.erkenning_jaren", op=erkend_vanaf)
    lijnen = (Uitlegregel("Erkend vanaf", erkend_vanaf), duurregel(erkend_vanaf, duur))
    termijn = maak_termijn("ama.erkenning", "Erkenning als begeleider", lijnen)
    dag_erna = bereikte_dag(termijn.uitleg) + ONE_DAY
    laat, vroeg = (
        add_months(dag_erna, -geldige_regel(regels, code, op=erkend_vanaf).getal)
        for code in ("ama.herinnering_maanden", "ama.vroege_herinnering_maanden")
    )
    return Erkenning(termijn, laat, vroeg)


def bereken_aanvraag(aangevraagd_op: date, regels: Sequence[RegelRij]) -> Aanvraagtermijnen:
    """Return by when admissibility and merits are decided (O4)."""
    ontvankelijk = geldige_regel(regels, "ama.ontvankelijkheid_dagen", op=aangevraagd_op)
    grond = geldige_regel(regels, "ama.beslissing_dagen", op=aangevraagd_op)
    return Aanvraagtermijnen(
        aangevraagd_op + timedelta(days=ontvankelijk.getal),
        aangevraagd_op + timedelta(days=ontvankelijk.getal + grond.getal),
    )
