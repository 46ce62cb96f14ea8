"""Her plan on one page: what stands where, what is new, agreeing to all of it, and its weight."""

import gzip
import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clienten.enums import DrempelSoort
from clienten.models import Drempel
from tests.factories.clienten import make_toewijzing
from tests.factories.portaal import inside
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_logboekitem
from toegang.models import Gebeurtenis
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    agree_plan,
    change_stap,
    finish_item,
    propose_doel,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, Stem, Uitvoerder
from trajecten.models import Akkoord, Blokkering, Planversie, Stap
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
KILOBYTES = 60
QUERIES = 12


def seen(browser, name: str = "start", *args) -> str:
    return browser.get(reverse(f"portaal:{name}", args=args)).content.decode()


def part(page: str, kop: str) -> str:
    """Return what stands under a heading."""
    assert kop in page, kop
    return page.split(f">{kop}</h2>")[1].split("<h2")[0]


def agree(client, *voices) -> None:
    for wie in voices:
        gezien = read_plan(client).hash
        agree_plan(client=client, wie=wie, at=timezone.now(), gezien=gezien)


def test_everything_stands_in_one_place(mijn, olena, propose, agreed, worker):
    propose("Naar de les")
    agreed("Cv maken")
    agreed("Opvang zoeken", doet=(Uitvoerder.MEDEWERKER,))
    propose("Zwemles", wie=Wie.client())
    done = agreed("Rijbewijs")
    finish_item(item=done, wie=Wie.ocmw(worker), at=timezone.now())
    propose_doel(
        client=olena,
        gegevens=DoelGegevens(tekst="Werk in een keuken", uitvoerders=[Uitvoerder.CLIENT]),
        wie=Wie.client(),
        at=timezone.now(),
    )
    page = seen(mijn)
    assert "Dag Olena" in page
    assert "Naar de les" in part(page, "Wacht op u")
    assert "Cv maken" in part(page, "Wat ik doe")
    assert "Opvang zoeken" in part(page, "Wat het OCMW doet")
    waits = part(page, "Wacht op het OCMW")
    assert "Zwemles" in waits
    assert "Werk in een keuken" in waits
    assert "1 is klaar" in page
    for tekst in ("Naar de les", "Cv maken", "Opvang zoeken", "Zwemles"):
        assert page.count(f">{tekst}</h3>") == 1


def test_what_the_ocmw_must_do_is_late_like_hers(mijn, agreed):
    hers, theirs = agreed("Cv maken"), agreed("Opvang zoeken", doet=(Uitvoerder.OCMW,))
    past = timezone.localdate() - timedelta(days=2)
    Stap.objects.filter(pk__in=[hers.pk, theirs.pk]).update(tegen=past, afgesproken_tegen=past)
    page = seen(mijn)
    assert "te laat" in part(page, "Wat ik doe")
    duty = part(page, "Wat het OCMW doet")
    assert "te laat" in duty
    assert "U mag ons hierover bellen." in duty
    assert "wij bellen u" not in page.lower()


def test_an_empty_plan_says_what_she_can_do(mijn):
    page = seen(mijn)
    assert "Hier staat nog niets." in page
    assert reverse("portaal:stap_nieuw") in page
    assert reverse("portaal:akkoord") not in page


def test_new_is_what_the_ocmw_did_since_she_was_here(olena, propose, worker):
    inside(olena, at=timezone.now() - timedelta(days=3)).get("/mijn/")
    propose("Naar de les")
    make_logboekitem(olena, worker, zichtbaar_client=True)
    make_logboekitem(olena, worker, tekst="Alleen voor ons.")
    mijn = inside(olena)
    assert "2 nieuw van het OCMW" in seen(mijn)
    listed = seen(mijn, "nieuw")
    assert "Het OCMW stelt iets voor." in listed
    assert "Naar de les" in listed
    assert "Het OCMW schreef iets op voor u." in listed


def test_what_she_saw_before_is_not_new_again(olena, propose):
    propose("Naar de les", wie=None)
    Stap.objects.update(wacht_sinds=timezone.now() - timedelta(days=5))
    inside(olena, at=timezone.now() - timedelta(days=3)).get("/mijn/")
    mijn = inside(olena)
    assert "nieuw van het OCMW" not in seen(mijn)
    assert "Er is niets nieuws." in seen(mijn, "nieuw")


def test_a_sensitive_barrier_is_never_named(mijn, olena, agreed):
    stap = agreed("Cv maken")
    today, key = timezone.localdate(), {"bestuur_id": olena.bestuur_id, "client": olena}
    at = timezone.now()
    drempel = Drempel.objects.create(soort=DrempelSoort.GEVOELIG, van=today, gewijzigd_at=at, **key)
    Blokkering.objects.create(stap=stap, drempel=drempel, van=today, **key)
    page = seen(mijn)
    assert "Dit wacht op: iets persoonlijks." in page
    assert "Gevoelig" not in page


