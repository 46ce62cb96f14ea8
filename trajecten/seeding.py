"""Writes the instruments and the rules of the law of this release; may run again at any time."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from trajecten.enums import RegelStatus
from trajecten.reference import instrumenten, regels


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many rows were added, changed and withdrawn."""

    added: int
    changed: int
    withdrawn: int


def seed(
    instrument: type[models.Model], regel: type[models.Model], *, using: str = "owner"
) -> Seeded:
    """Bring both tables to what this release says, through the role that owns them.

    A migration hands in its own historic models.
    """
    changed = _seed_instrumenten(instrument, using)
    return _seed_regels(regel, using, changed)


def _seed_instrumenten(model: type[models.Model], using: str) -> int:
    rows = model._default_manager.using(using)
    before = {row.code: row for row in rows.all()}  # type: ignore[attr-defined]
    touched = 0
    opvolgers = {}
    for values in instrumenten():
        opvolgers[values["code"]] = values.pop("opvolger")
        found = before.get(values["code"])
        if found is None:
            rows.create(**values)
            touched += 1
        elif _differs(found, values):
            rows.filter(pk=found.pk).update(**values)
            touched += 1
    keys: dict[str, int] = dict(rows.values_list("code", "pk"))
    for code, opvolger in opvolgers.items():
        wanted = keys[opvolger] if opvolger else None
        rows.filter(code=code).exclude(opvolger=wanted).update(opvolger=wanted)
    return touched


def _seed_regels(model: type[models.Model], using: str, changed: int) -> Seeded:
    rows = model._default_manager.using(using)
    general = rows.filter(bestuur__isnull=True)
    before = {(row.code, row.geldig_van): row for row in general}  # type: ignore[attr-defined]
    fresh = []
    for values in regels():
        values["status"] = RegelStatus.GOEDGEKEURD.value
        found = before.pop((values["code"], values["geldig_van"]), None)
        if found is None:
            fresh.append(model(**values))
        elif _differs(found, values):
            general.filter(pk=found.pk).update(**values)
            changed += 1
    gone = [row.pk for row in before.values()]
    withdrawn = (
        general.filter(pk__in=gone)
        .exclude(status=RegelStatus.INGETROKKEN)
        .update(status=RegelStatus.INGETROKKEN)
    )
    # Closed and withdrawn rows make room first: one version a day, says the table.
    rows.bulk_create(fresh)
    return Seeded(added=len(fresh), changed=changed, withdrawn=withdrawn)


def _differs(row: models.Model, values: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())
