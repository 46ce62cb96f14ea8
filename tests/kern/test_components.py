"""The pieces: they render with the least they need, and the colours can be read."""

import re
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from kern import words
from kern.gallery import ExampleForm, gallery
from kern.pieces import Act, Fact, StepCard
from kern.svg import PALETTE
from kern.templatetags import kern as tags
from kern.theme import choose_theme

STATIC = Path(settings.BASE_DIR) / "static"
COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
TODAY = date(2026, 11, 22)
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


def tokens(theme: int) -> dict[str, str]:
    found = TOKEN.findall((STATIC / "css/tokens.css").read_text())
    return {row[0]: row[1 + theme] for row in found}


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT_PAIRS = [
    *[(text, paper) for text in ("ink", "muted") for paper in ("canvas", "surface", "sunken")],
    *[(tone, "surface") for tone in ("petrol", "client", "nu", "binnenkort", "orde")],
    *[(tone, "canvas") for tone in ("petrol", "client", "nu", "binnenkort", "orde")],
    *[(tone, f"{tone}-soft") for tone in ("petrol", "client", "nu", "binnenkort", "orde")],
    *[("ink", f"{tone}-soft") for tone in ("petrol", "client", "nu", "binnenkort", "orde", "rest")],
    ("on-petrol", "petrol"),
    ("on-petrol", "petrol-strong"),
    ("on-nu", "nu"),
    ("on-nu", "nu-strong"),
    ("ink", "raised"),
]
SHAPE_PAIRS = [
    ("control", "surface"),
    ("rest", "surface"),
    ("petrol-mid", "surface"),
    ("petrol", "petrol-soft"),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "paper"), TEXT_PAIRS)
def test_text_can_be_read(text: str, paper: str, theme: int) -> None:
    palette = tokens(theme)
    assert contrast(palette[text], palette[paper]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "paper"), SHAPE_PAIRS)
def test_shapes_can_be_seen(shape: str, paper: str, theme: int) -> None:
    palette = tokens(theme)
    assert contrast(palette[shape], palette[paper]) >= 3


def test_paper_has_the_colours_of_the_light_screen() -> None:
    light = tokens(0)
    assert {name: colour.lower() for name, colour in PALETTE.items()} == {
        name: light[name] for name in PALETTE
    }


def test_every_picture_class_has_a_rule() -> None:
    css = (STATIC / "css/drawings.css").read_text()
    assert [name for name in PALETTE if f".f-{name} {{" not in css] == []


def test_vendored_files_are_what_they_were() -> None:
    vendor = STATIC / "vendor"
    listed = {}
    for line in (vendor / "CHECKSUMS.sha256").read_text().splitlines():
        digest, name = line.split("  ", 1)
        listed[(vendor / name).resolve()] = digest
    present = {
        path.resolve()
        for folder in (vendor, STATIC / "fonts/source-sans-3")
        for path in folder.rglob("*")
        if path.is_file() and path.name != "CHECKSUMS.sha256"
    }
    assert present == set(listed)
    assert [p for p, digest in listed.items() if sha256(p.read_bytes()).hexdigest() != digest] == []


def test_vendored_files_come_with_their_licence() -> None:
    folders = [*(STATIC / "vendor").iterdir(), STATIC / "fonts/source-sans-3"]
    assert [
        folder.name
        for folder in folders
        if folder.is_dir() and not ({"LICENSE.txt", "OFL.txt"} & {p.name for p in folder.iterdir()})
    ] == []


def test_stylesheets_point_only_to_files_that_exist() -> None:
    missing = [
        (sheet.name, target)
        for sheet in STATIC.rglob("*.css")
        for target in re.findall(r"url\(['\"]?([^)'\"]+)", sheet.read_text())
        if not target.startswith(("data:", "#")) and not (sheet.parent / target).exists()
    ]
    assert missing == []


def test_no_static_file_asks_for_a_source_map() -> None:
    files = [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]
    assert [path.name for path in files if "sourceMappingURL" in path.read_text()] == []


def test_no_template_has_inline_style_or_script() -> None:
    events = "click|change|submit|input|load|error|focus|blur|key[a-z]+|mouse[a-z]+"
    inline = re.compile(
        rf"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son({events})=|hx-on|javascript:"
    )
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        if "pdf" not in path.parts and inline.search(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(COMPONENTS.rglob("*.html")), ids=lambda path: path.stem)
def test_component_says_what_it_needs(path: Path) -> None:
    assert re.match(r"\{# Needs ", path.read_text())


def test_gallery_shows_every_component() -> None:
    request = RequestFactory().get("/beheer/galerij/")
    response = gallery(request)
    html = response.content.decode()
    assert response.status_code == 200
    for piece in (
        "counters",
        "signals",
        "clock-svg",
        "timeline-svg",
        "columns-svg",
        "step",
        "facts",
        "data",
        "filter-bar",
        "paging",
        "empty",
        "notice",
        "progress-piece",
        "confirm",
        "error-summary",
        "date-box",
        "tabs",
        "breadcrumbs",
        "log",
        "voice",
        "text-hint",
        "concept-notice",
        "step-closing",
        "answer-asked",
    ):
        assert re.search(rf'class="[^"]*\b{piece}\b', html), piece
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_labels_point_to_boxes_that_exist() -> None:
    html = gallery(RequestFactory().get("/")).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    pointed = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    for group in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html):
        pointed |= set(group.split())
    assert pointed <= ids


