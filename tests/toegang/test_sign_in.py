"""The door: who gets in, who does not, and what an attacker learns from trying."""

import re

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from activering.settings import base
from tests.factories.toegang import PASSWORD, make_gebruiker
from toegang.models import Gebeurtenis, Gebruiker

pytestmark = pytest.mark.django_db

LOGIN = "/account/aanmelden/"
OWN_PAGE = "/account/wachtwoord/"
NEW = "vier-lange-woorden-hier"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, name: str, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": name, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return client.get(OWN_PAGE).status_code == 200


def test_the_right_password_opens_and_is_told_to_nobody(client, worker):
    response = sign_in(client, "mw1")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert is_in(client)
    assert not Gebeurtenis.objects.filter(tabel="toegang_gebruiker", op="U").exists()


def test_a_server_hashes_with_argon2_only():
    (hasher,) = base.PASSWORD_HASHERS
    assert hasher.endswith("Argon2PasswordHasher")


def test_argon2_is_there_and_salts(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    one, two = make_password(NEW), make_password(NEW)
    assert one.startswith("argon2$argon2id$")
    assert one != two
    assert check_password(NEW, one)
    assert not check_password("iets anders", one)


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "wachtwoord1234",
        "Welkom-2026-!!!",
        "zomerzomerzomer",
        "password1234",
        "mieke-peeters",
        "123456789012345",
    ],
)
def test_a_poor_password_is_refused(client, bestuur, password):
    person = make_gebruiker(
        bestuur, gebruikersnaam="mieke.p", voornaam="Mieke", familienaam="Peeters"
    )
    client.force_login(person)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post(OWN_PAGE, form).status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_start_password_cannot_be_kept(client, bestuur):
    person = make_gebruiker(bestuur, is_start_password=True)
    client.force_login(person)
    form = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    page = client.post(OWN_PAGE, form).content.decode()
    assert "Kies een ander wachtwoord" in page
    person.refresh_from_db()
    assert person.is_start_password


def without_tokens(html: str) -> str:
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
    return re.sub(r'value="(mw1|niemand|weg)"', "", html)


def test_unknown_name_and_wrong_password_give_the_same_answer(worker):
    known = sign_in(Client(), "mw1", "fout-wachtwoord")
    unknown = sign_in(Client(), "niemand", "fout-wachtwoord")
    assert known.status_code == unknown.status_code == 200
    assert without_tokens(known.content.decode()) == without_tokens(unknown.content.decode())


def test_an_unknown_name_costs_one_hash_like_a_known_one(worker, monkeypatch):
    hashed = []
    real = make_password
    monkeypatch.setattr(
        "django.contrib.auth.base_user.make_password",
        lambda password: hashed.append(password) or real(password),
    )
    sign_in(Client(), "niemand", "fout-wachtwoord")
    assert hashed == ["fout-wachtwoord"]


def test_an_account_that_is_switched_off_stays_out_and_says_so_only_to_its_owner(client, bestuur):
    make_gebruiker(bestuur, gebruikersnaam="weg", is_active=False)
    response = sign_in(client, "weg", "fout-wachtwoord")
    assert "horen niet bij elkaar" in response.content.decode()
    response = sign_in(client, "weg")
    assert response["Location"] == reverse("account_inactive")
    assert "afgesloten" in client.get(response["Location"]).content.decode()
    assert not is_in(client)


def test_switched_off_during_a_session_is_out_at_the_next_request(client, worker):
    client.force_login(worker)
    assert is_in(client)
    Gebruiker.objects.filter(pk=worker.pk).update(is_active=False)
    assert not is_in(client)


def wrong(name: str, **extra):
    return sign_in(Client(), name, "fout-wachtwoord", **extra)


def test_the_sixth_wrong_password_of_one_account_is_refused_from_every_address(worker):
    for number in range(5):
        assert wrong("mw1", REMOTE_ADDR=f"10.0.0.{number}").status_code == 200
    response = wrong("mw1", REMOTE_ADDR="10.0.0.99")
    assert response.status_code == 429
    html = response.content.decode()
    assert "Even wachten" in html
    assert "Nummer van dit voorval" in html
    # The right password does not open either: an attacker learns nothing by going on.
    late = Client()
    assert sign_in(late, "mw1", REMOTE_ADDR="10.0.0.99").status_code == 429
    assert not is_in(late)


def test_the_eleventh_wrong_password_of_one_address_is_refused_for_every_name(worker):
    for number in range(10):
        assert wrong(f"naam{number}").status_code == 200
    assert wrong("naam10").status_code == 429
    assert sign_in(Client(), "mw1", REMOTE_ADDR="10.9.9.9").status_code == 302


