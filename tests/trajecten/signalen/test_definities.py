"""Each signal: when it starts, how it grows, what makes it vanish."""

from datetime import date, datetime, timedelta

import pytest

from clienten.enums import StatuutSoort, ToewijzingRol
from clienten.models import Client, Toewijzing, VdabInschrijving
from tests.factories.clienten import make_client, make_statuut, make_toewijzing
from tests.factories.trajecten import BRUSSELS, make_logboekitem, make_stap, make_traject
from tests.trajecten.signalen.conftest import TODAY, registered
from toegang.models import Aanstelling
from trajecten.enums import Eindreden, LogSoort, PlanStatus, StapSoort, VerlengingStatus
from trajecten.models import Evaluatie, Gpmi, Verlenging

pytestmark = pytest.mark.django_db


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def ends_on(traject, day: date) -> None:
    traject.uiterste_dag = day
    traject.save(update_fields=["uiterste_dag"])


def evaluated(traject, day: date, worker, **fields) -> Evaluatie:
    return Evaluatie.objects.create(
        bestuur_id=traject.bestuur_id,
        client_id=traject.client_id,
        traject=traject,
        gehouden_op=day,
        wijze="kantoor",
        door=worker,
        **fields,
    )


def test_a_client_with_everything_in_order_is_silent(in_orde, signalen):
    assert signalen(in_orde) == {}


class TestLimietNadert:
    @pytest.mark.parametrize(
        ("te_gaan", "fase"),
        [(181, None), (180, 1), (91, 1), (90, 2), (31, 2), (30, 3), (8, 3), (7, 4), (0, 4)],
    )
    def test_it_grows_louder(self, in_orde, traject, signalen, te_gaan, fase):
        ends_on(traject, days(te_gaan))
        found = signalen(in_orde)
        assert (found["limiet_nadert"].fase if found else None) == fase
        if fase:
            signal = found["limiet_nadert"]
            assert signal.traject == traject
            assert signal.vervaldag == days(te_gaan)
            assert signal.sinds == max(traject.begindatum, days(te_gaan - 180))

    def test_an_agreed_step_silences_until_its_day_has_passed(self, in_orde, traject, signalen):
        ends_on(traject, days(60))
        make_stap(traject, tegen=days(10))
        assert signalen(in_orde) == {}
        assert signalen(in_orde, on=days(10)) == {}
        assert set(signalen(in_orde, on=days(11))) == {"limiet_nadert", "stap_te_laat"}

    @pytest.mark.parametrize("status", [PlanStatus.GEDAAN, PlanStatus.VERVALLEN])
    def test_a_step_that_is_closed_reopens_it(self, in_orde, traject, signalen, status):
        ends_on(traject, days(60))
        stap = make_stap(traject, tegen=days(10))
        assert signalen(in_orde) == {}
        stap.status, stap.afgesloten_op = status, TODAY
        stap.save()
        assert set(signalen(in_orde)) == {"limiet_nadert"}

    def test_deliberately_nothing_after_it_is_a_step_too(self, in_orde, traject, signalen):
        ends_on(traject, days(60))
        make_stap(traject, vervolg=StapSoort.GEEN, tegen=days(60))
        assert signalen(in_orde) == {}

    def test_a_step_of_another_traject_does_not_silence(self, in_orde, traject, signalen):
        ends_on(traject, days(60))
        make_stap(make_traject(in_orde, "opleiding"), tegen=days(10))
        assert set(signalen(in_orde)) == {"limiet_nadert"}

    def test_a_request_to_extend_is_somebody_elses_turn(self, in_orde, traject, worker, signalen):
        ends_on(traject, days(60))
        vraag = ask(traject, worker)
        found = signalen(in_orde)
        assert set(found) == {"verlenging_te_beslissen"}
        assert (found["verlenging_te_beslissen"].fase, found["verlenging_te_beslissen"].sinds) == (
            3,
            date(2026, 11, 20),
        )
        vraag.status = VerlengingStatus.INGETROKKEN
        vraag.save()
        assert set(signalen(in_orde)) == {"limiet_nadert"}

    def test_it_waits_for_the_start(self, in_orde, signalen):
        make_traject(in_orde, "activeringstraject", begindatum=days(10), uiterste_dag=days(100))
        assert signalen(in_orde, on=days(9)) == {}
        assert set(signalen(in_orde, on=days(10))) == {"limiet_nadert"}

    def test_no_last_day_is_neither_near_nor_passed(self, in_orde, traject, signalen):
        ends_on(traject, None)
        assert signalen(in_orde) == {}

    def test_the_whole_person_each_traject_speaks_for_itself(self, in_orde, traject, signalen):
        ends_on(traject, days(20))
        make_traject(in_orde, "wijkwerken", uiterste_dag=days(40))
        signalen(in_orde)
        assert sorted(in_orde.signalen.values_list("fase", flat=True)) == [2, 3]


