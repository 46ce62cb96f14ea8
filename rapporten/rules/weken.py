"""How many people and weeks stood still for each kind of barrier, and what may be told of it.

A day counts for a person and a kind when at least one of her steps waited for a barrier of that
kind; two steps on one day are one day. Counts of few people are not told, nor what would let
somebody compute them.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kern.periods import Period, clip_all, days_in_union

MINSTENS = 5
DAYS_A_WEEK = 7
K = TypeVar("K", bound=Hashable)
Plaats = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wachttijd:
    """A step of a person that waited from a first to a last day; without a last day it waits."""

    client: int
    soort: str
    gebied: str
    van: date
    tot: date | None


@dataclass(frozen=True, slots=True)
class Tel:
    """How many people, and on how many days of each of them together."""

    mensen: int
    dagen: int

    @property
    def weken(self) -> int:
        """Return the days in whole weeks, half a week rounded up."""
        return (2 * self.dagen + DAYS_A_WEEK) // (2 * DAYS_A_WEEK)


@dataclass(frozen=True, slots=True)
class Telling:
    """The count of a period: of all, for each kind, and for each kind and area.

    A person with two kinds counts once in the whole, and her days there are the days on which
    she waited for anything.
    """

    totaal: Tel
    per_soort: Mapping[str, Tel]
    per_plaats: Mapping[Plaats, Tel]


@dataclass(frozen=True, slots=True)
class Getoond:
    """What may be told: None stands for a count that is kept back."""

    totaal: Tel | None
    per_soort: Mapping[str, Tel | None]
    per_plaats: Mapping[Plaats, Tel | None]


def tel_weken(
    wachttijden: Iterable[Wachttijd],
    periode: Period,
    *,
    vandaag: date,
    ongesplitst: Collection[str] = (),
) -> Telling:
    """Count people and days in the period, up to today; some kinds are not split by area."""
    persons: dict[tuple[str, ...], dict[int, list[Period]]] = defaultdict(lambda: defaultdict(list))
    for wacht in wachttijden:
        days = Period(wacht.van, wacht.tot if wacht.tot is not None else max(wacht.van, vandaag))
        gebied = "" if wacht.soort in ongesplitst else wacht.gebied
        for group in ((), (wacht.soort,), (wacht.soort, gebied)):
            persons[group][wacht.client].append(days)
    window = _until(periode, vandaag)
    counted = {group: _count(people, window) for group, people in persons.items()}
    told = {group: tel for group, tel in counted.items() if tel.mensen}
    return Telling(
        totaal=told.get((), Tel(0, 0)),
        per_soort={group[0]: tel for group, tel in told.items() if len(group) == 1},
        per_plaats={(group[0], group[1]): tel for group, tel in told.items() if len(group) == 2},
    )


def houd_kleine_achter(telling: Telling, *, minstens: int = MINSTENS) -> Getoond:
    """Keep back every count of fewer people, and what would give such a count away.

    Beside an area that is kept back the smallest other one is too, so that the kind itself can be
    told. Beside a kind it is the whole that is kept back: kinds are what the count is for.
    """
    kinds = {soort for soort, tel in telling.per_soort.items() if not _is_told(tel, minstens)}
    places: dict[Plaats, Tel | None] = {}
    for soort in telling.per_soort:
        own = {place: tel for place, tel in telling.per_plaats.items() if place[0] == soort}
        # The areas of a kind that is not told would add up to it.
        kept = set(own) if soort in kinds else _kept_back(own, minstens)
        places |= {place: None if place in kept else tel for place, tel in own.items()}
    gives_away = bool(kinds) and kinds != set(telling.per_soort)
    whole_is_told = _is_told(telling.totaal, minstens) and not gives_away
    return Getoond(
        totaal=telling.totaal if whole_is_told else None,
        per_soort={
            soort: None if soort in kinds else tel for soort, tel in telling.per_soort.items()
        },
        per_plaats=places,
    )


def _kept_back(parts: Mapping[K, Tel], minstens: int) -> set[K]:
    """Return which parts of a whole are kept back.

    Who knows the whole and the other parts can subtract. So what is kept back is never one part,
    and holds a part that may be told, or is everything: then it is as many people as the whole.
    """
    kept = {key for key, tel in parts.items() if not _is_told(tel, minstens)}
    if not kept or kept == set(parts):
        return kept
    smallest = min(
        set(parts) - kept, key=lambda key: (parts[key].mensen, parts[key].dagen, str(key))
    )
    return kept | {smallest}


def _is_told(tel: Tel, minstens: int) -> bool:
    return tel.mensen == 0 or tel.mensen >= minstens


def _until(periode: Period, vandaag: date) -> Period | None:
    if periode.begin > vandaag:
        return None
    return Period(periode.begin, min(periode.end or vandaag, vandaag))


def _count(people: Mapping[int, list[Period]], window: Period | None) -> Tel:
    if window is None:
        return Tel(0, 0)
    days = [days_in_union(clip_all(periods, window)) for periods in people.values()]
    return Tel(sum(1 for number in days if number), sum(days))
