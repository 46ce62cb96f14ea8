"""Working days in Belgium: Monday to Friday without the legal holidays."""

from datetime import date
from functools import cache

from holidays import country_holidays

from kern.belgian_dates import WEEKDAGEN
from kern.periods import ONE_DAY


@cache
def _feestdagen(jaar: int) -> dict[date, str]:
    return dict(country_holidays("BE", years=jaar, language="nl"))


def feestdag(dag: date) -> str | None:
    """Return the Dutch name of the legal holiday on that day, if it is one."""
    return _feestdagen(dag.year).get(dag)


def is_werkdag(dag: date) -> bool:
    """Say whether offices are open on that day."""
    return dag.weekday() < 5 and feestdag(dag) is None


def laatste_werkdag_tot(dag: date) -> date:
    """Return that day, or the working day before when it is a weekend or a holiday."""
    while not is_werkdag(dag):
        dag -= ONE_DAY
    return dag


def waarom_geen_werkdag(dag: date) -> str:
    """Name what that day is: a holiday or a day of the weekend."""
    return feestdag(dag) or WEEKDAGEN[dag.weekday()]
