"""The picture of an hour meter, and hours in words."""

from django import template
from django.utils.safestring import SafeString

from wijkwerken.beeld import draw_meter
from wijkwerken.rules.meters import Teller
from wijkwerken.rules.prestaties import uren_in_woorden

register = template.Library()


@register.simple_tag
def meter_svg(teller: Teller, naam: str, width: int | None = None) -> SafeString:
    """Draw the bar of a month or a year."""
    return draw_meter(teller, naam=naam, width=width)


@register.filter
def uren(minuten: int | None) -> str:
    """Return 7 u 30, or 45 minuten."""
    return uren_in_woorden(minuten) if minuten is not None else ""
