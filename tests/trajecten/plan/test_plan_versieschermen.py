"""Versions on the screen: put forward, agree, compare, the signed paper."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kern.belgian_dates import BRUSSELS
from tests.factories.clienten import make_client, make_toewijzing
from toegang.models import Inzage
from trajecten.commands.plan import (
    PlanStapGegevens,
    agree_plan,
    change_stap,
    finish_item,
    propose_stap,
    react,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, ReactieSoort, Stem, Uitvoerder
from trajecten.models import Akkoord, AkkoordScan, Planversie, Stap
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
PDF = b"%PDF-1.7 getekend"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def olena(bestuur, worker):
    client = make_client(bestuur, familienaam="Kovalenko", voornaam="Olena")
    make_toewijzing(client, worker)
    return client


@pytest.fixture
def mieke(worker, signed_in):
    return signed_in(worker)


@pytest.fixture
def stap(olena, worker):
    return step(olena, worker, "Theorie rijbewijs leren")


def step(client, worker, tekst, day=date(2026, 12, 15)):
    told = PlanStapGegevens(tekst=tekst, uitvoerders=[Uitvoerder.CLIENT], tegen=day)
    return propose_stap(client=client, gegevens=told, wie=Wie.ocmw(worker), at=NU)


def change(row, worker, tekst, day=date(2026, 12, 15)):
    told = PlanStapGegevens(tekst=tekst, uitvoerders=[Uitvoerder.CLIENT], tegen=day)
    revisie = Stap.objects.get(pk=row.pk).revisie
    change_stap(stap=row, gegevens=told, wie=Wie.ocmw(worker), at=NU, revisie=revisie)


def url(name, *args):
    return reverse(f"trajecten:plan_{name}", args=args)


def home(client):
    return reverse("trajecten:plan", args=[client.pk])


def text_of(response):
    return " ".join(response.content.decode().split())


def agree(mieke, client, **changed):
    data = {
        "gezien": read_plan(client).hash,
        "kanaal": "papier",
        "taal": "uk",
        "tolk": "Atlas",
        **changed,
    }
    return mieke.post(url("together", client.pk) + "?tekst=nu", data, follow=True)


def test_the_ocmw_puts_the_plan_before_the_client(olena, stap, mieke):
    page = text_of(mieke.get(url("put_forward", olena.pk)))
    assert stap.tekst in page
    response = mieke.post(
        url("put_forward", olena.pk), {"gezien": read_plan(olena).hash}, follow=True
    )
    page = text_of(response)
    assert "Versie 1 ligt voor. Olena kan nu akkoord gaan." in page
    assert "Versie 1 wacht op Olena" in page
    assert "Noteer het akkoord van Olena" in page
    versie = Planversie.objects.get()
    assert versie.van_kracht_at is None
    # Pressed twice: said once.
    response = mieke.post(url("put_forward", olena.pk), {"gezien": versie.hash}, follow=True)
    assert "al akkoord namens het OCMW" in text_of(response)
    assert Akkoord.objects.count() == 1


def test_she_agreed_on_paper_to_exactly_the_words_that_waited(olena, stap, worker, mieke):
    agree_plan(client=olena, wie=Wie.ocmw(worker), at=NU, gezien=read_plan(olena).hash)
    change(stap, worker, "Praktijk rijbewijs leren")
    page = text_of(mieke.get(url("together", olena.pk)))
    assert "Theorie rijbewijs leren" in page
    assert "Praktijk" not in page
    assert "Het plan veranderde nadat deze versie werd voorgelegd" in page
    versie = Planversie.objects.get()
    agree(mieke, olena, gezien=versie.hash)
    versie.refresh_from_db()
    assert versie.van_kracht_at is not None
    hers = Akkoord.objects.get(stem=Stem.CLIENT)
    assert (hers.kanaal, hers.taal, hers.tolk) == (AkkoordKanaal.PAPIER, "uk", "Atlas")
    page = text_of(mieke.get(home(olena)))
    assert "versie 1" in page
    assert "22/11/2026, op papier" in page
    assert "1 wijziging voorgesteld" in page
    assert "De afgesproken versie 1 blijft gelden" in page


def test_the_ocmw_reads_and_agrees_to_what_she_put_forward(olena, stap, mieke):
    agree_plan(client=olena, wie=Wie.client(), at=NU, gezien=read_plan(olena).hash)
    assert "Lees en ga akkoord" in text_of(mieke.get(home(olena)))
    page = text_of(mieke.get(url("put_forward", olena.pk)))
    assert "Ga akkoord namens het OCMW" in page
    mieke.post(url("put_forward", olena.pk), {"gezien": Planversie.objects.get().hash})
    stap.refresh_from_db()
    assert stap.status == PlanStatus.AFGESPROKEN
    assert Planversie.objects.get().van_kracht_at == NU


def test_both_agree_with_the_signed_paper(olena, stap, mieke, worker):
    paper = SimpleUploadedFile("blad.pdf", PDF, content_type="application/pdf")
    response = agree(mieke, olena, scan=paper)
    assert "Versie 1 is samen afgesproken en geldt vanaf nu." in text_of(response)
    hers = Akkoord.objects.get(stem=Stem.CLIENT)
    assert bytes(AkkoordScan.objects.get().inhoud) != PDF, "sealed"
    page = text_of(mieke.get(url("version", olena.pk, hers.planversie_id)))
    assert url("scan", olena.pk, hers.pk) in page
    assert "op papier, in het Oekraïens, tolk: Atlas" in page
    assert hers.planversie.hash[:12] in page
    assert not Inzage.objects.filter(scherm="getekend blad").exists()
    file = mieke.get(url("scan", olena.pk, hers.pk))
    assert file.content == PDF
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith("attachment")
    assert Inzage.objects.filter(scherm="getekend blad").count() == 1


@pytest.mark.parametrize("content", [b"<html>geen blad</html>", b"MZ\x90"])
def test_a_paper_that_is_none_leaves_no_agreement(olena, stap, mieke, content):
    response = agree(mieke, olena, scan=SimpleUploadedFile("blad.pdf", content))
    assert "Kies een pdf of een foto" in text_of(response)
    assert not Planversie.objects.exists()
    assert not Akkoord.objects.exists()


def test_a_paper_that_is_too_large_is_refused(olena, stap, mieke, settings):
    settings.UPLOAD_MAX_BYTES = 20
    response = agree(mieke, olena, scan=SimpleUploadedFile("blad.pdf", PDF + b"x" * 50))
    assert "Dit bestand is te groot" in text_of(response)
    assert not Planversie.objects.exists()


def test_the_paper_comes_later(olena, stap, mieke):
    agree(mieke, olena)
    hers = Akkoord.objects.get(stem=Stem.CLIENT)
    there = url("add_scan", olena.pk, hers.pk)
    assert there in text_of(mieke.get(url("version", olena.pk, hers.planversie_id)))
    assert mieke.get(url("scan", olena.pk, hers.pk)).status_code == 404
    assert mieke.get(there).status_code == 200
    assert "Kies een bestand" in text_of(mieke.post(there, {}))
    mieke.post(there, {"scan": SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\nfoto")})
    assert AkkoordScan.objects.get().soort == "image/png"
    response = mieke.post(there, {"scan": SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n2")})
    assert "zit al een blad" in text_of(response)


def test_two_who_agree_at_once_agree_once(olena, stap, mieke, worker):
    gezien = read_plan(olena).hash
    agree(mieke, olena, gezien=gezien)
    response = agree(mieke, olena, gezien=gezien)
    assert "al akkoord" in text_of(response)
    assert Akkoord.objects.count() == 2


def test_agreeing_to_words_that_changed_meanwhile_is_refused(olena, stap, worker, mieke):
    gezien = read_plan(olena).hash
    change(stap, worker, "Iets nieuws")
    response = agree(mieke, olena, gezien=gezien)
    page = text_of(response)
    assert "Het plan is intussen gewijzigd" in page
    assert "Iets nieuws" in page
    assert f'name="gezien" value="{read_plan(olena).hash}"' in page
    assert not Planversie.objects.exists()


def test_a_version_that_waits_is_withdrawn(olena, stap, worker, mieke):
    agree_plan(client=olena, wie=Wie.ocmw(worker), at=NU, gezien=read_plan(olena).hash)
    versie = Planversie.objects.get()
    response = mieke.post(url("withdraw", olena.pk, versie.pk), follow=True)
    assert "Versie 1 is ingetrokken." in text_of(response)
    versie.refresh_from_db()
    assert versie.ingetrokken_at == NU
    assert "Ingetrokken" in text_of(mieke.get(url("versions", olena.pk)))


def test_what_is_in_force_is_not_withdrawn(olena, stap, mieke):
    agree(mieke, olena)
    versie = Planversie.objects.get()
    response = mieke.post(url("withdraw", olena.pk, versie.pk), follow=True)
    assert "Deze versie is van kracht" in text_of(response)
    versie.refresh_from_db()
    assert versie.ingetrokken_at is None


def test_differences_word_by_word_and_what_is_done_apart(olena, stap, worker, mieke):
    klaar = step(olena, worker, "Cv afgeven")
    agree(mieke, olena)
    change(stap, worker, "Praktijk rijbewijs leren", day=date(2027, 2, 1))
    finish_item(item=klaar, wie=Wie.ocmw(worker), at=NU)
    step(olena, worker, "Opvang zoeken")
    page = text_of(mieke.get(url("differences", olena.pk)))
    assert "<del>" in page
    assert '[weg: </span>Theorie<span class="visually-hidden">]</span></del>' in page
    assert '[nieuw: </span>Praktijk<span class="visually-hidden">]</span></ins>' in page
    assert "nieuw: </span>Opvang zoeken</ins>" in page
    assert "2 wijzigingen" in page
    assert page.index("Intussen gedaan") < page.index("Cv afgeven")
    assert "blijft gelden tot beiden akkoord gaan" in page


def test_any_two_versions_are_compared(olena, stap, worker, mieke):
    agree(mieke, olena)
    change(stap, worker, "Praktijk rijbewijs leren")
    agree(mieke, olena)
    page = text_of(mieke.get(url("differences", olena.pk) + "?van=1&naar=2"))
    assert "Versie 1" in page
    assert "Praktijk" in page
    page = text_of(mieke.get(url("differences", olena.pk) + "?van=2&naar=nu"))
    assert "Hierin veranderde niets" in page
    assert mieke.get(url("differences", olena.pk) + "?van=9").status_code == 404
    page = text_of(mieke.get(url("versions", olena.pk)))
    assert "Vervangen" in page
    assert "Geldt nu" in page


def test_movers_are_compared_in_words(olena, stap, worker, mieke):
    agree(mieke, olena)
    told = PlanStapGegevens(
        tekst=stap.tekst, uitvoerders=[Uitvoerder.CLIENT, Uitvoerder.MEDEWERKER], tegen=stap.tegen
    )
    change_stap(stap=stap, gegevens=told, wie=Wie.ocmw(worker), at=NU, revisie=1)
    page = text_of(mieke.get(url("differences", olena.pk)))
    assert "Wie doet het" in page
    assert "Begeleider" in page
    assert "medewerker" not in page


def test_a_refused_step_stays_visible_in_the_version(olena, stap, worker, mieke):
    step(olena, worker, "Opvang zoeken")
    react(
        item=stap,
        soort=ReactieSoort.NIET_AKKOORD,
        wie=Wie.client(),
        at=NU,
        revisie=1,
        tekst="Ik durf niet.",
    )
    agree(mieke, olena)
    page = text_of(mieke.get(url("version", olena.pk, Planversie.objects.get().pk)))
    assert page.index("Nog niet afgesproken") < page.index("Ik durf niet.")
    assert Stap.objects.get(tekst="Opvang zoeken").status == PlanStatus.AFGESPROKEN


def test_without_a_version_there_is_nothing_to_compare(olena, mieke):
    response = mieke.get(url("differences", olena.pk), follow=True)
    assert "nog geen afgesproken versie" in text_of(response)
    assert "Hier komen de versies" in text_of(mieke.get(url("versions", olena.pk)))


def test_an_empty_plan_is_not_put_forward(olena, mieke):
    response = mieke.post(
        url("put_forward", olena.pk), {"gezien": read_plan(olena).hash}, follow=True
    )
    assert "Er staat nog niets in het plan" in text_of(response)
    assert not Planversie.objects.exists()


def test_papers_and_versions_of_another_client_are_not_found(bestuur, olena, worker, mieke):
    other = make_client(bestuur)
    make_toewijzing(other, worker)
    step(other, worker, "Van een ander")
    agree(mieke, other, scan=SimpleUploadedFile("blad.pdf", PDF))
    versie, hers = Planversie.objects.get(), Akkoord.objects.get(stem=Stem.CLIENT)
    for name, pk in (("version", versie.pk), ("scan", hers.pk), ("add_scan", hers.pk)):
        assert mieke.get(url(name, olena.pk, pk)).status_code == 404, name
    assert mieke.post(url("withdraw", olena.pk, versie.pk)).status_code == 404
    assert mieke.get(url("scan", other.pk, hers.pk)).status_code == 200
