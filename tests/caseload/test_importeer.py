"""`manage.py importeer`: the operator's way in, with and without writing."""

import io
import json
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from caseload.enums import ImportStatus, RijStatus
from caseload.models import Import, Importrij
from clienten.models import Client, Statuut, Toewijzing
from kern.db.scope import scope
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from trajecten.berekening import verschillen
from trajecten.models import Signaal, Traject

DATA = Path(__file__).parent / "data"
LIJST = DATA / "caseload-voorbeeld.csv"
VERWACHT = json.loads((DATA / "caseload-voorbeeld.verwacht.json").read_text())

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("team")]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=True):
        yield


@pytest.fixture
def team(bestuur):
    make_gebruiker(bestuur, gebruikersnaam="mw1")
    make_gebruiker(bestuur, gebruikersnaam="mw2")
    make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER, gebruikersnaam="tb1")
    return bestuur


def run(*args: object) -> tuple[str, str, int]:
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("importeer", *map(str, args), stdout=out, stderr=err)
    except SystemExit as left:
        code = int(left.code or 0)
    return out.getvalue(), err.getvalue(), code


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_the_example_list_gives_exactly_what_is_expected_and_writes_nothing():
    before = counts()
    out, err, code = run(LIJST, "--bestuur", "24038", "--op", "2026-11-22", "--json")
    assert (json.loads(out), err, code) == (VERWACHT, "", 0)
    assert counts() == before


def test_applied_the_example_list_becomes_files(bestuur):
    out, err, code = run(LIJST, "--bestuur", "24038", "--op", "2026-11-22", "--toepassen", "--json")
    assert (json.loads(out), err, code) == (VERWACHT, "", 0)
    assert Client.objects.count() == 109
    stored = {
        (
            t.client.dossiernummer,
            t.instrument.code,
            t.begindatum.isoformat(),
            t.uiterste_dag.isoformat(),
        )
        for t in Traject.objects.select_related("client", "instrument")
    }
    assert stored == {tuple(item) for item in VERWACHT["uiterste_dag"]}
    assert [list(batch) for batch in verschillen(bestuur.pk, on=Import.objects.get().op)] == [[]]
    assert Statuut.objects.count() == 109
    assert Toewijzing.objects.filter(is_spilfiguur=True).count() == 109
    lijst = Import.objects.get()
    assert lijst.status == ImportStatus.KLAAR
    assert lijst.tellers["nu_gedaan_nieuw"] == 109
    assert Signaal.objects.exists()


def test_the_same_list_twice_makes_nothing_double():
    args = (LIJST, "--bestuur", "24038", "--op", "2026-11-22", "--toepassen")
    run(*args)
    before = counts()
    out, _, code = run(*args)
    assert code == 0
    assert "109 rijen stonden er al" in out
    after = counts()
    grown = {name for name in after if after[name] != before[name]}
    assert grown <= {
        "caseload_import",
        "caseload_importinhoud",
        "caseload_importrij",
        "toegang_gebeurtenis",
    }
    second = Import.objects.latest("pk")
    assert set(Importrij.objects.filter(lijst=second).values_list("status", flat=True)) == {
        RijStatus.DUBBEL,
        RijStatus.GEWEIGERD,
    }


def test_the_text_is_dutch_and_says_that_nothing_was_kept():
    out, _, code = run(LIJST, "--bestuur", "24038", "--op", "22/11/2026")
    assert code == 0
    assert "120 rijen gelezen op 22/11/2026: 109 aanvaard, 11 geweigerd." in out
    assert "rij 5: onbekende medewerker" in out
    assert "Er is niets bewaard." in out


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("--bestuur", "24038"), "Geef het bestand"),
        ((LIJST, "--bestuur", "99999"), "geen bestuur met NIS-code 99999"),
        ((LIJST,), "geen bestuur met NIS-code (leeg)"),
        (("nergens.csv", "--bestuur", "24038"), "nergens.csv is niet te openen"),
        ((DATA, "--bestuur", "24038"), "is niet te openen"),
        ((LIJST, "--bestuur", "24038", "--op", "31/11/2026"), "--op 31/11/2026"),
        ((LIJST, "--bestuur", "24038", "--door", "niemand"), "niemand mag bij OCMW Herent"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(args, reason):
    before = counts()
    out, err, code = run(*args, "--toepassen")
    assert (out, code) == ("", 2)
    assert reason in err
    assert err.count("\n") == 1
    assert counts() == before


def test_the_list_of_a_neighbour_meets_no_client_of_ours(bestuur, buur):
    args = ("--op", "2026-11-22", "--toepassen", "--json")
    run(LIJST, "--bestuur", "24038", *args)
    with scope(bestuur_id=buur.pk, actor_id=None):
        for naam, rol in (("mw1", Rol.MAATSCHAPPELIJK_WERKER), ("tb1", Rol.TRAJECTBEGELEIDER)):
            make_gebruiker(buur, rol, gebruikersnaam=f"{naam}.k")
    out, _, code = run(LIJST, "--bestuur", buur.nis, *args)
    # Their workers carry other names: every row with a worker is refused, none is "known".
    assert (code, json.loads(out)["aanvaard"]) == (0, 0)
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert Client.objects.count() == 0