@pytest.mark.parametrize(
    "spelling", ["MW1", "Mw1", " mw1 ", "mw1"], ids=["capitals", "capital", "blanks", "plain"]
)
def test_another_spelling_starts_no_count_of_its_own(worker, spelling):
    for number in range(5):
        wrong("mw1", REMOTE_ADDR=f"10.0.1.{number}")
    assert wrong(spelling, REMOTE_ADDR="10.0.1.9").status_code == 429


def test_letters_that_the_database_folds_start_no_count_of_their_own(bestuur):
    make_gebruiker(bestuur, gebruikersnaam="lies")
    for number in range(5):
        wrong("lies", REMOTE_ADDR=f"10.0.2.{number}")
    assert wrong("lie\u017f", REMOTE_ADDR="10.0.2.9").status_code == 429


def test_another_port_in_the_host_header_starts_no_count_of_its_own(worker, settings):
    settings.ALLOWED_HOSTS = ["activering.example"]
    for number in range(5):
        wrong("mw1", REMOTE_ADDR=f"10.0.3.{number}", HTTP_HOST=f"activering.example:{number + 1}")
    assert wrong("mw1", REMOTE_ADDR="10.0.3.9", HTTP_HOST="activering.example").status_code == 429


def test_thirty_sign_ins_a_minute_is_the_most_one_address_gets(worker):
    for number in range(30):
        assert sign_in(Client(), "mw1").status_code == 302, number
    assert sign_in(Client(), "mw1").status_code == 429


def test_a_forged_forwarded_address_is_not_believed_without_a_proxy(worker):
    for number in range(10):
        wrong(f"naam{number}", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert wrong("naam10", HTTP_X_FORWARDED_FOR="203.0.113.77").status_code == 429


def test_behind_one_proxy_only_its_own_word_counts(worker, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        wrong(f"naam{number}", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, 203.0.113.5")
    assert wrong("naam10", HTTP_X_FORWARDED_FOR="192.0.2.99, 203.0.113.5").status_code == 429
    assert wrong("naam11", HTTP_X_FORWARDED_FOR="203.0.113.5, 203.0.113.6").status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "///kwaad.example",
        "/\\kwaad.example",
        "javascript:alert(1)",
        "https:kwaad.example",
        " https://kwaad.example",
    ],
)
def test_the_way_on_never_leaves_the_site(client, worker, target):
    response = client.post(f"{LOGIN}?next={target}", {"login": "mw1", "password": PASSWORD})
    assert response["Location"] == "/"
    other = Client()
    response = other.post(LOGIN, {"login": "mw1", "password": PASSWORD, "next": target})
    assert response["Location"] == "/"


def test_the_way_on_within_the_site_is_kept(client, worker):
    response = client.post(LOGIN, {"login": "mw1", "password": PASSWORD, "next": "/clienten/5/"})
    assert response["Location"] == "/clienten/5/"


@pytest.mark.parametrize("path", ["registreren/", "signup/", "email/", "../accounts/signup/"])
def test_nobody_registers_or_changes_an_address_by_herself(client, db, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_signing_in_without_a_token_of_ours_is_refused_in_our_words(worker):
    strict = Client(enforce_csrf_checks=True)
    response = sign_in(strict, "mw1")
    assert response.status_code == 403
    assert "Nummer van dit voorval" in response.content.decode()
    assert "_auth_user_id" not in strict.session


def reset_link(client: Client, person: Gebruiker) -> str:
    client.post(reverse("account_reset_password"), {"email": person.email})
    found = re.search(r"https?://[^/]+(/account/wachtwoord/nieuw/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_a_forgotten_password_is_replaced_once_and_ends_other_sessions(client, worker):
    elsewhere = Client()
    elsewhere.force_login(worker)
    link = reset_link(client, worker)
    assert "example.com" not in mail.outbox[0].subject
    page = client.get(link, follow=True)
    where = page.redirect_chain[-1][0]
    client.post(where, {"password1": NEW, "password2": NEW})
    worker.refresh_from_db()
    assert worker.check_password(NEW)
    assert not is_in(elsewhere)
    again = Client().get(link, follow=True)
    assert "Deze weg is afgesloten" in again.content.decode()


def test_the_fourth_mail_to_one_address_in_a_minute_is_not_sent(client, worker):
    for _ in range(3):
        client.post(reverse("account_reset_password"), {"email": worker.email})
    response = client.post(reverse("account_reset_password"), {"email": worker.email})
    assert response.status_code == 429
    assert len(mail.outbox) == 3


def test_a_reset_link_lives_two_hours():
    assert django_settings.PASSWORD_RESET_TIMEOUT == 2 * 60 * 60


def test_no_reset_for_an_account_that_is_switched_off(client, bestuur):
    person = make_gebruiker(bestuur, is_active=False)
    response = client.post(reverse("account_reset_password"), {"email": person.email})
    assert response["Location"] == reverse("account_reset_password_done")
    assert all("wachtwoord/nieuw/" not in message.body for message in mail.outbox)