def test_what_stays_in_the_office_is_never_shown(mijn, olena, agreed):
    stap = agreed("Cv maken")
    Stap.objects.filter(pk=stap.pk).update(toelichting="GEHEIM bij de stap")
    olena.opmerking = "GEHEIM over haar"
    olena.save()
    for name in ("start", "akkoord", "niet_akkoord", "versie", "gegevens", "nieuw"):
        assert "GEHEIM" not in mijn.get(reverse(f"portaal:{name}")).content.decode()
    assert "GEHEIM" not in seen(mijn, "stap", stap.pk)


def test_she_agrees_to_exactly_what_the_page_shows(mijn, olena, propose, worker):
    propose("Naar de les")
    refused = propose("Om 6 uur beginnen")
    sent = {"revisie": "1", "tekst": "Er is geen bus."}
    mijn.post(reverse("portaal:stap_nee", args=[refused.pk]), sent)
    page = seen(mijn, "akkoord")
    assert "Naar de les" in part(page, "Wat ik doe")
    outside = part(page, "Hierover is geen akkoord")
    assert "Om 6 uur beginnen" in outside
    assert "Er is geen bus." in outside
    gezien = re.search(r'name="gezien" value="(\w{64})"', page)[1]
    answer = mijn.post(reverse("portaal:akkoord"), {"gezien": gezien})
    assert answer["Location"] == "/mijn/?ok=plan"
    versie = Planversie.objects.get()
    assert (versie.hash, versie.van_kracht_at) == (gezien, None)
    akkoord = Akkoord.objects.get()
    assert (akkoord.stem, akkoord.kanaal, akkoord.taal) == (Stem.CLIENT, AkkoordKanaal.LINK, "nl")
    assert akkoord.gebruiker is None
    trail = Gebeurtenis.objects.filter(tabel="trajecten_akkoord").get()
    assert trail.handeling.startswith("de cliënt ging akkoord met het stappenplan")
    assert "Het OCMW moet nog akkoord gaan." in seen(mijn)
    agree(olena, Wie.ocmw(worker))
    assert "Dit plan is afgesproken sinds" in seen(mijn)
    assert Stap.objects.get(tekst="Naar de les").status == PlanStatus.AFGESPROKEN


def test_what_the_ocmw_agreed_to_waits_for_her_and_then_holds(mijn, olena, propose, worker):
    propose("Naar de les")
    agree(olena, Wie.ocmw(worker))
    assert "Het OCMW zei al ja. Het wacht nu op u." in seen(mijn)
    gezien = re.search(r'name="gezien" value="(\w{64})"', seen(mijn, "akkoord"))[1]
    mijn.post(reverse("portaal:akkoord"), {"gezien": gezien})
    assert Planversie.objects.get().van_kracht_at is not None
    assert "Het OCMW zei al ja." not in seen(mijn)


OTHERS = (
    "nieuw",
    "gedaan",
    "akkoord",
    "niet_akkoord",
    "versie",
    "afspraken",
    "logboek",
    "documenten",
    "gegevens",
    "inzage",
    "gedeeld",
    "stap_nieuw",
)


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_page_asks_as_little(mijn, olena, propose, agreed, worker, name):
    agreed("Cv maken")
    agree(olena, Wie.client(), Wie.ocmw(worker))
    for number in range(30):
        propose(f"Stap {number}")
        make_logboekitem(olena, worker, zichtbaar_client=True)
    mijn.get("/mijn/")
    with CaptureQueriesContext(connection) as asked:
        mijn.get(reverse(f"portaal:{name}"))
    assert 0 < len(rows_asked(asked)) <= QUERIES, rows_asked(asked)


def rows_asked(asked) -> list[str]:
    """Return the questions about rows; settings of the transaction are none."""
    return [
        query["sql"]
        for query in asked.captured_queries
        if "set_config" not in query["sql"] and "SAVEPOINT" not in query["sql"]
    ]


def test_agreeing_tells_the_language_she_read(olena, propose):
    propose()
    mijn = inside(olena, taal="fr")
    page = seen(mijn, "akkoord")
    gezien = re.search(r'name="gezien" value="(\w{64})"', page)[1]
    mijn.post(reverse("portaal:akkoord"), {"gezien": gezien})
    assert Akkoord.objects.get().taal == "fr"


def test_a_plan_that_changed_meanwhile_is_shown_again(mijn, propose):
    propose("Naar de les")
    gezien = re.search(r'name="gezien" value="(\w{64})"', seen(mijn, "akkoord"))[1]
    propose("Nog een stap")
    answer = mijn.post(reverse("portaal:akkoord"), {"gezien": gezien})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Dit is intussen anders." in text
    assert "Nog een stap" in text
    assert not Planversie.objects.exists()


