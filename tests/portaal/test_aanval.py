"""Somebody with the client's phone who tries to be her."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from portaal.models import Portaallink
from portaal.rules.termijnen import MEESTE_POGINGEN, STIL
from tests.factories.clienten import make_client
from tests.factories.portaal import inside

pytestmark = pytest.mark.django_db
PAGE = "/mijn/stap/nieuw/"
NOW = timezone.make_aware(timezone.datetime(2026, 11, 23, 10, 0))


@pytest.fixture
def olena(bestuur):
    return make_client(bestuur, geboortedatum=date(1980, 5, 5), email="o@example.org")


def in_utf_7(**fields: str) -> dict:
    """A form in an encoding in which half a character can be written."""
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    return {
        "data": (parts + "--x--\r\n").encode(),
        "content_type": "multipart/form-data; boundary=x; charset=utf-7",
    }


def test_a_wrong_answer_counts_whatever_was_sent_beside_it(olena):
    """A page that breaks undoes what was written: then nobody would count the guesses."""
    with time_machine.travel(NOW, tick=False):
        browser = inside(olena, at=NOW)
    browser.raise_request_exception = False
    guess = {"wie-hervat": "1", "wie-dag": "6", "wie-maand": "5", "wie-jaar": "1981"}
    with time_machine.travel(NOW + STIL + timedelta(minutes=1), tick=False):
        for _ in range(MEESTE_POGINGEN):
            half = browser.generic("POST", PAGE, **in_utf_7(**guess, tekst="+2AA-"))
            assert half.status_code == 400
            assert browser.post(PAGE, guess | {"tekst": "x"}).status_code == 403
    assert Portaallink.objects.get().geblokkeerd_at is not None
