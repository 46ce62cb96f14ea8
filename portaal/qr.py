"""The address of a link as a picture that a phone reads."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr_svg(adres: str, *, naam: str) -> SafeString:
    """Return the picture: black on white in either theme, with a name for who cannot see it."""
    code = segno.make(adres, error="m", micro=False)
    shapes = code.svg_inline(omitsize=True, light="#ffffff", svgclass="qr")
    # Made of numbers alone: nothing that somebody typed stands in it.
    inner = shapes[shapes.index(">") + 1 : -len("</svg>")]
    size = code.symbol_size()[0]
    return format_html(
        '<svg class="qr" role="img" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        "<title>{}</title>{}</svg>",
        size,
        size,
        naam,
        mark_safe(inner),  # noqa: S308
    )
