"""The first rows of the instrument list and the rule table, kept as data beside this file."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from trajecten.rules.instrumenten import InstrumentRij
from trajecten.rules.termijn import Overgang, RegelRij, Zekerheid

FOLDER = Path(__file__).parent
DATES = ("geldig_van", "geldig_tot")


def instrumenten() -> list[dict[str, Any]]:
    """Return the instruments as plain dicts; `opvolger` holds a code or nothing."""
    return list(_rows("instrumenten.json"))


def regels() -> list[dict[str, Any]]:
    """Return the rules for everyone as plain dicts, ready for the rule table."""
    return list(_rows("regels.json"))


def regel_rijen() -> tuple[RegelRij, ...]:
    """Return the same rules in the shape the clocks take."""
    return tuple(
        RegelRij(
            code=row["code"],
            waarde=row["waarde"],
            eenheid=row["eenheid"],
            geldig_van=row["geldig_van"],
            geldig_tot=row["geldig_tot"],
            overgang=Overgang(row["overgang"]),
            bron=row["bron"],
            zekerheid=Zekerheid(row["zekerheid"]),
        )
        for row in regels()
    )


def instrument_rijen() -> dict[str, InstrumentRij]:
    """Return the instruments by code in the shape the start rule takes."""
    return {
        row["code"]: InstrumentRij(
            code=row["code"],
            naam=row["naam"],
            geldig_van=row["geldig_van"],
            geldig_tot=row["geldig_tot"],
            is_startbaar=row["is_startbaar"],
            opvolger=row["opvolger"] or "",
            zekerheid=Zekerheid(row["zekerheid"]),
        )
        for row in instrumenten()
    }


def regel_naam(code: str) -> str:
    """Return a rule's name in words: subject and matter; a code without words stays a code."""
    onderwerp, _, zaak = code.partition(".")
    namen = _namen()
    try:
        return f"{namen['onderwerpen'][onderwerp]}: {namen['zaken'][zaak]}"
    except KeyError:
        return code


@cache
def _namen() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((FOLDER / "namen.json").read_text("utf-8"))
    return found


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for row in json.loads((FOLDER / name).read_text(encoding="utf-8")):
        yield {
            key: date.fromisoformat(value) if key in DATES and value is not None else value
            for key, value in row.items()
        }
