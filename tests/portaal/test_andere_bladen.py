"""Appointments, shared notes, who looked, what was shared, and her own data."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clienten.commands import DelingGegevens, end_deling, register_deling
from clienten.enums import Deelgrond, Kanaal
from kern.db.scope import scope
from tests.factories.clienten import make_client
from tests.factories.portaal import inside
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_logboekitem
from toegang.enums import Grond, Rol
from toegang.models import Gebeurtenis, Inzage
from trajecten.commands.agendapunten import add_agendapunt
from trajecten.commands.wie import Wie
from trajecten.enums import AfspraakOorzaak, AfspraakSoort, AfspraakStatus, Stem, Uitvoerder
from trajecten.models import Afspraak, Agendapunt, Stap

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def seen(browser, name: str, *args, **asked) -> str:
    return browser.get(reverse(f"portaal:{name}", args=args), asked).content.decode()


@pytest.fixture
def plan_afspraak(olena, worker):
    def make(*, client=None, over=timedelta(days=3), **fields) -> Afspraak:
        whose = client or olena
        return Afspraak.objects.create(
            bestuur_id=whose.bestuur_id,
            client=whose,
            medewerker=worker,
            soort=fields.pop("soort", AfspraakSoort.GESPREK),
            begint_at=timezone.now() + over,
            duur=45,
            created_at=timezone.now(),
            **fields,
        )

    return make


def test_what_is_to_come_stands_first_and_the_note_stays_inside(mijn, plan_afspraak):
    plan_afspraak(over=timedelta(days=-9), status=AfspraakStatus.DOORGEGAAN)
    coming = plan_afspraak(notitie="GEHEIM", plaats="Spoorwegstraat 6", onderwerp=SCRIPT)
    page = seen(mijn, "afspraken")
    assert page.index(reverse("portaal:afspraak", args=[coming.pk])) < page.index("Vroegere")
    detail = seen(mijn, "afspraak", coming.pk)
    assert "Spoorwegstraat 6" in detail
    assert "<script>" not in detail
    for text in (page, detail, seen(mijn, "start")):
        assert "GEHEIM" not in text
    assert "Uw volgende afspraak" in seen(mijn, "start")


def test_she_cannot_come_and_nobody_judges(mijn, plan_afspraak):
    afspraak = plan_afspraak()
    address = reverse("portaal:afzeggen", args=[afspraak.pk])
    assert "Goed dat u het zegt." in mijn.get(address).content.decode()
    sent = mijn.post(address, {"tekst": "Mijn dochter is jarig."})
    assert sent["Location"] == "/mijn/afspraken/?ok=afgezegd"
    afspraak.refresh_from_db()
    assert afspraak.oorzaak == AfspraakOorzaak.DOOR_CLIENT
    assert afspraak.reden == "Mijn dochter is jarig."
    trail = Gebeurtenis.objects.filter(tabel="trajecten_afspraak", op="U").get()
    assert trail.handeling.startswith("de cliënt zegde de afspraak")
    assert "Deze afspraak ging niet door." in seen(mijn, "afspraak", afspraak.pk)
    assert "Ik kan niet komen" not in seen(mijn, "afspraak", afspraak.pk)


def test_what_is_past_is_not_called_off(mijn, plan_afspraak):
    gone = plan_afspraak(over=timedelta(hours=-2))
    answer = mijn.post(reverse("portaal:afzeggen", args=[gone.pk]), {"tekst": ""})
    assert answer["Location"] == reverse("portaal:afspraak", args=[gone.pk])
    gone.refresh_from_db()
    assert gone.status == AfspraakStatus.GEPLAND


def test_she_adds_to_the_agenda_first_and_takes_off_her_own_only(mijn, plan_afspraak, worker):
    talk = plan_afspraak(soort=AfspraakSoort.DRIEGESPREK, partner="GTB Leuven")
    now = timezone.now()
    theirs = add_agendapunt(afspraak=talk, tekst="De stage", wie=Wie.ocmw(worker), at=now)
    address = reverse("portaal:afspraak", args=[talk.pk])
    assert mijn.post(address, {"tekst": " "}).status_code == 200
    assert mijn.post(address, {"tekst": SCRIPT})["Location"] == f"{address}?ok=punt"
    page = mijn.get(address).content.decode()
    assert "<script>" not in page
    assert page.index("&lt;script&gt;") < page.index("De stage"), "hers stands first"
    hers = Agendapunt.objects.get(stem=Stem.CLIENT)
    mijn.post(reverse("portaal:punt_weg", args=[theirs.pk]))
    mijn.post(reverse("portaal:punt_weg", args=[hers.pk]))
    assert list(Agendapunt.objects.all()) == [theirs]


def test_a_talk_of_two_has_no_agenda(mijn, plan_afspraak):
    talk = plan_afspraak()
    answer = mijn.post(reverse("portaal:afspraak", args=[talk.pk]), {"tekst": "Iets"})
    assert answer.status_code == 200
    assert not Agendapunt.objects.exists()


def test_an_appointment_of_another_is_not_there(mijn, bestuur, buur, worker, plan_afspraak):
    here = plan_afspraak(client=make_client(bestuur), soort=AfspraakSoort.DRIEGESPREK, partner="X")
    punt = add_agendapunt(afspraak=here, tekst="Iets", wie=Wie.client(), at=timezone.now())
    with scope(bestuur_id=buur.pk, actor_id=None):
        there = plan_afspraak(client=make_client(buur))
    for row in (here, there):
        for name in ("afspraak", "afzeggen"):
            address = reverse(f"portaal:{name}", args=[row.pk])
            assert mijn.get(address).status_code == 404
            assert mijn.post(address, {"tekst": "x"}).status_code == 404
    assert mijn.post(reverse("portaal:punt_weg", args=[punt.pk])).status_code == 404
    here.refresh_from_db()
    assert here.status == AfspraakStatus.GEPLAND
    assert Agendapunt.objects.count() == 1


def test_only_what_was_shared_with_her_is_read(mijn, olena, worker, bestuur):
    make_logboekitem(olena, worker, tekst=f"Gedeeld {SCRIPT}", zichtbaar_client=True)
    make_logboekitem(olena, worker, tekst="Alleen voor ons")
    make_logboekitem(olena, worker, tekst="Voor de partner", zichtbaar_partner=True)
    other = make_client(bestuur)
    make_logboekitem(other, worker, tekst="Van een ander", zichtbaar_client=True)
    page = seen(mijn, "logboek")
    assert "Gedeeld &lt;script&gt;" in page
    for hidden in ("Alleen voor ons", "Voor de partner", "Van een ander", "<script>"):
        assert hidden not in page


def test_shared_notes_go_on_over_pages(mijn, olena, worker):
    for number in range(21):
        make_logboekitem(olena, worker, tekst=f"Nota {number}.", zichtbaar_client=True)
    assert "?blad=2" in seen(mijn, "logboek")
    assert seen(mijn, "logboek", blad=2).count("<h2 class") == 1


def look(client, user, grond, *, at: datetime | None = None, reden: str = "") -> None:
    with scope(bestuur_id=client.bestuur_id, actor_id=user.pk):
        Inzage.objects.create(
            bestuur_id=client.bestuur_id,
            client_id=client.pk,
            gebruiker=user,
            at=at or timezone.now(),
            scherm="dossier",
            grond=grond,
            reden=reden,
        )


def test_who_looked_is_told_by_function_organisation_and_ground(mijn, olena, worker, bestuur):
    for _ in range(3):
        look(olena, worker, Grond.EIGEN_CLIENT)
    other = make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER, voornaam="Jan", familienaam="Geheim")
    look(olena, other, Grond.REDEN, reden="De buurman van mevrouw belde")
    page = seen(mijn, "inzage")
    assert "Maatschappelijk werker</strong>, OCMW Herent" in page
    assert "3 keer" in page
    assert "Trajectbegeleider" in page
    assert "Deze persoon gaf een reden." in page
    for hidden in ("Geheim", "Jan", "buurman", "Peeters"):
        assert hidden not in page


def test_the_function_is_that_of_the_day_itself(mijn, olena, bestuur):
    today = timezone.localdate()
    left = make_gebruiker(bestuur, Rol.LEIDINGGEVENDE, tot=today - timedelta(days=3))
    look(olena, left, Grond.LEIDING, at=timezone.now() - timedelta(days=5))
    months = {f"{day:%Y-%m}" for day in (today, today - timedelta(days=5))}
    assert any("Leidinggevende" in seen(mijn, "inzage", maand=month) for month in months)


def test_an_inquiry_is_shown_when_it_is_over(mijn, olena, bestuur):
    dpo = make_gebruiker(bestuur, Rol.TOEZICHTHOUDER)
    look(olena, dpo, Grond.REDEN, reden="klacht")
    assert "Niemand keek tot nu." in seen(mijn, "inzage")
    long_ago = timezone.now() - timedelta(days=200)
    look(olena, dpo, Grond.REDEN, at=long_ago, reden="klacht")
    assert "Toezicht op uw privacy</strong>" in seen(mijn, "inzage")


def test_looks_of_another_client_stay_with_her(mijn, bestuur, worker):
    look(make_client(bestuur), worker, Grond.EIGEN_CLIENT)
    assert "Niemand keek tot nu." in seen(mijn, "inzage")


def test_each_month_has_its_own_page(mijn, olena, worker):
    look(olena, worker, Grond.EIGEN_CLIENT)
    look(olena, worker, Grond.EIGEN_CLIENT, at=timezone.now() - timedelta(days=70))
    page = seen(mijn, "inzage")
    before = page.split('href="?maand=')[1][:7]
    older = seen(mijn, "inzage", maand=before)
    assert f'href="?maand={timezone.localdate():%Y-%m}"' in older
    assert f'href="?maand={before}"' in seen(mijn, "inzage", maand="onzin")


def test_her_own_visit_is_no_look_of_the_office(mijn):
    seen(mijn, "gegevens")
    assert "Niemand keek tot nu." in seen(mijn, "inzage")


def test_what_was_shared_is_told_with_its_ground_and_end(mijn, olena, worker, bestuur):
    today = timezone.localdate()
    told = DelingGegevens(
        wat=f"Uw plan {SCRIPT}", met_wie="GTB Leuven", grond=Deelgrond.TOESTEMMING, van=today
    )
    row = register_deling(client=olena, gegevens=told, by=worker, at=timezone.now())
    register_deling(client=make_client(bestuur), gegevens=told, by=worker, at=timezone.now())
    page = seen(mijn, "gedeeld")
    assert page.count("Met: GTB Leuven.") == 1
    assert "U zei ja." in page
    assert "<script>" not in page
    assert "Gestopt" not in page
    type(row).objects.filter(pk=row.pk).update(van=today - timedelta(days=9))
    end_deling(deling=row, tot=today - timedelta(days=1), by=worker, at=timezone.now())
    assert "Gestopt" in seen(mijn, "gedeeld")


DATA = {"telefoon", "email", "taal", "kanaal", "contactvoorkeur"}


def profile(olena, **changed) -> dict[str, str]:
    """Return the form as the page showed it, with what she changed."""
    shown = {f"initial-{name}": getattr(olena, name) for name in DATA}
    return shown | {name: getattr(olena, name) for name in DATA} | changed


def test_she_changes_how_she_is_reached(mijn, olena):
    address = reverse("portaal:gegevens_wijzig")
    page = mijn.get(address).content.decode()
    assert 'name="initial-telefoon" value="0470 11 22 33"' in page
    sent = profile(olena, telefoon="0499 88 77 66", kanaal=Kanaal.SMS, taal="fr")
    assert mijn.post(address, sent)["Location"] == "/mijn/gegevens/?ok=gegevens"
    olena.refresh_from_db()
    assert (olena.telefoon, olena.kanaal, olena.taal) == ("0499 88 77 66", "sms", "fr")
    trail = Gebeurtenis.objects.filter(tabel="clienten_client", op="U").get()
    assert trail.handeling == "de cliënt wijzigde telefoon, taal, best bereikbaar via"
    assert trail.actor is None


def test_what_a_worker_changed_meanwhile_is_not_lost(mijn, olena):
    sent = profile(olena, telefoon="0499 88 77 66")
    olena.telefoon = "016 00 00 00"
    olena.save()
    page = mijn.post(reverse("portaal:gegevens_wijzig"), sent).content.decode()
    assert "Dit is intussen anders." in page
    assert "0499 88 77 66" in page, "her words stay"
    olena.refresh_from_db()
    assert olena.telefoon == "016 00 00 00"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"telefoon": "12"}, "te kort"),
        ({"email": "geen adres"}, "geen mailadres"),
        ({"kanaal": "email", "email": ""}, "Typ ook uw mailadres."),
        ({"kanaal": "sms", "telefoon": ""}, "Typ ook uw telefoon."),
    ],
)
def test_what_cannot_reach_her_is_asked_again(mijn, olena, changed, words):
    page = mijn.post(reverse("portaal:gegevens_wijzig"), profile(olena, **changed))
    assert words in page.content.decode()
    olena.refresh_from_db()
    assert olena.telefoon == "0470 11 22 33"


def test_her_name_and_address_are_not_hers_to_change(mijn, olena):
    sent = profile(olena, telefoon="0499 88 77 66") | {"familienaam": "X", "afgeschermd": "1"}
    mijn.post(reverse("portaal:gegevens_wijzig"), sent)
    olena.refresh_from_db()
    assert (olena.familienaam, olena.afgeschermd) == ("Kovalenko", False)


def test_what_is_wrong_becomes_a_step_of_the_ocmw_within_a_month(mijn):
    address = reverse("portaal:klopt_niet")
    page = mijn.get(address).content.decode()
    key = page.split('name="sleutel" value="')[1].split('"')[0]
    for _ in range(2):
        mijn.post(address, {"tekst": "Ik ben verhuisd.", "sleutel": key})
    stap = Stap.objects.get()
    assert stap.tekst == "Mijn gegevens verbeteren: Ik ben verhuisd."
    assert (stap.uitvoerders, stap.wacht_op) == ([Uitvoerder.OCMW], Stem.OCMW)
    assert timedelta(27) < stap.tegen - timezone.localdate() < timedelta(32)
    assert "Ik ben verhuisd." in seen(mijn, "start")


def test_a_birth_date_reads_in_her_language(olena):
    olena.geboortedatum = date(1990, 8, 24)
    olena.save()
    assert "24 août 1990" in seen(inside(olena, taal="fr"), "gegevens")


@pytest.mark.parametrize("taal", ["fr", "en", "ar"])
def test_no_dutch_is_left_on_a_page_in_another_language(olena, agreed, taal):
    agreed("…")
    mijn = inside(olena, taal=taal)
    for name in ("start", "akkoord", "afspraken", "gegevens", "inzage", "stap_nieuw"):
        page = seen(mijn, name)
        for word in ("Wat ik", "Tegen wanneer", "Andere pagina", "Ga terug", "Bewaar", "Niemand"):
            assert word not in page, (name, word)
