"""Reading the file of a list of hours: CSV or XLSX to rows of text, within limits."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from python_calamine import CalamineError, CalamineWorkbook

from kern.errors import DomainError

MAX_BYTES = 1024 * 1024
MAX_RIJEN = 2000
MAX_KOLOMMEN = 40
# A workbook is a zip; a small one may hide a very large sheet.
MAX_UITGEPAKT = 20 * 1024 * 1024
ONLEESBAAR = "Dit bestand is niet te lezen. Bewaar de lijst als XLSX of CSV en kies ze opnieuw."
TE_GROOT = (
    f"Deze lijst is te groot: hoogstens {MAX_RIJEN} rijen. Splits ze, bijvoorbeeld per maand."
)
_Cel = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Lijst:
    """A list as text: the heads, the rows, and a mark by which the same file is known again."""

    koppen: list[str]
    rijen: list[list[str]]
    merk: str


def read_lijst(data: bytes) -> Lijst:
    """Read the first sheet, or the text with its separator; refuse what is no list."""
    if len(data) > MAX_BYTES:
        raise DomainError(TE_GROOT)
    rijen = _sheet(data) if data[:2] == b"PK" else _text(data)
    rijen = [[cel.strip() for cel in rij[:MAX_KOLOMMEN]] for rij in rijen]
    rijen = [rij for rij in rijen if any(rij)]
    if len(rijen) < 2:
        raise DomainError("In dit bestand staan geen rijen onder de titels.")
    if len(rijen) > MAX_RIJEN + 1:
        raise DomainError(TE_GROOT)
    return Lijst(rijen[0], rijen[1:], sha256(data).hexdigest()[:16])


def _sheet(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MAX_UITGEPAKT:
                raise DomainError(TE_GROOT)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheet = book.get_sheet_by_index(0)
            return [[_cel(cel) for cel in rij] for rij in sheet.to_python()]
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        raise DomainError(ONLEESBAAR) from error


def _cel(cel: _Cel) -> str:
    if isinstance(cel, datetime):
        return f"{cel:%d/%m/%Y}" if cel.time() == time() else f"{cel:%d/%m/%Y %H:%M}"
    if isinstance(cel, date):
        return f"{cel:%d/%m/%Y}"
    if isinstance(cel, time):
        return f"{cel:%H:%M}"
    if isinstance(cel, timedelta):
        minuten = round(cel.total_seconds() / 60)
        return f"{minuten // 60}:{minuten % 60:02}"
    if isinstance(cel, float):
        return f"{cel:.2f}".rstrip("0").rstrip(".")
    return str(cel)


def _text(data: bytes) -> list[list[str]]:
    for spelling in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(spelling)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise DomainError(ONLEESBAAR)
    first = text.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise DomainError(ONLEESBAAR) from error
