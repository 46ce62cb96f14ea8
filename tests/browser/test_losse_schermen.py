"""Small screens in Chromium: the number clients call, lost messages, what a partner says."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clienten.enums import BerichtKanaal, BerichtSoort, BerichtStatus
from clienten.models import Bericht, Client
from toegang.models import Bestuur
from toegang.scope import in_bestuur
from trajecten.enums import PlanStatus
from trajecten.models import Stap

pytestmark = pytest.mark.browser


@pytest.fixture
def herent(site: str) -> Bestuur:
    """The invented OCMW."""
    return Bestuur.objects.get(nis="24038")


def test_the_number_that_clients_call(sign_in, inspect, site: str) -> None:
    page: Page = sign_in("beheer1")
    page.goto(f"{site}/beheer/")
    inspect("beheer")
    page.get_by_role("link", name="Gegevens van het bestuur").click()
    page.get_by_label("Telefoonnummer").fill("de balie")
    page.get_by_role("button", name="Bewaar het nummer").click()
    expect(page.get_by_text("Schrijf een telefoonnummer").first).to_be_visible()
    inspect("bestuur-fout")
    page.get_by_label("Telefoonnummer").fill("016 21 00 00")
    page.get_by_role("button", name="Bewaar het nummer").click()
    expect(page.get_by_label("Telefoonnummer")).to_have_value("016 21 00 00")
    inspect("bestuur")
    page.goto(f"{site}/beheer/galerij/")
    inspect("galerij")


def test_messages_that_did_not_arrive(sign_in, inspect, site: str, herent: Bestuur) -> None:
    with in_bestuur(herent.pk):
        kinds = [
            (BerichtStatus.MISLUKT, BerichtSoort.AFSPRAAK, BerichtKanaal.SMS, "gateway_503"),
            (BerichtStatus.MISLUKT, BerichtSoort.PORTAALLINK, BerichtKanaal.SMS, "gateway_400"),
            (BerichtStatus.ONBEKEND, BerichtSoort.PLAN, BerichtKanaal.EMAIL, "mail_onzeker"),
        ]
        moment = timezone.now() - timedelta(minutes=5)
        for number, client in enumerate(Client.objects.order_by("pk")[:3]):
            status, soort, kanaal, code = kinds[number]
            Bericht.objects.create(
                bestuur=herent,
                client=client,
                soort=soort,
                kanaal=kanaal,
                status=status,
                foutcode=code,
                naar="+32470123456",
                sleutel=f"beeld-{number}",
                aangemaakt_at=moment,
                volgende_at=moment,
            )
    page: Page = sign_in("chef1")
    page.goto(site)
    page.get_by_role("link", name="3 berichten kwamen niet aan").click()
    expect(page.get_by_text("3 berichten", exact=True)).to_be_visible()
    inspect("berichten")


def test_a_partner_says_along(sign_in, inspect, site: str, herent: Bestuur) -> None:
    with in_bestuur(herent.pk):
        stap = Stap.objects.filter(status=PlanStatus.VOORGESTELD).order_by("pk").first()
        assert stap is not None
    page: Page = sign_in("chef1")
    page.goto(f"{site}/clienten/{stap.client_id}/plan/stap/{stap.pk}/van-partner/")
    page.get_by_label("Welke partner?").fill("Kringwinkel Zuid, Els")
    page.get_by_label("Niet akkoord").check()
    page.get_by_label("In eigen woorden").fill("In december is er geen plaats in de keuken.")
    inspect("partner-zegt")
    page.get_by_role("button", name="Bewaar het antwoord").click()
    expect(page.get_by_text("Kringwinkel Zuid, Els gaat niet akkoord")).to_be_visible()
    inspect("plan-met-partner")
