"""Dates as people in Belgium write and read them."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kern.periods import add_months

BRUSSELS = ZoneInfo("Europe/Brussels")
FIRST_YEAR, LAST_YEAR = 1900, 2199
LAST_SHORT_YEAR_OF_THIS_CENTURY = 39
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_LAST_TRUE_SERIAL = 60  # Excel counts a 29 February 1900 that never was

WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
WEEKDAGEN_KORT = ("ma", "di", "wo", "do", "vr", "za", "zo")
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
# Every beginning of three letters or more counts; the list also holds the other languages
# that spreadsheets made in Belgium use.
_MONTH_NAMES = (
    ("januari", "janvier", "january", "januar"),
    ("februari", "fevrier", "february", "februar"),
    ("maart", "mrt", "mars", "march", "marz"),
    ("april", "avril"),
    ("mei", "mai", "may"),
    ("juni", "juin", "june"),
    ("juli", "juillet", "july"),
    ("augustus", "aout", "august"),
    ("september", "septembre"),
    ("oktober", "octobre", "october"),
    ("november", "novembre"),
    ("december", "decembre", "dezember"),
)
_RELATIVE = {"eergisteren": -2, "gisteren": -1, "vandaag": 0, "morgen": 1, "overmorgen": 2}

_TIME = re.compile(r"[t\s]+\d{1,2}[:u]\d{2}(:\d{2}([.,]\d+)?)?$")
_SHIFT = re.compile(r"([+-])\s*(\d{1,4})\s*([dwmj])[a-z]*")
_SERIAL = re.compile(r"(\d{5})([.,]\d+)?")
_COMPACT = re.compile(r"(19|20|21)\d{6}")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*(?:[-/. ]\s*(\d{4}|\d{2}))?\.?")
_WORDS = re.compile(
    r"(\d{1,2})(?:(?:e|de|ste|er)\s)?[\s.\-/]*([a-z]{3,})\.?[\s\-/,']*(\d{4}|\d{2})?"
)
_WEEKDAY = re.compile(r"([a-z]{2,})\.?,?\s+(?=\d)")


class DateError(ValueError):
    """The text is not a day; the message tells the user why, in Dutch."""


def parse_date(
    value: object,
    *,
    today: date | None = None,
    latest: date | None = None,
    past: bool = False,
) -> date:
    """Return the day meant by a spreadsheet cell or by what somebody typed.

    `today` allows `morgen`, `+6m` and days without a year (the coming one, or with `past`
    the last one). `latest` bends a year of two digits back a century, for birth dates.
    """
    if isinstance(value, datetime):
        return value.astimezone(BRUSSELS).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(float(value))
    if not isinstance(value, str):
        raise DateError("Hier staat geen datum.")
    return _parse_text(value, today, latest, past)


def _parse_text(value: str, today: date | None, latest: date | None, past: bool) -> date:
    text = _plain(value)
    if not text:
        raise DateError("Hier staat geen datum.")
    if today is not None and (moved := _relative(text, today)) is not None:
        return moved
    if (moment := _with_zone(value)) is not None:
        return moment
    text, weekday = _split_weekday(_TIME.sub("", text))
    if match := _SERIAL.fullmatch(text):
        return _from_serial(float(match[1]))
    day = _from_parts(text, value.strip(), today, latest, past)
    if weekday is not None and day.weekday() != weekday:
        raise DateError(
            f"{format_short(day)} is een {WEEKDAGEN[day.weekday()]}, geen {WEEKDAGEN[weekday]}."
        )
    return day


def _from_parts(
    text: str, written: str, today: date | None, latest: date | None, past: bool
) -> date:
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if _COMPACT.fullmatch(text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if match := _DAY_FIRST.fullmatch(text):
        number, month, year = int(match[1]), int(match[2]), match[3]
    elif (match := _WORDS.fullmatch(text)) and (named := _month(match[2])):
        number, month, year = int(match[1]), named, match[3]
    else:
        raise DateError(f"We herkennen geen datum in “{written}”. Schrijf bijvoorbeeld 24/11/2026.")
    if year is not None:
        return _with_year(number, month, year, latest)
    if today is None:
        raise DateError(f"Bij “{written}” ontbreekt het jaar.")
    return _nearest_year(number, month, today, past)


def _plain(value: str) -> str:
    letters = unicodedata.normalize("NFKD", value)
    kept = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(kept.replace("\u2013", "-").replace("\u2212", "-").lower().split())


def _relative(text: str, today: date) -> date | None:
    if text in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    match = _SHIFT.fullmatch(text)
    if match is None:
        return None
    number = int(match[2]) * (1 if match[1] == "+" else -1)
    try:
        if match[3] in "mj":
            return add_months(today, number * (12 if match[3] == "j" else 1))
        return today + timedelta(days=number * (7 if match[3] == "w" else 1))
    except (ValueError, OverflowError):
        raise DateError(f"{text} ligt te ver weg.") from None


def _with_zone(value: str) -> date | None:
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return moment.astimezone(BRUSSELS).date() if moment.tzinfo else None


def _split_weekday(text: str) -> tuple[str, int | None]:
    match = _WEEKDAY.match(text)
    if match is None:
        return text, None
    for number, name in enumerate(WEEKDAGEN):
        if name.startswith(match[1]):
            return text[match.end() :], number
    return text, None


def _month(word: str) -> int | None:
    for number, names in enumerate(_MONTH_NAMES, start=1):
        if any(name.startswith(word) for name in names):
            return number
    return None


def _with_year(number: int, month: int, year: str, latest: date | None) -> date:
    if len(year) == 4:
        return _day(int(year), month, number)
    short = int(year)
    full = short + (2000 if short <= LAST_SHORT_YEAR_OF_THIS_CENTURY else 1900)
    if latest is not None and full >= latest.year and _day(full, month, number) > latest:
        full -= 100
    return _day(full, month, number)


def _nearest_year(number: int, month: int, today: date, past: bool) -> date:
    years = range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9)
    for year in years:
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if (day <= today) if past else (day >= today):
            return day
    raise DateError(f"{number:02}/{month:02} bestaat niet.")


def _day(year: int, month: int, number: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"{number:02}/{month:02}/{year:04}: het jaar {year:04} kan niet kloppen.")
    try:
        return date(year, month, number)
    except ValueError:
        raise DateError(f"{number:02}/{month:02}/{year:04} bestaat niet.") from None


def _from_serial(serial: float) -> date:
    if not 1 <= serial <= (date(LAST_YEAR, 12, 31) - EXCEL_DAY_ZERO).days:
        raise DateError(f"Het getal {serial:g} stelt geen datum voor.")
    whole = int(serial)
    if whole == EXCEL_LAST_TRUE_SERIAL:
        raise DateError("29/02/1900 bestaat niet.")
    return EXCEL_DAY_ZERO + timedelta(days=whole + (whole < EXCEL_LAST_TRUE_SERIAL))


def format_short(day: date) -> str:
    """Write a day for tables: 24/11/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_near(day: date, today: date) -> str:
    """Write a day near by: di 24 november, with the year when it is another one."""
    text = f"{WEEKDAGEN_KORT[day.weekday()]} {day.day} {MAANDEN[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def format_due(day: date, today: date) -> str:
    """Say when something is due, seen from today: vr 12 maart, over 9 dagen."""
    away = (day - today).days
    near = {-1: "gisteren", 0: "vandaag", 1: "morgen"}
    if away in near:
        return near[away]
    if away < 0:
        return f"{-away} dagen geleden"
    return f"{format_near(day, today)}, over {away} dagen"
