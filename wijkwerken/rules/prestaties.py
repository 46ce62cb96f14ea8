"""Hours of wijk-werken: cheques, midnight, the caps of month and year, and what is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from kern.belgian_dates import MAANDEN
from kern.periods import ONE_DAY, Period, last_day_of_month, last_day_of_months
from trajecten.rules.termijn import RegelRij, Zekerheid, zoek_regel

HOUR = 60
DAY = 24 * HOUR
MAX_MAAND = "wijkwerken.max_uren_maand"
MAX_JAAR = "wijkwerken.max_uren_jaar"
JAARBASIS = "wijkwerken.jaarbasis"
TRAJECTJAAR = "trajectjaar"


def cheques_voor(minuten: int) -> int:
    """Return the cheques of one performance: one for each started hour (WW-CHQ-UNIT)."""
    return -(-minuten // HOUR)


@dataclass(frozen=True, slots=True)
class Deel:
    """The part of a performance that lies on one day; the first carries the cheques."""

    dag: date
    minuten: int
    cheques: int


def verdeel(dag: date, minuten: int, begin: time | None = None) -> tuple[Deel, ...]:
    """Split at midnight, so that each part counts in its own month (case H6)."""
    cheques = cheques_voor(minuten)
    voor_middernacht = DAY - (begin.hour * HOUR + begin.minute) if begin is not None else DAY
    if minuten <= voor_middernacht:
        return (Deel(dag, minuten, cheques),)
    rest = minuten - voor_middernacht
    return Deel(dag, voor_middernacht, cheques), Deel(dag + ONE_DAY, rest, 0)


def duur(begin: time, einde: time) -> int:
    """Return the minutes between two hours of the clock; an earlier end lies past midnight."""
    van, tot = begin.hour * HOUR + begin.minute, einde.hour * HOUR + einde.minute
    return tot - van if tot > van else tot - van + DAY


def uren_in_woorden(minuten: int) -> str:
    """Return 7 u 30, or 45 minuten when it is less than an hour."""
    uren, rest = divmod(minuten, HOUR)
    if not minuten:
        return "0 u"
    if not uren:
        return "1 minuut" if rest == 1 else f"{rest} minuten"
    return f"{uren} u {rest:02}" if rest else f"{uren} u"


def maand_van(dag: date) -> Period:
    """Return the calendar month around the day."""
    return Period(dag.replace(day=1), last_day_of_month(dag))


def jaar_van(dag: date, *, begon: date, regels: Iterable[RegelRij]) -> Period:
    """Return the year in which the cap counts: of the calendar, or of the traject (case H5)."""
    basis = zoek_regel(regels, JAARBASIS, start=dag, op=dag)
    if basis is None or basis.waarde != TRAJECTJAAR or dag < begon:
        return Period(date(dag.year, 1, 1), date(dag.year, 12, 31))
    jaren = max(dag.year - begon.year - 1, 0)
    van = _begin_van_jaar(begon, jaren)
    tot = last_day_of_months(begon, 12 * (jaren + 1))
    while tot < dag:
        jaren += 1
        van, tot = tot + ONE_DAY, last_day_of_months(begon, 12 * (jaren + 1))
    return Period(van, tot)


def _begin_van_jaar(begon: date, jaren: int) -> date:
    return last_day_of_months(begon, 12 * jaren) + ONE_DAY if jaren else begon


@dataclass(frozen=True, slots=True)
class Grenzen:
    """The caps as the rules of a bestuur say them; what nobody is sure of never blocks."""

    regels: Sequence[RegelRij]
    begon: date

    def maand(self, dag: date) -> int | None:
        """Return the minutes that the month of the day may count."""
        return plafond(self.regels, MAX_MAAND, dag)

    def jaar(self, dag: date) -> int | None:
        """Return the minutes that the year of the day may count."""
        return plafond(self.regels, MAX_JAAR, dag)

    def jaar_van(self, dag: date) -> Period:
        """Return the year in which hours of the day count."""
        return jaar_van(dag, begon=self.begon, regels=self.regels)


def plafond(regels: Iterable[RegelRij], code: str, op: date) -> int | None:
    """Return a rule of hours in minutes, as it stands on the day; an unsure one is no cap."""
    zeker = [rij for rij in regels if rij.code == code and rij.zekerheid is not Zekerheid.LAAG]
    return minuten_van(zoek_regel(zeker, code, start=op, op=op))


def minuten_van(regel: RegelRij | None) -> int | None:
    """Return the value of a rule of hours in minutes."""
    return int(Decimal(regel.waarde) * HOUR) if regel else None


@dataclass(frozen=True, slots=True)
class TeVeel:
    """Why hours may not be added: which cap, and how much was left under it."""

    tijdvak: str
    plafond: int
    over: int
    minuten: int

    def __str__(self) -> str:
        gevraagd = uren_in_woorden(self.minuten)
        grens = f"{uren_in_woorden(self.plafond)} {self.tijdvak}"
        if not self.over:
            return f"Er is niets meer over van {grens}: {gevraagd} kan er niet bij."
        return (
            f"Er is nog {uren_in_woorden(self.over)} over van {grens}: {gevraagd} is "
            f"{uren_in_woorden(self.minuten - self.over)} te veel."
        )


@dataclass(slots=True)
class Stand:
    """What counts of one person, day by day; totals are sums, nothing else is kept."""

    minuten: dict[date, int] = field(default_factory=dict)
    cheques: dict[date, int] = field(default_factory=dict)

    def add(self, dag: date, minuten: int, cheques: int) -> None:
        """Count hours that were added (or, below zero, taken away)."""
        self.minuten[dag] = self.minuten.get(dag, 0) + minuten
        self.cheques[dag] = self.cheques.get(dag, 0) + cheques

    def som(self, tijdvak: Period) -> int:
        """Return the minutes in a period."""
        return _som(self.minuten, tijdvak)

    def som_cheques(self, tijdvak: Period) -> int:
        """Return the cheques in a period."""
        return _som(self.cheques, tijdvak)

    def oordeel(self, dag: date, minuten: int, grenzen: Grenzen) -> TeVeel | None:
        """Return why these minutes cannot be added on the day, or nothing when they can."""
        if self.minuten.get(dag, 0) + minuten > DAY:
            over = DAY - self.minuten.get(dag, 0)
            return TeVeel(f"op {dag.day} {MAANDEN[dag.month - 1]}", DAY, max(over, 0), minuten)
        jaar = grenzen.jaar_van(dag)
        for tijdvak, grens, woorden in (
            (maand_van(dag), grenzen.maand(dag), in_maand(dag)),
            (jaar, grenzen.jaar(dag), in_jaar(jaar)),
        ):
            som = self.som(tijdvak)
            if grens is not None and som + minuten > grens:
                return TeVeel(woorden, grens, max(grens - som, 0), minuten)
        return None


def in_maand(dag: date) -> str:
    """Return in november 2026."""
    return f"in {MAANDEN[dag.month - 1]} {dag.year}"


def in_jaar(jaar: Period) -> str:
    """Return in 2026, or the days when the year is not that of the calendar."""
    assert jaar.end is not None  # noqa: S101 - a year has two ends
    if (jaar.begin.month, jaar.begin.day, jaar.end.year) == (1, 1, jaar.begin.year):
        return f"in {jaar.begin.year}"
    return f"van {jaar.begin:%d/%m/%Y} tot {jaar.end:%d/%m/%Y}"


def cheques_te_veel(stand: Stand, dag: date, grenzen: Grenzen) -> str:
    """Warn when more cheques than hours are allowed; only the hours block (case H3)."""
    grens = grenzen.maand(dag)
    aantal = stand.som_cheques(maand_van(dag))
    if grens is None or aantal * HOUR <= grens:
        return ""
    return (
        f"{aantal} cheques {in_maand(dag)}, meer dan {grens // HOUR}. De uren blijven binnen de "
        "grens; kijk na of de prestaties korter kunnen of samen vallen."
    )


def _som(per_dag: Mapping[date, int], tijdvak: Period) -> int:
    return sum(aantal for dag, aantal in per_dag.items() if dag in tijdvak)
