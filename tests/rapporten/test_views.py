"""The screens of reports, by who looks at them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clienten.models import Client, Machtiging
from rapporten.enums import VerslagStatus
from rapporten.models import Verslag
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from tests.rapporten.scene import make_scene
from toegang.models import Inzage

pytestmark = pytest.mark.django_db
MAX_QUERIES = 12


@pytest.fixture
def desk(signed_in, worker):
    return signed_in(worker)


def html(response) -> str:
    return response.content.decode()


def count(call) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_the_empty_archive_says_what_will_stand_here(desk):
    page = html(desk.get(reverse("rapporten:archief")))
    assert "Hier komen de voortgangsverslagen" in page
    assert "Filter" not in page


def test_the_form_offers_the_days_since_the_last_report(desk, traject, make_report):
    page = html(desk.get(reverse("rapporten:maak_verslag", args=[traject.pk])))
    assert 'value="02/03/2026"' in page
    assert 'value="22/11/2026"' in page
    make_report(traject, tot=date(2026, 9, 30))
    page = html(desk.get(reverse("rapporten:maak_verslag", args=[traject.pk])))
    assert 'value="01/10/2026"' in page


def test_asking_leads_to_a_page_that_follows_the_report(
    desk, traject, django_capture_on_commit_callbacks
):
    url = reverse("rapporten:maak_verslag", args=[traject.pk])
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        response = desk.post(url, {"van": "1/6/2026", "tot": "22/11/2026"})
    verslag = Verslag.objects.get()
    assert response.url == reverse("rapporten:verslag", args=[verslag.pk])
    assert len(callbacks) == 1
    assert verslag.status == VerslagStatus.KLAAR
    page = html(desk.get(response.url))
    assert "Download de pdf" in page
    assert "every 2s" not in page


def test_a_waiting_report_is_asked_again_by_htmx_and_by_hand(desk, traject):
    desk.post(
        reverse("rapporten:maak_verslag", args=[traject.pk]),
        {"van": "1/6/2026", "tot": "22/11/2026"},
    )
    url = reverse("rapporten:verslag", args=[Verslag.objects.get().pk])
    page = html(desk.get(url))
    assert 'hx-trigger="every 2s"' in page
    assert "Kijk opnieuw" in page
    piece = html(desk.get(url, headers={"HX-Request": "true"}))
    assert piece.lstrip().startswith("<div")
    assert "<html" not in piece


@pytest.mark.parametrize(
    ("van", "tot", "zin"),
    [
        ("22/11/2026", "1/6/2026", "ligt vóór de eerste dag"),
        ("1/6/2026", "23/11/2026", "over later is nog niets te zeggen"),
        ("31/2/2026", "22/11/2026", "31"),
    ],
)
def test_a_wrong_period_is_explained_and_nothing_is_asked(desk, traject, van, tot, zin):
    response = desk.post(
        reverse("rapporten:maak_verslag", args=[traject.pk]), {"van": van, "tot": tot}
    )
    assert response.status_code == 200
    assert zin in html(response)
    assert not Verslag.objects.exists()


def test_a_download_is_whole_named_and_logged(desk, worker, traject, make_report):
    verslag = make_report(traject)
    response = desk.get(reverse("rapporten:download", args=[verslag.pk]))
    content = b"".join(response.streaming_content)

    assert content.startswith(b"%PDF-1.7")
    assert len(content) == verslag.bytes == int(response["Content-Length"])
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"].startswith('attachment; filename="voortgangsverslag-')
    assert "Kovalenko" not in response["Content-Disposition"]
    log = Inzage.objects.filter(scherm="voortgangsverslag")
    assert [(row.gebruiker, row.client_id) for row in log] == [(worker, traject.client_id)]


def test_a_changed_file_is_not_sent(desk, traject, make_report, archive_folder):
    verslag = make_report(traject)
    path = archive_folder / verslag.bestand
    path.write_bytes(path.read_bytes() + b"\n% meer")
    response = desk.get(reverse("rapporten:download", args=[verslag.pk]), follow=True)
    assert "niet meer wat het was" in html(response)
    assert response["Content-Type"].startswith("text/html")


def test_a_lost_file_is_told(desk, traject, make_report, archive_folder):
    verslag = make_report(traject)
    (archive_folder / verslag.bestand).unlink()
    response = desk.get(reverse("rapporten:download", args=[verslag.pk]), follow=True)
    assert "niet meer te vinden" in html(response)


def test_a_report_that_is_not_ready_cannot_be_downloaded(desk, traject):
    desk.post(
        reverse("rapporten:maak_verslag", args=[traject.pk]),
        {"van": "1/6/2026", "tot": "22/11/2026"},
    )
    verslag = Verslag.objects.get()
    assert desk.get(reverse("rapporten:download", args=[verslag.pk])).status_code == 404


@pytest.mark.parametrize("name", ["verslag", "download", "opnieuw", "maak_verslag", "afdruk"])
def test_a_stranger_finds_nothing(signed_in, stranger, traject, make_report, name):
    verslag = make_report(traject)
    key = traject.pk if name in {"maak_verslag", "afdruk"} else verslag.pk
    desk = signed_in(stranger)
    before = Inzage.objects.count()
    url = reverse(f"rapporten:{name}", args=[key])
    answers = {desk.get(url).status_code, desk.post(url).status_code}
    assert answers <= {404, 405}
    assert 404 in answers
    assert Inzage.objects.count() == before


def test_a_restricted_file_is_only_for_who_is_named(
    desk, bestuur, worker, lead, signed_in, traject, make_report
):
    verslag = make_report(traject)
    Client.objects.filter(pk=traject.client_id).update(afgeschermd=True)
    url = reverse("rapporten:download", args=[verslag.pk])
    assert desk.get(url).status_code == 404
    assert signed_in(lead).get(url).status_code == 404
    assert "Kovalenko" not in html(signed_in(lead).get(reverse("rapporten:archief")))
    Machtiging.objects.create(bestuur=bestuur, client=traject.client, gebruiker=worker)
    assert b"".join(desk.get(url).streaming_content).startswith(b"%PDF")


def test_a_colleague_first_says_why(bestuur, signed_in, traject, make_report):
    verslag = make_report(traject)
    colleague = make_gebruiker(bestuur)
    response = signed_in(colleague).get(reverse("rapporten:download", args=[verslag.pk]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("clienten:reden", args=[traject.client_id]))
    assert not Inzage.objects.filter(gebruiker=colleague).exists()


def test_filters_stand_in_the_address_and_narrow_the_list(
    desk, bestuur, worker, lead, traject, make_report
):
    make_report(traject)
    other = make_traject(make_client(bestuur, familienaam="Benali", voornaam="Amina"), "art60")
    make_report(other, by=lead)
    url = reverse("rapporten:archief")

    def names(query: str) -> tuple[bool, bool]:
        page = html(desk.get(f"{url}?{query}"))
        return "Kovalenko Olena</a>" in page, "Benali Amina</a>" in page

    assert names("") == (True, True)
    assert names("client=benali+amina") == (False, True)
    assert names(f"client={traject.client.dossiernummer}") == (True, False)
    assert names("instrument=twe") == (True, False)
    assert names(f"door={lead.gebruikersnaam}") == (False, True)
    assert names("status=mislukt") == (False, False)
    assert names("van=1/6/2026&tot=30/6/2026") == (True, True)
    assert names("tot=31/5/2026") == (False, False)
    page = html(desk.get(f"{url}?instrument=twe&status=klaar"))
    assert "Instrument: Tijdelijke werkervaring" in page
    assert 'href="?status=klaar"' in page


def test_the_print_view_says_the_same_without_pango(desk, traject, monkeypatch):
    monkeypatch.setattr("rapporten.views.verslag.can_render", lambda: False)
    url = reverse("rapporten:maak_verslag", args=[traject.pk])
    assert "Pango ontbreekt" in html(desk.get(url))
    page = html(
        desk.get(
            reverse("rapporten:afdruk", args=[traject.pk]),
            {"van": "01/06/2026", "tot": "22/11/2026"},
        )
    )
    assert "1 maart 2028" in page
    assert "Opnieuw theorie-examen afleggen" in page
    assert "<svg" in page
    assert Inzage.objects.filter(scherm="voortgangsverslag afdrukken").count() == 1
    assert not Verslag.objects.exists()


def test_a_print_view_without_a_period_goes_back(desk, traject):
    response = desk.get(reverse("rapporten:afdruk", args=[traject.pk]))
    assert response.url == reverse("rapporten:maak_verslag", args=[traject.pk])


def test_pages_ask_few_questions_whatever_the_number(desk, bestuur, worker, traject, make_report):
    verslag = make_report(traject)
    urls = [
        reverse("rapporten:archief"),
        reverse("rapporten:verslag", args=[verslag.pk]),
        reverse("rapporten:maak_verslag", args=[traject.pk]),
        reverse("rapporten:maak_bundel") + "?keuze=eigen",
    ]
    desk.get(urls[0])
    few = [count(lambda url=url: desk.get(url)) for url in urls]
    for number in range(8):
        make_report(make_scene(bestuur, worker, insz="", familienaam=f"Peeters{number}"))
    many = [count(lambda url=url: desk.get(url)) for url in urls]
    assert many == few
    assert max(few) <= MAX_QUERIES
