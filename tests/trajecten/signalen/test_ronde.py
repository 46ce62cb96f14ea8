"""The daily round: once a bestuur and day, by itself, by hand, and past a failure."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from kern.db.scope import scope
from kern.models import JobRun
from tests.factories.clienten import make_client
from tests.factories.trajecten import make_traject
from tests.trajecten.signalen.conftest import TODAY
from trajecten.models import Signaal, Traject
from trajecten.schedule import RoundIncomplete, refresh_all_signalen
from trajecten.signalen import ronde
from trajecten.signalen.ronde import JOB, run_round

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 22, 1, 15, tzinfo=UTC)


@pytest.fixture
def twee(bestuur, buur):
    """Two besturen with a client each who needs somebody."""
    for place in (bestuur, buur):
        with scope(bestuur_id=place.pk, actor_id=None):
            make_traject(make_client(place), begindatum=date(2025, 1, 1), uiterste_dag=TODAY)
    return [bestuur.pk, buur.pk]


def go(besturen, *, on=TODAY, **kwargs):
    return list(run_round(besturen, on=on, at=NIGHT, **kwargs))


def signals_in(bestuur) -> int:
    with scope(bestuur_id=bestuur.pk, actor_id=None):
        return Signaal.objects.count()


def test_each_bestuur_gets_its_round_with_a_note(twee, bestuur, buur):
    done = go(twee)
    assert [beurt.telling.signalen for beurt in done] == [2, 2]
    assert (signals_in(bestuur), signals_in(buur)) == (2, 2)
    notes = JobRun.objects.filter(job=JOB, dag=TODAY).order_by("pk")
    assert [(note.sleutel, note.gezien, note.gewijzigd, note.error) for note in notes] == [
        (str(bestuur.pk), 1, 2, ""),
        (str(buur.pk), 1, 2, ""),
    ]
    assert all(note.ended_at for note in notes)


def test_a_second_round_on_the_day_does_nothing(twee):
    go(twee)
    before = list(JobRun.objects.order_by("pk").values())
    assert [beurt.telling for beurt in go(twee)] == [None, None]
    assert list(JobRun.objects.order_by("pk").values()) == before
    again = go(twee, again=True)
    assert [beurt.telling.gewijzigd for beurt in again] == [0, 0]


def test_a_new_day_is_a_new_round(twee):
    go(twee)
    done = go(twee, on=TODAY + timedelta(days=1))
    assert [beurt.telling.gewijzigd for beurt in done] == [2, 2]
    assert JobRun.objects.filter(job=JOB).count() == 4


def test_a_failure_is_noted_does_not_stop_the_others_and_is_tried_again(
    twee, bestuur, buur, monkeypatch, caplog
):
    real = ronde.refresh_signalen

    def fail_first(bestuur_id, **kwargs):
        real(bestuur_id, **kwargs)
        if bestuur_id == bestuur.pk:
            raise OperationalError("gone")
        return real(bestuur_id, **kwargs)

    monkeypatch.setattr(ronde, "refresh_signalen", fail_first)
    done = go(twee)
    assert [beurt.fout for beurt in done] == ["OperationalError", ""]
    assert (signals_in(bestuur), signals_in(buur)) == (0, 2)
    note = JobRun.objects.get(sleutel=str(bestuur.pk))
    assert (note.error, note.ended_at) == ("OperationalError", None)
    monkeypatch.undo()
    assert [beurt.telling is None for beurt in go(twee)] == [False, True]
    note.refresh_from_db()
    assert note.error == ""
    assert note.ended_at is not None
    assert signals_in(bestuur) == 2


def test_the_job_reports_what_failed(twee, bestuur, buur, monkeypatch, time_machine):
    time_machine.move_to(NIGHT)

    def refuse(bestuur_id, **kwargs):
        raise ValueError("a rule with too few thresholds")

    monkeypatch.setattr(ronde, "refresh_signalen", refuse)
    with pytest.raises(RoundIncomplete, match="2 of 2"):
        refresh_all_signalen()
    monkeypatch.undo()
    refresh_all_signalen()
    assert (signals_in(bestuur), signals_in(buur)) == (2, 2)


def test_the_day_is_the_day_in_brussels(twee, time_machine):
    time_machine.move_to(datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    refresh_all_signalen()
    assert set(JobRun.objects.values_list("dag", flat=True)) == {TODAY}


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    ],
    ids=["before summer time", "after", "before winter time", "after it"],
)
def test_a_change_of_the_clock_is_one_day(twee, time_machine, moment):
    time_machine.move_to(moment)
    refresh_all_signalen()
    refresh_all_signalen()
    assert set(JobRun.objects.values_list("dag", flat=True)) == {moment.date()}
    assert JobRun.objects.count() == 2


def test_days_that_move_by_themselves_are_stored_first(twee, bestuur):
    """A stored day that the clocks no longer give is put right in the same round."""
    row = Traject.objects.get()
    row.schorsingen.create(
        bestuur=bestuur, client_id=row.client_id, van=date(2026, 11, 1), reden="ziekte"
    )
    (done, _) = go(twee)
    row.refresh_from_db()
    assert done.verschoven == 1
    assert row.uiterste_dag == date(2026, 12, 31)


class TestByHand:
    def test_json(self, twee, bestuur, capsys):
        call_command("signalen", bestuur=bestuur.nis, op=TODAY, json=True)
        answer = json.loads(capsys.readouterr().out)
        assert answer == {
            "dag": "2026-11-22",
            "besturen": [
                {
                    "bestuur": "24038",
                    "gedaan": True,
                    "fout": "",
                    "clienten": 1,
                    "signalen": 2,
                    "nieuw": 2,
                    "bijgewerkt": 0,
                    "verdwenen": 0,
                }
            ],
        }
        assert JobRun.objects.count() == 1

    def test_dutch(self, twee, capsys):
        call_command("signalen", op=TODAY)
        call_command("signalen", op=TODAY)
        call_command("signalen", op=TODAY, opnieuw=True)
        lines = capsys.readouterr().out.splitlines()
        done = "2 signalen bij 1 cliënten; {} nieuw, 0 gewijzigd, 0 verdwenen"
        assert lines[0] == "OCMW Herent: " + done.format(2)
        assert lines[2] == "OCMW Herent: al bijgewerkt"
        assert lines[5] == "OCMW Kortenberg: " + done.format(0)

    def test_an_unknown_bestuur(self, twee):
        with pytest.raises(CommandError, match="Er is geen bestuur met NIS-code 99999") as refusal:
            call_command("signalen", bestuur="99999")
        assert refusal.value.returncode == 2
        assert not JobRun.objects.exists()
