"""The strict harness: own databases, no network, undefined template variables fail."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from tests.database import drop_database, empty_tables, make_database


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
