"""The periods a count can be asked for: whole quarters and years, so that none differ by a day."""

from dataclasses import dataclass
from datetime import date

from kern.periods import Period, first_day_of_quarter, last_day_of_months

JAREN = 3
KWARTALEN = 8
MONTHS_A_QUARTER = 3
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Telperiode:
    """A quarter or a year: what stands in the address, what people call it, its days."""

    code: str
    naam: str
    dagen: Period


def telperiodes(vandaag: date) -> tuple[Telperiode, ...]:
    """Return the years and quarters that have begun, newest first, the running year in front."""
    years = [_year(vandaag.year - ago) for ago in range(JAREN)]
    quarters = []
    begin = first_day_of_quarter(vandaag)
    for _ in range(KWARTALEN):
        quarters.append(_quarter(begin))
        begin = first_day_of_quarter(date.fromordinal(begin.toordinal() - 1))
    return (*years, *quarters)


def _year(year: int) -> Telperiode:
    begin = date(year, 1, 1)
    return Telperiode(str(year), str(year), Period(begin, last_day_of_months(begin, MONTHS_A_YEAR)))


def _quarter(begin: date) -> Telperiode:
    number = (begin.month - 1) // MONTHS_A_QUARTER + 1
    name = f"{number}e kwartaal {begin.year}"
    days = Period(begin, last_day_of_months(begin, MONTHS_A_QUARTER))
    return Telperiode(f"{begin.year}-{number}", name, days)