class TestLimietVoorbij:
    def test_it_starts_the_day_after_even_with_a_step(self, in_orde, traject, signalen):
        ends_on(traject, TODAY)
        make_stap(traject, tegen=days(30))
        assert signalen(in_orde) == {}
        found = signalen(in_orde, on=days(1))
        assert set(found) == {"limiet_voorbij"}
        assert (found["limiet_voorbij"].fase, found["limiet_voorbij"].sinds) == (5, days(1))

    def test_it_vanishes_when_the_traject_ends(self, in_orde, traject, signalen):
        ends_on(traject, days(-3))
        assert set(signalen(in_orde)) == {"limiet_voorbij"}
        traject.einddatum, traject.eindreden = TODAY, Eindreden.LIMIET
        traject.save()
        assert signalen(in_orde) == {}


def ask(traject, worker) -> Verlenging:
    return Verlenging.objects.create(
        bestuur_id=traject.bestuur_id,
        client_id=traject.client_id,
        traject=traject,
        tot=days(200),
        reden="Nog niet klaar",
        gevraagd_door=worker,
        gevraagd_at=datetime(2026, 11, 20, 23, 30, tzinfo=BRUSSELS),
    )


class TestEvaluatie:
    @pytest.mark.parametrize(
        ("te_gaan", "fase"),
        [(31, None), (30, 1), (15, 1), (14, 2), (8, 2), (7, 3), (2, 3), (1, 4), (0, 4), (-1, 5)],
    )
    def test_it_grows_louder(self, in_orde, traject, signalen, te_gaan, fase):
        traject.herziening_op = days(te_gaan)
        traject.save()
        found = signalen(in_orde)
        assert (found["evaluatie"].fase if found else None) == fase

    def test_an_evaluation_in_its_window_silences(self, in_orde, traject, worker, signalen):
        traject.herziening_op = days(10)
        traject.save()
        evaluated(traject, days(-40), worker)
        assert set(signalen(in_orde)) == {"evaluatie"}
        evaluated(traject, days(-2), worker)
        assert signalen(in_orde) == {}


class TestGpmi:
    @pytest.mark.parametrize(
        ("on", "fase"),
        [
            (date(2026, 4, 9), None),
            (date(2026, 4, 10), 1),
            (date(2026, 5, 3), 3),
            (date(2026, 5, 10), 4),
            (date(2026, 5, 11), 5),
        ],
    )
    def test_to_be_signed_within_three_months(self, in_orde, signalen, on, fase):
        gpmi = Gpmi.objects.create(
            bestuur_id=in_orde.bestuur_id, client=in_orde, beslist_op=date(2026, 2, 10)
        )
        found = signalen(in_orde, on=on)
        assert (found["gpmi_ondertekenen"].fase if fase else None) == fase
        if fase:
            assert found["gpmi_ondertekenen"].vervaldag == date(2026, 5, 10)
        gpmi.ondertekend_op = on
        gpmi.save()
        assert "gpmi_ondertekenen" not in signalen(in_orde, on=on)

    def signed(self, client, day: date) -> Gpmi:
        return Gpmi.objects.create(
            bestuur_id=client.bestuur_id,
            client=client,
            beslist_op=day - timedelta(days=20),
            ondertekend_op=day,
        )

    def held(self, gpmi, worker, *wijzen: str) -> None:
        for number, wijze in enumerate(wijzen):
            Evaluatie.objects.create(
                bestuur_id=gpmi.bestuur_id,
                client_id=gpmi.client_id,
                gpmi=gpmi,
                gehouden_op=gpmi.ondertekend_op + timedelta(days=30 + number),
                wijze=wijze,
                door=worker,
            )

    @pytest.mark.parametrize(
        ("wijzen", "verwacht"),
        [
            pytest.param((), True, id="none held after eight months"),
            pytest.param(("kantoor",), True, id="one of three held"),
            pytest.param(("kantoor", "huisbezoek"), False, id="two held: on the rhythm"),
            pytest.param(("telefoon", "video"), True, id="none in person yet"),
            pytest.param(("kantoor", "telefoon", "werkplek"), False, id="all held"),
        ],
    )
    def test_evaluations_behind_the_rhythm_of_the_year(
        self, in_orde, worker, signalen, wijzen, verwacht
    ):
        gpmi = self.signed(in_orde, date(2026, 3, 20))
        self.held(gpmi, worker, *wijzen)
        found = signalen(in_orde)
        assert ("gpmi_evaluatie" in found) is verwacht
        if verwacht:
            assert found["gpmi_evaluatie"].vervaldag == date(2027, 3, 19)
            assert found["gpmi_evaluatie"].sinds <= TODAY

    def test_the_last_month_asks_for_what_is_missing(self, in_orde, worker, signalen):
        gpmi = self.signed(in_orde, date(2026, 3, 20))
        self.held(gpmi, worker, "kantoor", "huisbezoek")
        assert "gpmi_evaluatie" not in signalen(in_orde, on=date(2027, 2, 16))
        assert "gpmi_evaluatie" in signalen(in_orde, on=date(2027, 2, 17))
        assert "gpmi_evaluatie" not in signalen(in_orde, on=date(2027, 3, 20))


