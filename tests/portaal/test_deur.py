"""The door behind a link: who comes in, who does not, and what opening changes."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from portaal.enums import GebruikSoort
from portaal.http import cookie_name
from portaal.models import Portaalgebruik, Portaalsessie
from tests.factories.clienten import make_client
from tests.factories.portaal import inside, make_link

pytestmark = pytest.mark.django_db

BORN = {"wie-dag": "5", "wie-maand": "5", "wie-jaar": "1980"}
WRONG = {"wie-dag": "6", "wie-maand": "5", "wie-jaar": "1980"}


def used(link) -> list[str]:
    return list(
        Portaalgebruik.objects.filter(link=link).order_by("pk").values_list("soort", flat=True)
    )


def test_a_link_and_a_birth_date_let_the_client_in(bestuur):
    olena = make_client(bestuur, geboortedatum=date(1980, 5, 5))
    link, token, _ = make_link(olena)
    browser = Browser()
    door = browser.get(reverse("portaal:link", args=[token]))
    assert door.status_code == 200
    assert "Olena" not in door.content.decode()
    entered = browser.post(reverse("portaal:link", args=[token]), BORN)
    assert (entered.status_code, entered["Location"]) == (303, "/mijn/")
    assert "Dag Olena" in browser.get("/mijn/").content.decode()
    assert used(link) == [GebruikSoort.GEOPEND, GebruikSoort.BINNEN]
    link.refresh_from_db()
    assert link.laatst_gebruikt_at is not None


def test_without_a_stay_every_page_leads_to_the_door(bestuur):
    answer = Browser().get("/mijn/")
    assert (answer.status_code, answer["Location"]) == (302, reverse("portaal:code"))


def test_leaving_ends_the_stay_and_tells_the_browser_to_forget(bestuur):
    olena = make_client(bestuur)
    browser = inside(olena)
    left = browser.post(reverse("portaal:uit"))
    assert (left.status_code, left["Location"]) == (303, reverse("portaal:weg"))
    assert left["Clear-Site-Data"] == '"cache"'
    assert left.cookies[cookie_name()]["max-age"] == 0
    assert Portaalsessie.objects.get().geeindigd_at is not None
    assert browser.get("/mijn/").status_code == 302
