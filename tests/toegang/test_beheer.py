"""Accounts: what a beheerder may do, and what she may not do to herself or to others' people."""

import io
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from kern.db.scope import ACTOR, scope, set_local
from tests.factories.toegang import PASSWORD, make_gebruiker
from toegang.enums import Rol
from toegang.models import Aanstelling, Bestuur, Gebeurtenis, Gebruiker

pytestmark = pytest.mark.django_db

NEW = {
    "voornaam": "Amira",
    "familienaam": "Haddad",
    "gebruikersnaam": "Amira.H",
    "email": "",
    "rol": "trajectbegeleider",
    "van": "22/11/2026",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


@pytest.fixture
def beheerder(bestuur):
    person = make_gebruiker(bestuur, Rol.BEHEERDER, gebruikersnaam="beheer1")
    set_local({ACTOR: str(person.pk)})
    return person


def test_a_new_account_gets_a_start_password_that_must_be_replaced(signed_in, beheerder):
    page = signed_in(beheerder).post(reverse("toegang:gebruiker_nieuw"), NEW)
    person = Gebruiker.objects.get(gebruikersnaam="amira.h")
    assert page.context["password"] in page.content.decode()
    assert person.check_password(page.context["password"])
    home = signed_in(person).get("/")
    assert home.status_code == 302
    assert home["Location"] == reverse("account_change_password")


def test_own_password_opens_the_rest(client, beheerder, bestuur):
    person = make_gebruiker(bestuur, is_start_password=True)
    client.force_login(person)
    new = "vier-lange-woorden-hier"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), form)
    person.refresh_from_db()
    assert not person.is_start_password
    assert person.check_password(new)


def test_a_taken_name_is_refused_and_keeps_what_was_typed(signed_in, beheerder, bestuur):
    make_gebruiker(bestuur, gebruikersnaam="amira.h")
    browser = signed_in(beheerder)
    before = Gebeurtenis.objects.count()
    page = browser.post(reverse("toegang:gebruiker_nieuw"), NEW).content.decode()
    assert "Deze gebruikersnaam bestaat al." in page
    assert "Haddad" in page
    assert Gebeurtenis.objects.count() == before
    assert not Gebruiker.objects.filter(familienaam="Haddad").exists()


def test_ended_yesterday_means_no_access_now(signed_in, beheerder, worker):
    row = Aanstelling.objects.get(gebruiker=worker)
    url = reverse("toegang:aanstelling_einde", args=[row.pk])
    signed_in(beheerder).post(url, {"tot": "gisteren"})
    row.refresh_from_db()
    assert row.tot == date(2026, 11, 21)
    assert signed_in(worker).get(reverse("toegang:gebruikers")).status_code == 403


def test_nobody_changes_her_own_roles(signed_in, beheerder):
    url = reverse("toegang:aanstelling_nieuw", args=[beheerder.pk])
    page = signed_in(beheerder).post(url, {"rol": "leidinggevende", "van": "22/11/2026"})
    assert "niet zelf" in page.content.decode()
    assert Aanstelling.objects.filter(gebruiker=beheerder).count() == 1


def test_an_account_of_elsewhere_does_not_exist_here(signed_in, beheerder, stranger):
    for name in ("gebruiker", "aanstelling_nieuw"):
        url = reverse(f"toegang:{name}", args=[stranger.pk])
        assert signed_in(beheerder).get(url).status_code == 404
    row = Aanstelling.objects.get(gebruiker=stranger)
    url = reverse("toegang:aanstelling_einde", args=[row.pk])
    assert signed_in(beheerder).post(url, {"tot": "gisteren"}).status_code == 404
    row.refresh_from_db()
    assert row.tot is None


def test_a_shared_account_is_not_changed_by_one_bestuur(signed_in, beheerder, worker, buur):
    Aanstelling.objects.create(
        gebruiker=worker, bestuur=buur, rol=Rol.MAATSCHAPPELIJK_WERKER, van=date(2026, 1, 1)
    )
    before = worker.password
    signed_in(beheerder).post(reverse("toegang:wachtwoord", args=[worker.pk]))
    worker.refresh_from_db()
    assert worker.password == before


def test_switching_goes_only_where_one_works(signed_in, worker, buur):
    browser = signed_in(worker)
    browser.post(reverse("toegang:wissel"), {"bestuur": buur.pk})
    assert "bestuur_id" not in browser.session
    Aanstelling.objects.create(
        gebruiker=worker, bestuur=buur, rol=Rol.MAATSCHAPPELIJK_WERKER, van=date(2026, 1, 1)
    )
    browser.post(reverse("toegang:wissel"), {"bestuur": buur.pk})
    assert browser.session["bestuur_id"] == buur.pk


def test_the_trail_of_an_account_holds_no_password(signed_in, beheerder):
    signed_in(beheerder).post(reverse("toegang:gebruiker_nieuw"), NEW)
    row = Gebeurtenis.objects.get(tabel="toegang_gebruiker", op="I", actor=beheerder)
    assert row.handeling == "maakte een account voor Amira Haddad"
    assert "password" not in row.nieuw


def open_here(nis: str = "24086", name: str = "Nele.D") -> str:
    out = io.StringIO()
    call_command(
        "bestuur",
        nis,
        "OCMW Oud-Heverlee",
        *("--gemeente", "Oud-Heverlee", "--gebruikersnaam", name),
        *("--voornaam", "Nele", "--familienaam", "De Smet"),
        stdout=out,
    )
    return out.getvalue()


def test_a_server_begins_with_one_bestuur_and_one_beheerder(client):
    password = open_here().split()[-1]
    person = Gebruiker.objects.get(gebruikersnaam="nele.d")
    assert person.check_password(password)
    assert person.is_start_password
    row = Aanstelling.objects.get(gebruiker=person)
    assert (row.rol, row.van, row.tot) == (Rol.BEHEERDER, date(2026, 11, 22), None)
    with scope(bestuur_id=row.bestuur_id, actor_id=None):
        made = Gebeurtenis.objects.get(tabel="toegang_gebruiker")
        assert made.handeling == "opende OCMW Oud-Heverlee met Nele De Smet als eerste beheerder"
        assert "password" not in made.nieuw
    client.post("/account/aanmelden/", {"login": "nele.d", "password": password})
    assert client.get("/beheer/gebruikers/")["Location"] == reverse("account_change_password")


@pytest.mark.parametrize(
    ("nis", "name", "words"),
    [
        ("24038", "nieuw", "Dit bestuur bestaat al"),
        ("2403", "nieuw", "vijf cijfers"),
        ("24086", "MW1", "Deze gebruikersnaam bestaat al"),
    ],
)
def test_a_bestuur_that_cannot_be_opened_leaves_nothing(bestuur, worker, nis, name, words):
    with pytest.raises(CommandError, match=words):
        open_here(nis, name)
    assert list(Bestuur.objects.all()) == [bestuur]
    assert list(Gebruiker.objects.all()) == [worker]
