"""The shapes of the month grid: days, cells, lines, people."""

from dataclasses import dataclass
from datetime import date

from kern.belgian_dates import MAANDEN
from kern.periods import add_months
from wijkwerken.models import Inschrijving, Opdracht


@dataclass(frozen=True, slots=True)
class Dag:
    """A column of the grid."""

    dag: date
    weekdag: str
    is_weekend: bool
    is_vandaag: bool


@dataclass(frozen=True, slots=True)
class Vak:
    """A cell: what stands there, which row it is, and whether one may type in it."""

    naam: str
    dag: Dag
    tekst: str = ""
    was: str = ""
    """What is stored, where `tekst` is what was typed or proposed."""
    minuten: int = 0
    pk: int | None = None
    is_open: bool = True
    slot: str = ""
    fout: str = ""
    is_voorstel: bool = False

    @property
    def soort(self) -> str:
        """Return the classes of the cell."""
        flags = (
            ("is-weekend", self.dag.is_weekend),
            ("is-today", self.dag.is_vandaag),
            ("is-closed", not self.is_open),
            ("is-wrong", bool(self.fout)),
            ("is-proposal", self.is_voorstel),
        )
        return " ".join(name for name, is_set in flags if is_set)


@dataclass(frozen=True, slots=True)
class Regel:
    """A line of a person: one task, or the hours without a task."""

    opdracht: Opdracht | None
    vakken: tuple[Vak, ...]
    ritme: tuple[str, ...]

    @property
    def minuten(self) -> int:
        """Return the minutes of the line."""
        return sum(vak.minuten for vak in self.vakken)


@dataclass(frozen=True, slots=True)
class Persoon:
    """A wijk-werker in the grid, with her lines and what is left."""

    inschrijving: Inschrijving
    regels: tuple[Regel, ...]
    maand: int
    maand_plafond: int | None
    jaar: int
    jaar_plafond: int | None
    opmerkingen: tuple[str, ...] = ()

    @property
    def over(self) -> int | None:
        """Return the minutes that fit in this month, both caps counted."""
        tellers = ((self.maand_plafond, self.maand), (self.jaar_plafond, self.jaar))
        grenzen = [max(top - som, 0) for top, som in tellers if top is not None]
        return min(grenzen, default=None)

    @property
    def jaar_over(self) -> int | None:
        """Return the minutes left of the year."""
        return max(self.jaar_plafond - self.jaar, 0) if self.jaar_plafond is not None else None

    @property
    def knelt_jaar(self) -> bool:
        """Say whether the year is the narrower of the two."""
        return self.over is not None and self.over == self.jaar_over

    @property
    def ingevuld(self) -> int:
        """Return the minutes in cells that one may change; the browser counts on from there."""
        return sum(vak.minuten for rij in self.regels for vak in rij.vakken if vak.is_open)

    @property
    def basis(self) -> str:
        """Return which row stands in which cell, to see whether somebody came between."""
        pairs = (
            f"{vak.naam}={vak.pk}:{vak.minuten}"
            for rij in self.regels
            for vak in rij.vakken
            if vak.pk and vak.is_open
        )
        return " ".join(pairs)

    @property
    def fouten(self) -> tuple[Vak, ...]:
        """Return the cells that were refused."""
        return tuple(vak for rij in self.regels for vak in rij.vakken if vak.fout)


@dataclass(frozen=True, slots=True)
class Rooster:
    """A month with its people."""

    maand: date
    dagen: tuple[Dag, ...]
    personen: tuple[Persoon, ...]

    @property
    def naam(self) -> str:
        """Return november 2026."""
        return f"{MAANDEN[self.maand.month - 1]} {self.maand.year}"

    @property
    def vorige(self) -> date:
        """Return the first day of the month before."""
        return add_months(self.maand, -1)

    @property
    def volgende(self) -> date:
        """Return the first day of the next month."""
        return add_months(self.maand, 1)

    @property
    def minuten(self) -> int:
        """Return what was worked by everyone together."""
        return sum(persoon.maand for persoon in self.personen)

    @property
    def fouten(self) -> int:
        """Count the refused cells."""
        return sum(len(persoon.fouten) for persoon in self.personen)
