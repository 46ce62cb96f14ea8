"""One plan, grouped as somebody likes to look at it: by goal, domain, mover or month."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from django.urls import reverse

from kern.belgian_dates import MAANDEN
from kern.pieces import Act, StepCard
from trajecten.enums import Levensdomein, Uitvoerder
from trajecten.models import Doel, Stap
from trajecten.queries.plan import Plan, Planregel
from trajecten.views.plan.kaarten import Kaarten

ZONDER_DOEL, ZONDER_DAG = "Zonder doel", "Zonder dag"


@dataclass(frozen=True, slots=True)
class Groep:
    """A heading with its cards; a goal is the heading of its own steps."""

    titel: str
    kaarten: Sequence[StepCard]
    doel: StepCard | None = None
    add: Act | None = None


def groepen(plan: Plan, kaarten: Kaarten) -> list[Groep]:
    """Return the plan as the reader chose to see it; empty groups are left out."""
    shown = [regel for regel in plan.regels if kaarten.zicht.shows(regel, on=kaarten.today)]
    if kaarten.zicht.per == "doel":
        return _per_doel(plan, kaarten, shown)
    keys, sort, name = {
        "domein": (_domein, _domein_order, lambda key: str(Levensdomein(key).label)),
        "wie": (_wie, _wie_order, lambda key: _mover_name(key, kaarten)),
        "maand": (_maand, lambda key: key, _month_name),
    }[kaarten.zicht.per]
    return _by(shown, kaarten, keys=keys, sort=sort, name=name)


def _per_doel(plan: Plan, kaarten: Kaarten, shown: Sequence[Planregel]) -> list[Groep]:
    visible = {(regel.soort, regel.item.pk) for regel in shown}
    found = []
    for doel in plan.doelen:
        steps = [row for row in plan.stappen_van(_doel(doel)) if ("stap", row.item.pk) in visible]
        if not steps and ("doel", doel.item.pk) not in visible:
            continue
        may_add = kaarten.may_change and doel.item.is_open
        found.append(
            Groep(
                doel.item.tekst,
                [kaarten.card(row) for row in steps],
                doel=kaarten.card(doel),
                add=_add(doel, kaarten) if may_add else None,
            )
        )
    loose = [row for row in plan.stappen_van(None) if ("stap", row.item.pk) in visible]
    if loose:
        found.append(Groep(ZONDER_DOEL, [kaarten.card(row) for row in loose]))
    return found


def _doel(regel: Planregel) -> Doel | None:
    return regel.item if isinstance(regel.item, Doel) else None


def _add(doel: Planregel, kaarten: Kaarten) -> Act:
    url = reverse("trajecten:plan_propose_stap", args=[kaarten.client.pk])
    zicht = kaarten.zicht.query()
    carried = f"&zicht={quote(zicht, safe='')}" if zicht else ""
    label = "Stel een stap voor"
    return Act(label, f"{url}?doel={doel.item.pk}{carried}", "plus", about=doel.item.tekst)


def _by(
    shown: Iterable[Planregel],
    kaarten: Kaarten,
    *,
    keys: Callable[[Doel | Stap], Sequence[str]],
    sort: Callable[[str], object],
    name: Callable[[str], str],
) -> list[Groep]:
    maker = replace(kaarten, with_doel=True)
    groups: dict[str, list[StepCard]] = {}
    for regel in shown:
        for number, key in enumerate(keys(regel.item)):
            card = maker.card(regel)
            # Who moves together stands under each name; the place on the page is the first.
            groups.setdefault(key, []).append(card if number == 0 else replace(card, anchor=""))
    ordered = sorted(groups, key=sort)  # type: ignore[arg-type]
    return [Groep(name(key), groups[key]) for key in ordered]


def _domein(item: Doel | Stap) -> Sequence[str]:
    return (item.domein,)


def _domein_order(key: str) -> int:
    return Levensdomein.values.index(key)


def _wie(item: Doel | Stap) -> Sequence[str]:
    return tuple(item.uitvoerders)


def _wie_order(key: str) -> int:
    return Uitvoerder.values.index(key)


def _mover_name(key: str, kaarten: Kaarten) -> str:
    if key == Uitvoerder.CLIENT:
        return kaarten.client.voornaam or "Cliënt"
    return str(Uitvoerder(key).label)


def _maand(item: Doel | Stap) -> Sequence[str]:
    day = item.geldt_tegen if item.is_open else item.afgesloten_op or item.geldt_tegen
    return (f"{day:%Y-%m}" if day else "9999",)


def _month_name(key: str) -> str:
    if key == "9999":
        return ZONDER_DAG
    day = date.fromisoformat(f"{key}-01")
    return f"{MAANDEN[day.month - 1].capitalize()} {day.year}"
