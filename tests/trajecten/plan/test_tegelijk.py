"""Two people at once: one plan, one answer, one agreement."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.toegang import make_bestuur, make_gebruiker
from tests.trajecten.plan.conftest import AT
from toegang.scope import in_bestuur
from trajecten.commands.plan import PlanStapGegevens, agree_plan, propose_stap, react
from trajecten.commands.wie import Wie
from trajecten.enums import PlanStatus, ReactieSoort, Uitvoerder
from trajecten.models import Akkoord, Planversie, Reactie, Stap, Stappenplan
from trajecten.queries.plan import read_plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
TOLD = PlanStapGegevens(tekst="Cv maken", uitvoerders=[Uitvoerder.CLIENT], tegen=date(2026, 12, 9))


def at_once(bestuur_id: int, acts: list[Callable[[], object]]) -> list[str]:
    """Do the acts at the same moment, each on a connection of its own; return the refusals."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            gate.wait(timeout=20)
            with in_bestuur(bestuur_id):
                act()
        except DomainError as refusal:
            return str(refusal)
        finally:
            connections["default"].close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [text for text in pool.map(run, acts) if text]


@pytest.fixture
def scene():
    """A client, two workers and one proposed step, really stored."""
    bestuur = make_bestuur()
    with in_bestuur(bestuur.pk):
        workers = [make_gebruiker(bestuur, gebruikersnaam=f"mw{n}") for n in (1, 2)]
        client = make_client(bestuur, familienaam="Kovalenko")
        stap = propose_stap(client=client, gegevens=TOLD, wie=Wie.ocmw(workers[0]), at=AT)
        gezien = read_plan(client).hash
    return bestuur, client, workers, stap, gezien


def test_two_workers_agree_at_once_and_one_counts(scene):
    bestuur, client, workers, _, gezien = scene
    refused = at_once(
        bestuur.pk,
        [
            lambda w=w: agree_plan(client=client, wie=Wie.ocmw(w), at=AT, gezien=gezien)
            for w in workers
        ],
    )
    assert len(refused) == 1
    assert "al akkoord namens het OCMW" in refused[0]
    with in_bestuur(bestuur.pk):
        assert (Planversie.objects.count(), Akkoord.objects.count()) == (1, 1)


def test_both_sides_agree_at_once_and_it_is_in_force(scene):
    bestuur, client, workers, stap, gezien = scene
    voices = [Wie.ocmw(workers[0]), Wie.client()]
    refused = at_once(
        bestuur.pk,
        [lambda v=v: agree_plan(client=client, wie=v, at=AT, gezien=gezien) for v in voices],
    )
    assert refused == []
    with in_bestuur(bestuur.pk):
        assert Planversie.objects.in_force().count() == 1
        assert Stap.objects.get(pk=stap.pk).status == PlanStatus.AFGESPROKEN


def test_agreeing_and_disagreeing_at_once_leave_one_last_word(scene):
    bestuur, _, _, stap, _ = scene
    acts = [
        lambda: react(item=stap, soort=ReactieSoort.AKKOORD, wie=Wie.client(), at=AT, revisie=1),
        lambda: react(
            item=stap,
            soort=ReactieSoort.ANDER_TEMPO,
            wie=Wie.client(),
            at=AT,
            revisie=1,
            dag=date(2027, 1, 15),
        ),
    ]
    at_once(bestuur.pk, acts)
    with in_bestuur(bestuur.pk):
        row = Stap.objects.get(pk=stap.pk)
        last = Reactie.objects.order_by("pk").last()
        agreed = last.soort == ReactieSoort.AKKOORD
        assert row.status == (PlanStatus.AFGESPROKEN if agreed else PlanStatus.VOORGESTELD)


def test_the_first_proposal_from_two_screens_makes_one_plan_and_one_step():
    bestuur = make_bestuur()
    with in_bestuur(bestuur.pk):
        client = make_client(bestuur, familienaam="Kovalenko")
    refused = at_once(
        bestuur.pk,
        [
            lambda: propose_stap(
                client=client, gegevens=TOLD, wie=Wie.client(), at=AT, sleutel="formulier-1"
            )
        ]
        * 4,
    )
    assert refused == []
    with in_bestuur(bestuur.pk):
        assert (Stappenplan.objects.count(), Stap.objects.count()) == (1, 1)