def test_wrong_field_is_named_linked_and_explained() -> None:
    form = ExampleForm({"van": "31/02/2026"})
    html = render_to_string("components/fields.html", {"form": form})
    assert 'href="#id_van"' in html
    assert 'href="#id_kanaal_veld"' in html
    assert 'value="31/02/2026"' in html
    assert 'aria-describedby="id_van_helptext id_van_error"' in html
    assert 'id="id_van_error"' in html


def test_empty_fact_says_what_is_missing() -> None:
    facts = [Fact("E-mail", add=Act("voeg toe", "/mail/")), Fact("Schulden", 0)]
    html = render_to_string("components/facts.html", {"facts": facts})
    assert "Niet bekend" in html
    assert 'href="/mail/"' in html


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("notice", {"level": "nu", "text": "Bewaard."}),
        ("empty", {"text": "Hier komt het logboek."}),
        ("progress", {"name": "p", "label": "Verslagen", "done": 0, "total": 0}),
        ("filter_bar", {"count": 1, "noun": "trajecten"}),
        ("table", {"caption": "Leeg", "heads": [], "rows": []}),
        ("step", {"step": StepCard("client", "Olena", "Leren"), "today": TODAY}),
        ("confirm", {"sentence": "U sluit af.", "act_label": "Sluit af", "back_url": "/"}),
        ("columns_chart", {"columns": [], "series": ["a", "b"], "title": "Niets"}),
        ("timeline", {"lanes": [], "today": TODAY, "title": "Niets"}),
    ],
)
def test_component_renders_with_the_least_it_needs(name: str, context: dict[str, object]) -> None:
    assert render_to_string(f"components/{name}.html", context).strip()


def test_words_of_users_are_escaped() -> None:
    html = render_to_string("components/notice.html", {"level": "nu", "text": "<script>1</script>"})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500", "csrf"])
def test_error_page_needs_no_context(name: str) -> None:
    html = get_template(f"{name}.html").render({"incident": "3f2a9c1b77e0"})
    assert "3f2a9c1b77e0" in html
    assert "<h1>" in html
    assert get_template(f"{name}.html").render()


def test_error_page_survives_a_missing_manifest(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: str) -> str:
        raise ValueError(path)

    monkeypatch.setattr(tags, "static", broken)
    assert "/static/css/tokens.css" in get_template("500.html").render()


def test_unknown_icon_is_refused() -> None:
    with pytest.raises(tags.UnknownIconError):
        tags.icon("bestaat-niet")


def test_icon_alone_has_a_name() -> None:
    assert 'aria-label="Toon het INSZ"' in tags.icon("oog", "Toon het INSZ")
    assert 'aria-hidden="true"' in tags.icon("oog")


@pytest.mark.parametrize(
    ("day", "words_for_it"),
    [
        (date(2026, 11, 22), "vandaag"),
        (date(2026, 11, 23), "morgen"),
        (date(2026, 11, 21), "gisteren"),
        (date(2026, 12, 1), "over 9 dagen"),
        (date(2026, 12, 20), "over 4 weken"),
        (date(2028, 6, 1), "over 18 maanden"),
        (date(2026, 11, 19), "3 dagen geleden"),
    ],
)
def test_distance_speaks_in_the_unit_people_use(day: date, words_for_it: str) -> None:
    assert words.distance(day, TODAY) == words_for_it


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (None, "rest"),
        (date(2026, 11, 21), "nu"),
        (date(2026, 11, 22), "nu"),
        (date(2026, 11, 23), "binnenkort"),
        (date(2027, 2, 20), "binnenkort"),
        (date(2027, 2, 21), "orde"),
    ],
)
def test_urgency_grows_as_the_day_comes(day: date | None, level: str) -> None:
    assert words.urgency(day, TODAY).level == level


def test_days_money_and_hours_in_words() -> None:
    template = Template(
        "{{ d|day_short }}|{{ d|day_weekday }}|{{ d|day_near:t }}|{{ d|day_full }}|{{ d|until }}"
        "|{{ m|hours }}|{{ e|euro }}|{{ n|day_short }}"
    )
    context = {"d": date(2027, 3, 2), "t": TODAY, "m": 450, "e": Decimal("1246"), "n": None}
    assert template.render(Context(context)) == (
        "02/03/2027|di 2/03|di 2 maart 2027|2 maart 2027|t.e.m. 02/03/2027|7 u 30|€\xa01.246,00|"
    )


def test_moment_is_written_as_its_brussels_day() -> None:
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert tags.day_short(moment) == "23/11/2026"


def test_paging_keeps_the_filters() -> None:
    request = RequestFactory().get("/trajecten/", {"instrument": "twe", "page": "3"})
    page = Paginator(range(500), 50).page(3)
    html = render_to_string("components/paging.html", {"page": page, "request": request})
    assert 'href="?instrument=twe&amp;page=4"' in html
    assert html.count('aria-current="page"') == 1


def test_undo_address_comes_from_the_message() -> None:
    assert tags.undo_url("success ongedaan=/trajecten/3/herstel/") == "/trajecten/3/herstel/"
    assert tags.undo_url(None) == ""


@pytest.mark.parametrize(
    ("posted", "cookie", "target"),
    [
        ({"thema": "donker", "next": "/clienten/?q=a"}, "donker", "/clienten/?q=a"),
        ({"thema": "", "next": "/"}, "", "/"),
        ({"thema": "roze", "next": "https://elders.example/"}, "", "/"),
    ],
)
def test_theme_is_kept_and_goes_nowhere_else(
    posted: dict[str, str], cookie: str, target: str
) -> None:
    response = choose_theme(RequestFactory().post("/thema/", posted))
    assert response["Location"] == target
    assert response.cookies["thema"].value == cookie
