"""What wijk-werken led to, counted in people; a count of few is never told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Counts of fewer people point at somebody.
MINSTENS = 5


class Uitkomst(StrEnum):
    """Where people went, in the few words a table can hold."""

    WERK = "Werk"
    OPLEIDING = "Opleiding of stage"
    TRAJECT = "Ander traject"
    ANDERS = "Iets anders"
    ONBEKEND = "Niet bekend"


# Keys are the words of `trajecten.enums.Eindreden`; what is not here went somewhere else.
VAN_REDEN = {
    "werk_nec": Uitkomst.WERK,
    "werk_se": Uitkomst.WERK,
    "zelfstandig": Uitkomst.WERK,
    "ibo": Uitkomst.OPLEIDING,
    "opleiding": Uitkomst.OPLEIDING,
    "ander_traject": Uitkomst.TRAJECT,
    "onbekend": Uitkomst.ONBEKEND,
}


@dataclass(frozen=True, slots=True)
class Einde:
    """One wijk-werker who stopped, in a group: an organiser, or an activity."""

    groep: str
    client: int
    op: date
    reden: str


@dataclass(frozen=True, slots=True)
class Rij:
    """What may be told of a group: None stands for a count that is kept back."""

    groep: str
    totaal: int | None
    aantallen: Sequence[int | None]

    @property
    def cellen(self) -> list[tuple[str, int | None]]:
        """Return each count beside its name."""
        return list(zip((item.value for item in Uitkomst), self.aantallen, strict=True))


def tel_uitkomsten(eindes: Iterable[Einde], *, minstens: int = MINSTENS) -> list[Rij]:
    """Count each person once in each group, by where she went last."""
    laatste: dict[str, dict[int, Einde]] = {}
    for einde in eindes:
        mensen = laatste.setdefault(einde.groep, {})
        if einde.client not in mensen or mensen[einde.client].op <= einde.op:
            mensen[einde.client] = einde
    return [_row(groep, mensen, minstens) for groep, mensen in sorted(laatste.items())]


def naast_een_geheel(rijen: Sequence[Rij]) -> list[Rij]:
    """Keep back one group more, where the whole can be read elsewhere and a group is kept back."""
    getoond = [rij for rij in rijen if rij.totaal is not None]
    if not getoond or len(getoond) == len(rijen):
        return list(rijen)
    kleinste = min(getoond, key=lambda rij: rij.totaal or 0)
    leeg = Rij(kleinste.groep, None, [None] * len(Uitkomst))
    return [leeg if rij is kleinste else rij for rij in rijen]


def _row(groep: str, mensen: Mapping[int, Einde], minstens: int) -> Rij:
    if len(mensen) < minstens:
        return Rij(groep, None, [None] * len(Uitkomst))
    waar = [VAN_REDEN.get(item.reden, Uitkomst.ANDERS) for item in mensen.values()]
    aantallen = [waar.count(uitkomst) for uitkomst in Uitkomst]
    return Rij(groep, len(mensen), houd_achter(aantallen, minstens))


def houd_achter(aantallen: Sequence[int], minstens: int) -> list[int | None]:
    """Keep back small counts, and beside them one that may be told.

    Who knows the whole can subtract: so what is kept back always holds a part of enough people,
    or is everything.
    """
    klein = {index for index, aantal in enumerate(aantallen) if 0 < aantal < minstens}
    if not klein:
        return list(aantallen)
    groot = [index for index, aantal in enumerate(aantallen) if aantal >= minstens]
    if not groot:
        return [None] * len(aantallen)
    weg = klein | {min(groot, key=lambda index: aantallen[index])}
    return [None if index in weg else aantal for index, aantal in enumerate(aantallen)]
