"""Turn a template into a tagged PDF with our own fonts, and let nothing from outside in.

WeasyPrint needs Pango and is loaded at the first PDF only: without it the site still starts and
pages can be printed from the browser.
"""

import ctypes
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from kern.errors import DomainError

logger = logging.getLogger(__name__)
# Ten lines for each document say nothing to who watches a server.
for chatty in ("weasyprint.progress", "fontTools"):
    logging.getLogger(chatty).setLevel(logging.WARNING)

# A name that can never exist on a network; only the fetcher below knows what it stands for.
STATIC = "https://static.invalid/"
ASSET = re.compile(r"(?:css|fonts|icons)/[a-z0-9-]+(?:/[a-z0-9-]+)*\.(?:css|woff2|svg)")
STYLESHEET = "css/pdf.css"
FONT_STYLESHEETS = ("css/fonts.css", "css/fonts-scripts.css")
VARIANT = "pdf/ua-1"
MAX_PAGES = 60
PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")

GEEN_PANGO = (
    "Een pdf maken kan hier niet: op de server ontbreekt Pango. Druk het verslag af vanuit de "
    "browser, of vraag uw beheerder om Pango te installeren."
)
TE_LANG = "Dit stuk telt meer dan {pages} bladzijden en is niet gemaakt. Kies een kortere periode."


@dataclass(frozen=True, slots=True)
class FontFace:
    """One file of a font, and the characters for which it is needed."""

    rule: str
    ranges: tuple[tuple[int, int], ...]

    def serves(self, characters: frozenset[int]) -> bool:
        """Say whether one of the characters lies in its range."""
        return any(
            first <= character <= last for first, last in self.ranges for character in characters
        )


@dataclass(slots=True)
class Engine:
    """WeasyPrint with our stylesheets and the faces loaded so far; made once per process."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    sheets: dict[str, Any] = field(default_factory=dict)
    loaded: set[FontFace] = field(default_factory=set)

    def sheet(self, name: str) -> Any:
        """Return a stylesheet of ours, read once per process."""
        if name not in self.sheets:
            self.sheets[name] = self.weasyprint.CSS(
                string=read_asset(STATIC + name).decode(),
                base_url=STATIC + name,
                url_fetcher=self.fetcher,
                font_config=self.fonts,
            )
        return self.sheets[name]


# Pango and Fontconfig promise nothing to threads; the start command runs its worker in threads.
_turn = Lock()


def render_pdf(template: str, context: Mapping[str, Any], *, styles: Sequence[str] = ()) -> bytes:
    """Return the template as a tagged PDF/UA-1 file; the template names title and language.

    `styles` are stylesheets of ours that come on top of the one for every PDF.
    """
    return html_to_pdf(render_to_string(template, dict(context)), styles=styles)


def html_to_pdf(html: str, *, styles: Sequence[str] = ()) -> bytes:
    """Return a whole HTML page as a PDF; links to anything but our own assets stay empty."""
    with _turn:
        engine = _engine()
        _load_faces(engine, html)
        source = engine.weasyprint.HTML(string=html, base_url=STATIC, url_fetcher=engine.fetcher)
        document = source.render(
            font_config=engine.fonts,
            stylesheets=[engine.sheet(name) for name in (STYLESHEET, *styles)],
            pdf_variant=VARIANT,
        )
        if len(document.pages) > MAX_PAGES:
            raise DomainError(TE_LANG.format(pages=MAX_PAGES))
        return bytes(document.write_pdf(pdf_variant=VARIANT))


@cache
def can_render() -> bool:
    """Say whether Pango is there, without loading all of WeasyPrint into a web process."""
    return any(_opens(name) for name in PANGO)


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def read_asset(url: str) -> bytes:
    """Return a static file named by its address, and refuse every other address."""
    name = url.removeprefix(STATIC)
    if not url.startswith(STATIC) or not ASSET.fullmatch(name):
        logger.warning("a PDF asked for an address that is not ours")
        raise ValueError("address refused")
    return _asset(name)


@cache
def _asset(name: str) -> bytes:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(str(path)).read_bytes()


@cache
def _engine() -> Engine:
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as problem:
        raise DomainError(GEEN_PANGO) from problem

    class OwnAssets(URLFetcher):  # type: ignore[misc]
        """Serves named static files, and nothing from disk or network."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            """Return the asset, or refuse."""
            return URLFetcherResponse(url, read_asset(url))

    fetcher, fonts = (
        OwnAssets(allowed_protocols=("https",), allow_redirects=False),
        (FontConfiguration()),
    )
    return Engine(weasyprint=weasyprint, fetcher=fetcher, fonts=fonts)


def _load_faces(engine: Engine, html: str) -> None:
    """Unpack only the files that this text needs: a Latin text needs two of thirty-six."""
    characters = frozenset(map(ord, html))
    for face in font_faces():
        if face in engine.loaded or not face.serves(characters):
            continue
        engine.weasyprint.CSS(
            string=face.rule,
            base_url=STATIC + STYLESHEET,
            url_fetcher=engine.fetcher,
            font_config=engine.fonts,
        )
        engine.loaded.add(face)


@cache
def font_faces() -> tuple[FontFace, ...]:
    """Return every face of our font stylesheets."""
    return tuple(face for name in FONT_STYLESHEETS for face in _faces_in(_asset(name).decode()))


def _faces_in(css: str) -> Iterator[FontFace]:
    for rule in re.findall(r"@font-face\s*\{[^}]*\}", css):
        rule = _own_family(rule)
        listed = re.search(r"unicode-range:([^;]+);", rule)
        parts = listed.group(1).split(",") if listed else ["U+0-10FFFF"]
        yield FontFace(rule=rule, ranges=tuple(_range(part.strip()) for part in parts))


def _own_family(rule: str) -> str:
    """Give each subset a family of its own, such as "Source Sans 3 cyrillic".

    WeasyPrint takes two files of one family and weight for one font and mixes up their glyphs.
    """
    family = re.search(r'font-family:\s*"([^"]+)"', rule)
    source = re.search(r"/([a-z0-9-]+)-\d+-normal\.woff2", rule)
    if family is None or source is None:
        return rule
    name = family.group(1)
    subset = source.group(1).removeprefix(name.lower().replace(" ", "-")).strip("-")
    if subset == "latin" or name.lower().endswith(subset):
        return rule
    return rule.replace(f'"{name}"', f'"{name} {subset}"')


def _range(part: str) -> tuple[int, int]:
    first, _, last = part.removeprefix("U+").partition("-")
    return int(first, 16), int(last or first, 16)
