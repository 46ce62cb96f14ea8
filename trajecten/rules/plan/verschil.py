"""What changed between two contents of the plan, goal by goal, step by step, word by word."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from kern.belgian_dates import format_short
from trajecten.rules.plan.inhoud import DOEL_VELDEN, PLAN_VELDEN, STAP_VELDEN

_WOORDEN = re.compile(r"\s+|\w+|[^\w\s]")
VELDEN = {"doel": DOEL_VELDEN, "stap": STAP_VELDEN, "plan": PLAN_VELDEN}


class Soort(StrEnum):
    """What happened to a piece of text, or to a goal or step."""

    GELIJK = "gelijk"
    NIEUW = "nieuw"
    WEG = "weg"
    GEWIJZIGD = "gewijzigd"
    GEDAAN = "gedaan"


@dataclass(frozen=True, slots=True)
class Stuk:
    """A run of words that stayed, went or came."""

    soort: Soort
    tekst: str


@dataclass(frozen=True, slots=True)
class Veldverschil:
    """One field: its words marked, and both texts for who cannot see marks."""

    naam: str
    oud: str
    nieuw: str
    stukken: tuple[Stuk, ...]


@dataclass(frozen=True, slots=True)
class Itemverschil:
    """One goal or step: what happened to it, and which fields changed."""

    item: str
    id: int
    soort: Soort
    tekst: str
    velden: tuple[Veldverschil, ...] = ()


@dataclass(frozen=True, slots=True)
class Verschil:
    """All that changed since a version; what was done since needs nobody's agreement."""

    items: tuple[Itemverschil, ...]
    teksten: tuple[Veldverschil, ...]

    @property
    def aantal(self) -> int:
        """How many changes ask for agreement."""
        return sum(item.soort is not Soort.GEDAAN for item in self.items) + len(self.teksten)


def woordverschil(oud: str, nieuw: str) -> tuple[Stuk, ...]:
    """Return both texts as one row of words: what stayed, what went, what came.

    Leaving out what came gives the old text; leaving out what went gives the new one.
    """
    a, b = _WOORDEN.findall(oud), _WOORDEN.findall(nieuw)
    stukken: list[Stuk] = []
    for code, a1, a2, b1, b2 in _wissels(a, b):
        if code == "equal":
            stukken.append(Stuk(Soort.GELIJK, "".join(a[a1:a2])))
            continue
        if a2 > a1:
            stukken.append(Stuk(Soort.WEG, "".join(a[a1:a2])))
        if b2 > b1:
            stukken.append(Stuk(Soort.NIEUW, "".join(b[b1:b2])))
    return tuple(stukken)


def _wissels(a: list[str], b: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return what was done to the words; a space between two replaced words goes along.

    Without it "De Linde" would read as "De Ter Linde Duinen".
    """
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    found: list[tuple[str, int, int, int, int]] = []
    for number, (code, a1, a2, b1, b2) in enumerate(codes, start=1):
        is_space = code == "equal" and "".join(a[a1:a2]).isspace()
        joins = is_space and number < len(codes) and codes[number][0] == "replace"
        if found and found[-1][0] == "replace" and (joins or code == "replace"):
            found[-1] = ("replace", found[-1][1], a2, found[-1][3], b2)
        else:
            found.append((code, a1, a2, b1, b2))
    return found


def verschil(
    oud: Mapping[str, Any], nieuw: Mapping[str, Any], *, gedaan: Collection[tuple[str, int]] = ()
) -> Verschil:
    """Return what changed from one content to another; `gedaan` names what was done since."""
    voor, na = _per_sleutel(oud), _per_sleutel(nieuw)
    doelen = {
        id_: regel["tekst"]
        for bron in (voor, na)
        for (soort, id_), regel in bron.items()
        if soort == "doel"
    }
    items: list[Itemverschil] = []
    for sleutel in sorted(voor.keys() | na.keys()):
        soort, id_ = sleutel
        was, is_ = voor.get(sleutel), na.get(sleutel)
        if was is None and is_ is not None:
            items.append(Itemverschil(soort, id_, Soort.NIEUW, is_["tekst"]))
        elif was is not None and is_ is None:
            lot = Soort.GEDAAN if sleutel in gedaan else Soort.WEG
            items.append(Itemverschil(soort, id_, lot, was["tekst"]))
        elif was is not None and is_ is not None:
            velden = _velden(VELDEN[soort], was, is_, doelen)
            if velden:
                items.append(Itemverschil(soort, id_, Soort.GEWIJZIGD, is_["tekst"], velden))
    return Verschil(tuple(items), _velden(PLAN_VELDEN, oud, nieuw, {}))


def _per_sleutel(inhoud: Mapping[str, Any]) -> dict[tuple[str, int], dict[str, Any]]:
    regels: dict[tuple[str, int], dict[str, Any]] = {}
    for regel in inhoud["afspraken"]:
        regels[regel["soort"], regel["id"]] = {**regel, "akkoord": "ja"}
    for regel in inhoud["zonder_akkoord"]:
        regels[regel["soort"], regel["id"]] = {**regel, "akkoord": "nee"}
    return regels


def _velden(
    namen: Collection[str],
    was: Mapping[str, Any],
    is_: Mapping[str, Any],
    doelen: Mapping[int, str],
) -> tuple[Veldverschil, ...]:
    gevonden = []
    for naam in (*namen, "akkoord"):
        oud = _leesbaar(naam, was.get(naam), doelen)
        nieuw = _leesbaar(naam, is_.get(naam), doelen)
        if oud != nieuw:
            gevonden.append(Veldverschil(naam, oud, nieuw, woordverschil(oud, nieuw)))
    return tuple(gevonden)


def _leesbaar(naam: str, waarde: Any, doelen: Mapping[int, str]) -> str:
    if waarde is None or waarde == "":
        return ""
    if naam == "tegen":
        return format_short(date.fromisoformat(waarde))
    if naam == "doel":
        return doelen.get(waarde, "")
    if isinstance(waarde, list):
        return ", ".join(waarde)
    return str(waarde)
