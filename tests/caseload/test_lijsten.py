"""The lists: filters in the address, order, columns, views, selection and export."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseload.models import Weergave
from clienten.models import Client, Toewijzing
from kern.db.scope import scope
from tests.factories.clienten import make_client, make_insz, make_statuut, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_logboekitem, make_stap, make_traject
from toegang.enums import Rol
from toegang.models import Inzage
from trajecten.enums import Eindreden
from trajecten.signalen import refresh_signalen

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


def names(browser, url):
    """Return the row headers of the list in their order."""
    answer = browser.get(url)
    assert answer.status_code == 200, url
    html = answer.content.decode()
    return re.findall(r'<th scope="row"><a class="plain-link" href="[^"]+">([^<]+)</a>', html)


def count(browser, url):
    html = browser.get(url).content.decode()
    return int(re.search(r'class="count" role="status">(\d+) ', html).group(1))


@pytest.fixture
def people(bestuur, worker, lead):
    """Amina (mine, TWE), Bram (a colleague's, wijk-werken), Chloé (nobody's, no traject)."""
    amina = make_client(bestuur, familienaam="Amina", voornaam="")
    bram = make_client(bestuur, familienaam="Bram", voornaam="")
    make_client(bestuur, familienaam="Chloé", voornaam="", dossiernummer="2026-0042")
    make_toewijzing(amina, worker)
    make_toewijzing(bram, lead)
    make_statuut(amina, "leefloon", categorie=2)
    make_statuut(bram, "ziekte")
    twe = make_traject(
        amina,
        begindatum=date(2026, 3, 2),
        beslist_op=date(2026, 2, 20),
        uiterste_dag=date(2026, 11, 30),
    )
    make_stap(twe)
    make_traject(bram, "wijkwerken", begindatum=date(2025, 6, 1), uiterste_dag=date(2026, 11, 1))
    make_traject(
        bram,
        "twe",
        begindatum=date(2023, 1, 1),
        einddatum=date(2024, 5, 31),
        eindreden=Eindreden.WERK_NEC,
    )
    make_logboekitem(amina, worker)
    refresh_signalen(bestuur.pk, on=TODAY)
    return {"amina": amina, "bram": bram}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Amina"]),
        ("wie=mij", ["Amina"]),
        ("wie=team", ["Amina", "Bram", "Chloé"]),
        ("wie=niemand", ["Chloé"]),
        ("wie=team&q=chloe", ["Chloé"]),
        ("wie=team&q=2026-00", ["Chloé"]),
        ("wie=team&statuut=ziekte", ["Bram"]),
        ("wie=team&instrument=twe", ["Amina"]),
        ("wie=team&signaal=geen_spilfiguur", ["Chloé"]),
        ("wie=team&sort=-naam", ["Chloé", "Bram", "Amina"]),
        ("wie=team&sort=limiet", ["Bram", "Amina", "Chloé"]),
        ("wie=team&sort=-contact", ["Amina", "Bram", "Chloé"]),
        ("wie=team&sort=' OR 1=1", ["Amina", "Bram", "Chloé"]),
        ("wie=999999", ["Amina", "Bram", "Chloé"]),
    ],
)
def test_clients_are_chosen_by_the_address(people, worker, signed_in, query, found):
    assert names(signed_in(worker), f"/clienten/?{query}") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Bram", "Amina"]),
        ("stand=voorbij", ["Bram"]),
        ("stand=beeindigd", ["Bram"]),
        ("stand=alle", ["Bram", "Amina", "Bram"]),
        ("stand=gepland", []),
        ("instrument=twe", ["Amina"]),
        ("stap=zonder", ["Bram"]),
        ("stap=met", ["Amina"]),
        ("statuut=leefloon", ["Amina"]),
        ("signaal=limiet_voorbij", ["Bram"]),
        ("stand=alle&datum=start&van=1/1/2023&tot=31/12/2023", ["Bram"]),
        ("stand=alle&datum=einde&van=1/5/2024", ["Bram"]),
        ("stand=alle&datum=beslist&tot=1/3/2026", ["Amina"]),
        ("stand=alle&datum=limiet&van=1/11/2026&tot=30/11/2026", ["Bram", "Amina"]),
        ("stand=alle&datum=loopt&van=1/1/2024&tot=31/12/2024", ["Bram"]),
        ("datum=start&van=31/02/2026", ["Bram", "Amina"]),
        ("sort=naam", ["Amina", "Bram"]),
        ("sort=-nog", ["Amina", "Bram"]),
    ],
)
def test_trajecten_are_chosen_by_the_address(people, lead, signed_in, query, found):
    assert names(signed_in(lead), f"/trajecten/?wie=team&{query}") == found


def test_filters_stand_as_words_that_can_be_taken_away(people, lead, signed_in):
    browser = signed_in(lead)
    html = browser.get("/trajecten/?wie=niemand&instrument=twe&q=x").content.decode()
    words = re.findall(r'<a class="filter-word" href="([^"]+)">.*?</span>([^<]+)<', html)
    assert [label for _, label in words] == [
        "Zonder spilfiguur",
        "“x”",
        "Tijdelijke werkervaring (TWE)",
        "Lopend",
    ]
    without_text = next(url for url, label in words if label == "“x”").replace("&amp;", "&")
    assert "q=" not in without_text
    assert "instrument=twe" in without_text


def test_what_cannot_be_read_is_said(people, lead, signed_in):
    html = signed_in(lead).get("/trajecten/?datum=start&van=31/02/2026").content.decode()
    assert "31/02/2026 bestaat niet" in html
    html = signed_in(lead).get("/trajecten/?van=1/2/2026").content.decode()
    assert "Kies welke datum" in html


def test_columns_are_chosen_and_kept(people, lead, signed_in):
    html = signed_in(lead).get("/clienten/?kolom=telefoon&kolom=gemeente").content.decode()
    assert re.findall(r'data-label="([^"]+)"', html)[:2] == ["Gemeente", "Telefoon"]
    assert '<input type="hidden" name="kolom" value="gemeente">' in html


def test_a_named_view_is_private(people, lead, worker, signed_in):
    browser = signed_in(lead)
    browser.post("/weergaven/clienten/nieuw/?wie=team&q=bram&sort=-naam", {"naam": "Bram"})
    view = Weergave.objects.get()
    assert (view.naam, view.gebruiker, view.lijst) == ("Bram", lead, "clienten")
    assert names(browser, f"/clienten/?{view.filters}") == ["Bram"]
    again = browser.post("/weergaven/clienten/nieuw/?wie=team", {"naam": "Bram"})
    assert "al een weergave" in again.content.decode()
    assert "weergaven/" not in re.sub(
        r"/weergaven/\w+/nieuw/", "", signed_in(worker).get("/clienten/").content.decode()
    )
    assert signed_in(worker).post(f"/weergaven/{view.pk}/weg/").status_code == 404
    assert Weergave.objects.count() == 1
    browser.post(f"/weergaven/{view.pk}/weg/")
    assert not Weergave.objects.exists()


def test_a_restricted_file_is_in_no_list_or_export(people, lead, worker, signed_in):
    Client.objects.filter(pk=people["bram"].pk).update(afgeschermd=True)
    for user in (lead, worker):
        browser = signed_in(user)
        for url in (
            "/clienten/?wie=team",
            "/trajecten/?wie=team&stand=alle",
            "/clienten/afdruk/?wie=team",
            f"/clienten/afdruk/?kies={people['bram'].pk}",
            "/trajecten/afdruk/?wie=team&stand=alle",
            "/clienten/export/csv/?wie=team",
            "/trajecten/export/csv/?wie=team&stand=alle",
        ):
            assert "Bram" not in browser.get(url).content.decode(), url
        assert count(browser, "/clienten/?wie=team") == 2


def test_a_stranger_sees_nothing_of_it(people, buur, stranger, signed_in):
    browser = signed_in(stranger)
    for url in ("/clienten/?wie=team", "/trajecten/?wie=team&stand=alle"):
        assert names(browser, url) == []
    assert "Amina" not in browser.get("/clienten/export/csv/?wie=team").content.decode()


def test_reception_sees_who_and_how_to_reach_but_no_content(people, bestuur, signed_in):
    browser = signed_in(make_gebruiker(bestuur, Rol.ONTHAAL))
    html = browser.get("/clienten/").content.decode()
    assert "Amina" in html
    for content in ("Leefloon", "TWE", "Statuut", "Vraagt aandacht", "Exporteer"):
        assert content not in html, content
    hidden = browser.get("/clienten/?kolom=statuut&statuut=ziekte&signaal=geen_spilfiguur")
    assert "Leefloon" not in hidden.content.decode()
    assert "Amina" in hidden.content.decode()
    assert browser.get("/trajecten/").status_code == 403
    assert browser.get("/clienten/export/csv/").status_code == 403


def read_csv(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_csv_follows_filters_and_neutralises_formulas(bestuur, lead, signed_in):
    make_client(bestuur, familienaam="=HYPERLINK(1)", voornaam="+32", gemeente="@SUM(A1)")
    make_client(bestuur, familienaam="Gewoon", voornaam="-", insz=make_insz())
    answer = signed_in(lead).get("/clienten/export/csv/?wie=team&kolom=gemeente")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "clienten-2026-11-22.csv" in answer.headers["Content-Disposition"]
    rows = read_csv(answer)
    assert rows[0] == ["Dossiernummer", "Familienaam", "Voornaam", "Gemeente"]
    assert rows[1][1:] == ["'=HYPERLINK(1)", "'+32", "'@SUM(A1)"]
    assert rows[2][1:3] == ["Gewoon", "'-"]
    assert make_insz() not in answer.content.decode()
    only = read_csv(signed_in(lead).get("/clienten/export/csv/?wie=team&q=gewoon"))
    assert len(only) == 2


def test_xlsx_has_true_dates_and_numbers(people, lead, signed_in):
    answer = signed_in(lead).get(
        "/trajecten/export/xlsx/?wie=team&kolom=start&kolom=nog&kolom=instrument"
    )
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    serial = (date(2025, 6, 1) - date(1899, 12, 30)).days
    assert f"<v>{serial}</v>" in sheet
    assert "<v>-21</v>" in sheet
    assert "<f>" not in sheet


def test_what_left_on_a_list_is_in_the_read_log(people, lead, signed_in):
    signed_in(lead).get("/clienten/export/xlsx/?wie=team&q=amina")
    signed_in(lead).get(f"/clienten/afdruk/?wie=team&kies={people['bram'].pk}")
    assert list(
        Inzage.objects.order_by("pk").values_list("client_id", "scherm", "grond", "gebruiker")
    ) == [
        (people["amina"].pk, "export", "lijst", lead.pk),
        (people["bram"].pk, "afgedrukte lijst", "lijst", lead.pk),
    ]


def test_a_list_opens_no_file(people, bestuur, signed_in):
    other = make_gebruiker(bestuur)
    browser = signed_in(other)
    browser.get("/clienten/export/csv/?wie=team")
    assert browser.get(f"/clienten/{people['amina'].pk}/").status_code == 302


def test_a_lead_gives_ticked_clients_to_a_worker(people, lead, worker, signed_in):
    browser = signed_in(lead)
    url = f"/clienten/toewijzen/?wie=team&kies={people['bram'].pk}"
    assert "Bram" in browser.get(url).content.decode()
    form = {"gebruiker": worker.pk, "rol": "trajectbegeleider", "van": "22/11/2026"}
    answer = browser.post(url, form, follow=True)
    assert f"{worker.naam} is nu spilfiguur van 1 cliënt." in answer.content.decode()
    now = Toewijzing.objects.get(client=people["bram"], tot__isnull=True)
    assert (now.gebruiker, now.is_spilfiguur) == (worker, True)
    again = browser.post(f"{url}&alles=1", form | {"van": "gisteren"}, follow=True)
    assert again.status_code == 200


def test_a_worker_may_not_divide_clients(people, worker, signed_in):
    before = list(Toewijzing.objects.values_list("pk", "tot"))
    url = f"/clienten/toewijzen/?wie=team&kies={people['bram'].pk}"
    assert signed_in(worker).get(url).status_code == 403
    assert signed_in(worker).post(url, {"gebruiker": worker.pk}).status_code == 403
    assert list(Toewijzing.objects.values_list("pk", "tot")) == before


def test_a_lead_cannot_divide_clients_of_another_bestuur(people, buur, stranger, signed_in):
    url = f"/clienten/toewijzen/?wie=team&kies={people['bram'].pk}"
    form = {"gebruiker": stranger.pk, "rol": "trajectbegeleider", "van": "22/11/2026"}
    answer = signed_in(stranger).post(url, form, follow=True)
    assert "Vink eerst aan" in answer.content.decode()
    assert not Toewijzing.objects.filter(gebruiker=stranger).exists()


def test_nothing_ticked_asks_to_tick(people, lead, signed_in):
    answer = signed_in(lead).get("/clienten/toewijzen/?wie=team", follow=True)
    assert "Vink eerst aan" in answer.content.decode()


@pytest.mark.parametrize("url", ["/clienten/?wie=team", "/trajecten/?wie=team"])
def test_a_list_costs_the_same_for_one_and_for_many(bestuur, lead, worker, signed_in, url):
    browser = signed_in(lead)
    browser.get(url)

    def queries(number):
        for _ in range(number):
            client = make_client(bestuur)
            make_toewijzing(client, worker)
            make_statuut(client)
            make_stap(make_traject(client, uiterste_dag=date(2026, 12, 1)))
        refresh_signalen(bestuur.pk, on=TODAY)
        with CaptureQueriesContext(connection) as captured:
            browser.get(url)
        sql = [query["sql"] for query in captured]
        return [line for line in sql if not line.startswith(("SAVEPOINT", "RELEASE"))]

    one, five, many = queries(1), queries(4), queries(50)
    assert len(one) == len(five) == len(many) <= 12


def test_a_long_list_has_pages_and_can_be_taken_whole(bestuur, lead, worker, signed_in):
    for number in range(53):
        make_client(bestuur, familienaam=f"Naam {number:02d}")
    browser = signed_in(lead)
    assert len(names(browser, "/clienten/?wie=team")) == 50
    assert len(names(browser, "/clienten/?wie=team&page=2")) == 3
    assert len(names(browser, "/clienten/?wie=team&page=99")) == 3
    html = browser.get("/clienten/toewijzen/?wie=team&alles=1").content.decode()
    assert "53 cliënten toewijzen" in html
    assert len(read_csv(browser.get("/clienten/export/csv/?wie=team"))) == 54
    browser.post(
        "/clienten/toewijzen/?wie=team&alles=1",
        {"gebruiker": worker.pk, "rol": "trajectbegeleider", "van": "22/11/2026"},
    )
    assert Toewijzing.objects.filter(gebruiker=worker).count() == 53
    assert names(browser, "/clienten/?wie=niemand") == []


def test_markup_is_only_text(bestuur, lead, signed_in):
    make_client(bestuur, familienaam='"><img src=x onerror=alert(1)>', gemeente="<b>x</b>")
    html = signed_in(lead).get("/clienten/?wie=team&kolom=gemeente&q=<b>").content.decode()
    html += signed_in(lead).get("/clienten/?wie=team&kolom=gemeente").content.decode()
    assert "<img src=x" not in html
    assert "<b>x</b>" not in html


def test_scope_holds_for_views(bestuur, buur, lead, stranger, signed_in):
    signed_in(lead).post("/weergaven/clienten/nieuw/?wie=team", {"naam": "Hier"})
    view = Weergave.objects.get()
    assert signed_in(stranger).post(f"/weergaven/{view.pk}/weg/").status_code == 404
    with scope(bestuur_id=buur.pk, actor_id=stranger.pk):
        assert not Weergave.objects.exists()


def test_words_of_a_step_are_for_who_follows_the_client(people, bestuur, lead, worker, signed_in):
    make_stap(people["bram"].trajecten.get(einddatum=None), tekst="Afspraak bij de psycholoog")
    for user, shown in ((lead, True), (worker, False), (make_gebruiker(bestuur), False)):
        browser = signed_in(user)
        for url in ("/trajecten/?wie=team", "/trajecten/export/csv/?wie=team"):
            html = browser.get(url).content.decode()
            assert ("psycholoog" in html) == shown, url
            assert shown or "Afgesproken" in html
    assert "Solliciteren" in signed_in(worker).get("/trajecten/?wie=team").content.decode()


def test_ticked_trajecten_go_on_to_their_reports(people, lead, signed_in):
    browser = signed_in(lead)
    key = people["amina"].trajecten.get().pk
    page = browser.get(f"/trajecten/verslagen/?wie=team&kies={key}").content.decode()
    assert "Amina" in page
    assert "Bram" not in page
    url = re.search(r'method="post" action="([^"]+bundel[^"]*)"', page)[1]
    answer = browser.post(url, {"traject": re.search(r'name="traject" value="([^"]+)"', page)[1]})
    assert "Amina" in answer.content.decode()
    nothing = browser.get("/trajecten/verslagen/?wie=team", follow=True)
    assert "Vink eerst aan" in nothing.content.decode()


def test_an_empty_bestuur_begins_with_its_own_list(lead, signed_in):
    assert "Importeer een lijst" in signed_in(lead).get("/clienten/?wie=team").content.decode()
