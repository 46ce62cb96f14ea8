"""XLSX through calamine: typed cells to text, the first sheet that holds a list."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from caseload.rules.inlezen.grenzen import BestandGeweigerd, Grenzen, check_kolommen, check_rijen
from caseload.rules.inlezen.koprij import find_koprij
from caseload.rules.inlezen.xlsx_bewaking import check_werkmap

_DAMAGED = (
    "Dit Excel-bestand is beschadigd. Open het in Excel en bewaar het opnieuw als XLSX of CSV."
)
_Cel = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Werkblad:
    """The rows of the sheet that was chosen, from row 1 of the sheet on."""

    rijen: list[list[str]]
    opmerkingen: list[str]


def read_werkblad(data: bytes, bekende_koppen: frozenset[str], grenzen: Grenzen) -> Werkblad:
    """Read the first visible sheet with a recognisable heading row, else the first with data."""
    check_werkmap(data, grenzen)
    try:
        return _read(data, bekende_koppen, grenzen)
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise BestandGeweigerd(_DAMAGED) from error
    except BaseException as error:
        # A panic inside calamine derives from BaseException and says nothing about our process.
        if type(error).__name__ == "PanicException":
            raise BestandGeweigerd(_DAMAGED) from error
        raise


def _read(data: bytes, bekende_koppen: frozenset[str], grenzen: Grenzen) -> Werkblad:
    first: tuple[str, list[list[str]]] | None = None
    others: list[str] = []
    chosen: tuple[str, list[list[str]]] | None = None
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for sheet in book.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
                continue
            werkblad = book.get_sheet_by_name(sheet.name)
            if werkblad.end is None:
                continue
            check_kolommen(werkblad.total_width, grenzen)
            check_rijen(werkblad.total_height, _with_titles(grenzen))
            others.append(sheet.name)
            if chosen is not None:
                continue
            rijen = [_texts(rij) for rij in werkblad.to_python(skip_empty_area=False)]
            first = first or (sheet.name, rijen)
            if find_koprij(rijen, bekende_koppen) is not None:
                chosen = (sheet.name, rijen)
    naam, rijen = chosen or first or ("", [])
    if not naam:
        raise BestandGeweigerd("Het Excel-bestand bevat geen zichtbaar werkblad met gegevens.")
    skipped = [other for other in others if other != naam]
    notes = [f"Werkblad “{naam}” is gelezen; niet gelezen: {', '.join(skipped)}."]
    return Werkblad(rijen, notes if skipped else [])


def _with_titles(grenzen: Grenzen) -> Grenzen:
    """Title rows above the list do not count as clients."""
    return Grenzen(max_rijen=grenzen.max_rijen + 100)


def _texts(rij: Sequence[_Cel]) -> list[str]:
    return [_text(cel) for cel in rij]


def _text(cel: _Cel) -> str:
    """Write a typed cell the way it would stand in a list; dates as 2026-03-02."""
    if isinstance(cel, str):
        return cel
    if isinstance(cel, bool):
        return "ja" if cel else "nee"
    if isinstance(cel, float) and cel.is_integer():
        return str(int(cel))
    if isinstance(cel, datetime):
        return cel.date().isoformat()
    if isinstance(cel, date | time):
        return cel.isoformat()
    return str(cel)
