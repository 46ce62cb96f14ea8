"""`manage.py termijn` and `controleer_termijnen`: answers, refusals, agreement."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connections

from kern.belgian_dates import BRUSSELS
from tests.database import app_url, owner_url
from tests.factories.clienten import make_client
from tests.factories.toegang import make_bestuur
from tests.factories.trajecten import make_traject
from trajecten.models import Traject

pytestmark = pytest.mark.django_db
UNIE = ("--beleid", "extend_by_union_days")
ROOT = Path(__file__).resolve().parents[2]


def ask(capsys, *args):
    call_command("termijn", *args, "--json")
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("args", "verwacht"),
    [
        pytest.param(["twe", "--start", "2026-03-02"], "2028-03-01", id="A twe"),
        pytest.param(["TWE", "--start", "2/3/2026"], "2028-03-01", id="Belgian spelling"),
        pytest.param(["twe", "--start", "2 maart 2026"], "2028-03-01", id="in words"),
        pytest.param(
            ["twe", "--start", "2026-03-02", "--schorsing", "2026-07-01:2026-09-30"],
            "2028-03-01",
            id="hard cap",
        ),
        pytest.param(
            ["twe", "--start", "2026-03-02", "--schorsing", "1/7/2026:30/9/2026", *UNIE],
            "2028-06-01",
            id="union of days",
        ),
        pytest.param(
            [
                *["twe", "--start", "2026-03-02", *UNIE],
                *["--schorsing", "2026-07-01:2026-07-10", "--schorsing", "2026-07-05:2026-07-15"],
            ],
            "2028-03-16",
            id="overlapping suspensions count once",
        ),
        pytest.param(
            ["twe", "--start", "2026-03-02", "--verlenging", "2028-06-30"],
            "2028-06-30",
            id="extension",
        ),
        pytest.param(["wijkwerken", "--start", "2024-02-29"], "2025-02-28", id="leap day"),
        pytest.param(["activeringstraject", "--start", "2026-02-02"], "2027-08-01", id="18 months"),
        pytest.param(["ama_welzijn", "--start", "2026-09-01"], "2027-08-31", id="review"),
        pytest.param(["ama_se", "--start", "2026-09-01"], "2027-08-31", id="review in SE"),
    ],
)
def test_the_answer_is_a_day_with_its_sum(capsys, args, verwacht):
    answer = ask(capsys, *args)
    assert set(answer) == {"uiterste_dag", "uitleg", "regels"}
    assert answer["uiterste_dag"] == verwacht
    assert answer["uitleg"][-1]["dag"] == verwacht
    assert all(regel["bron"] for regel in answer["regels"])


@pytest.mark.parametrize(
    ("args", "zin"),
    [
        pytest.param(["twe", "--start", "2026-02-30"], "bestaat niet", id="no such day"),
        pytest.param(["twe", "--start", "31/4/2026"], "bestaat niet", id="no such day, Belgian"),
        pytest.param(["twe"], "Geef de start", id="no start"),
        pytest.param(["twe", "--start", "straks"], "herkennen geen datum", id="no date"),
        pytest.param(["piet", "--start", "2026-03-02"], "bestaat niet", id="unknown"),
        pytest.param(["lde", "--start", "2026-03-02"], "gesloten", id="closed"),
        pytest.param(
            ["twe", "--start", "2026-03-02", "--schorsing", "2026-09-30:2026-07-01"],
            "vóór de eerste dag",
            id="end before start",
        ),
        pytest.param(
            ["twe", "--start", "2026-03-02", "--schorsing", "2026-09-30"], "VAN:TOT", id="half"
        ),
        pytest.param(
            ["twe", "--start", "2026-03-02", "--verlenging", "2025-01-01"],
            "vóór de start",
            id="extension before start",
        ),
        pytest.param(
            ["twe", "--start", "2026-03-02", "--beleid", "soepel"], "kies hard_cap", id="policy"
        ),
        pytest.param(
            ["twe", "--start", "2026-03-02", "--bestuur", "99999"], "NIS-code", id="bestuur"
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(capsys, args, zin):
    with pytest.raises(SystemExit) as stopped:
        call_command("termijn", *args)
    out, err = capsys.readouterr()
    assert (stopped.value.code, out) == (2, "")
    assert zin in err
    assert err.count("\n") == 1


def test_an_open_suspension_says_at_the_earliest(capsys):
    call_command(
        *["termijn", "twe", "--start", "2026-03-02", "--schorsing", "2026-11-01:"],
        *["--beleid", "extend_by_union_days", "--op", "2026-11-22"],
    )
    told = capsys.readouterr().out
    assert "Uiterste dag: ten vroegste 23/03/2028" in told
    assert "Let op: Ten vroegste" in told


def test_the_rules_of_a_bestuur_can_be_asked(capsys, bestuur):
    assert ask(capsys, "twe", "--start", "2026-03-02", "--bestuur", bestuur.nis)["regels"]


@pytest.mark.django_db(transaction=True)
def test_the_real_process_answers_and_refuses():
    make_bestuur()  # a database without any would be filled with the demo first
    name = str(connections["default"].settings_dict["NAME"])
    env = {**os.environ, "DATABASE_URL": app_url(name), "DATABASE_OWNER_URL": owner_url(name)}
    base = [sys.executable, "manage.py", "termijn", "twe", "--json", "--start"]
    run = {"cwd": ROOT, "env": env, "capture_output": True, "text": True, "timeout": 120}
    good = subprocess.run([*base, "2026-03-02"], check=False, **run)
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["uiterste_dag"] == "2028-03-01"
    bad = subprocess.run([*base, "2026-02-30"], check=False, **run)
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "bestaat niet" in bad.stderr
    assert bad.stderr.count("\n") == 1


@time_machine.travel(datetime(2026, 11, 22, 10, tzinfo=BRUSSELS), tick=False)
def test_stored_and_rebuilt_days_are_compared_and_mended(capsys, bestuur):
    client = make_client(bestuur)
    wrong = make_traject(client, uiterste_dag=date(2027, 1, 1))
    review = make_traject(client, "ama_welzijn", begindatum=date(2026, 9, 1))
    with pytest.raises(SystemExit) as stopped:
        call_command("controleer_termijnen", "--json")
    found = json.loads(capsys.readouterr().out)
    assert stopped.value.code == 1
    assert [item["traject"] for item in found["verschillen"]] == [wrong.pk, review.pk]
    assert Traject.objects.get(pk=wrong.pk).uiterste_dag == date(2027, 1, 1)

    call_command("controleer_termijnen", "--herstel")
    assert "2 verschillen, 2 hersteld" in capsys.readouterr().out
    wrong.refresh_from_db()
    review.refresh_from_db()
    assert wrong.uiterste_dag == date(2028, 3, 1)
    assert review.herziening_op == date(2027, 8, 31)

    call_command("controleer_termijnen")
    assert "kloppen" in capsys.readouterr().out
