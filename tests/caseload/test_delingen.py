"""What is shared about a client: written down, ended, and by whom."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from clienten.commands import DelingGegevens, end_deling, register_deling
from clienten.enums import Deelgrond
from clienten.models import Deling
from kern.belgian_dates import BRUSSELS
from kern.db.scope import scope
from kern.errors import DomainError
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from toegang.models import Gebeurtenis, Inzage

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
TODAY = AT.date()
TOLD = DelingGegevens(
    wat="Uw naam en uw plan", met_wie="GTB Leuven", grond=Deelgrond.TOESTEMMING, van=TODAY
)


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def olena(bestuur, worker):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    return client


def to(name: str, *args) -> str:
    return reverse(f"caseload:{name}", args=args)


def test_a_worker_notes_what_she_shares(olena, worker, signed_in):
    desk = signed_in(worker)
    sent = {"wat": "Uw plan", "met_wie": "GTB", "grond": "toestemming", "van": "22/11/2026"}
    assert desk.post(to("deling_nieuw", olena.pk), sent)["Location"] == to("delingen", olena.pk)
    row = Deling.objects.get()
    assert (row.wat, row.met_wie, row.van, row.tot) == ("Uw plan", "GTB", TODAY, None)
    assert row.door == worker
    page = desk.get(to("delingen", olena.pk)).content.decode()
    assert "Toestemming van de cliënt" in page
    assert Inzage.objects.filter(client_id=olena.pk, scherm="gedeeld").exists()
    trail = Gebeurtenis.objects.filter(tabel="clienten_deling").get()
    assert trail.handeling == "noteerde dat iets gedeeld is met GTB"
    assert "wat" not in trail.nieuw, "what was shared stays out of the trail"


def test_a_sharing_is_ended_and_stays(olena, worker, signed_in):
    row = register_deling(client=olena, gegevens=TOLD, by=worker, at=AT)
    address = to("deling_einde", olena.pk, row.pk)
    early = signed_in(worker).post(address, {"tot": "21/11/2026"})
    assert "De laatste dag ligt vóór de eerste dag." in early.content.decode()
    assert signed_in(worker).post(address, {"tot": "22/11/2026"}).status_code == 302
    assert Deling.objects.get().tot == TODAY


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"wat": " "}, "Schrijf wat u deelt."),
        ({"met_wie": ""}, "Schrijf met wie"),
        ({"grond": "zomaar"}, "Kies een van de mogelijkheden"),
        ({"van": "23/11/2026"}, "noteer een deling als ze er is"),
        ({"tot": "21/11/2026"}, "vóór de eerste dag"),
    ],
)
def test_half_a_sharing_is_refused(olena, worker, signed_in, changed, words):
    sent = {"wat": "Uw plan", "met_wie": "GTB", "grond": "taak", "van": "22/11/2026", **changed}
    page = signed_in(worker).post(to("deling_nieuw", olena.pk), sent)
    assert words in page.content.decode()
    assert not Deling.objects.exists()


def test_what_ended_is_not_lengthened(olena, worker):
    row = register_deling(client=olena, gegevens=TOLD, by=worker, at=AT)
    end_deling(deling=row, tot=TODAY, by=worker, at=AT)
    with pytest.raises(DomainError, match="nieuwe deling"):
        end_deling(deling=row, tot=date(2027, 1, 1), by=worker, at=AT)
    later = datetime(2026, 12, 1, 10, 0, tzinfo=BRUSSELS)
    with pytest.raises(DomainError, match=r"liep al t\.e\.m\. 22/11/2026"):
        end_deling(deling=row, tot=date(2026, 12, 1), by=worker, at=later)
    row.refresh_from_db()
    assert row.tot == TODAY


def test_a_stranger_finds_nothing_and_the_reception_may_not_look(
    olena, worker, stranger, bestuur, buur, signed_in
):
    row = register_deling(client=olena, gegevens=TOLD, by=worker, at=AT)
    desk = make_gebruiker(bestuur, Rol.ONTHAAL)
    for name, args in (("delingen", ()), ("deling_nieuw", ()), ("deling_einde", (row.pk,))):
        address = to(name, olena.pk, *args)
        assert signed_in(stranger).get(address).status_code == 404
        assert signed_in(desk).get(address).status_code == 403
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert not Deling.objects.exists()


def test_a_sharing_of_another_client_is_not_ended_here(olena, worker, bestuur, signed_in):
    row = register_deling(client=make_client(bestuur), gegevens=TOLD, by=worker, at=AT)
    address = to("deling_einde", olena.pk, row.pk)
    assert signed_in(worker).post(address, {"tot": "22/11/2026"}).status_code == 404
