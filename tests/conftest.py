"""The strict harness: own databases, no network, undefined template variables fail."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client, TransactionTestCase
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from kern.db.scope import ACTOR, scope, set_local
from kern.talen import compile_all
from tests.database import drop_database, empty_tables, make_database
from tests.factories.toegang import make_bestuur, make_gebruiker
from toegang.enums import Rol
from toegang.models import Bestuur, Gebruiker

# A busy machine is no reason to fail a property.
settings.register_profile("suite", deadline=None, database=None)
settings.load_profile("suite")
# Before anything is translated: a catalogue is read once.
compile_all()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give this process a migrated database of its own."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "gw")
    with django_db_blocker.unblock():
        name = make_database(worker)
        yield
        drop_database(name)


def _empty_after_test(self: TransactionTestCase) -> None:
    empty_tables()


# Django would flush as the application role, which may not truncate.
TransactionTestCase._fixture_teardown = _empty_after_test  # type: ignore[method-assign]


@pytest.fixture
def bestuur(db: None) -> Iterator[Bestuur]:
    """OCMW Herent; the test itself stands in its scope."""
    herent = make_bestuur()
    with scope(bestuur_id=herent.pk, actor_id=None):
        yield herent


@pytest.fixture
def buur(bestuur: Bestuur) -> Bestuur:
    """A neighbouring OCMW; enter `scope(bestuur_id=buur.pk, …)` to make rows there."""
    return make_bestuur("OCMW Kortenberg", "24055")


@pytest.fixture
def worker(bestuur: Bestuur) -> Gebruiker:
    """A maatschappelijk werker of OCMW Herent, acting in the scope."""
    gebruiker = make_gebruiker(bestuur, gebruikersnaam="mw1", voornaam="Mieke")
    set_local({ACTOR: str(gebruiker.pk)})
    return gebruiker


@pytest.fixture
def lead(bestuur: Bestuur) -> Gebruiker:
    """The leidinggevende of OCMW Herent."""
    return make_gebruiker(bestuur, Rol.LEIDINGGEVENDE, gebruikersnaam="lead1")


@pytest.fixture
def stranger(buur: Bestuur) -> Gebruiker:
    """A leidinggevende of the neighbouring OCMW: may everything, but not here."""
    return make_gebruiker(buur, Rol.LEIDINGGEVENDE, gebruikersnaam="vreemd1")


@pytest.fixture
def signed_in() -> Callable[[Gebruiker], Client]:
    """Return a function that gives a test client signed in as somebody."""

    def sign_in(gebruiker: Gebruiker) -> Client:
        browser = Client()
        browser.force_login(gebruiker)
        return browser

    return sign_in


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    """Begin each test with the brakes against guessing at nought."""
    cache.clear()
