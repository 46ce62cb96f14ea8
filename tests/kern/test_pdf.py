"""PDFs are tagged, speak any script with our own fonts, and let nothing in from outside."""

import builtins
import hashlib
import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from kern import pdf
from kern.errors import DomainError

PAGE = (
    '<!DOCTYPE html><html lang="nl-BE"><head><title>Proefstuk</title></head>'
    "<body><h1>Kop</h1>{}</body></html>"
)
SCRIPTS = {
    "Source-Sans-3": "Amélie Ångström",
    "Source-Sans-3-latin-ext": "Łukasz Żak Şahin",
    "Source-Sans-3-vietnamese": "Nguyễn Thị Hoà",
    "Source-Sans-3-cyrillic": "Олена Коваленко Ґ",
    "Source-Sans-3-greek": "Ελένη Παπαδοπούλου",
    "Noto-Sans-Arabic": "محمد",
    "Noto-Sans-Ethiopic": "ሰላም",
    "Noto-Sans-Armenian": "Արամ",
    "Noto-Sans-Georgian": "სანდრო",
    "Noto-Sans-Hebrew": "שלום",
    "Noto-Sans-Devanagari": "मोहन",
    "Noto-Sans-Bengali": "রহমান",
    "Noto-Sans-Gurmukhi": "ਸਿੰਘ",
    "Noto-Sans-Tamil": "தமிழ்",
    "Noto-Sans-Sinhala": "සිංහල",
    "Noto-Sans-Thai": "สมชาย",
}


def fonts_of(content: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        found = set()
        for page in document.pages:
            for font in page.obj.Resources.get("/Font", {}).values():
                found.add(str(font.BaseFont).split("+")[-1].strip(","))
        return found


def text_of(content: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize(("font", "words"), SCRIPTS.items(), ids=list(SCRIPTS))
def test_every_script_prints_with_a_font_of_ours(font, words):
    content = pdf.html_to_pdf(PAGE.format(f"<p>{words}</p>"))
    used = fonts_of(content)
    assert any(name.startswith(font) for name in used)
    assert {name for name in used if not name.startswith(("Source-Sans-3", "Noto-Sans"))} == set()


def test_subsets_of_one_font_keep_their_own_glyphs():
    """Two files under one family name once gave each other's letters."""
    names = "Łukasz Nguyễn Олена Ελένη ÀÉÎ"
    assert names in text_of(pdf.html_to_pdf(PAGE.format(f"<p>{names}</p>")))


def test_each_face_is_known_to_the_stylesheet():
    sheet = pdf.read_asset(pdf.STATIC + pdf.STYLESHEET).decode()
    body = sheet[sheet.index("body {") :]
    families = {face.rule.split('"')[1] for face in pdf.font_faces()}
    assert {family for family in families if f'"{family}"' not in body} == set()


def test_a_latin_text_opens_no_other_files():
    pdf._engine.cache_clear()
    pdf.html_to_pdf(PAGE.format("<p>Alleen Nederlands</p>"))
    loaded = {face.rule.split('"')[1] for face in pdf._engine().loaded}
    assert "Source Sans 3" in loaded
    assert not {name for name in loaded if name.startswith("Noto")}


def test_the_file_is_tagged_and_says_language_and_title():
    content = pdf.html_to_pdf(PAGE.format("<p>Zin</p>"))
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "nl-BE"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Proefstuk"


def test_the_same_page_gives_the_same_bytes():
    page = PAGE.format("<p>Zin</p>")
    first, second = (hashlib.sha256(pdf.html_to_pdf(page)).digest() for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/geheim",
        "https://example.org/logo.png",
        "ftp://127.0.0.1/x",
        "https://static.invalid/../../etc/passwd",
        "https://static.invalid/css/../../manage.py",
        "https://static.invalid/js/activering.js",
        "https://static.invalid/css/pdf.css?x=file:///etc/passwd",
        "https://static.invalid.example.org/css/pdf.css",
        "data:text/css,*{}",
        "//etc/passwd",
        "",
    ],
)
def test_no_other_address_is_ever_opened(address, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a file was opened")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ValueError, match="refused"):
        pdf.read_asset(address)


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="attachment" href="{}">',
        '<img src="{}" alt="x">',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<link rel="stylesheet" href="{}">',
        "<style>@import url({});</style>",
        "<style>p {{ background: url({}) }}</style>",
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style>',
        '<svg><image href="{}" width="9" height="9"/></svg>',
        '<svg><use href="{}#a"/></svg>',
        '<a rel="attachment" href="{}">x</a>',
    ],
)
def test_markup_that_slips_through_still_reads_nothing(markup, tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("HET-GEHEIM-VAN-DE-SERVER")
    content = pdf.html_to_pdf(PAGE.format(f"<p>Zin</p>{markup.format(secret.as_uri())}"))
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.attachments) == 0
        streams = [
            bytes(item.read_bytes())
            for item in document.objects
            if isinstance(item, pikepdf.Stream)
        ]
    assert not any(b"GEHEIM" in stream for stream in streams)
    assert "GEHEIM" not in text_of(content)


def test_a_page_of_another_stands_nowhere_in_a_document_that_is_too_long():
    with pytest.raises(DomainError, match="Kies een kortere periode"):
        pdf.html_to_pdf(PAGE.format("<p>Regel</p>" * 4000))


def test_without_pango_the_refusal_says_what_to_do(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    pdf._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DomainError, match="ontbreekt Pango"):
        pdf.html_to_pdf(PAGE.format(""))


def test_whether_pango_is_there_is_known_without_loading_weasyprint(monkeypatch):
    pdf.can_render.cache_clear()
    assert pdf.can_render()
    pdf.can_render.cache_clear()
    monkeypatch.setattr(pdf, "PANGO", ("libpango-bestaat-niet.so.9",))
    assert not pdf.can_render()
    pdf.can_render.cache_clear()


def test_shipped_fonts_are_what_their_checksums_say():
    folder = Path(__file__).resolve().parents[2] / "static/fonts/noto-sans"
    listed = dict(
        reversed(line.split()) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.woff2")
    }
    assert found == listed
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text()
