"""Dates in a list: read by kern.belgian_dates, refused in the words of a list."""

import re
from datetime import date, timedelta

from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.tekst import tidy, unwrap
from clienten.rules.insz import Geboorte
from kern.belgian_dates import DateError, format_short, parse_date

# Someone on a list of people to activate is not older than this.
OLDEST = 110
# A start far ahead is a slip of the pen, not a plan.
FURTHEST_START = timedelta(days=366)

_NO_SUCH_DAY = re.compile(r"^(\d{2}/\d{2}/\d{4})( bestaat niet|: het jaar)")
_UNKNOWN = r"(?:0{1,2}|[?xX]{1,2})"
_PARTIAL = (
    re.compile(rf"{_UNKNOWN}[-/. ](?P<maand>\d{{1,2}}|[?xX]{{1,2}})[-/. ](?P<jaar>\d{{4}})"),
    re.compile(rf"(?P<jaar>\d{{4}})[-/. ](?P<maand>\d{{1,2}}|[?xX]{{1,2}})[-/. ]{_UNKNOWN}"),
    re.compile(r"(?P<jaar>(?:19|20)\d{2})"),
)


def read_datum(text: str, naam: str, *, latest: date | None = None) -> date:
    """Return the day in a cell; `latest` bends years of two digits back a century."""
    written = tidy(unwrap(text))
    try:
        return parse_date(written, latest=latest)
    except DateError as error:
        raise RijGeweigerd(_reden(naam, written, str(error))) from error


def _reden(naam: str, written: str, message: str) -> str:
    match = _NO_SUCH_DAY.match(message)
    if match is None:
        return f"{naam} niet leesbaar: {written}"
    wat = "bestaat niet" if "bestaat" in match.group(2) else "kan niet kloppen"
    return f"{naam} {wat}: {match.group(1)}"


def read_geboorte(text: str, *, on: date) -> Geboorte:
    """Return the birth date, or the part of it that is known (00/00/1985)."""
    written = tidy(unwrap(text))
    for pattern in _PARTIAL:
        if match := pattern.fullmatch(written):
            parts = match.groupdict()
            maand = parts.get("maand") or ""
            month = int(maand) if maand.isdigit() else 0
            if month > 12:
                raise RijGeweigerd(f"geboortedatum bestaat niet: {written}")
            geboorte = Geboorte(int(parts["jaar"]), month or None, None)
            break
    else:
        datum = read_datum(text, "geboortedatum", latest=on)
        geboorte = Geboorte(datum.year, datum.month, datum.day)
    _check_geboorte(geboorte, written, on)
    return geboorte


def _check_geboorte(geboorte: Geboorte, written: str, on: date) -> None:
    jaar = geboorte.jaar or on.year
    shown = format_short(geboorte.datum) if geboorte.datum else written
    if jaar > on.year or (geboorte.datum is not None and geboorte.datum > on):
        raise RijGeweigerd(f"geboortedatum ligt in de toekomst: {shown}")
    if on.year - jaar > OLDEST:
        raise RijGeweigerd(f"geboortedatum kan niet kloppen: {shown}")


def read_startdatum(text: str, *, on: date, geboren: date | None) -> date:
    """Return the first day of a traject."""
    start = read_datum(text, "startdatum")
    if geboren is not None and start < geboren:
        raise RijGeweigerd("start ligt vóór de geboorte")
    if start > on + FURTHEST_START:
        raise RijGeweigerd(f"startdatum ligt te ver in de toekomst: {format_short(start)}")
    return start
