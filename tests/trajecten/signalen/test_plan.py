"""Signals that read the plan: who waits for whom, whose step is late, what waits for a talk."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from kern.db.scope import scope
from tests.factories.clienten import make_client
from tests.factories.drempels import make_drempel
from tests.factories.trajecten import (
    BRUSSELS,
    make_logboekitem,
    make_planstap,
    make_stap,
    make_traject,
)
from tests.trajecten.signalen.conftest import TODAY
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    agree_plan,
    change_stap,
    drop_item,
    finish_item,
    propose_doel,
    propose_stap,
    react,
    withdraw_versie,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, ReactieSoort, SignaalCode, Stem, Uitvoerder
from trajecten.models import Afspraak, Blokkering, Logvraag, Signaal
from trajecten.queries.plan import read_plan
from trajecten.signalen import refresh_client, refresh_signalen, regels_van

pytestmark = pytest.mark.django_db
CLIENT = Wie.client()
AT = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
TELLING = ("client_wacht", "geen_reactie", "versie_wacht", "stap_te_laat", "limiet_nadert")


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def moment(count: int) -> datetime:
    return datetime.combine(days(count), time(10), tzinfo=BRUSSELS)


def proposed(client, wie, *, at=AT, **fields):
    told = {"tekst": "Theorie rijbewijs leren", "uitvoerders": [Uitvoerder.CLIENT], **fields}
    told.setdefault("tegen", days(30))
    return propose_stap(client=client, gegevens=PlanStapGegevens(**told), wie=wie, at=at)


def sentence(client, code: str, *, on: date = TODAY, met_instrument: bool = True) -> str:
    refresh_client(client, on=on)
    rows = Signaal.objects.filter(client=client, code=code).for_list()
    return regels_van(rows, on=on, met_instrument=met_instrument)[0].zin


def anchor(client, code: str) -> str:
    refresh_client(client, on=TODAY)
    rows = Signaal.objects.filter(client=client, code=code).for_list()
    return regels_van(rows, on=TODAY)[0].handeling.anker


class TestClientWacht:
    @pytest.mark.parametrize(("geleden", "fase"), [(0, 1), (7, 1), (8, 2), (15, 3), (31, 4)])
    def test_it_counts_the_days_she_waits(self, in_orde, signalen, geleden, fase):
        proposed(in_orde, CLIENT, at=moment(-geleden))
        signal = signalen(in_orde)["client_wacht"]
        assert (signal.sinds, signal.fase) == (days(-geleden), fase)
        assert signal.vervaldag == days(7 - geleden)
        assert signal.traject is None

    def test_any_answer_makes_it_vanish(self, in_orde, worker, signalen):
        stap = proposed(in_orde, CLIENT)
        assert "client_wacht" in signalen(in_orde)
        react(item=stap, soort=ReactieSoort.AKKOORD, wie=Wie.ocmw(worker), at=AT, revisie=1)
        assert signalen(in_orde) == {}

    def test_her_wish_for_another_day_waits_and_is_quoted(self, in_orde, worker, signalen):
        in_orde.geslacht = "v"
        in_orde.save()
        stap = proposed(in_orde, Wie.ocmw(worker), at=moment(-9))
        assert "client_wacht" not in signalen(in_orde)
        react(
            item=stap,
            soort=ReactieSoort.ANDER_TEMPO,
            wie=CLIENT,
            at=moment(-4),
            revisie=1,
            dag=days(60),
            tekst="liever na de examens.",
        )
        assert set(signalen(in_orde)) == {"client_wacht"}
        said = sentence(in_orde, "client_wacht")
        assert said == "zegt in haar plan: “liever na de examens”, wacht 4 dagen op antwoord"
        assert anchor(in_orde, "client_wacht") == f"stap-{stap.pk}"

    def test_a_mail_does_not_repeat_her_words(self, in_orde):
        proposed(in_orde, CLIENT, tekst="Iets heel persoonlijks")
        said = sentence(in_orde, "client_wacht", met_instrument=False)
        assert said == "Wacht sinds 22/11/2026 op een antwoord in het plan"

    def test_a_goal_she_proposes_waits_too(self, in_orde, signalen):
        gegevens = DoelGegevens(tekst="Werken in de keuken", uitvoerders=[Uitvoerder.CLIENT])
        doel = propose_doel(client=in_orde, gegevens=gegevens, wie=CLIENT, at=moment(-1))
        assert set(signalen(in_orde)) == {"client_wacht"}
        assert "stelt in het plan voor: “Werken in de keuken”" in sentence(in_orde, "client_wacht")
        assert anchor(in_orde, "client_wacht") == f"doel-{doel.pk}"

    def test_what_waits_longest_speaks(self, in_orde):
        proposed(in_orde, CLIENT, tekst="Tweede", at=moment(-2))
        proposed(in_orde, CLIENT, tekst="Eerste", at=moment(-5))
        assert "“Eerste”, wacht 5 dagen" in sentence(in_orde, "client_wacht")


class TestGeenReactie:
    @pytest.mark.parametrize(
        ("geleden", "fase"), [(0, None), (14, None), (15, 1), (22, 2), (200, 2)]
    )
    def test_she_has_her_time_and_it_never_grows_loud(
        self, in_orde, worker, signalen, geleden, fase
    ):
        proposed(in_orde, Wie.ocmw(worker), at=moment(-geleden), tegen=days(300))
        found = signalen(in_orde).get("geen_reactie")
        assert (found.fase if found else None) == fase

    def test_her_answer_makes_it_vanish(self, in_orde, worker, signalen):
        stap = proposed(in_orde, Wie.ocmw(worker), at=moment(-20))
        assert set(signalen(in_orde)) == {"geen_reactie"}
        react(item=stap, soort=ReactieSoort.AKKOORD, wie=CLIENT, at=AT, revisie=1)
        assert signalen(in_orde) == {}


class TestVersieWacht:
    def agreed(self, client, wie, *, at=AT):
        return agree_plan(client=client, wie=wie, at=at, gezien=read_plan(client).hash)

    def test_her_yes_waits_for_ours(self, in_orde, worker, signalen):
        make_planstap(in_orde, tegen=days(30))
        self.agreed(in_orde, CLIENT, at=moment(-8))
        signal = signalen(in_orde)["versie_wacht"]
        assert (signal.vervaldag, signal.fase) == (days(-1), 2)
        assert sentence(in_orde, "versie_wacht") == (
            "ging akkoord met versie 1 van het plan, wacht 8 dagen op antwoord"
        )
        self.agreed(in_orde, Wie.ocmw(worker))
        assert signalen(in_orde) == {}

    @pytest.mark.parametrize(("geleden", "fase"), [(14, None), (15, 1), (100, 2)])
    def test_ours_waits_gently_for_hers(self, in_orde, worker, signalen, geleden, fase):
        make_planstap(in_orde, tegen=days(30))
        versie = self.agreed(in_orde, Wie.ocmw(worker), at=moment(-geleden))
        found = signalen(in_orde).get("versie_wacht")
        assert (found.fase if found else None) == fase
        if fase:
            assert "zei nog niet ja of nee" in sentence(in_orde, "versie_wacht")
        withdraw_versie(versie=versie, wie=Wie.ocmw(worker), at=AT)
        assert signalen(in_orde) == {}


class TestStapTeLaat:
    @pytest.mark.parametrize(
        ("wie", "zin"),
        [
            ([Uitvoerder.OCMW], "OCMW: Opvang zoeken, afgesproken tegen 17/11/2026"),
            ([Uitvoerder.MEDEWERKER], "OCMW: Opvang zoeken, afgesproken tegen 17/11/2026"),
            ([Uitvoerder.CLIENT], "Olena: Opvang zoeken, afgesproken tegen 17/11/2026"),
            (
                [Uitvoerder.CLIENT, Uitvoerder.OCMW],
                "Olena en OCMW: Opvang zoeken, afgesproken tegen 17/11/2026",
            ),
        ],
    )
    def test_the_ocmw_is_late_exactly_like_the_client(self, in_orde, signalen, wie, zin):
        in_orde.voornaam = "Olena"
        in_orde.save()
        stap = make_planstap(in_orde, tekst="Opvang zoeken", uitvoerders=wie, tegen=days(-5))
        signal = signalen(in_orde)["stap_te_laat"]
        assert (signal.vervaldag, signal.sinds, signal.fase) == (days(-5), days(-4), 1)
        assert sentence(in_orde, "stap_te_laat") == zin
        assert anchor(in_orde, "stap_te_laat") == f"stap-{stap.pk}"

    def test_a_proposal_is_never_late(self, in_orde, signalen):
        make_planstap(in_orde, tegen=days(-5), wacht_op=Stem.CLIENT, created_at=moment(-9))
        assert signalen(in_orde) == {}

    def test_what_waits_for_a_barrier_is_told_and_not_cried_out(self, in_orde, signalen):
        stap = make_planstap(in_orde, tegen=days(-61))
        assert signalen(in_orde)["stap_te_laat"].fase == 5
        Blokkering.objects.create(
            bestuur_id=in_orde.bestuur_id,
            client=in_orde,
            stap=stap,
            drempel=make_drempel(in_orde),
            van=days(-70),
        )
        assert signalen(in_orde)["stap_te_laat"].fase == 2
        assert sentence(in_orde, "stap_te_laat").endswith(", wacht op een drempel")

    def test_done_makes_it_vanish(self, in_orde, signalen):
        stap = make_planstap(in_orde, tegen=days(-5))
        assert "stap_te_laat" in signalen(in_orde)
        finish_item(item=stap, wie=CLIENT, at=AT)
        assert signalen(in_orde) == {}


class TestVolgendeStap:
    @pytest.fixture
    def near(self, traject):
        traject.uiterste_dag = days(60)
        traject.save(update_fields=["uiterste_dag"])
        return traject

    def test_a_proposal_does_not_silence_and_the_sentence_says_so(self, in_orde, near, signalen):
        make_stap(near, tegen=days(10), wacht_op=Stem.CLIENT, created_at=moment(-1))
        assert set(signalen(in_orde)) == {"limiet_nadert"}
        assert "de cliënt antwoordde nog niet" in sentence(in_orde, "limiet_nadert")
        assert "geen vervolgstap" not in sentence(in_orde, "limiet_nadert")

    def test_the_agreed_day_counts_while_another_is_proposed(self, in_orde, near, worker, signalen):
        stap = make_stap(near, tegen=days(10))
        gegevens = replace(PlanStapGegevens.of(stap), tegen=days(40))
        change_stap(stap=stap, gegevens=gegevens, wie=Wie.ocmw(worker), at=AT)
        assert signalen(in_orde) == {}
        assert "limiet_nadert" in signalen(in_orde, on=days(11))

    def test_a_step_that_evaporates_reopens_it(self, in_orde, near, worker, signalen):
        stap = make_stap(near, tegen=days(10))
        assert signalen(in_orde) == {}
        drop_item(item=stap, wie=Wie.ocmw(worker), at=AT, reden="De opleiding gaat niet door.")
        assert set(signalen(in_orde)) == {"limiet_nadert"}

    def test_an_ordinary_step_is_no_next_step(self, in_orde, near, signalen):
        make_planstap(in_orde, traject=near, tegen=days(30))
        assert set(signalen(in_orde)) == {"limiet_nadert"}


def planned(client, worker, day: date, **fields) -> Afspraak:
    return Afspraak.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        medewerker=worker,
        soort=fields.pop("soort", "evaluatie"),
        begint_at=datetime.combine(day, time(14), tzinfo=BRUSSELS),
        duur=60,
        created_at=AT,
        **fields,
    )


class TestGeplandeEvaluatie:
    def test_a_planned_talk_makes_it_quiet_and_is_told(self, in_orde, traject, worker, signalen):
        traject.herziening_op = days(5)
        traject.save(update_fields=["herziening_op"])
        assert signalen(in_orde)["evaluatie"].fase == 3
        made = planned(in_orde, worker, days(3))
        assert signalen(in_orde)["evaluatie"].fase == 2
        made.delete()
        assert signalen(in_orde)["evaluatie"].fase == 3

    def test_a_talk_far_away_or_another_kind_of_talk_does_not(
        self, in_orde, traject, worker, signalen
    ):
        traject.herziening_op = days(5)
        traject.save(update_fields=["herziening_op"])
        planned(in_orde, worker, days(36))
        planned(in_orde, worker, days(3), soort="gesprek")
        assert signalen(in_orde)["evaluatie"].fase == 3


class TestAfspraakOpnieuw:
    def test_a_talk_that_was_not_held_asks_for_a_new_day_without_blame(
        self, in_orde, worker, signalen
    ):
        missed = {"status": "niet_doorgegaan", "oorzaak": "client_niet_daar"}
        planned(in_orde, worker, days(-2), soort="gesprek", **missed)
        found = signalen(in_orde)
        assert set(found) == {"afspraak_opnieuw"}
        assert found["afspraak_opnieuw"].sinds == days(-2)
        assert signalen(in_orde, on=days(200))["afspraak_opnieuw"].fase == 2
        planned(in_orde, worker, days(4), soort="gesprek")
        assert signalen(in_orde) == {}

    def test_any_contact_since_is_enough(self, in_orde, worker, signalen):
        planned(in_orde, worker, days(-2), status="niet_doorgegaan", oorzaak="door_client")
        make_logboekitem(in_orde, worker, moment=moment(-1))
        assert signalen(in_orde) == {}


def test_a_question_in_the_log_waits_until_it_is_closed(in_orde, worker, lead, signalen):
    vraag = Logvraag.objects.create(
        bestuur_id=in_orde.bestuur_id,
        client=in_orde,
        item=in_orde.logboek.get(),
        vraag="Is de opvang al gevraagd?",
        gesteld_door=lead,
        gesteld_at=moment(-9),
    )
    assert signalen(in_orde)["logvraag"].fase == 2
    vraag.gesloten_at = AT
    vraag.save()
    assert signalen(in_orde) == {}


def whole_story(client, worker) -> None:
    """Give a client something of every signal of the plan."""
    proposed(client, CLIENT, at=moment(-9))
    proposed(client, Wie.ocmw(worker), at=moment(-30))
    make_planstap(client, tegen=days(-9))
    agree_plan(client=client, wie=CLIENT, at=moment(-3), gezien=read_plan(client).hash)
    make_traject(client, "wijkwerken", uiterste_dag=days(20))


def rows(client):
    return sorted(
        Signaal.objects.filter(client=client).values_list(
            "traject", "code", "vervaldag", "sinds", "fase"
        ),
        key=str,
    )


def test_one_client_gets_what_the_whole_round_gives(in_orde, worker):
    whole_story(in_orde, worker)
    refresh_client(in_orde, on=TODAY)
    alone = rows(in_orde)
    assert {code for _, code, *_ in alone} == set(TELLING)
    Signaal.objects.all().delete()
    refresh_signalen(in_orde.bestuur_id, on=TODAY)
    assert rows(in_orde) == alone
    assert refresh_signalen(in_orde.bestuur_id, on=TODAY).gewijzigd == 0


def test_nobody_elses_plan_speaks(bestuur, buur, in_orde, worker, stranger):
    with scope(bestuur_id=buur.pk, actor_id=stranger.pk):
        theirs = make_client(buur)
        whole_story(theirs, stranger)
        refresh_signalen(buur.pk, on=TODAY)
        assert Signaal.objects.filter(client=theirs, code="client_wacht").exists()
    refresh_signalen(bestuur.pk, on=TODAY)
    assert not Signaal.objects.exists()


def test_a_restricted_file_stays_between_who_may_see_it(in_orde, worker, lead):
    whole_story(in_orde, worker)
    in_orde.afgeschermd = True
    in_orde.save()
    refresh_client(in_orde, on=TODAY)
    assert not Signaal.objects.visible_to(lead).exists()
    assert regels_van(Signaal.objects.visible_to(lead), on=TODAY) == []


def test_the_details_of_many_take_one_query(bestuur, in_orde, worker, django_assert_num_queries):
    whole_story(in_orde, worker)
    for _ in range(3):
        whole_story(make_client(bestuur), worker)
    refresh_signalen(bestuur.pk, on=TODAY)
    found = list(Signaal.objects.for_list())
    assert {row.code for row in found} >= set(TELLING)
    with django_assert_num_queries(1):
        lines = regels_van(found, on=TODAY)
    assert any("stelt in het plan voor" in line.zin for line in lines)


def test_what_she_said_at_the_desk_counts_like_her_link(in_orde, worker, signalen):
    stap = proposed(in_orde, Wie.ocmw(worker), at=moment(-20))
    noted = Wie.client(AkkoordKanaal.TELEFOON, gebruiker=worker)
    react(item=stap, soort=ReactieSoort.AKKOORD, wie=noted, at=AT, revisie=1)
    assert SignaalCode.GEEN_REACTIE not in signalen(in_orde)
