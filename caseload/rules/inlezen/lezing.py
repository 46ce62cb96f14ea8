"""A row while it is read: its cells by field, the reasons and the remarks so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.tabel import Rij
from caseload.rules.inlezen.tekst import clean, is_nothing, tidy
from caseload.rules.inlezen.velden import Veld

T = TypeVar("T")


@dataclass(slots=True)
class Lezing:
    """One row under way to its verdict."""

    rij: Rij
    kolommen: dict[Veld, int]
    redenen: list[str] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)

    def has(self, veld: Veld) -> bool:
        """Tell whether the list has a column for the field."""
        return veld in self.kolommen

    def cel(self, veld: Veld) -> str:
        """Return the cell as it stands."""
        index = self.kolommen.get(veld)
        return "" if index is None or index >= len(self.rij.cellen) else self.rij.cellen[index]

    def text(self, veld: Veld) -> str:
        """Return the text on one line, empty where the cell stands for nothing."""
        cel = self.cel(veld)
        return "" if is_nothing(cel) else tidy(cel)

    def lines(self, veld: Veld) -> str:
        """Return the text with its line ends."""
        return clean(self.cel(veld)).replace("\r\n", "\n").replace("\r", "\n").strip()

    def refuse(self, reden: str) -> None:
        """Add a reason to refuse the row."""
        if reden not in self.redenen:
            self.redenen.append(reden)

    def remark(self, opmerking: str) -> None:
        """Add a remark for whoever checks the list."""
        self.opmerkingen.append(opmerking)

    def attempt(self, read: Callable[[], T], default: T) -> T:
        """Note the reason where the reading refuses, and go on."""
        try:
            return read()
        except RijGeweigerd as reden:
            self.refuse(str(reden))
            return default
