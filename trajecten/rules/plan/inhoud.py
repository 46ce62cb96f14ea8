"""What is part of an agreement, in one fixed form that can be frozen and proved.

Only the fields named here are agreed to. A note, a named worker, a barrier or the order of the
page may be corrected without asking anybody to agree again (anchors 4.3).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trajecten.rules.plan.beurt import OPEN, Antwoord, Stand

# What client and OCMW agree to, by goal and by step.
DOEL_VELDEN = ("tekst", "domein", "uitvoerders", "partner", "tegen")
STAP_VELDEN = ("tekst", "doel", "uitvoerders", "partner", "tegen", "vervolg")
PLAN_VELDEN = ("behoeften", "evaluatiewijze", "extra_hulp")
VORM = 1
DOEL, STAP = "doel", "stap"


@dataclass(frozen=True, slots=True)
class Woord:
    """What one side said about the revision that stands."""

    kant: str
    antwoord: Antwoord
    tekst: str = ""
    dag: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A goal or step as the content sees it; `velden` holds the agreed fields."""

    soort: str
    id: int
    stand: Stand
    voorsteller: str
    velden: Mapping[str, Any]
    woorden: tuple[Woord, ...] = ()

    @property
    def valt_buiten(self) -> bool:
        """Tell whether it stays outside the agreement: contested, or a step without a day."""
        if self.stand is Stand.ONEENS or (self.soort == STAP and not self.velden["tegen"]):
            return True
        return self.stand is Stand.VOORGESTELD and bool(self.woorden)


def inhoud_van(items: Iterable[Item], teksten: Mapping[str, str]) -> dict[str, Any]:
    """Return the content of the plan: what is agreed, and what stays without agreement.

    Proposals nobody answered yet are part of it: agreeing to the plan agrees to them.
    """
    afspraken: list[dict[str, Any]] = []
    zonder: list[dict[str, Any]] = []
    for item in sorted(items, key=lambda item: (item.soort, item.id)):
        if item.stand not in OPEN:
            continue
        regel = {
            "soort": item.soort,
            "id": item.id,
            "voorsteller": item.voorsteller,
            **{naam: _plain(waarde) for naam, waarde in item.velden.items()},
        }
        if item.valt_buiten:
            regel["woorden"] = [_woord(woord) for woord in item.woorden]
            zonder.append(regel)
        else:
            afspraken.append(regel)
    return {
        "vorm": VORM,
        **{naam: teksten.get(naam, "") for naam in PLAN_VELDEN},
        "afspraken": afspraken,
        "zonder_akkoord": zonder,
    }


def canonical(inhoud: Mapping[str, Any]) -> str:
    """Return the one text that belongs to a content, whatever the order of its keys."""
    return json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(inhoud: Mapping[str, Any]) -> str:
    """Return the sha256 of a content, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(inhoud).encode()).hexdigest()


def is_leeg(inhoud: Mapping[str, Any]) -> bool:
    """Tell whether there is nothing to agree to."""
    return not inhoud["afspraken"] and not inhoud["zonder_akkoord"]


def _woord(woord: Woord) -> dict[str, Any]:
    return {
        "kant": woord.kant,
        "antwoord": woord.antwoord.value,
        "tekst": woord.tekst,
        "dag": _plain(woord.dag),
    }


def _plain(waarde: Any) -> Any:
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, list | tuple | set | frozenset):
        return sorted(str(deel) for deel in waarde)
    return waarde


def staat_elders(
    inhoud: Mapping[str, Any], passage: str, *, ding: tuple[str, int], kant: str = ""
) -> bool:
    """Tell whether a passage stands in other words of a content than those meant.

    Meant are the texts of one goal or step (`ding`: kind and number), or with `kant` what that
    side said about it.
    """
    texts = [inhoud.get(naam, "") for naam in PLAN_VELDEN]
    for regel in (*inhoud["afspraken"], *inhoud["zonder_akkoord"]):
        own = (regel["soort"], regel["id"]) == ding
        if kant or not own:
            texts += [regel.get("tekst", ""), regel.get("toelichting", "")]
        said = regel.get("woorden", ())
        texts += [word["tekst"] for word in said if not (own and word["kant"] == kant)]
    return any(passage in (text or "") for text in texts)
