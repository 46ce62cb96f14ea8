"""Wijk-werkers of OCMW Herent, on a fixed day."""

from datetime import date, datetime

import pytest

from kern.belgian_dates import BRUSSELS
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.wijkwerken import make_inschrijving
from wijkwerken.models import Inschrijving

NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture
def nu() -> datetime:
    """The moment on which commands of these tests run."""
    return NU


@pytest.fixture
def olena(bestuur, worker) -> Inschrijving:
    """Olena Kovalenko, wijk-werker since 5 January 2026 and followed by the worker."""
    client = make_client(bestuur, familienaam="Kovalenko", voornaam="Olena")
    make_toewijzing(client, worker)
    return make_inschrijving(client, begindatum=date(2026, 1, 5))
