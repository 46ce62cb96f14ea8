"""The permission matrix: every address × every role, from the URLconf itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.clienten import make_client, make_statuut, make_toewijzing
from tests.factories.drempels import make_blokkering, make_drempel, make_planstap
from tests.factories.portaal import inside
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_stap, make_traject
from toegang.access import CLIENT, PUBLIC, SIGNED_IN
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from toegang.permissions import ROLES, Permission


def all_views(patterns: list[Any], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from all_views(entry.url_patterns, inner)
        else:
            yield f"{namespace}{entry.name}", entry


VIEWS = dict(all_views(get_resolver().url_patterns))
# Pages of a client: no role opens them, only her own stay does.
PORTAL = {
    name
    for name, view in VIEWS.items()
    if getattr(view.callback, "required_permission", None) == CLIENT
}
OURS = {name: view for name, view in VIEWS.items() if ":" in name and name not in PORTAL}


def permission_of(name: str) -> Any:
    return getattr(VIEWS[name].callback, "required_permission", None)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_states_what_it_needs(name):
    assert permission_of(name) in {*Permission, PUBLIC, SIGNED_IN, CLIENT}, name


def test_what_is_public_is_a_short_list():
    public = {name for name in VIEWS if permission_of(name) == PUBLIC}
    assert public == {
        "account_inactive",
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "gezondheid",
        "levend",
        "portaal:code",
        "portaal:gevraagd",
        "portaal:kwijt",
        "portaal:link",
        "portaal:taal",
        "portaal:uit",
        "portaal:weg",
        "trajecten:feed",
    }


@pytest.mark.parametrize("name", sorted(name for name in VIEWS if permission_of(name) != PUBLIC))
@pytest.mark.django_db
def test_a_visitor_is_sent_to_the_door(client, bestuur, name):
    response = client.get(address(name, 1))
    assert response.status_code in {302, 405}
    if response.status_code == 302:
        door = reverse("portaal:code") if name in PORTAL else "/account/aanmelden/"
        assert door in response["Location"]


# The start page sends everybody whose day it is not to a page of her own.
START = {"caseload:vandaag"}
# What stands in an address beside numbers.
WORDS = {
    "tekstsoort": "logboek",
    "code": "twe.max_maanden",
    "lijst": "clienten",
    "vorm": "csv",
    "blok": "plan_slot",
    "taal": "nl",
    "token": "2B-" + "x" * 32,
}


def parameters(name: str) -> list[str]:
    """Return the names of what an address asks; its own and of what it hangs under."""
    pattern = VIEWS[name].pattern
    return (
        [*pattern.converters, *pattern.regex.groupindex]
        if pattern.converters == {}
        else [*pattern.converters]
    )


def address(name: str, number: int) -> str:
    asked = {key: WORDS.get(key, number) for key in parameters(name)}
    return reverse(name, kwargs=asked)


def takes_a_number(name: str) -> bool:
    return any(key not in WORDS for key in parameters(name))


@pytest.fixture
def there(bestuur):
    """A number that exists in this bestuur for every kind of object with a small id."""
    client = make_client(bestuur)
    make_statuut(client)
    traject = make_traject(client)
    make_stap(traject)
    make_blokkering(make_planstap(client), make_drempel(client))
    return client


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.django_db
def test_a_role_reaches_exactly_what_its_permissions_say(bestuur, there, signed_in, rol):
    """GET with a real client's number: a refusal is 403 before anything is looked up."""
    person = make_gebruiker(bestuur, rol)
    make_toewijzing(there, person) if rol in {
        Rol.MAATSCHAPPELIJK_WERKER,
        Rol.TRAJECTBEGELEIDER,
    } else None
    browser = signed_in(person)
    wrong = []
    for name in sorted(OURS):
        needed = permission_of(name)
        status = browser.get(address(name, there.pk)).status_code
        allowed = needed in {PUBLIC, SIGNED_IN} or needed in ROLES[rol]
        # 405: only POST; then the refusal is tested by POST below.
        if status == 405:
            status = browser.post(address(name, there.pk)).status_code if not allowed else 200
        if status == 404 and name == "portaal:link":
            continue  # A made-up token opens for nobody, whatever the role.
        refused = status == 403 or (name in START and status == 302)
        if refused == allowed or status >= 500:
            wrong.append((name, status))
    assert wrong == []


@pytest.mark.django_db
def test_a_number_of_another_bestuur_does_not_exist(bestuur, there, signed_in, stranger):
    """Every address that takes a number, by somebody who may everything, elsewhere."""
    browser = signed_in(stranger)
    before = Gebeurtenis.objects.count()
    wrong = []
    for name in sorted(OURS):
        if not takes_a_number(name) or permission_of(name) not in ROLES[Rol.LEIDINGGEVENDE]:
            continue
        for method in (browser.get, browser.post):
            response = method(address(name, there.pk))
            # Whoever may open files is sent on, whatever the number; the file then answers 404.
            sent_on = name == "caseload:balie" and response.status_code == 302
            if response.status_code not in {404, 405} and not sent_on:
                wrong.append((name, method.__name__, response.status_code))
    assert wrong == []
    assert Gebeurtenis.objects.count() == before


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.django_db
def test_no_role_opens_a_page_of_a_client(bestuur, there, signed_in, rol):
    """A worker in the same browser is nobody there: only the client's own stay counts."""
    browser = signed_in(make_gebruiker(bestuur, rol))
    for name in sorted(PORTAL):
        for method in (browser.get, browser.post):
            response = method(address(name, there.pk))
            assert response.status_code in {302, 405}, name
            if response.status_code == 302:
                assert response["Location"] == reverse("portaal:code"), name


@pytest.mark.django_db
def test_a_client_opens_no_page_of_the_house(bestuur, there):
    """Her cookie belongs to the portal: at every other address she is a visitor."""
    browser = inside(there)
    for name in sorted(OURS):
        if permission_of(name) == PUBLIC:
            continue
        response = browser.get(address(name, there.pk))
        assert response.status_code in {302, 405}, name
        if response.status_code == 302:
            assert "/account/aanmelden/" in response["Location"], name


@pytest.mark.django_db
def test_a_number_of_another_client_does_not_exist_in_the_portal(bestuur, there):
    """Every page of a client that takes a number, by somebody else of the same bestuur."""
    browser = inside(make_client(bestuur))
    wrong = []
    for name in sorted(PORTAL):
        if not takes_a_number(name):
            continue
        for method in (browser.get, browser.post):
            response = method(address(name, there.pk))
            if response.status_code not in {404, 405}:
                wrong.append((name, method.__name__, response.status_code))
    assert wrong == []
