"""The picture of an hour meter: what was worked, the warning, the cap."""

from django.utils.safestring import SafeString

from kern.svg import Drawing
from wijkwerken.rules.meters import Teller
from wijkwerken.rules.prestaties import uren_in_woorden

HEIGHT = 26
TOP, BAR = 6, 14
TONE = {"nu": "nu", "binnenkort": "binnenkort", "orde": "petrol"}


def draw_meter(teller: Teller, *, naam: str, width: int | None = None) -> SafeString:
    """Draw the bar of a month or a year; the whole width is the cap."""
    sheet = Drawing(css="meter-svg", title=title_of(teller, naam), height=HEIGHT, width=width)
    tone = TONE[teller.level]
    sheet.rect(0, TOP, 1, BAR, f"{tone}-soft", stroke=tone, stroke_width="1")
    if teller.deel:
        sheet.rect(0, TOP, teller.deel, BAR, tone)
    if teller.plafond and teller.waarschuwing and teller.waarschuwing < teller.plafond:
        sheet.line(teller.waarschuwing / teller.plafond, TOP - 4, TOP + BAR + 4, "binnenkort")
    return sheet.render()


def title_of(teller: Teller, naam: str) -> str:
    """Return the picture in words."""
    gewerkt = f"{naam}: {uren_in_woorden(teller.minuten)} gewerkt"
    if teller.plafond is None:
        return f"{gewerkt}, zonder grens"
    return f"{gewerkt} van {uren_in_woorden(teller.plafond)}"
