"""Tags and filters of every template: icons, days in words, pictures. Loaded as builtins."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from unicodedata import bidirectional

from django import template
from django.contrib.staticfiles import finders
from django.core.paginator import Page
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kern import drawings, timeline, words
from kern.belgian_dates import format_near, format_short
from kern.charts import Column
from kern.pieces import Head

register = template.Library()

SPRITE = "icons/sprite.svg"
CERTAINTY = {"H": "zeker", "M": "redelijk zeker", "L": "onzeker, reken zelf na"}
UNDO = "ongedaan="


class UnknownIconError(LookupError):
    """An icon that the sprite does not hold."""


@cache
def icon_names() -> frozenset[str]:
    """Return what the sprite holds."""
    path = finders.find(SPRITE)
    with open(str(path), encoding="utf-8") as sprite:
        return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite.read()))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon: silent beside a word, or with a name of its own."""
    if name not in icon_names():
        raise UnknownIconError(name)
    source = f"{static(SPRITE)}#{name}"
    if label:
        return format_html(
            '<svg class="icon" width="20" height="20" role="img" aria-label="{}">'
            '<use href="{}"></use></svg>',
            label,
            source,
        )
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="{}"></use></svg>',
        source,
    )


@register.simple_tag
def asset(path: str) -> str:
    """Return the address of a static file, also when the manifest cannot be read."""
    try:
        return static(path)
    except (ValueError, OSError):
        return f"/static/{path}"


@register.simple_tag
def clock_svg(
    name: str,
    begin: date,
    last: date | None,
    today: date,
    pauses: Sequence[timeline.Span] = (),
    width: int | None = None,
) -> SafeString:
    """Draw the bar of a clock."""
    limit = f"t.e.m. {format_short(last)}" if last else "zonder einddag"
    title = f"{name}: van {format_short(begin)} {limit}, vandaag {format_short(today)}"
    if pauses:
        title += f", {len(pauses)} keer onderbroken"
    return drawings.draw_clock(
        begin=begin, last=last, today=today, pauses=pauses, title=title, width=width
    )


@register.simple_tag
def timeline_layout(lanes: Sequence[timeline.Lane], today: date) -> timeline.Layout:
    """Place lanes, for the picture and the table beneath it."""
    return timeline.layout(lanes, today=today)


@register.simple_tag
def timeline_svg(layout: timeline.Layout, title: str, width: int | None = None) -> SafeString:
    """Draw placed lanes."""
    return drawings.draw_timeline(layout, title=title, width=width)


@register.simple_tag
def columns_svg(
    columns: Sequence[Column],
    series: Sequence[str],
    title: str,
    width: int | None = None,
) -> SafeString:
    """Draw columns."""
    return drawings.draw_columns(columns, series=series, title=title, width=width)


@register.filter
def day_short(value: date | datetime | None) -> str:
    """24/11/2026."""
    return format_short(words.day_of(value)) if value else ""


@register.filter
def day_weekday(value: date | datetime | None) -> str:
    """di 24/11."""
    return words.weekday_short(words.day_of(value)) if value else ""


@register.filter
def day_near(value: date | datetime | None, today: date) -> str:
    """di 24 november."""
    return format_near(words.day_of(value), today) if value else ""


@register.filter
def day_full(value: date | datetime | None) -> str:
    """24 november 2026."""
    return words.full(words.day_of(value)) if value else ""


@register.filter
def until(value: date | datetime | None) -> str:
    """t.e.m. 12/03/2027."""
    return f"t.e.m. {format_short(words.day_of(value))}" if value else ""


@register.filter
def distance(value: date | datetime | None, today: date) -> str:
    """over 9 dagen."""
    return words.distance(words.day_of(value), today) if value else ""


@register.filter
def urgency(value: date | None, today: date) -> words.Urgency:
    """How loud a last day is."""
    return words.urgency(value, today)


@register.filter
def hours(minutes: int | None) -> str:
    """7 u 30."""
    return "" if minutes is None else words.hours(minutes)


@register.filter
def euro(amount: Decimal | None) -> str:
    """€ 246,00."""
    return "" if amount is None else words.euro(amount)


@register.filter
def certainty(level: str) -> str:
    """How sure a source is, in words."""
    return CERTAINTY.get(str(level), "")


@register.filter
def undo_url(extra_tags: str | None) -> str:
    """The address that takes a message's act back, from its tag `ongedaan=/pad/`."""
    tags = (extra_tags or "").split()
    return next((tag.removeprefix(UNDO) for tag in tags if tag.startswith(UNDO)), "")


@register.filter
def layout_kind(field: BoundField) -> str:
    """How a field is laid out: a single tick box, a group of choices, or a box to fill in."""
    if field.widget_type == "checkbox":
        return "tick"
    return "group" if field.use_fieldset else "box"


@register.filter
def item(heads: Sequence[Head], index: int) -> str:
    """The label of the column with this number."""
    return heads[index].label if index < len(heads) else ""


@register.filter
def text_dir(text: str) -> str:
    """The direction of a text, by its first letter: what people wrote keeps its own order."""
    first = next((bidirectional(char) for char in str(text) if char.isalpha()), "L")
    return "rtl" if first in {"R", "AL"} else "ltr"


@register.filter
def page_numbers(page: Page[object]) -> list[int | str]:
    """The numbers to offer: the ends, the neighbours, and an empty word for each gap."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else "" for number in shown]
