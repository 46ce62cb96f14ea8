"""Drawing on the server: elements that escape themselves, in a palette that page and print share.

Every shape carries its colour as an attribute, so that a PDF shows it, and a class, so that the
stylesheet of a page can follow the light or dark theme.
"""

from dataclasses import dataclass
from hashlib import sha1
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

PALETTE = {
    "ink": "#1B2430",
    "muted": "#56616E",
    "surface": "#FFFFFF",
    "line": "#D9DEDA",
    "control": "#8A949C",
    "petrol": "#0B5D66",
    "petrol-mid": "#5B959C",
    "petrol-soft": "#E2EFEF",
    "client": "#5B3A8C",
    "client-soft": "#EFE9F8",
    "nu": "#9B1C2E",
    "nu-soft": "#FBE8EA",
    "binnenkort": "#7A4300",
    "binnenkort-soft": "#FFF1D6",
    "orde": "#1C6437",
    "orde-soft": "#E4F3E9",
    "rest": "#6B7680",
    "rest-soft": "#E9ECEA",
}
FONT = "'Source Sans 3', 'Source Sans 3 latin-ext', sans-serif"


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns a fraction of the width into an x: a percentage on a page, points on paper."""

    width: int | None = None

    def __call__(self, fraction: float) -> str:
        """Return the coordinate."""
        if self.width is None:
            return f"{fraction * 100:.2f}%"
        return f"{fraction * self.width:.2f}"


class Drawing:
    """One inline SVG with its title first, as readers of page and PDF expect."""

    def __init__(self, *, css: str, title: str, height: int, width: int | None, role: str = "img"):
        self.scale = Scale(width)
        self.name = f"{css}-{sha1(title.encode(), usedforsecurity=False).hexdigest()[:8]}"
        self.root = ET.Element(
            "svg",
            {
                "class": css,
                "role": role,
                "width": "100%" if width is None else str(width),
                "height": str(height),
                "aria-labelledby": f"{self.name}-title",
            },
        )
        if width is not None:
            self.root.set("viewBox", f"0 0 {width} {height}")
        ET.SubElement(self.root, "title", {"id": f"{self.name}-title"}).text = title
        self._group = self.root

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, **more: str
    ) -> ET.Element:
        """Draw a rectangle; x and width are fractions of the whole width."""
        place = {
            "x": self.scale(x),
            "y": f"{y:g}",
            "width": self.scale(max(width, 0)),
            "height": f"{height:g}",
        }
        return self._add("rect", place, fill=fill, more=more)

    def line(self, x: float, y1: float, y2: float, stroke: str, **more: str) -> ET.Element:
        """Draw an upright line."""
        place = {
            "x1": self.scale(x),
            "x2": self.scale(x),
            "y1": f"{y1:g}",
            "y2": f"{y2:g}",
        }
        return self._add("line", place, stroke=stroke, more=more)

    def circle(self, x: float, y: float, radius: float, fill: str, **more: str) -> ET.Element:
        """Draw a dot."""
        place = {"cx": self.scale(x), "cy": f"{y:g}", "r": f"{radius:g}"}
        return self._add("circle", place, fill=fill, more=more)

    def text(self, x: float, y: float, words: str, fill: str = "muted", **more: str) -> ET.Element:
        """Write a few words."""
        place = {
            "x": self.scale(x),
            "y": f"{y:g}",
            "font-size": "13",
            "font-family": FONT,
        }
        element = self._add("text", place, fill=fill, more=more)
        element.text = words
        return element

    def hatch(self, stroke: str) -> str:
        """Define slanted lines once and return the fill that uses them."""
        name = f"{self.name}-hatch"
        pattern = ET.SubElement(
            self.root,
            "pattern",
            {
                "id": name,
                "width": "6",
                "height": "6",
                "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            },
        )
        paper = {
            "width": "6",
            "height": "6",
            "fill": PALETTE["surface"],
            "class": "f-surface",
        }
        ET.SubElement(pattern, "rect", paper)
        ink = {
            "x1": "1.5",
            "x2": "1.5",
            "y1": "0",
            "y2": "6",
            "stroke-width": "2.5",
            "stroke": PALETTE[stroke],
            "class": f"s-{stroke}",
        }
        ET.SubElement(pattern, "line", ink)
        return f"url(#{name})"

    def open_link(self, url: str, label: str) -> None:
        """Let what is drawn next be one link, until `close_link`."""
        self._group = ET.SubElement(
            self.root, "a", {"href": url, "aria-label": label, "class": "chart-link"}
        )
        ET.SubElement(self._group, "title").text = label

    def close_link(self) -> None:
        """Draw on the sheet itself again."""
        self._group = self.root

    def render(self) -> SafeString:
        """Return the markup; ElementTree has escaped every word in it."""
        return mark_safe(ET.tostring(self.root, encoding="unicode"))  # noqa: S308

    def _add(
        self,
        tag: str,
        place: dict[str, str],
        *,
        more: dict[str, str],
        fill: str = "",
        stroke: str = "",
    ) -> ET.Element:
        attributes = dict(place)
        classes: list[str] = []
        fill, stroke = fill or more.pop("fill", ""), stroke or more.pop("stroke", "")
        for name, prefix, value in (("fill", "f", fill), ("stroke", "s", stroke)):
            if value in PALETTE:
                attributes[name] = PALETTE[value]
                classes.append(f"{prefix}-{value}")
            elif value:
                attributes[name] = value
        attributes |= {key.replace("_", "-"): value for key, value in more.items()}
        if classes:
            attributes["class"] = " ".join([*classes, *attributes.get("class", "").split()])
        return ET.SubElement(self._group, tag, attributes)