def test_agreeing_twice_counts_once(mijn, propose):
    propose()
    gezien = re.search(r'name="gezien" value="(\w{64})"', seen(mijn, "akkoord"))[1]
    for _ in range(2):
        mijn.post(reverse("portaal:akkoord"), {"gezien": gezien})
    assert Akkoord.objects.count() == 1


def test_what_changed_since_stands_word_by_word_and_the_old_holds(mijn, olena, propose, worker):
    stap = propose("Theorie rijbewijs leren")
    agree(olena, Wie.client(), Wie.ocmw(worker))
    stap.refresh_from_db()
    told = PlanStapGegevens(
        tekst="Theorie rijbewijs leren <b>thuis</b>",
        uitvoerders=[Uitvoerder.CLIENT, Uitvoerder.OCMW],
        tegen=stap.tegen,
    )
    change_stap(stap=stap, gegevens=told, wie=Wie.ocmw(worker), at=timezone.now(), revisie=1)
    assert "1 ding is veranderd." in seen(mijn)
    page = seen(mijn, "versie")
    assert "<b>thuis</b>" not in page
    assert "thuis" in "".join(re.findall(r"<ins>(.*?)</ins>", page, re.DOTALL))
    assert "u en het OCMW" in page
    assert "Theorie rijbewijs leren</h3>" in page, "the old version stands below"
    on_step = seen(mijn, "stap", stap.pk)
    assert "Wat er veranderd is" in on_step


def test_an_agreed_version_is_kept_and_another_is_not_there(mijn, olena, propose, worker):
    propose("Naar de les")
    agree(olena, Wie.client(), Wie.ocmw(worker))
    assert "Plan 1" in seen(mijn, "documenten")
    assert "Naar de les" in seen(mijn, "oude_versie", 1)
    assert mijn.get(reverse("portaal:oude_versie", args=[2])).status_code == 404


def test_a_version_that_only_waits_is_no_document(mijn, olena, propose):
    propose("Naar de les")
    agree(olena, Wie.client())
    assert "Plan 1" not in seen(mijn, "documenten")
    assert mijn.get(reverse("portaal:oude_versie", args=[1])).status_code == 404


def test_who_helps_is_who_helps_now(mijn, olena, worker, bestuur):
    assert "Mieke helpt u." in seen(mijn)
    assert 'href="tel:016211400"' in seen(mijn)
    olena.toewijzingen.update(tot=timezone.localdate() - timedelta(days=1))
    assert "helpt u." not in seen(mijn)
    gone = make_gebruiker(bestuur, voornaam="Griet", tot=timezone.localdate() - timedelta(days=1))
    make_toewijzing(olena, gone, van=timezone.localdate())
    assert "Griet" not in seen(mijn)


def test_every_page_is_kept_out_of_every_cache(mijn, propose):
    propose()
    for name in ("start", "versie", "akkoord", "afspraken", "logboek", "inzage", "gegevens"):
        assert "no-store" in mijn.get(reverse(f"portaal:{name}"))["Cache-Control"], name


def test_a_notice_is_one_of_ours(mijn):
    assert "notice-done" not in mijn.get("/mijn/?ok=<b>").content.decode()


def weight(browser) -> float:
    """Return the kilobytes of the first view: page, sheet and letters, as they travel."""
    page = browser.get("/mijn/").content
    html = page.decode()
    assert "<script" not in html
    sheets = re.findall(r'<link rel="stylesheet" href="[^"]*?(css/\w+)[.\w]*\.css"', html)
    total = len(gzip.compress(page))
    for sheet in sheets:
        with open(finders.find(f"{sheet}.css"), "rb") as file:
            css = file.read()
        total += len(gzip.compress(css))
        latin = re.findall(r"fonts/([\w/-]+latin-(?:400|700)-normal\.woff2)", css.decode())
        for font in latin:
            with open(finders.find(f"fonts/{font}"), "rb") as file:
                total += len(file.read())
    assert sheets == ["css/portaal"]
    return total / 1024


@pytest.mark.parametrize("steps", [5, 200])
def test_the_first_view_is_light_and_asks_little(mijn, olena, propose, agreed, steps):
    for number in range(5):
        agreed(f"Stap {number}")
    first = Stap.objects.order_by("pk").first()
    rows = []
    for number in range(steps - 5):
        row = Stap.objects.get(pk=first.pk)
        row.pk, row.sleutel = None, ""
        row.tekst = f"Nummer {number}: naar het {number * 7919 % 1000}e huis in de straat gaan"
        rows.append(row)
    Stap.objects.bulk_create(rows)
    mijn.get("/mijn/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = mijn.get("/mijn/").content.decode()
    assert page.count("<h3") == steps
    assert 0 < len(rows_asked(asked)) <= QUERIES, rows_asked(asked)
    kilobytes = weight(mijn)
    assert kilobytes < KILOBYTES, kilobytes
