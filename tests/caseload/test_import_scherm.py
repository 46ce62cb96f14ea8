"""The import through the desk: from the file to the files, and what is refused on the way."""

import json
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseload.enums import ImportStatus, RijStatus
from caseload.models import Import, Importinhoud, Importrij, Kolomkoppeling
from clienten.models import Client
from kern.db.scope import scope
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from trajecten.models import Traject

DATA = Path(__file__).parent / "data"
LIJST = (DATA / "caseload-voorbeeld.csv").read_bytes()
VERWACHT = json.loads((DATA / "caseload-voorbeeld.verwacht.json").read_text())
KOP = "Dossiernr;Naam;Voornaam;Geboortedatum;Medewerker;Traject;Start traject;Opmerking"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=True):
        yield


@pytest.fixture
def desk(bestuur, worker, signed_in):
    make_gebruiker(bestuur, gebruikersnaam="mw2")
    make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER, gebruikersnaam="tb1")
    return signed_in(worker)


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    def send(desk, url, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            return desk.post(url, data or {})

    return send


def a_list(*rows: str) -> bytes:
    return "\r\n".join([KOP, *rows]).encode("cp1252")


def offer(desk, data: bytes, name: str = "lijst.csv"):
    return desk.post(reverse("caseload:imports"), {"bestand": SimpleUploadedFile(name, data)})


def url_of(naam: str, lijst: Import) -> str:
    return reverse(f"caseload:{naam}", args=[lijst.pk])


def choose(desk, post, lijst: Import, **other: str):
    page = desk.get(url_of("import", lijst))
    form = page.context["form"]
    data = {name: field.initial or "" for name, field in form.fields.items()} | other
    return post(desk, url_of("import", lijst), data)


def text_of(response) -> str:
    return response.content.decode()


def preview(desk, post, data: bytes) -> Import:
    offer(desk, data)
    lijst = Import.objects.latest("pk")
    choose(desk, post, lijst)
    lijst.refresh_from_db()
    return lijst


def taken_in(desk, post, data: bytes) -> Import:
    lijst = preview(desk, post, data)
    post(desk, url_of("import_overnemen", lijst))
    lijst.refresh_from_db()
    return lijst


def test_the_example_list_through_the_browser_gives_exactly_what_is_expected(desk, post):
    assert offer(desk, LIJST, "caseload.csv").status_code == 302
    lijst = Import.objects.get()
    page = text_of(desk.get(url_of("import", lijst)))
    assert "Wat staat in welke kolom?" in page
    assert "66.06.05" not in page  # national numbers are masked
    assert "••.••.••-•••.08" in page
    choose(desk, post, lijst)
    assert Client.objects.count() == 0
    page = text_of(desk.get(url_of("import", lijst)))
    assert "109 van de 120 rijen kunnen overgenomen worden" in page
    refused = desk.get(url_of("import_rijen", lijst), {"soort": "geweigerd"})
    shown = [[regel.nummer, regel.redenen[0]] for regel in refused.context["regels"]]
    assert shown == VERWACHT["geweigerd"]
    page = text_of(desk.get(url_of("import_overnemen", lijst)))
    assert "U neemt 109 rijen over uit caseload.csv." in page
    post(desk, url_of("import_overnemen", lijst))
    lijst.refresh_from_db()
    assert lijst.status == ImportStatus.KLAAR
    assert Client.objects.count() == 109
    stored = {
        (
            t.client.dossiernummer,
            t.instrument.code,
            t.begindatum.isoformat(),
            t.uiterste_dag.isoformat(),
        )
        for t in Traject.objects.select_related("client", "instrument")
    }
    assert stored == {tuple(item) for item in VERWACHT["uiterste_dag"]}
    assert text_of(desk.get(url_of("import", lijst))).count("nieuwe cliënten") >= 1


def test_refused_rows_are_handed_back_harmless_and_mended_they_come_in(desk, post):
    lijst = taken_in(
        desk,
        post,
        a_list(
            "A1;Peeters;An;05/05/1980;mw1;TWE;02/03/2026;ok",
            "A2;Kaya;Olena;06/05/1980;wie dan;TWE;02/03/2026;=HYPERLINK(1)",
        ),
    )
    assert Client.objects.get().dossiernummer == "A1"
    answer = desk.get(url_of("import_geweigerd", lijst))
    handed_back = answer.content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in handed_back
    assert "onbekende medewerker" in handed_back
    mended = handed_back.replace("wie dan", "mw1").encode("utf-8-sig")
    taken_in(desk, post, mended)
    assert set(Client.objects.values_list("dossiernummer", "opmerking")) == {
        ("A1", "ok"),
        ("A2", "=HYPERLINK(1)"),
    }


def test_columns_are_remembered_for_the_bestuur_and_told_when_unread(desk, post, bestuur):
    data = b"Dossiernr;Naam;Voornaam;Geb;Wie is dat\r\nA1;Peeters;An;05/05/1980;mw1\r\n"
    offer(desk, data)
    lijst = Import.objects.get()
    page = text_of(desk.get(url_of("import", lijst)))
    assert "Eén kolom wordt niet gelezen" in page
    assert "Wie is dat" in page
    choose(desk, post, lijst, kolom_4="medewerker")
    assert Kolomkoppeling.objects.get(kop="Wie is dat").veld == "medewerker"
    offer(desk, data)
    second = Import.objects.latest("pk")
    page = desk.get(url_of("import", second))
    assert page.context["form"].fields["kolom_4"].initial == "medewerker"
    assert "wordt niet gelezen" not in text_of(page)


def test_what_was_remembered_can_be_forgotten_and_one_heading_may_stand_twice(desk, post):
    offer(desk, b"Dossiernr;Naam;Voornaam;Start;Start;Wie\r\nA1;Peeters;An;1/3/2026;x;mw1\r\n")
    lijst = Import.objects.get()
    choose(desk, post, lijst, kolom_5="medewerker")
    remembered = dict(Kolomkoppeling.objects.values_list("kop", "veld"))
    assert (remembered["Start"], remembered["Wie"]) == ("startdatum", "medewerker")
    url = url_of("import", lijst) + "?kolommen"
    form = desk.get(url).context["form"]
    data = {name: field.initial or "" for name, field in form.fields.items()}
    post(desk, url, data | {"kolom_5": "", "kolom_2": ""})
    remembered = dict(Kolomkoppeling.objects.values_list("kop", "veld"))
    assert "Wie" not in remembered
    assert remembered["Voornaam"] == ""


def test_one_fact_cannot_stand_in_two_columns(desk, post):
    offer(desk, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    lijst = Import.objects.get()
    answer = choose(desk, post, lijst, kolom_7="familienaam")
    assert "Familienaam is gekozen voor Naam en Opmerking" in text_of(answer)
    lijst.refresh_from_db()
    assert lijst.status == ImportStatus.GELADEN


def test_a_list_without_names_goes_no_further(desk, post):
    offer(desk, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    lijst = Import.objects.get()
    answer = choose(desk, post, lijst, kolom_1="")
    assert "Geen kolom met de naam gevonden" in text_of(answer)
    assert Importrij.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Het bestand is leeg."),
        (b"   \r\n  ", "Het bestand is leeg."),
        (b"%PDF-1.7 en zo", "Dit is een PDF-bestand."),
        (b"PK\x03\x04 geen zip", "beschadigd"),
        (b"a;b\r\n1\x00;2\r\n", "NUL-tekens"),
        ((";".join(f"k{i}" for i in range(10_000)) + "\r\n1\r\n").encode(), "kolommen"),
    ],
)
def test_what_is_no_list_is_refused_at_once_and_nothing_is_kept(desk, data, reason):
    page = text_of(offer(desk, data))
    assert reason in page
    assert Import.objects.count() == 0
    assert Importinhoud.objects.count() == 0


def test_script_in_a_cell_is_text(desk, post):
    lijst = preview(
        desk,
        post,
        a_list('A1;<script>alert(1)</script>;An;05/05/1980;mw1;;;"<img src=x onerror=y>"'),
    )
    for naam in ("import", "import_rijen"):
        page = text_of(desk.get(url_of(naam, lijst)))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_file_lies_sealed_in_the_database(desk):
    offer(desk, a_list("A1;Onmiskenbaar;An;05/05/1980;mw1;;;"))
    inhoud = Importinhoud.objects.get()
    assert b"Onmiskenbaar" not in bytes(inhoud.bestand) + bytes(inhoud.voorbeeld)


def test_taking_in_twice_happens_once(desk, post):
    lijst = preview(desk, post, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    post(desk, url_of("import_overnemen", lijst))
    answer = desk.post(url_of("import_overnemen", lijst), follow=True)
    assert "Deze lijst wordt of werd al overgenomen." in text_of(answer)
    assert Client.objects.count() == 1


def test_the_pages_of_a_list_that_was_taken_back_and_wiped_still_open(desk, post):
    lijst = taken_in(desk, post, a_list("A1;Peeters;An;05/05/1980;mw1;;;", "A2;Maes;Bo;x;;;;"))
    post(desk, url_of("import_terugdraaien", lijst))
    assert Client.objects.count() == 0
    page = text_of(desk.get(url_of("import", lijst)))
    assert "De lijst is teruggedraaid" in page
    assert "gewist op 22/11/2026" in page
    for naam, query in (("import_rijen", ""), ("import_rijen", "?soort=geweigerd")):
        assert desk.get(url_of(naam, lijst) + query).status_code == 200
    answer = desk.get(url_of("import_geweigerd", lijst), follow=True)
    assert "geen geweigerde rijen meer" in text_of(answer)


def test_every_counter_opens_exactly_the_rows_it_counts(desk, post):
    rows = ["A1;Peeters;An;05/05/1980;mw1;TWE;02/03/2026;", "A2;Kaya;Bo;06/05/1980;;;;"]
    taken_in(desk, post, a_list(rows[0]))
    more = [rows[0], rows[1], "A3;Aerts;Cas;07/05/1980;niemand;;;"]
    more.append("A1;Peeters;An;05/05/1980;mw1;wijk-werken;05/10/2026;")
    lijst = preview(desk, post, a_list(*more))

    def counted() -> dict[str, int]:
        counters = desk.get(url_of("import", lijst)).context["counters"]
        for counter in counters:
            page = desk.get(counter.url).context["page"]
            assert page.paginator.count == counter.count, counter
        return {counter.label: counter.count for counter in counters if counter.count}

    before = {"nieuwe cliënt": 1, "traject erbij": 1, "staan er al": 1}
    assert counted() == before | {"met opmerking": 2, "geweigerd": 1}
    post(desk, url_of("import_overnemen", lijst))
    after = {"nieuwe cliënt": 1, "traject erbij": 1, "stonden er al": 1}
    assert counted() == after | {"met opmerking": 2, "geweigerd": 1}


def test_a_list_can_be_thrown_away_before_and_not_after(desk, post):
    lijst = preview(desk, post, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    post(desk, url_of("import_weg", lijst))
    assert Import.objects.count() == Importrij.objects.count() == Importinhoud.objects.count() == 0
    lijst = taken_in(desk, post, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    answer = desk.post(url_of("import_weg", lijst), follow=True)
    assert "al iets overgenomen" in text_of(answer)
    assert Import.objects.count() == 1


EVERY_PAGE = [
    ("import", "get"),
    ("import", "post"),
    ("import_rijen", "get"),
    ("import_voortgang", "get"),
    ("import_geweigerd", "get"),
    ("import_overnemen", "get"),
    ("import_overnemen", "post"),
    ("import_stop", "post"),
    ("import_verder", "post"),
    ("import_terugdraaien", "get"),
    ("import_terugdraaien", "post"),
    ("import_weg", "post"),
]


@pytest.mark.parametrize(("naam", "method"), EVERY_PAGE)
def test_another_bestuur_and_a_colleague_do_not_find_the_list(
    naam, method, desk, post, stranger, signed_in, bestuur
):
    lijst = preview(desk, post, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    colleague = make_gebruiker(bestuur, gebruikersnaam="mw9")
    for gebruiker in (stranger, colleague):
        other = signed_in(gebruiker)
        assert getattr(other, method)(url_of(naam, lijst)).status_code == 404
    lijst.refresh_from_db()
    assert lijst.status == ImportStatus.VOORBEELD


@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
def test_other_roles_may_not_import(rol, bestuur, signed_in):
    other = signed_in(make_gebruiker(bestuur, rol))
    assert other.get(reverse("caseload:imports")).status_code == 403
    assert offer(other, a_list("A1;Peeters;An;05/05/1980;mw1;;;")).status_code == 403
    assert Import.objects.count() == 0


def test_a_leidinggevende_sees_what_colleagues_offered(desk, post, lead, signed_in):
    lijst = preview(desk, post, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    page = text_of(signed_in(lead).get(reverse("caseload:imports")))
    assert lijst.bestandsnaam in page


def test_pages_ask_the_same_number_of_questions_for_a_long_list(
    desk, post, django_assert_max_num_queries
):
    rows = [f"A{n};Peeters {n};An;05/05/1980;mw1;TWE;02/03/2026;" for n in range(300)]
    bad = [f"B{n};Peeters {n};An;05/05/1980;niemand;TWE;02/03/2026;" for n in range(300)]
    lijst = preview(desk, post, a_list(*rows, *bad))
    assert lijst.tellers["aanvaard"] == 300
    for url in (
        reverse("caseload:imports"),
        url_of("import", lijst),
        url_of("import_rijen", lijst),
        url_of("import_rijen", lijst) + "?soort=geweigerd",
        url_of("import_overnemen", lijst),
    ):
        with django_assert_max_num_queries(14):
            assert desk.get(url).status_code == 200
    post(desk, url_of("import_overnemen", lijst))
    for url in (url_of("import", lijst), url_of("import_terugdraaien", lijst)):
        with django_assert_max_num_queries(16):
            assert desk.get(url).status_code == 200


def test_a_file_that_is_announced_too_large_is_not_read(desk, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    answer = offer(desk, b"Naam;INSZ\r\n" + b"x" * 100_000)
    assert answer.status_code == 413
    assert "groter dan" in text_of(answer)
    assert Import.objects.count() == 0


def test_without_the_token_of_the_form_nothing_is_taken(bestuur, worker):
    from django.test import Client as Browser

    desk = Browser(enforce_csrf_checks=True)
    desk.force_login(worker)
    answer = offer(desk, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    assert answer.status_code == 403
    assert Import.objects.count() == 0


def test_a_list_of_the_neighbours_is_no_list_of_ours(desk, post, buur):
    taken_in(desk, post, a_list("A1;Peeters;An;05/05/1980;mw1;;;"))
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert Import.objects.count() == 0
        assert Importrij.objects.count() == 0
    assert Importrij.objects.get().status == RijStatus.TOEGEPAST