class TestVdab:
    @pytest.fixture(autouse=True)
    def _not_registered(self, in_orde):
        in_orde.vdab.all().delete()

    def decided(self, client, day: date, **fields):
        client.statuten.all().delete()
        return make_statuut(client, van=day, beslist_op=day, **fields)

    def test_four_months_after_the_decision(self, in_orde, signalen):
        self.decided(in_orde, date(2026, 2, 10))
        assert "vdab_inschrijving" not in signalen(in_orde, on=date(2026, 5, 10))
        found = signalen(in_orde, on=date(2026, 5, 11))
        assert found["vdab_inschrijving"].vervaldag == date(2026, 6, 10)
        assert signalen(in_orde, on=date(2026, 6, 11))["vdab_inschrijving"].fase == 5

    def test_who_had_a_right_when_the_duty_began(self, in_orde, signalen):
        self.decided(in_orde, date(2023, 1, 1))
        assert signalen(in_orde)["vdab_inschrijving"].vervaldag == date(2024, 8, 29)

    def test_without_a_known_decision_day_nobody_is_late(self, in_orde, signalen):
        in_orde.statuten.all().delete()
        make_statuut(in_orde, StatuutSoort.EQUIVALENT_LEEFLOON, van=date(2025, 11, 30))
        assert "vdab_inschrijving" not in signalen(in_orde)

    def test_another_category_does_not_start_the_term_anew(self, in_orde, signalen):
        first = self.decided(in_orde, date(2026, 1, 10), categorie=3)
        first.tot = date(2026, 9, 30)
        first.save()
        make_statuut(in_orde, van=date(2026, 10, 1), beslist_op=date(2026, 10, 1), categorie=2)
        assert signalen(in_orde)["vdab_inschrijving"].vervaldag == date(2026, 5, 10)

    @pytest.mark.parametrize("soort", [StatuutSoort.WERKZOEKENDE, StatuutSoort.ARTIKEL_60])
    def test_other_standings_carry_no_duty(self, in_orde, signalen, soort):
        in_orde.statuten.all().delete()
        make_statuut(in_orde, soort, van=date(2026, 1, 1))
        assert signalen(in_orde) == {}

    def test_registering_makes_it_vanish_and_an_exemption_is_looked_at_again(
        self, in_orde, signalen
    ):
        assert "vdab_inschrijving" in signalen(in_orde)
        row = VdabInschrijving.objects.create(
            bestuur_id=in_orde.bestuur_id, client=in_orde, van=TODAY
        )
        assert signalen(in_orde) == {}
        row.vrijstelling, row.motivering, row.herziening_op = "gezondheid", "x", days(31)
        row.save()
        assert signalen(in_orde) == {}
        assert signalen(in_orde, on=days(1))["vdab_inschrijving"].vervaldag == days(31)


class TestStapTeLaat:
    @pytest.mark.parametrize(
        ("laat", "fase"), [(0, None), (1, 1), (7, 1), (8, 2), (15, 3), (31, 4), (61, 5)]
    )
    def test_it_grows_louder(self, in_orde, traject, signalen, laat, fase):
        make_stap(traject, tegen=days(-laat))
        found = signalen(in_orde)
        assert (found["stap_te_laat"].fase if found else None) == fase

    def test_one_line_a_traject_the_oldest_day_counts(self, in_orde, traject, signalen):
        make_stap(traject, tegen=days(-2))
        make_stap(traject, tegen=days(-9))
        assert signalen(in_orde)["stap_te_laat"].vervaldag == days(-9)


