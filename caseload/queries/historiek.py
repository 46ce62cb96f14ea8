"""The trail of a client as a story: who did what and when, and what that changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from clienten.models import Client
from kern.belgian_dates import format_short
from toegang.audit import who_and_what
from toegang.models import Gebeurtenis, Gebruiker
from trajecten.models import Instrument

PER_PAGE = 60
_HIDDEN = {"id", "bestuur_id", "client_id", "zoeknaam", "created_at", "groep"}
# A key is shown as a name where it leads to one of these; other keys say nothing to a reader.
_NAMED = {"toegang_gebruiker": Gebruiker, "trajecten_instrument": Instrument}
_VERBS = {"I": "voegde toe", "U": "wijzigde", "D": "verwijderde", "R": "liet woorden weg"}
_DONE = {"I": "toegevoegd", "U": "gewijzigd", "D": "verwijderd", "R": "woorden weggelaten"}
_LONG = 300


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One field: its label, what it was and what it became."""

    label: str
    oud: str
    nieuw: str


@dataclass(frozen=True, slots=True)
class Wat:
    """One row that was added, changed or removed."""

    soort: str
    op: str
    wijzigingen: tuple[Wijziging, ...]


@dataclass(frozen=True, slots=True)
class Verhaal:
    """One act: moment, person, sentence, and the rows it touched."""

    at: datetime
    wie: str
    zin: str
    wat: tuple[Wat, ...]


@dataclass(frozen=True, slots=True)
class Historiek:
    """A stretch of the story, newest first, and where the older part begins."""

    verhalen: tuple[Verhaal, ...]
    ouder_dan: int | None


def story_of(client: Client, user: Gebruiker, *, before: int | None = None) -> Historiek:
    """Return what was done to the file; `before` is the number where an older page begins."""
    trail = Gebeurtenis.objects.visible_to(user).filter(client_id=client.pk)
    if before is not None:
        trail = trail.filter(pk__lt=before)
    rows = list(trail.select_related("actor").order_by("-pk")[: PER_PAGE + 1])
    has_older = len(rows) > PER_PAGE
    rows = _whole_acts(rows[:PER_PAGE], cut=has_older)
    names = _names(rows)
    groups: dict[tuple[int, str], list[Gebeurtenis]] = {}
    for row in rows:
        groups.setdefault((row.transactie, row.handeling), []).append(row)
    return Historiek(
        verhalen=tuple(_verhaal(group, names) for group in groups.values()),
        ouder_dan=rows[-1].pk if has_older and rows else None,
    )


def _whole_acts(rows: list[Gebeurtenis], *, cut: bool) -> list[Gebeurtenis]:
    """Leave an act that the page cuts in two to the next page, unless it is all there is."""
    if not cut:
        return rows
    last = (rows[-1].transactie, rows[-1].handeling)
    whole = [row for row in rows if (row.transactie, row.handeling) != last]
    return whole or rows


def _verhaal(rows: list[Gebeurtenis], names: Mapping[tuple[str, int], str]) -> Verhaal:
    first = rows[-1]
    wat = tuple(_wat(row, names) for row in reversed(rows))
    sentence = first.handeling or f"{_VERBS[first.op]}: {wat[0].soort}"
    wie, zin = who_and_what(first.actor.naam if first.actor else "", sentence)
    return Verhaal(at=first.at, wie=wie, zin=zin, wat=wat)


def _wat(row: Gebeurtenis, names: Mapping[tuple[str, int], str]) -> Wat:
    model = _models().get(row.tabel)
    old, new = row.oud or {}, row.nieuw or {}
    changes = [
        Wijziging(label, *(_shown(field, values.get(column), names) for values in (old, new)))
        for column, field, label in _columns(model, {*old, *new})
    ]
    kept = tuple(change for change in changes if change.oud != change.nieuw)
    kind = str(model._meta.verbose_name) if model else row.tabel
    return Wat(kind, _DONE[row.op], kept)


def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def _columns(
    model: type[Model] | None, changed: set[str]
) -> Iterable[tuple[str, "Field[Any, Any]", str]]:
    if model is None:
        return
    for field in model._meta.concrete_fields:
        if field.column in changed and field.column not in _HIDDEN and _is_telling(field):
            yield field.column, field, str(field.verbose_name).capitalize()


def _is_telling(field: "Field[Any, Any]") -> bool:
    target = field.related_model
    return target is None or (not isinstance(target, str) and target._meta.db_table in _NAMED)


def _shown(field: "Field[Any, Any]", value: Any, names: Mapping[tuple[str, int], str]) -> str:
    if value is None or value == "":
        return ""
    target = field.related_model
    if target is not None and not isinstance(target, str):
        return names.get((target._meta.db_table, int(value)), "")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return _text(field, value)


def _text(field: "Field[Any, Any]", value: Any) -> str:
    kind = field.get_internal_type()
    if kind == "DateField" and isinstance(day := parse_date(str(value)), date):
        return format_short(day)
    if kind == "DateTimeField" and (moment := parse_datetime(str(value))) is not None:
        return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"
    text = str(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def _names(rows: Iterable[Gebeurtenis]) -> dict[tuple[str, int], str]:
    """Return the names behind the keys in these rows, in one query for each kind."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        model = _models().get(row.tabel)
        for values in (row.oud or {}, row.nieuw or {}):
            for column, field, _ in _columns(model, set(values)):
                target = field.related_model
                if target is not None and not isinstance(target, str) and values[column]:
                    wanted.setdefault(target._meta.db_table, set()).add(int(values[column]))
    return {
        (table, found.pk): str(found)
        for table, keys in wanted.items()
        for found in _NAMED[table]._default_manager.filter(pk__in=keys)
    }
