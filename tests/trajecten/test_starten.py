"""Starting, correcting and taking back a traject: by effect and by refusal."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kern.belgian_dates import BRUSSELS
from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.trajecten import make_traject
from toegang.models import Gebeurtenis
from trajecten.commands import (
    ChangedMeanwhile,
    TrajectGegevens,
    add_schorsing,
    correct_traject,
    start_traject,
    withdraw_start,
)
from trajecten.enums import SchorsingReden
from trajecten.models import Instrument, Traject
from trajecten.queries import laatste_wijziging

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)


def start(client, worker, code="twe", begindatum=date(2026, 3, 2), *, reden="", **facts):
    return start_traject(
        client=client,
        instrument=Instrument.objects.get(code=code),
        gegevens=TrajectGegevens(begindatum=begindatum, **facts),
        by=worker,
        at=NU,
        reden=reden,
    )


def test_a_start_stores_the_last_legal_day_and_tells_the_trail(bestuur, worker):
    client = make_client(bestuur)
    traject = start(client, worker)
    traject.refresh_from_db()
    assert (traject.uiterste_dag, traject.groep) == (date(2028, 3, 1), "twe")
    told = Gebeurtenis.objects.filter(tabel="trajecten_traject").order_by("pk").first()
    assert (told.op, told.handeling, told.actor_id) == (
        "I",
        "startte Tijdelijke werkervaring (TWE) op 02/03/2026",
        worker.pk,
    )


def test_a_review_is_stored_apart_from_a_limit(bestuur, worker):
    traject = start(make_client(bestuur), worker, "ama_welzijn", date(2026, 9, 1))
    assert (traject.uiterste_dag, traject.herziening_op) == (None, date(2027, 8, 31))


@pytest.mark.parametrize(
    ("code", "begindatum", "facts", "zin"),
    [
        pytest.param("lde", date(2023, 7, 1), {}, "laatste startdag was 30/06/2023", id="closed"),
        pytest.param("bvs", date(2024, 1, 1), {}, "Kies Werkervaringsstage", id="successor"),
        pytest.param("ama_se", date(2021, 3, 1), {}, "bestaat pas sinds", id="not open yet"),
        pytest.param("gibo", date(2026, 3, 2), {}, "gestart", id="never startable"),
        pytest.param("twe", date(1979, 1, 1), {}, "bestaat pas sinds", id="before birth and law"),
        pytest.param("nec", date(1979, 1, 1), {}, "vóór de geboorte", id="before birth"),
        pytest.param("nec", date(2016, 1, 1), {}, "10 jaar terug", id="far past"),
        pytest.param("nec", date(2028, 1, 1), {}, "12 maanden vooruit", id="far future"),
        pytest.param(
            "ama_se",
            date(2026, 9, 1),
            {"uren_per_week": Decimal(10)},
            "Kies AMA in welzijn",
            id="too few hours",
        ),
        pytest.param(
            "twe",
            date(2026, 3, 2),
            {"geplande_einddatum": date(2028, 6, 1)},
            "Vraag een verlenging",
            id="planned end after the limit",
        ),
        pytest.param(
            "twe",
            date(2026, 3, 2),
            {"geplande_einddatum": date(2026, 1, 1)},
            "vóór de start",
            id="planned end before the start",
        ),
        pytest.param(
            "wijkwerken",
            date(2026, 3, 2),
            {"laatste_prestatie_op": date(2026, 12, 1)},
            "in de toekomst",
            id="worked in the future",
        ),
    ],
)
def test_a_start_is_refused_with_its_rule_and_changes_nothing(
    bestuur, worker, code, begindatum, facts, zin
):
    client = make_client(bestuur)
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match=zin):
        start(client, worker, code, begindatum, **facts)
    assert not Traject.objects.exists()
    assert Gebeurtenis.objects.count() == before


def test_a_reason_opens_the_far_past(bestuur, worker):
    traject = start(make_client(bestuur), worker, "nec", date(2016, 1, 1), reden="overname dossier")
    assert traject.pk


def test_groups_exclude_each_other_and_the_refusal_names_the_other(bestuur, worker):
    client = make_client(bestuur)
    lopend = start(client, worker, "ama_welzijn", date(2026, 9, 1))
    with pytest.raises(DomainError, match=r"volgt al .*sinds 01/09/2026"):
        start(client, worker, "ama_se", date(2026, 10, 1), uren_per_week=Decimal(20))
    assert Traject.objects.get() == lopend
    assert start(client, worker, "twe", date(2026, 10, 1)).pk


def test_a_corrected_start_moves_the_limit(bestuur, worker):
    traject = start(make_client(bestuur), worker)
    gegevens = TrajectGegevens(begindatum=date(2026, 4, 1))
    correct_traject(traject=traject, gegevens=gegevens, by=worker, at=NU, reden="tikfout")
    traject.refresh_from_db()
    assert (traject.begindatum, traject.uiterste_dag) == (date(2026, 4, 1), date(2028, 3, 31))


def test_a_corrected_start_may_not_pass_a_suspension(bestuur, worker):
    traject = start(make_client(bestuur), worker)
    add_schorsing(
        traject=traject,
        van=date(2026, 5, 1),
        tot=date(2026, 5, 31),
        reden=SchorsingReden.ZIEKTE,
        by=worker,
        at=NU,
    )
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match="schorsing vanaf 01/05/2026"):
        correct_traject(
            traject=traject,
            gegevens=TrajectGegevens(begindatum=date(2026, 6, 1)),
            by=worker,
            at=NU,
        )
    traject.refresh_from_db()
    assert traject.begindatum == date(2026, 3, 2)
    assert Gebeurtenis.objects.count() == before


def test_who_saves_second_reads_what_changed(bestuur, worker):
    traject = start(make_client(bestuur), worker)
    versie = laatste_wijziging(traject.client_id)
    first, second = (TrajectGegevens(begindatum=date(2026, month, 1)) for month in (4, 5))
    correct_traject(traject=traject, gegevens=first, by=worker, at=NU, versie=versie)
    with pytest.raises(ChangedMeanwhile, match=r"Mieke Peeters .* verbeterde de gegevens"):
        correct_traject(traject=traject, gegevens=second, by=worker, at=NU, versie=versie)
    traject.refresh_from_db()
    assert traject.begindatum == date(2026, 4, 1)


def test_a_start_of_today_can_be_taken_back(bestuur, worker):
    traject = make_traject(make_client(bestuur))
    withdraw_start(traject=traject, by=worker, at=traject.created_at)
    assert not Traject.objects.exists()


def test_an_older_start_is_not_taken_back(bestuur, worker):
    traject = make_traject(make_client(bestuur))
    with pytest.raises(DomainError, match="niet vandaag ingevoerd"):
        withdraw_start(traject=traject, by=worker, at=datetime(2030, 1, 1, tzinfo=BRUSSELS))
    assert Traject.objects.exists()
