"""A look into the zip before a workbook is opened: bombs, far-off cells, what it really is."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from caseload.rules.inlezen.grenzen import BestandGeweigerd, Grenzen, check_kolommen, check_rijen

_DAMAGED = (
    "Dit Excel-bestand is beschadigd. Open het in Excel en bewaar het opnieuw als XLSX of CSV."
)
_TOO_BIG = "Dit Excel-bestand is uitgepakt te groot. Bewaar alleen de lijst in een nieuw bestand."
_MOST_PARTS = 2_000
_ROOM_FOR_TITLES = 100

# A cell with content: an opening tag that is not closed at once.
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?(?<!/)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,8})(\d{1,12})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br\s*=\s*[\"'](\d{1,12})[\"']")
_SHARED_CELL = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v[^<>]*>\s*(\d{1,9})"
)
_SHARED_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")


def check_werkmap(data: bytes, grenzen: Grenzen) -> None:
    """Refuse a zip that is no workbook, or one that would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive, grenzen)
            _check_content(archive, grenzen)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise BestandGeweigerd(_DAMAGED) from error


def _check_parts(archive: zipfile.ZipFile, grenzen: Grenzen) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise BestandGeweigerd("Dit bestand is met een wachtwoord beveiligd.")
    if "xl/workbook.xml" not in {name.lower().lstrip("/") for name in names}:
        raise BestandGeweigerd(_what_it_is(names))
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > grenzen.max_uitgepakt:
        raise BestandGeweigerd(_TOO_BIG)


def _what_it_is(names: set[str]) -> str:
    save_as = "Bewaar de lijst als CSV of XLSX."
    if "xl/workbook.bin" in names:
        return f"Dit is een binair Excel-bestand (.xlsb). {save_as}"
    if "word/document.xml" in names:
        return f"Dit is een Word-document. {save_as}"
    if any(name.startswith("ppt/") for name in names):
        return f"Dit is een presentatie. {save_as}"
    if "mimetype" in names and "content.xml" in names:
        return f"Dit is een OpenDocument-bestand. {save_as}"
    return f"Dit is een ZIP-bestand en geen lijst. {save_as}"


def _check_content(archive: zipfile.ZipFile, grenzen: Grenzen) -> None:
    """Read every part once: sizes in the directory may lie, cells may stand far apart."""
    lengths: list[int] = []
    references: list[bytes] = []
    for part in archive.infolist():
        inhoud = archive.read(part)
        name = part.filename.lower()
        if name.endswith(".xml") and b"\x00" in inhoud[:200]:
            raise BestandGeweigerd(_DAMAGED)
        if "<!doctype" in inhoud[:1000].decode("latin-1").lower():
            raise BestandGeweigerd(_DAMAGED)
        if name.endswith("sharedstrings.xml"):
            ends = [match.end() for match in _SHARED_END.finditer(inhoud)]
            lengths = [end - start for start, end in zip([0, *ends], ends, strict=False)]
        elif "worksheets/" in name and name.endswith(".xml"):
            _check_reach(inhoud, grenzen)
            references.extend(_SHARED_CELL.findall(inhoud))
    # One long text shown in every cell costs its length as often as it is shown.
    if sum(_length_of(references, lengths)) > grenzen.max_uitgepakt:
        raise BestandGeweigerd(_TOO_BIG)


def _length_of(references: list[bytes], lengths: list[int]) -> Iterator[int]:
    for reference in references:
        index = int(reference)
        if index < len(lengths):
            yield lengths[index]


def _check_reach(sheet: bytes, grenzen: Grenzen) -> None:
    """Refuse content far below or beside the list: it would cost a cell for every gap."""
    furthest_row = furthest_column = 0
    unplaced = False
    for cell in _CELL.finditer(sheet):
        place = _REFERENCE.search(cell.group())
        if place is None:
            unplaced = True
            continue
        furthest_row = max(furthest_row, int(place.group(2)))
        furthest_column = max(furthest_column, _column(place.group(1)))
    if unplaced:
        furthest_row = max([furthest_row, *(int(row) for row in _ROW.findall(sheet))])
    check_kolommen(furthest_column, grenzen)
    check_rijen(furthest_row - _ROOM_FOR_TITLES if furthest_row > _ROOM_FOR_TITLES else 0, grenzen)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