class TestGeenEersteContact:
    @pytest.fixture
    def nieuw(self, bestuur, worker) -> Client:
        client = registered(make_client(bestuur), date(2026, 10, 1))
        make_toewijzing(client, worker, van=date(2026, 10, 8))
        make_traject(client, uiterste_dag=date(2028, 3, 1))
        return client

    def test_thirty_days_after_file_and_worker_were_there(self, nieuw, signalen):
        assert signalen(nieuw, on=date(2026, 11, 7)) == {}
        found = signalen(nieuw, on=date(2026, 11, 8))
        assert set(found) == {"geen_eerste_contact"}
        assert found["geen_eerste_contact"].vervaldag == date(2026, 11, 7)
        assert signalen(nieuw, on=date(2026, 11, 22))["geen_eerste_contact"].fase == 3

    def test_a_contact_makes_it_vanish_a_note_does_not(self, nieuw, worker, signalen):
        make_logboekitem(nieuw, worker, soort=LogSoort.VASTSTELLING)
        assert set(signalen(nieuw)) == {"geen_eerste_contact"}
        make_logboekitem(nieuw, worker, soort=LogSoort.TELEFOON)
        assert signalen(nieuw) == {}


class TestGeenSpilfiguur:
    def test_the_lead_sees_it_at_once(self, in_orde, signalen):
        Toewijzing.objects.update(tot=days(-1))
        found = signalen(in_orde)
        assert set(found) == {"geen_spilfiguur"}
        assert (found["geen_spilfiguur"].fase, found["geen_spilfiguur"].sinds) == (3, TODAY)
        assert found["geen_spilfiguur"].vervaldag is None
        assert signalen(in_orde, on=days(31))["geen_spilfiguur"].fase == 4

    def test_a_worker_beside_the_spilfiguur_is_not_enough(self, in_orde, signalen):
        Toewijzing.objects.update(is_spilfiguur=False, rol=ToewijzingRol.TRAJECTBEGELEIDER)
        assert set(signalen(in_orde)) == {"geen_spilfiguur"}

    def test_a_worker_who_left_follows_nobody(self, in_orde, worker, signalen):
        Aanstelling.objects.filter(gebruiker=worker).update(tot=days(-1))
        assert set(signalen(in_orde)) == {"geen_spilfiguur"}
        worker.aanstellingen.update(tot=None)
        assert signalen(in_orde) == {}
        type(worker).objects.filter(pk=worker.pk).update(is_active=False)
        assert set(signalen(in_orde)) == {"geen_spilfiguur"}

    def test_a_new_file_with_nothing_yet_needs_somebody(self, bestuur, signalen):
        assert set(signalen(registered(make_client(bestuur), TODAY))) == {"geen_spilfiguur"}

    def test_a_closed_file_is_left_alone(self, in_orde, traject, signalen):
        traject.einddatum, traject.eindreden = days(-60), Eindreden.WERK_NEC
        traject.save()
        in_orde.statuten.update(tot=days(-60))
        in_orde.toewijzingen.update(tot=days(-60))
        assert signalen(in_orde) == {}


class TestGeenTraject:
    def end(self, traject, reden: Eindreden, *, ago: int) -> None:
        traject.einddatum, traject.eindreden = days(-ago), reden
        traject.save()

    def test_thirty_days_after_the_last_one_ended(self, in_orde, traject, signalen):
        self.end(traject, Eindreden.ANDER_TRAJECT, ago=30)
        assert signalen(in_orde) == {}
        found = signalen(in_orde, on=days(1))
        assert set(found) == {"geen_traject"}
        assert found["geen_traject"].vervaldag == TODAY
        make_traject(in_orde, "opleiding", begindatum=days(1))
        assert signalen(in_orde, on=days(1)) == {}

    def test_who_found_work_is_not_chased_unless_leefloon_runs(self, in_orde, traject, signalen):
        self.end(traject, Eindreden.WERK_NEC, ago=90)
        assert set(signalen(in_orde)) == {"geen_traject"}
        in_orde.statuten.update(soort=StatuutSoort.ANDER)
        assert signalen(in_orde) == {}

    @pytest.mark.parametrize("soort", [StatuutSoort.ZIEKTE, StatuutSoort.STUDENT])
    def test_who_is_ill_or_studies_is_not_chased(self, in_orde, traject, signalen, soort):
        self.end(traject, Eindreden.ZIEKTE, ago=90)
        in_orde.statuten.update(soort=soort)
        assert signalen(in_orde) == {}


def test_a_standing_that_ended_while_a_traject_runs(in_orde, signalen):
    in_orde.statuten.update(tot=days(-1))
    found = signalen(in_orde)
    assert set(found) == {"statuut_beeindigd"}
    assert (found["statuut_beeindigd"].fase, found["statuut_beeindigd"].vervaldag) == (1, days(-1))
    make_statuut(in_orde, StatuutSoort.ARTIKEL_60, van=days(3))
    assert signalen(in_orde) == {}


def test_a_request_past_the_last_day_is_as_loud_as_can_be(in_orde, traject, worker, signalen):
    ends_on(traject, days(-1))
    ask(traject, worker)
    found = signalen(in_orde)
    assert set(found) == {"limiet_voorbij", "verlenging_te_beslissen"}
    assert found["verlenging_te_beslissen"].fase == 5
