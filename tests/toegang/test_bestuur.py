"""The number that clients call: kept on screen by a beheerder, with a trail."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from kern.db.scope import scope
from kern.errors import DomainError
from tests.factories.toegang import make_gebruiker
from toegang.commands import change_telefoon
from toegang.enums import Rol
from toegang.models import Bestuur, Gebeurtenis

pytestmark = pytest.mark.django_db
URL = "toegang:bestuur"


@pytest.fixture
def beheerder(bestuur):
    return make_gebruiker(bestuur, Rol.BEHEERDER)


def test_a_number_typed_on_screen_is_what_clients_call(bestuur, beheerder, signed_in):
    browser = signed_in(beheerder)
    assert browser.post(reverse(URL), {"telefoon": " 016  21 00 00 "}).status_code == 302
    bestuur.refresh_from_db()
    assert bestuur.telefoon == "016 21 00 00"
    page = browser.get(reverse(URL)).content.decode()
    assert 'value="016 21 00 00"' in page
    assert "OCMW Herent" in page
    event = Gebeurtenis.objects.get(tabel="toegang_bestuur")
    assert event.handeling == "wijzigde het telefoonnummer dat cliënten zien"
    assert (event.actor_id, event.bestuur_id) == (beheerder.pk, bestuur.pk)
    assert (event.oud, event.nieuw) == ({"telefoon": ""}, {"telefoon": "016 21 00 00"})


@pytest.mark.parametrize(
    "number", ["+32 16 21 00 00", "(016) 21 00 00", "016/21.00.00", "0032 16-21 00 00", ""]
)
def test_a_number_is_kept_as_it_is_written(bestuur, beheerder, signed_in, number):
    signed_in(beheerder).post(reverse(URL), {"telefoon": number})
    bestuur.refresh_from_db()
    assert bestuur.telefoon == number


@pytest.mark.parametrize(
    "rubbish",
    ["de balie", "016", "016 21 00 00 vraag naar Els", "<script>", "+ +32", "0" * 16, "۰۱۲۳۴۵۶۷"],
)
def test_rubbish_is_refused_and_stays_in_the_box(bestuur, beheerder, signed_in, rubbish):
    Bestuur.objects.update(telefoon="016 21 00 00")
    before = Gebeurtenis.objects.count()
    page = signed_in(beheerder).post(reverse(URL), {"telefoon": rubbish})
    assert "Schrijf een telefoonnummer, zoals 016 21 00 00." in page.content.decode()
    assert page.context["form"]["telefoon"].value() == rubbish
    bestuur.refresh_from_db()
    assert bestuur.telefoon == "016 21 00 00"
    assert Gebeurtenis.objects.count() == before


def test_the_database_refuses_rubbish_too(bestuur):
    with (
        pytest.raises(IntegrityError, match="bestuur_telefoon_is_nummer"),
        transaction.atomic(),
    ):
        Bestuur.objects.filter(pk=bestuur.pk).update(telefoon="bel maar")


def test_a_beheerder_changes_her_own_bestuur_only(bestuur, beheerder, buur, signed_in):
    signed_in(beheerder).post(reverse(URL), {"telefoon": "016 21 00 00", "bestuur": buur.pk})
    buur.refresh_from_db()
    assert buur.telefoon == ""
    with pytest.raises(DomainError, match="niet voor dit bestuur"):
        change_telefoon(
            bestuur=buur, telefoon="02 111 11 11", by=beheerder, at=datetime.now(tz=UTC)
        )
    buur.refresh_from_db()
    assert buur.telefoon == ""


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.BEHEERDER])
def test_only_a_beheerder_opens_the_page(bestuur, signed_in, rol):
    browser = signed_in(make_gebruiker(bestuur, rol))
    assert browser.get(reverse(URL)).status_code == 403
    assert browser.post(reverse(URL), {"telefoon": "016 21 00 00"}).status_code == 403
    bestuur.refresh_from_db()
    assert bestuur.telefoon == ""


def test_the_page_beheer_leads_there(beheerder, signed_in):
    assert reverse(URL) in signed_in(beheerder).get(reverse("toegang:beheer")).content.decode()


def test_the_command_line_refuses_the_same_and_leaves_a_trail(bestuur):
    with pytest.raises(CommandError, match="Schrijf een telefoonnummer"):
        call_command("bestuurtelefoon", bestuur.nis, "de balie")
    call_command("bestuurtelefoon", bestuur.nis, "016 21 00 00")
    with scope(bestuur_id=bestuur.pk, actor_id=None):
        event = Gebeurtenis.objects.get(tabel="toegang_bestuur")
    assert (event.actor_id, event.nieuw) == (None, {"telefoon": "016 21 00 00"})


def test_a_bestuur_does_not_open_with_rubbish(db):
    with pytest.raises(CommandError, match="Schrijf een telefoonnummer"):
        call_command(
            *("bestuur", "24038", "OCMW Herent", "--gemeente", "Herent"),
            *("--telefoon", "de balie", "--gebruikersnaam", "nele"),
            *("--voornaam", "Nele", "--familienaam", "De Smet"),
        )
    assert not Bestuur.objects.exists()
