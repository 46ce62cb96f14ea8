"""What is agreed, word for word, and what changed since, in the client's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portaal import woorden
from portaal.templatetags.portaal import dag
from trajecten.enums import VAN_HET_OCMW, Levensdomein, Uitvoerder
from trajecten.rules.plan.verschil import Itemverschil, Stuk, Veldverschil, Verschil

TEKSTEN = ("behoeften", "evaluatiewijze", "extra_hulp")
# Compared word by word; the other fields are shown as they were and as they are.
WOORD_VOOR_WOORD = ("tekst", "partner", *TEKSTEN)


@dataclass(frozen=True, slots=True)
class Woordje:
    """What one side said about something both do not agree on."""

    van: str
    soort: str
    tekst: str
    dag: date | None


@dataclass(frozen=True, slots=True)
class Punt:
    """One goal or step of a content, as she reads it."""

    soort: str
    tekst: str
    uitvoerders: tuple[str, ...]
    partner: str
    tegen: date | None
    doel: str
    vervolg: str
    gezegd: tuple[Woordje, ...] = ()

    @property
    def wie(self) -> str:
        """Return who does it."""
        return woorden.movers(self.uitvoerders, self.partner)


@dataclass(frozen=True, slots=True)
class Blad:
    """A content, in the order of her plan."""

    doelen: tuple[Punt, ...]
    ik_doe: tuple[Punt, ...]
    ocmw_doet: tuple[Punt, ...]
    ander_doet: tuple[Punt, ...]
    zonder_akkoord: tuple[Punt, ...]
    teksten: tuple[tuple[Any, str], ...]


def read_inhoud(inhoud: Mapping[str, Any]) -> Blad:
    """Read a content of the plan, of now or of a version."""
    every = [*inhoud["afspraken"], *inhoud["zonder_akkoord"]]
    goals = {row["id"]: row["tekst"] for row in every if row["soort"] == "doel"}
    agreed = [_punt(row, goals) for row in inhoud["afspraken"]]
    steps = [punt for punt in agreed if punt.soort == "stap"]
    hers = [punt for punt in steps if Uitvoerder.CLIENT in punt.uitvoerders]
    others = [punt for punt in steps if Uitvoerder.CLIENT not in punt.uitvoerders]
    return Blad(
        doelen=tuple(punt for punt in agreed if punt.soort == "doel"),
        ik_doe=_by_day(hers),
        ocmw_doet=_by_day(punt for punt in others if _of_ocmw(punt)),
        ander_doet=_by_day(punt for punt in others if not _of_ocmw(punt)),
        zonder_akkoord=tuple(_punt(row, goals) for row in inhoud["zonder_akkoord"]),
        teksten=tuple(
            (woorden.VELD[name], inhoud.get(name, "")) for name in TEKSTEN if inhoud.get(name)
        ),
    )


def _of_ocmw(punt: Punt) -> bool:
    return any(mover in VAN_HET_OCMW for mover in punt.uitvoerders)


def _by_day(punten: Iterable[Punt]) -> tuple[Punt, ...]:
    return tuple(sorted(punten, key=lambda punt: punt.tegen or date.max))


def _punt(row: Mapping[str, Any], goals: Mapping[int, str]) -> Punt:
    return Punt(
        soort=row["soort"],
        tekst=row["tekst"],
        uitvoerders=tuple(row["uitvoerders"]),
        partner=row["partner"],
        tegen=_day(row["tegen"]),
        doel=goals.get(row.get("doel") or 0, ""),
        vervolg=str(woorden.VERVOLG.get(row.get("vervolg", ""), "")),
        gezegd=tuple(
            Woordje(word["kant"], word["antwoord"], word["tekst"], _day(word["dag"]))
            for word in row.get("woorden", ())
        ),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


@dataclass(frozen=True, slots=True)
class Veld:
    """One field that changed: word by word, or as it was and is."""

    naam: Any
    oud: str
    nieuw: str
    stukken: tuple[Stuk, ...] = ()


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One goal or step that changed; `soort` says how."""

    item: str
    pk: int
    soort: str
    tekst: str
    velden: tuple[Veld, ...]


@dataclass(frozen=True, slots=True)
class Wijzigingen:
    """All that changed since the version in force."""

    items: tuple[Wijziging, ...]
    teksten: tuple[Veld, ...]

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.items or self.teksten)


def read_verschil(verschil: Verschil) -> Wijzigingen:
    """Read the differences in her words."""
    return Wijzigingen(
        items=tuple(_wijziging(item) for item in verschil.items),
        teksten=tuple(_veld(veld) for veld in verschil.teksten),
    )


def _wijziging(item: Itemverschil) -> Wijziging:
    velden = tuple(_veld(veld) for veld in item.velden)
    return Wijziging(item.item, item.id, item.soort.value, item.tekst, velden)


def _veld(veld: Veldverschil) -> Veld:
    naam = woorden.VELD.get(veld.naam, veld.naam)
    if veld.naam in WOORD_VOOR_WOORD:
        return Veld(naam, veld.oud, veld.nieuw, veld.stukken)
    return Veld(naam, _said(veld.naam, veld.oud), _said(veld.naam, veld.nieuw))


def _said(naam: str, waarde: str) -> str:
    """Return a value of the desk as she reads it."""
    if not waarde:
        return ""
    if naam == "uitvoerders":
        return woorden.movers(waarde.split(", "))
    if naam == "tegen":
        return dag(datetime.strptime(waarde, "%d/%m/%Y").date())  # noqa: DTZ007
    if naam == "domein":
        return str(Levensdomein(waarde).label)
    if naam == "vervolg":
        return str(woorden.VERVOLG.get(waarde, ""))
    return str(woorden.JA_NEE.get(waarde, waarde))
