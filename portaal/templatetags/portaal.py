"""Filters of the client's pages: days and words in her language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from portaal import woorden

register = template.Library()


@register.filter
def dag(value: date | datetime | None) -> str:
    """Tuesday 24 November; with the year when it is another one."""
    if value is None:
        return ""
    day = timezone.localdate(value) if isinstance(value, datetime) else value
    same = day.year == timezone.localdate().year
    return date_format(day, "l j F" if same else "l j F Y")


@register.filter
def uur(value: datetime) -> str:
    """Hour and minutes in Brussels."""
    return f"{timezone.localtime(value):%H:%M}"


@register.filter
def wie(item: Any) -> str:
    """Who does it, from her side."""
    return woorden.movers(item.uitvoerders, item.partner)


@register.filter
def met_wie(item: Any) -> str:
    """Who does it besides her."""
    return woorden.movers(item.uitvoerders, item.partner, without="client")


@register.filter
def gezegd(reactie: Any) -> str:
    """What a side said, as a sentence."""
    return str(woorden.GEZEGD[reactie.stem, reactie.soort])


@register.filter
def in_woorden(value: str, soort: str) -> str:
    """A word of the desk as she reads it; `soort` names the list of words."""
    words: Mapping[str, woorden.Woord] = getattr(woorden, soort)
    return str(words.get(value, ""))


@register.simple_tag
def adres(regel: Any, act: str = "") -> str:
    """The address of a goal or step, or of an act on it."""
    name = f"{regel.soort}_{act}" if act else regel.soort
    return reverse(f"portaal:{name}", args=[regel.item.pk])


@register.filter
def zei(woordje: Any) -> str:
    """What a side said in a frozen plan, as a sentence."""
    return str(woorden.GEZEGD[woordje.van, woordje.soort])


@register.filter
def was(field: BoundField) -> str:
    """The hidden box with what the page showed before she changed it."""
    return field.as_hidden(only_initial=True)
