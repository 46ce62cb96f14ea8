"""On which days evaluations are best held: spread over the year, on days when offices are open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kern.periods import ONE_DAY, Period, last_day_of_months
from trajecten.rules.evaluatieraster import Raster, volgende_evaluatie
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.gpmi import MAANDEN_IN_GPMI_JAAR, Evaluatiestand
from trajecten.rules.termijn import RegelRij, Termijn, geldige_regel, zoek_regel
from trajecten.rules.werkdagen import is_werkdag

TWE = Raster("twe.evaluatie", "Opvolging van de werkervaring", "Start van de werkervaring")
TWE_REGEL = "twe.evaluatie_maanden"
VOORAF = "signaal.evaluatie_dagen"


@dataclass(frozen=True, slots=True)
class Voorstel:
    """An evaluation to hold: the day proposed, and the last day that still counts.

    `tegen` keeps the year in step; `uiterste` is what the rule says. Without a working day left
    there is no `dag`.
    """

    dag: date | None
    tegen: date
    uiterste: date
    persoonlijk: bool
    regels: tuple[RegelRij, ...] = ()


def verdeel(stand: Evaluatiestand, *, op: date) -> tuple[Voorstel, ...]:
    """Return the evaluations a GPMI-year still needs, each with its day; those in person first.

    Every year is cut in as many parts as it needs evaluations and each part holds one. When a
    part went by without, what is left of the year is cut anew. What must be in person comes
    first: a telephone call is easier to find room for at the end.
    """
    nog = stand.ontbreekt
    einde = stand.jaar.end
    if not nog or einde is None or einde <= op:
        return tuple(_te_laat(stand, op))
    delen = _delen(stand)[stand.gehouden :] if stand.gehouden + nog <= stand.nodig else []
    morgen = op + ONE_DAY
    if len(delen) != nog or any(_einde(deel) < morgen for deel in delen):
        delen = _gelijk(Period(morgen, einde), nog)
    voorstellen = []
    vorige = op
    for nummer, deel in enumerate(delen):
        begin = max(deel.begin, morgen, vorige + ONE_DAY)
        dag = _dichtste_werkdag(Period(begin, _einde(deel))) if begin <= _einde(deel) else None
        persoonlijk = nummer < stand.ontbreekt_persoonlijk
        voorstellen.append(Voorstel(dag, _einde(deel), einde, persoonlijk, stand.regels))
        vorige = dag or vorige
    return tuple(voorstellen)


def volgens_termijn(termijn: Termijn, regels: Sequence[RegelRij], *, op: date) -> Voorstel | None:
    """Return the day for a review that a clock asks for, or nothing when it asks for none.

    It lies between the day on which the review is announced and the last one: there is room for
    a talk that does not go through. What is late is best done on the first working day.
    """
    tegen = termijn.uiterste_dag
    if tegen is None:
        return None
    morgen = op + ONE_DAY
    if tegen < morgen:
        dag: date | None = _eerste_werkdag(morgen)
    else:
        vooraf = timedelta(days=geldige_regel(regels, VOORAF, op=op).getal)
        dag = _dichtste_werkdag(Period(max(morgen, tegen - vooraf), tegen))
    return Voorstel(dag, tegen, tegen, persoonlijk=False, regels=termijn.regels)


def twe_opvolging(
    feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date, limiet: date | None
) -> Termijn | None:
    """Return the next follow-up of a TWE-traject; the interval is a choice of the bestuur."""
    regel = zoek_regel(regels, TWE_REGEL, start=feiten.begindatum, op=op)
    if regel is None:
        return None
    return volgende_evaluatie(TWE, feiten, regel, limiet=limiet)


def _te_laat(stand: Evaluatiestand, op: date) -> Iterator[Voorstel]:
    """Yield what is still missing on the last day of the year itself."""
    einde = stand.jaar.end
    if einde is None:
        return
    for nummer in range(stand.ontbreekt):
        vandaag = op if op == einde and is_werkdag(op) else None
        yield Voorstel(vandaag, einde, einde, nummer < stand.ontbreekt_persoonlijk, stand.regels)


def _delen(stand: Evaluatiestand) -> list[Period]:
    """Cut the year in as many parts of whole months as it needs evaluations."""
    begin = stand.jaar.begin
    delen = []
    van = begin
    for nummer in range(1, stand.nodig + 1):
        maanden = MAANDEN_IN_GPMI_JAAR * nummer // stand.nodig
        tot = stand.jaar.end if nummer == stand.nodig else last_day_of_months(begin, maanden)
        delen.append(Period(van, tot))
        van = (tot or begin) + ONE_DAY
    return delen


def _gelijk(rest: Period, aantal: int) -> list[Period]:
    """Cut a stretch of days in equal parts; with fewer days than parts, parts share a day."""
    einde = _einde(rest)
    dagen = (einde - rest.begin).days + 1
    grenzen = [rest.begin + timedelta(days=dagen * nummer // aantal) for nummer in range(aantal)]
    tot = [max(grens - ONE_DAY, rest.begin) for grens in grenzen[1:]] + [einde]
    return [Period(min(van, eind), eind) for van, eind in zip(grenzen, tot, strict=True)]


def _dichtste_werkdag(deel: Period) -> date | None:
    """Return the working day nearest to the middle of a part."""
    begin, einde = deel.begin, _einde(deel)
    dagen = (begin + timedelta(days=nummer) for nummer in range((einde - begin).days + 1))
    werkdagen = (dag for dag in dagen if is_werkdag(dag))
    return min(werkdagen, key=lambda dag: abs((dag - begin) - (einde - dag)), default=None)


def _eerste_werkdag(vanaf: date) -> date:
    dag = vanaf
    while not is_werkdag(dag):
        dag += ONE_DAY
    return dag


def _einde(deel: Period) -> date:
    return deel.end or deel.begin
