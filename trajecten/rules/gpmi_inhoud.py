"""What a GPMI contract must hold (KB 3/10/2016 art. 11), and what may never stand in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trajecten.rules.plan.inhoud import DOEL, STAP

# Annulled from its first day (GPMI-13): no contract may ask it.
NOOIT = "gemeenschapsdienst"
OCMW = frozenset({"ocmw", "medewerker"})


@dataclass(frozen=True, slots=True)
class Leegte:
    """Something the contract lacks; `veld` names the box that fills it, when there is one.

    `blokkeert`: the paper is not made while it stands so.
    """

    code: str
    tekst: str
    veld: str = ""
    blokkeert: bool = False


def wat_ontbreekt(inhoud: Mapping[str, Any]) -> tuple[Leegte, ...]:
    """Return what the contract still lacks, in the order of the contract."""
    doelen = [regel for regel in inhoud["afspraken"] if regel["soort"] == DOEL]
    stappen = [regel for regel in inhoud["afspraken"] if regel["soort"] == STAP]
    wie = {mover for regel in stappen for mover in regel["uitvoerders"]}
    leeg = []
    if not inhoud["behoeften"]:
        leeg.append(Leegte("behoeften", "De beoordeling van wat nodig is", "behoeften"))
    if not doelen:
        leeg.append(Leegte("doelen", "Een doel"))
    if "client" not in wie:
        leeg.append(Leegte("client", "Wat de cliënt doet"))
    if not wie & OCMW:
        leeg.append(Leegte("ocmw", "Wat het OCMW doet"))
    if los := [regel for regel in stappen if not _doel_van(regel, doelen)]:
        aantal = len(los)
        zin = "Een stap hoort bij geen doel" if aantal == 1 else f"{aantal} stappen zonder doel"
        leeg.append(Leegte("zonder_doel", f"{zin}: {los[0]['tekst']}"))
    if not inhoud["evaluatiewijze"]:
        leeg.append(Leegte("evaluatiewijze", "Hoe we kijken of het lukt", "evaluatiewijze"))
    if not inhoud["extra_hulp"]:
        leeg.append(
            Leegte("extra_hulp", "Welke extra hulp er is en wie welke kosten betaalt", "extra_hulp")
        )
    return (*leeg, *_verboden(inhoud))


def _doel_van(regel: Mapping[str, Any], doelen: Iterable[Mapping[str, Any]]) -> bool:
    return any(doel["id"] == regel.get("doel") for doel in doelen)


def _verboden(inhoud: Mapping[str, Any]) -> Iterable[Leegte]:
    for regel in (*inhoud["afspraken"], *inhoud["zonder_akkoord"]):
        if NOOIT in regel["tekst"].lower():
            yield Leegte(
                NOOIT,
                f"“{regel['tekst']}” kan niet in een GPMI: gemeenschapsdienst is vernietigd door "
                "het Grondwettelijk Hof. Laat de stap vervallen of verwoord ze anders",
                blokkeert=True,
            )
