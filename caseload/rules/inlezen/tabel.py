"""The table a file is read into, whatever its kind."""

from dataclasses import dataclass
from enum import StrEnum

Cellen = tuple[str, ...]


class Bestandssoort(StrEnum):
    """The kinds of file that can be read."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Rij:
    """A row with data, numbered as the spreadsheet shows it."""

    nummer: int
    cellen: Cellen


@dataclass(frozen=True, slots=True)
class Tabel:
    """A list: its headings and the rows below them."""

    soort: Bestandssoort
    koppen: Cellen
    kopregel: int
    breedte: int
    """Cells in the heading row as written, empty ones included."""
    rijen: tuple[Rij, ...]
    opmerkingen: tuple[str, ...] = ()
