"""The long work: stopped, killed, resumed, taken back; in real transactions."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from caseload import schedule
from caseload.enums import ImportStatus, RijStatus
from caseload.imports import commands, uitvoering, verwerking
from caseload.imports.verwerking import work_on
from caseload.models import Import, Importinhoud, Importrij
from clienten.access import open_client
from clienten.commands import change_client, restrict_client
from clienten.models import Client, Insznummer, Statuut, Toewijzing
from kern.errors import DomainError
from tests.database import app_url
from tests.factories.clienten import make_client, make_insz
from tests.factories.toegang import make_bestuur, make_gebruiker
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from toegang.scope import in_bestuur
from trajecten.models import Signaal, Traject

KOPPEN = ["Dossiernr", "INSZ", "Naam", "Voornaam", "Geboortedatum", "Statuut", "Medewerker"]
KOPPEN += ["Traject", "Start traject"]
VELDEN = ["dossiernummer", "insz", "familienaam", "voornaam", "geboortedatum", "statuut"]
VELDEN += ["medewerker", "instrument", "startdatum"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=True):
        yield


class Office:
    """OCMW Herent with a worker who imports lists, each act in a transaction of its own."""

    def __init__(self) -> None:
        self.bestuur = make_bestuur()
        self.mw1 = make_gebruiker(self.bestuur, gebruikersnaam="mw1", voornaam="Mieke")

    @contextmanager
    def scope(self):
        with in_bestuur(self.bestuur.pk, actor_id=self.mw1.pk):
            yield

    @property
    def who(self):
        return {"by": self.mw1, "at": timezone.now()}

    def preview(self, *rows: str) -> Import:
        data = "\r\n".join([";".join(KOPPEN), *rows]).encode()
        with self.scope():
            lijst = commands.offer_import(
                bestuur=self.bestuur,
                naam="lijst.csv",
                data=data,
                op=date(2026, 11, 22),
                **self.who,
            )
            commands.choose_koppeling(
                lijst=lijst,
                koppen=KOPPEN,
                keuze=dict(enumerate(VELDEN)),
                in_background=False,
                **self.who,
            )
        return self.work(lijst)

    def start(self, lijst: Import) -> Import:
        with self.scope():
            return commands.start_import(lijst=lijst, in_background=False, **self.who)

    def work(self, lijst: Import) -> Import:
        work_on(import_id=lijst.pk, bestuur_id=self.bestuur.pk)
        return self.again(lijst)

    def again(self, lijst: Import) -> Import:
        with self.scope():
            return Import.objects.get(pk=lijst.pk)

    def take_in(self, *rows: str) -> Import:
        return self.work(self.start(self.preview(*rows)))

    def roll_back(self, lijst: Import) -> Import:
        with self.scope():
            commands.roll_back_import(lijst=lijst, **self.who)
        return self.work(lijst)


@pytest.fixture
def office(transactional_db, settings):
    # The work is called for by hand here, one batch after the other.
    settings.CELERY_TASK_ALWAYS_EAGER = False
    return Office()


@pytest.fixture
def sent(monkeypatch):
    """Messages to the worker, caught."""
    found = []
    monkeypatch.setattr(commands.tasks.work_on_import, "delay", lambda **ids: found.append(ids))
    monkeypatch.setattr(schedule.work_on_import, "delay", lambda **ids: found.append(ids))
    return found


pytestmark = [pytestmark, pytest.mark.usefixtures("sent")]


def row(number: int, *, insz: str = "", naam: str = "", traject: str = "TWE;02/03/2026") -> str:
    wie = f"{naam or f'Peeters {number}'};An;05/05/1980"
    return f"A{number};{insz};{wie};leefloon cat. 2;mw1;{traject}"


# The first of them reaches its last legal day within the week.
ROWS = [row(1, traject="TWE;27/11/2024"), *(row(n) for n in range(2, 11))]


def in_files(office: Office) -> tuple[int, int, int, int]:
    with office.scope():
        return (
            Client.objects.count(),
            Traject.objects.count(),
            Statuut.objects.count(),
            Toewijzing.objects.count(),
        )


class Killed(BaseException):
    """What a killed process leaves of a batch: nothing."""


def test_killed_in_the_middle_it_goes_on_where_it_was(office, monkeypatch, sent):
    monkeypatch.setattr(verwerking, "BATCH", 3)
    lijst = office.start(office.preview(*ROWS))
    batches = []

    def dies_in_the_second(rows, run):
        batches.append(len(rows))
        uitvoering.apply_rijen(rows, run)
        if len(batches) == 2:
            raise Killed

    monkeypatch.setattr(verwerking, "apply_rijen", dies_in_the_second)
    with pytest.raises(Killed):
        office.work(lijst)
    assert in_files(office) == (3, 3, 3, 3)
    sent.clear()
    schedule.resume_imports()
    assert sent == []  # it gave a sign of life a moment ago
    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=True):
        schedule.resume_imports()
        assert sent == [{"import_id": lijst.pk, "bestuur_id": office.bestuur.pk}]
        lijst = office.work(lijst)
    assert lijst.status == ImportStatus.KLAAR
    assert lijst.verwerkt == 10
    assert in_files(office) == (10, 10, 10, 10)
    with office.scope():
        assert Signaal.objects.exists()


def test_the_sweep_leaves_alone_what_somebody_is_working_on(office, sent):
    lijst = office.start(office.preview(*ROWS))
    sent.clear()
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=True):
        with (
            psycopg.connect(app_url(str(connection.settings_dict["NAME"]))) as worker,
            worker.transaction(),
        ):
            worker.execute("SELECT set_config('app.bestuur', %s, true)", [str(office.bestuur.pk)])
            held = worker.execute(
                "SELECT id FROM caseload_import WHERE id = %s FOR UPDATE", [lijst.pk]
            )
            assert held.fetchone() == (lijst.pk,)
            schedule.resume_imports()
            assert sent == []
        schedule.resume_imports()
        assert [item["import_id"] for item in sent] == [lijst.pk]


def test_stopped_it_waits_and_goes_on_when_asked(office, monkeypatch):
    monkeypatch.setattr(verwerking, "BATCH", 4)
    lijst = office.start(office.preview(*ROWS))

    def stopped_meanwhile(rows, run):
        uitvoering.apply_rijen(rows, run)
        run.lijst.status = ImportStatus.ONDERBROKEN
        run.lijst.save(update_fields=["status"])

    with monkeypatch.context() as patched:
        patched.setattr(verwerking, "apply_rijen", stopped_meanwhile)
        lijst = office.work(lijst)
    assert (lijst.status, in_files(office)[0]) == (ImportStatus.ONDERBROKEN, 4)
    with office.scope():
        commands.continue_import(lijst=lijst, **office.who)
    assert office.work(lijst).status == ImportStatus.KLAAR
    assert in_files(office) == (10, 10, 10, 10)


def test_a_row_that_fails_in_the_database_does_not_take_the_batch_with_it(office):
    lijst = office.preview(*ROWS)
    with office.scope():
        # Between looking and taking in, a colleague opens a file under one of the numbers,
        # for somebody else.
        make_client(office.bestuur, dossiernummer="A4", familienaam="Zij", voornaam="Zelf")
    lijst = office.work(office.start(lijst))
    assert lijst.status == ImportStatus.KLAAR
    with office.scope():
        refused = Importrij.objects.get(lijst=lijst, status=RijStatus.GEWEIGERD)
        assert refused.nummer == 5
        assert refused.redenen == ["dossiernummer hoort bij een cliënt met een andere naam"]
    assert in_files(office)[0] == 10
    assert lijst.tellers["nu_toegepast"] == 9


def test_when_a_whole_batch_fails_the_rows_go_in_one_by_one(office, monkeypatch):
    lijst = office.start(office.preview(*ROWS))
    register = uitvoering.register_clients

    def refuses_crowds(*, aanmeldingen, **rest):
        if len(aanmeldingen) > 1 or aanmeldingen[0].gegevens["dossiernummer"] == "A7":
            raise DomainError("Dit dossiernummer bestaat al.")
        return register(aanmeldingen=aanmeldingen, **rest)

    monkeypatch.setattr(uitvoering, "register_clients", refuses_crowds)
    lijst = office.work(lijst)
    assert in_files(office) == (9, 9, 9, 9)
    with office.scope():
        refused = Importrij.objects.get(lijst=lijst, status=RijStatus.GEWEIGERD)
    assert (refused.nummer, refused.redenen) == (8, ["Dit dossiernummer bestaat al."])


def test_taken_back_everything_it_made_is_gone_and_the_trail_stays(office):
    lijst = office.take_in(*ROWS)
    assert in_files(office) == (10, 10, 10, 10)
    lijst = office.roll_back(lijst)
    assert lijst.status == ImportStatus.TERUGGEDRAAID
    assert in_files(office) == (0, 0, 0, 0)
    with office.scope():
        assert not Signaal.objects.exists()
        assert Gebeurtenis.objects.filter(tabel="clienten_client", op="D").count() == 10
        assert not Importinhoud.objects.exists()
        assert set(Importrij.objects.values_list("inhoud", flat=True)) == {b""}
        with pytest.raises(DomainError, match="niets terug te draaien"):
            commands.roll_back_import(lijst=lijst, **office.who)


def test_taken_back_batch_by_batch_two_rows_of_one_client_both_go(office, monkeypatch):
    insz = make_insz()
    lijst = office.take_in(
        row(1, insz=insz), row(2), row(1, insz=insz, traject="wijk-werken;05/10/2026")
    )
    assert in_files(office)[:2] == (2, 3)
    monkeypatch.setattr(verwerking, "BATCH", 1)
    assert office.roll_back(lijst).status == ImportStatus.TERUGGEDRAAID
    assert in_files(office) == (0, 0, 0, 0)


def test_what_somebody_changed_or_read_since_stays_and_says_why(office):
    lijst = office.take_in(*ROWS)
    with office.scope():
        first, second = Client.objects.order_by("pk")[:2]
        change_client(client=first, gegevens={"telefoon": "0470 11 22 33"}, **office.who)
        open_client(office.mw1, second.pk, scherm="dossier")
    lijst = office.roll_back(lijst)
    assert in_files(office) == (2, 2, 2, 2)
    with office.scope():
        kept = Importrij.objects.filter(lijst=lijst, status=RijStatus.TOEGEPAST)
        changed, read = (item.redenen[0] for item in kept.order_by("nummer"))
    assert changed.startswith("Mieke Peeters")
    assert "wijzigde telefoon" in changed
    assert read.startswith("ingekeken door Mieke")


def test_of_a_known_client_only_what_was_added_goes(office):
    with office.scope():
        known = make_client(
            office.bestuur, dossiernummer="A1", familienaam="Peeters", voornaam="An"
        )
    lijst = office.take_in(row(1, naam="Peeters", insz=make_insz()), row(2))
    assert in_files(office) == (2, 2, 2, 2)
    assert lijst.tellers["nu_gedaan_traject"] == 1
    with office.scope():
        assert Insznummer.objects.get(client=known).tot is None
    office.roll_back(lijst)
    with office.scope():
        assert list(Client.objects.all()) == [known]
        assert not Insznummer.objects.exists()
    assert in_files(office) == (1, 0, 0, 0)


def test_who_may_not_see_a_restricted_file_cannot_reach_it_through_a_list(office):
    insz = make_insz()
    with office.scope():
        lead = make_gebruiker(office.bestuur, Rol.LEIDINGGEVENDE)
        hidden = make_client(
            office.bestuur, dossiernummer="A1", familienaam="Peeters", voornaam="An", insz=insz
        )
        restrict_client(client=hidden, gemachtigden=[lead], by=lead, at=timezone.now())
    # By its file number, by the national number, and by name and birth date.
    for ways in ((row(1, naam="Peeters"), row(2, insz=insz)), (";;Peeters;An;05/05/1980;;;;",)):
        office.preview(*ways)
    with office.scope():
        reasons = {tuple(item.redenen) for item in Importrij.objects.all()}
    assert reasons == {("deze rij kunt u niet overnemen: vraag het na bij uw leidinggevende",)}
    assert in_files(office) == (1, 0, 0, 0)


def test_a_number_is_issued_above_those_of_the_list(office):
    office.take_in(
        ";;Janssens;Jan;01/02/1980;;;;",
        "2026-0007;;Peeters;An;05/05/1981;;;;",
        ";;Maes;Eva;03/04/1982;;;;",
    )
    with office.scope():
        numbers = dict(Client.objects.values_list("familienaam", "dossiernummer"))
    assert numbers == {"Janssens": "2026-0008", "Peeters": "2026-0007", "Maes": "2026-0009"}


def test_a_list_that_lay_long_enough_is_wiped_and_says_so(office):
    done, waiting = office.take_in(*ROWS[:2]), office.preview(row(99))
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=True):
        schedule.wipe_old_imports()
    with office.scope():
        assert not Importinhoud.objects.exists()
        assert set(Importrij.objects.values_list("lijst", "inhoud")) == {(done.pk, b"")}
        assert Import.objects.get().gewist_at is not None
        assert not Import.objects.filter(pk=waiting.pk).exists()
    assert in_files(office)[0] == 2


def test_two_who_ask_at_once_start_it_once(office, sent):
    lijst = office.preview(*ROWS)
    sent.clear()

    def ask(_: int) -> str:
        try:
            with office.scope():
                commands.start_import(lijst=lijst, **office.who)
        except DomainError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "begonnen"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(ask, range(4)))
    assert answers == ["Deze lijst wordt of werd al overgenomen."] * 3 + ["begonnen"]
    assert len(sent) == 1


def test_who_left_does_not_import_any_more(office):
    lijst = office.start(office.preview(*ROWS))
    with office.scope():
        office.mw1.aanstellingen.update(tot=date(2026, 11, 21))
    lijst = office.work(lijst)
    assert lijst.status == ImportStatus.MISLUKT
    assert "werkt hier niet meer" in lijst.fout
    assert in_files(office) == (0, 0, 0, 0)
