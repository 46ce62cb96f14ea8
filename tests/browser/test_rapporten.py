"""A report and a batch through the browser: asked, followed, downloaded, printed."""

import zipfile
from pathlib import Path

import pytest

from caseload.demo.mensen import HERENT
from toegang.models import Bestuur
from toegang.scope import in_bestuur
from trajecten.models import Traject

pytestmark = pytest.mark.browser


@pytest.fixture
def traject(site) -> int:
    """A running traject of a client of mw1."""
    with in_bestuur(Bestuur.objects.get(nis="24038").pk):
        found = Traject.objects.unfinished().filter(
            client__toewijzingen__gebruiker__gebruikersnaam=HERENT[0].gebruikersnaam,
            client__afgeschermd=False,
            begindatum__lt="2026-11-01",
        )
        return int(found.order_by("pk").values_list("pk", flat=True)[0])


def downloaded(page, name: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path())


def test_a_report_is_made_followed_and_downloaded(page, site, sign_in, inspect, traject):
    sign_in(HERENT[0].gebruikersnaam)
    page.goto(f"{site}/trajecten/{traject}/verslag/")
    page.get_by_role("button", name="Maak het verslag").click()
    page.get_by_text("Het verslag is klaar en ligt vast.").wait_for()
    inspect("verslag")
    assert downloaded(page, "Download de pdf").read_bytes().startswith(b"%PDF-1.7")
    page.goto(f"{site}/rapporten/")
    inspect("archief")


def test_the_print_view_reads_as_a_page(page, site, sign_in, inspect, traject):
    sign_in(HERENT[0].gebruikersnaam)
    page.goto(f"{site}/trajecten/{traject}/verslag/")
    page.get_by_role("link", name="Toon op het scherm").click()
    page.get_by_role("heading", name="Tot wanneer kan dit traject lopen?").wait_for()
    inspect("verslag-afdruk")


def test_a_batch_of_ones_own_clients_becomes_one_zip(page, site, sign_in, inspect):
    sign_in(HERENT[0].gebruikersnaam)
    page.goto(f"{site}/rapporten/")
    page.get_by_role("link", name="Verslagen voor mijn cliënten").click()
    inspect("verslagen-maken")
    page.get_by_role("button", name="Maak").click()
    page.get_by_text("in dit bestand", exact=False).wait_for(timeout=120_000)
    inspect("verslagen-bundel")
    with zipfile.ZipFile(downloaded(page, "Download de zip")) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) > 1
