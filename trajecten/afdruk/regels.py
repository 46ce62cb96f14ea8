"""Lines of a frozen plan in words: what, who, by when, and what each side said about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from trajecten.enums import Levensdomein, ReactieSoort, StapSoort, Stem, Uitvoerder
from trajecten.rules.plan.inhoud import DOEL, STAP

# On which side of the table each mover sits.
KANT = {
    Uitvoerder.CLIENT: Stem.CLIENT,
    Uitvoerder.MEDEWERKER: Stem.OCMW,
    Uitvoerder.OCMW: Stem.OCMW,
    Uitvoerder.PARTNER: Stem.PARTNER,
}
SAMEN = "samen"
# As it stands on the client's own paper.
VOOR_CLIENT = {
    Uitvoerder.CLIENT: _("ik"),
    Uitvoerder.MEDEWERKER: _("mijn begeleider"),
    Uitvoerder.OCMW: _("het OCMW"),
    Uitvoerder.PARTNER: _("een partner"),
}


@dataclass(frozen=True, slots=True)
class Uitspraak:
    """What one side said about a proposal, in own words."""

    stem: Stem
    antwoord: ReactieSoort
    tekst: str
    dag: date | None


@dataclass(frozen=True, slots=True)
class Regel:
    """One goal or step as it was frozen, its codes turned into words."""

    id: int
    soort: str
    tekst: str
    voorsteller: Stem
    uitvoerders: tuple[Uitvoerder, ...]
    partner: str
    tegen: date | None
    domein: Levensdomein | None = None
    doel_id: int | None = None
    doel: str = ""
    vervolg: StapSoort | None = None
    woorden: tuple[Uitspraak, ...] = ()
    is_nieuw: bool = False

    @property
    def kanten(self) -> frozenset[Stem]:
        """Return the sides that move."""
        return frozenset(KANT[mover] for mover in self.uitvoerders)

    @property
    def kant(self) -> str:
        """Return the one side that moves, or that they do it together."""
        return str(next(iter(self.kanten))) if len(self.kanten) == 1 else SAMEN

    @property
    def wie_voor_client(self) -> list[str]:
        """Return who moves as the client says it: I, my worker, the OCMW, the partner's name."""
        return [
            self.partner
            if mover == Uitvoerder.PARTNER and self.partner
            else str(VOOR_CLIENT[mover])
            for mover in self.uitvoerders
        ]


@dataclass(frozen=True, slots=True)
class Planinhoud:
    """The content of a plan, sorted for paper: what was agreed, and what was not."""

    behoeften: str
    evaluatiewijze: str
    extra_hulp: str
    doelen: tuple[Regel, ...]
    stappen: tuple[Regel, ...]
    oneens: tuple[Regel, ...]
    later: tuple[Regel, ...]

    def van(self, kant: str) -> list[Regel]:
        """Return the steps that one side does alone, or that are done together."""
        return [regel for regel in self.stappen if regel.kant == kant]

    def met(self, stem: Stem) -> list[Regel]:
        """Return the steps in which one side moves, alone or with others."""
        return [regel for regel in self.stappen if stem in regel.kanten]


def lees(inhoud: Mapping[str, Any], *, eerder: Mapping[str, Any] | None = None) -> Planinhoud:
    """Return a frozen content in words; what is not in `eerder` is marked as new."""
    alles = [*inhoud["afspraken"], *inhoud["zonder_akkoord"]]
    doelen = {regel["id"]: regel["tekst"] for regel in alles if regel["soort"] == DOEL}
    bekend = list(eerder["afspraken"]) if eerder is not None else None
    afspraken = [_regel(regel, doelen, bekend) for regel in inhoud["afspraken"]]
    zonder = [_regel(regel, doelen, None) for regel in inhoud["zonder_akkoord"]]
    return Planinhoud(
        behoeften=inhoud["behoeften"],
        evaluatiewijze=inhoud["evaluatiewijze"],
        extra_hulp=inhoud["extra_hulp"],
        doelen=_op_dag(regel for regel in afspraken if regel.soort == DOEL),
        stappen=_op_dag(regel for regel in afspraken if regel.soort == STAP),
        oneens=_op_dag(regel for regel in zonder if regel.woorden),
        later=_op_dag(regel for regel in zonder if not regel.woorden),
    )


def in_vieren(hash_: str) -> str:
    """Return a hash in groups of four, as people can compare it."""
    return " ".join(hash_[begin : begin + 4] for begin in range(0, len(hash_), 4))


def _op_dag(regels: Iterable[Regel]) -> tuple[Regel, ...]:
    return tuple(sorted(regels, key=lambda regel: (regel.tegen or date.max, regel.id)))


def _regel(
    regel: Mapping[str, Any],
    doelen: Mapping[int, str],
    bekend: list[dict[str, Any]] | None,
) -> Regel:
    return Regel(
        id=regel["id"],
        soort=regel["soort"],
        tekst=regel["tekst"],
        voorsteller=Stem(regel["voorsteller"]),
        uitvoerders=tuple(word for word in Uitvoerder if word.value in regel["uitvoerders"]),
        partner=regel["partner"],
        tegen=_dag(regel["tegen"]),
        domein=Levensdomein(regel["domein"]) if "domein" in regel else None,
        doel_id=regel.get("doel"),
        doel=doelen.get(regel.get("doel") or 0, ""),
        vervolg=StapSoort(regel["vervolg"]) if regel.get("vervolg") else None,
        woorden=tuple(_uitspraak(woord) for woord in regel.get("woorden", ())),
        is_nieuw=bekend is not None and regel not in bekend,
    )


def _uitspraak(woord: Mapping[str, Any]) -> Uitspraak:
    return Uitspraak(
        stem=Stem(woord["kant"]),
        antwoord=ReactieSoort(woord["antwoord"]),
        tekst=woord["tekst"],
        dag=_dag(woord["dag"]),
    )


def _dag(waarde: str | None) -> date | None:
    return date.fromisoformat(waarde) if waarde else None
