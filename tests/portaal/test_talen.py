"""Everything a client reads is said in each language of the portal, with the same placeholders."""

import contextlib
import re
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation

from kern.talen import compile_all
from tests.database import ROOT
from tests.test_architecture import APPS

LANGUAGES = ("fr", "en", "ar")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)s|%[sd]|\{[a-z_]*\}")


def catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / code / "LC_MESSAGES" / "django.po"))


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> set[str]:
    """Every sentence that is marked in the code and the templates, read in a place apart."""
    place = tmp_path_factory.mktemp("bron")
    for name in (*APPS, "templates"):
        (place / name).symlink_to(ROOT / name)
    folder = place / "locale"
    folder.mkdir()
    with override_settings(LOCALE_PATHS=[str(folder)]), contextlib.chdir(place):
        call_command("makemessages", locale=["fr"], symlinks=True, verbosity=0)
    found = polib.pofile(str(folder / "fr" / "LC_MESSAGES" / "django.po"))
    return {entry.msgid for entry in found}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_is_said_in_each_language(said, code):
    known = {entry.msgid: entry for entry in catalogue(code)}
    missing = [msgid for msgid in said if msgid not in known or not known[msgid].translated()]
    assert sorted(missing) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_catalogue_keeps_what_nobody_says(said, code):
    assert [entry.msgid for entry in catalogue(code) if entry.msgid not in said] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_placeholders_are_the_same(code):
    def found(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    different = [
        entry.msgid
        for entry in catalogue(code)
        if not entry.msgid_plural and entry.msgstr and found(entry.msgid) != found(entry.msgstr)
    ]
    assert different == []


def test_catalogues_are_made_without_programs_of_gettext(tmp_path):
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    text = (ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po").read_text("utf-8")
    source.write_text(text, "utf-8")
    assert compile_all(tmp_path) == [source.with_suffix(".mo")]
    assert compile_all(tmp_path) == []
    made = polib.mofile(str(source.with_suffix(".mo")))
    assert {entry.msgid for entry in made} == {e.msgid for e in catalogue("fr") if e.translated()}


def test_the_house_itself_speaks_dutch_whatever_the_browser_asks(client, db):
    answer = client.get("/account/aanmelden/", headers={"Accept-Language": "fr"})
    assert "Aanmelden" in answer.content.decode()
    assert translation.get_language() == "nl-be"


def test_no_compiled_catalogue_is_kept_in_the_project():
    assert "*.mo" in Path(ROOT / ".gitignore").read_text("utf-8").splitlines()
