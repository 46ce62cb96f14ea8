"""The standard text blocks and templates of this release, as plain values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TALEN = (("nl", "Nederlands"), ("fr", "Frans"), ("en", "Engels"), ("ar", "Arabisch"))


@dataclass(frozen=True, slots=True)
class Standaardblok:
    """A text block as it is shipped: where it is printed, and its words by language."""

    code: str
    naam: str
    waar: str
    teksten: Mapping[str, str]

    @property
    def talen(self) -> list[tuple[str, str]]:
        """Return the languages in which this text is printed."""
        return [(code, naam) for code, naam in TALEN if code in self.teksten]


@dataclass(frozen=True, slots=True)
class Standaardregel:
    """One line of a standard template."""

    soort: str
    tekst: str
    domein: str
    uitvoerders: tuple[str, ...]
    partner: str = ""
    dagen: int | None = None
    anker: str = "vandaag"
    los: bool = False


@dataclass(frozen=True, slots=True)
class Standaardsjabloon:
    """A template as it is shipped; `instrument` is a code or nothing."""

    code: str
    naam: str
    instrument: str | None
    regels: tuple[Standaardregel, ...]


@cache
def standaardblokken() -> dict[str, Standaardblok]:
    """Return the standard text blocks by code, in the order of the list."""
    return {row["code"]: Standaardblok(**row) for row in _read("tekstblokken.json")}


@cache
def standaardsjablonen() -> tuple[Standaardsjabloon, ...]:
    """Return the standard templates."""
    return tuple(
        Standaardsjabloon(
            code=row["code"],
            naam=row["naam"],
            instrument=row["instrument"],
            regels=tuple(
                Standaardregel(**{**regel, "uitvoerders": tuple(regel["uitvoerders"])})
                for regel in row["regels"]
            ),
        )
        for row in _read("sjablonen.json")
    )


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / name).read_text("utf-8"))
    return found
