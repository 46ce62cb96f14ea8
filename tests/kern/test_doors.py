"""The doors of the site: signing in and out, a forgotten password, in our words."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from toegang.models import Gebruiker


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_login", "Gebruikersnaam"),
        ("account_reset_password", "Stuur mij een bericht"),
        ("account_reset_password_done", "Kijk in uw mailbox"),
        ("account_reset_password_from_key_done", "Uw wachtwoord is gewijzigd"),
    ],
)
def test_door_opens_for_a_visitor(db: None, client: Client, name: str, words: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert words in response.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_logout", "Meld mij af"),
        ("account_change_password", "Bewaar het nieuwe wachtwoord"),
    ],
)
def test_door_opens_for_a_worker(
    worker: Gebruiker, signed_in: Callable[[Gebruiker], Client], name: str, words: str
) -> None:
    response = signed_in(worker).get(reverse(name))
    assert response.status_code == 200
    assert words in response.content.decode()


def test_wrong_password_is_told_in_plain_words(worker: Gebruiker, client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": "mw1", "password": "niet-dit"})
    html = response.content.decode()
    assert "horen niet bij elkaar" in html
    assert 'value="mw1"' in html
    assert "niet-dit" not in html
    assert "_auth_user_id" not in client.session


def test_empty_sign_in_names_both_boxes(db: None, client: Client) -> None:
    html = client.post(reverse("account_login"), {}).content.decode()
    assert "Vul uw gebruikersnaam in." in html
    assert "Vul uw wachtwoord in." in html


def test_place_to_go_on_to_survives_the_door(db: None, client: Client) -> None:
    html = client.get(reverse("account_login"), {"next": "/beheer/galerij/"}).content.decode()
    assert '<input type="hidden" name="next" value="/beheer/galerij/">' in html


@pytest.mark.parametrize("known", [True, False])
def test_forgotten_password_never_tells_who_is_known(
    worker: Gebruiker, client: Client, known: bool
) -> None:
    email = worker.email if known else "niemand@example.org"
    response = client.post(reverse("account_reset_password"), {"email": email})
    assert response["Location"] == reverse("account_reset_password_done")
    assert [message.to for message in mail.outbox] == ([[email]] if known else [])


def test_mail_of_a_forgotten_password_opens_the_door(worker: Gebruiker, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": worker.email})
    (message,) = mail.outbox
    assert "Uw gebruikersnaam is mw1." in message.body
    url = next(line for line in message.body.splitlines() if "wachtwoord/nieuw/" in line)
    response = client.get(url.strip(), follow=True)
    assert "Nieuw wachtwoord kiezen" in response.content.decode()


def test_old_way_to_a_password_is_closed(db: None, client: Client) -> None:
    url = reverse("account_reset_password_from_key", args=["1", "oud-abc"])
    assert "Deze weg is afgesloten" in client.get(url).content.decode()
