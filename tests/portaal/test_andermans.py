"""Walking over numbers: whatever is another client's does not exist here."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from clienten.models import Client
from kern.db.scope import scope
from portaal.urls import urlpatterns
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from trajecten.commands.agendapunten import add_agendapunt
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    agree_plan,
    propose_doel,
    propose_stap,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AfspraakSoort, Uitvoerder
from trajecten.models import Afspraak, Gpmi
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
# Every address of hers with a number in it, and whose number that is.
NUMBERED = {
    pattern.name: str(pattern.pattern)
    for pattern in urlpatterns
    if str(pattern.pattern).startswith("mijn/") and "<int:" in str(pattern.pattern)
}


def everything_of(client: Client, worker) -> dict[str, int]:
    """Give a client one of each thing that a page of hers shows; return their numbers."""
    now = timezone.now()
    told = {"client": client, "wie": Wie.client(), "at": now}
    shared = {"tekst": "Een wens", "uitvoerders": [Uitvoerder.CLIENT]}
    doel = propose_doel(gegevens=DoelGegevens(**shared), **told)
    tegen = timezone.localdate() + timedelta(9)
    stap = propose_stap(gegevens=PlanStapGegevens(**shared, tegen=tegen), **told)
    gezien = read_plan(client).hash
    for wie in (Wie.ocmw(worker), Wie.client()):
        versie = agree_plan(client=client, wie=wie, at=now, gezien=gezien)
    afspraak = Afspraak.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        medewerker=worker,
        soort=AfspraakSoort.DRIEGESPREK,
        partner="De Kringwinkel",
        begint_at=now + timedelta(days=3),
        duur=60,
        created_at=now,
    )
    punt = add_agendapunt(afspraak=afspraak, tekst="Vervoer", wie=Wie.client(), at=now)
    gpmi = Gpmi.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        beslist_op=timezone.localdate(),
        ontwerp_op=timezone.localdate(),
    )
    return {
        "doel": doel.pk,
        "stap": stap.pk,
        "versie": versie.nummer,
        "afspra": afspraak.pk,
        "afzeggen": afspraak.pk,
        "punt": punt.pk,
        "contract": gpmi.pk,
        "oude": versie.nummer,
    }


@pytest.fixture(params=["colleague", "neighbour"])
def theirs(request, bestuur, buur, worker) -> Iterator[dict[str, int]]:
    """The things of another client, here and at the neighbour."""
    where = bestuur if request.param == "colleague" else buur
    with scope(bestuur_id=where.pk, actor_id=None):
        helper = worker if where == bestuur else make_gebruiker(buur, gebruikersnaam="buurvrouw")
        other = make_client(where, familienaam="Ander", voornaam="Ann")
        make_toewijzing(other, helper)
        found = everything_of(other, helper)
        before = fingerprint()
    yield found
    with scope(bestuur_id=where.pk, actor_id=None):
        assert fingerprint() == before, "nothing of hers moved"


def fingerprint() -> list[str]:
    tables = ("doel", "stap", "reactie", "planversie", "akkoord", "afspraak", "agendapunt", "gpmi")
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            rows = "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM trajecten_{} t"
            cursor.execute(rows.format(table))
            found.append(cursor.fetchone()[0])
    return found


def test_no_number_of_another_opens_or_changes_anything(mijn, theirs):
    typed = {"revisie": "1", "tekst": "Van mij nu", "snel": "anders", "wie": "client"}
    assert len(NUMBERED) > 20
    for name in sorted(NUMBERED):
        number = next(pk for begin, pk in theirs.items() if name.startswith(begin))
        url = reverse(f"portaal:{name}", args=[number])
        for send in (mijn.get, lambda url: mijn.post(url, typed)):
            assert send(url).status_code in {404, 405}, (name, send)
