"""CSV as it comes: any usual separator, quotes that do not close, a `sep=` line."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from caseload.rules.inlezen.grenzen import Grenzen, check_kolommen, check_rijen
from caseload.rules.inlezen.koprij import score_koprij

SCHEIDINGSTEKENS = ";,\t|"

_SEP_LINE = re.compile(r'^"?sep=(.)"?;*,*\s*$', re.IGNORECASE)
_SAMPLE_LINES = 60
# How many lines a quoted cell may run over in a file whose quotes do not balance.
_LOOK_AHEAD = 20
# More separators than this on one line cannot be the commas of a remark.
_MOST_SIGNS = 20_000


@dataclass(slots=True)
class Records:
    """The records of a CSV file: one list of cells a row, blank rows included."""

    rijen: list[list[str]]
    losse_aanhalingstekens: list[int] = field(default_factory=list)
    """Rows that were cut at the line end because their quotes do not close."""


def read_records(text: str, bekende_koppen: frozenset[str], grenzen: Grenzen) -> Records:
    """Return the records, split at the separator that makes most sense."""
    lines: Sequence[str] = list(io.StringIO(text, newline=""))
    teken = None
    if lines and (sep := _SEP_LINE.match(lines[0])):
        teken = sep.group(1)
        lines = lines[1:]
    _check_signs(lines, grenzen)
    check_rijen(sum(1 for line in lines if line.strip()), _with_room(grenzen))
    if teken is None:
        teken, lines = _choose(lines, bekende_koppen)
    return _split(lines, teken)


def _check_signs(lines: Sequence[str], grenzen: Grenzen) -> None:
    """Refuse a line with absurdly many separators before it is cut into that many cells."""
    for line in lines:
        if len(line) > _MOST_SIGNS:
            most = max(line.count(teken) for teken in SCHEIDINGSTEKENS)
            if most > _MOST_SIGNS:
                check_kolommen(most, grenzen)


def _with_room(grenzen: Grenzen) -> Grenzen:
    """Physical lines may outnumber rows: quoted cells run over several."""
    return Grenzen(max_rijen=grenzen.max_rijen * 4)


def _choose(lines: Sequence[str], bekende_koppen: frozenset[str]) -> tuple[str, Sequence[str]]:
    teken = _best(lines, bekende_koppen)
    if teken is not None:
        return teken, lines
    # A list saved twice by a spreadsheet with another separator: every line is one quoted cell.
    inner = [record[0] if record else "" for record in _split(lines, "\t").rijen]
    teken = _best(inner, bekende_koppen)
    return (teken, inner) if teken is not None else (";", lines)


def _best(lines: Sequence[str], bekende_koppen: frozenset[str]) -> str | None:
    """Return the separator that yields the most known headings, then the most even columns."""
    sample = lines[:_SAMPLE_LINES]
    scores = []
    for rank, teken in enumerate(SCHEIDINGSTEKENS):
        rijen = [rij for rij in _split(sample, teken).rijen if any(cel.strip() for cel in rij)]
        breedte = max((_common_width(rijen), 0))
        if breedte < 2:
            continue
        koppen = max((score_koprij(rij, bekende_koppen) for rij in rijen), default=0)
        even = sum(1 for rij in rijen if len(rij) == breedte) / len(rijen)
        scores.append((koppen, even, breedte, -rank, teken))
    return max(scores)[-1] if scores else None


def _common_width(rijen: Sequence[Sequence[str]]) -> int:
    widths = [len(rij) for rij in rijen if len(rij) > 1]
    return max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 0


def _split(lines: Sequence[str], teken: str) -> Records:
    try:
        rijen = list(csv.reader(lines, delimiter=teken, strict=True))
    except csv.Error:
        return _split_loose(lines, teken)
    breedte = _common_width(rijen[:_SAMPLE_LINES])
    if any(_has_swallowed(cel, teken, breedte) for rij in rijen for cel in rij if "\n" in cel):
        return _split_loose(lines, teken)
    return Records(rijen)


def _has_swallowed(cel: str, teken: str, breedte: int) -> bool:
    """Tell whether a cell holds a line that is itself a whole row."""
    needed = max(breedte - 2, 2)
    return any(line.count(teken) >= needed for line in cel.splitlines()[1:])


def _split_loose(lines: Sequence[str], teken: str) -> Records:
    """Split record by record, so that one open quote spoils one row and not the rest."""
    records = Records([])
    breedte = _common_width([line.split(teken) for line in lines[:_SAMPLE_LINES]])
    start = 0
    while start < len(lines):
        rij, used = _next_record(lines, start, teken, breedte)
        if rij is None:
            rij = [_without_quotes(cel) for cel in lines[start].rstrip("\r\n").split(teken)]
            records.losse_aanhalingstekens.append(len(records.rijen) + 1)
        records.rijen.append(rij if any(rij) else [])
        start += used
    return records


def _next_record(
    lines: Sequence[str], start: int, teken: str, breedte: int
) -> tuple[list[str] | None, int]:
    for end in range(start + 1, min(start + _LOOK_AHEAD, len(lines)) + 1):
        try:
            rijen = list(csv.reader(lines[start:end], delimiter=teken, strict=True))
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                continue
            return None, 1
        if len(rijen) != 1 or any(_has_swallowed(cel, teken, breedte) for cel in rijen[0]):
            return None, 1
        return rijen[0], end - start
    return None, 1


def _without_quotes(cel: str) -> str:
    cel = cel.strip()
    if len(cel) > 1 and cel[0] == cel[-1] == '"':
        cel = cel[1:-1]
    return cel.replace('""', '"')
