"""Appointments: by effect and by refusal; what the client is told; reminders that leave once."""

from datetime import date, datetime, timedelta

import pytest

from clienten.enums import BerichtKanaal, BerichtSoort, Kanaal
from clienten.models import Bericht, Machtiging
from kern.belgian_dates import BRUSSELS
from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from trajecten.commands.afspraakpost import send_herinneringen
from trajecten.commands.afspraken import (
    AfspraakGegevens,
    change_afspraak,
    note_afspraak,
    note_told,
    plan_afspraak,
    withdraw_afspraak,
)
from trajecten.commands.uitkomsten import (
    cancel_afspraak,
    hold_afspraak,
    miss_afspraak,
    reopen_afspraak,
)
from trajecten.enums import AfspraakOorzaak, AfspraakSoort, AfspraakStatus
from trajecten.models import Afspraak
from trajecten.queries.afspraken import (
    afspraken_in_dossier,
    afspraken_of_client,
    afspraken_on,
    botsingen,
    vrij_uur,
    zelf_te_herinneren,
)

pytestmark = pytest.mark.django_db


def op(day: int, hour: int = 14, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS)


EEN = op(1)


@pytest.fixture
def olena(twe):
    """Olena reads text messages."""
    client = twe.client
    client.kanaal, client.telefoon = Kanaal.SMS, "0470 12 34 56"
    client.save()
    return client


@pytest.fixture
def plan(olena, worker, nu):
    """Return a function that makes an appointment of the worker with Olena."""

    def make(begint_at: datetime = EEN, *, client=None, laat_weten=False, **facts):
        gegevens = {
            "soort": AfspraakSoort.GESPREK,
            "duur": 60,
            "medewerker": worker,
            "plaats": "Dorpsstraat 1",
            "begint_at": begint_at,
        } | facts
        return plan_afspraak(
            client=client or olena,
            gegevens=AfspraakGegevens(**gegevens),
            by=worker,
            at=nu,
            laat_weten=laat_weten,
        )

    return make


def berichten() -> list[str]:
    return [row.open_text() for row in Bericht.objects.order_by("pk")]


def gegevens_van(row: Afspraak, **changed) -> AfspraakGegevens:
    names = ("soort", "begint_at", "duur", "medewerker", "plaats", "partner", "onderwerp")
    return AfspraakGegevens(**{name: getattr(row, name) for name in names} | changed)


def test_an_appointment_is_made_and_the_client_told_without_the_reason(plan, nu):
    row = plan(onderwerp="Uw schulden", notitie="Komt met zus", laat_weten=True)
    assert (row.status, row.dag, row.created_at) == (AfspraakStatus.GEPLAND, date(2026, 12, 1), nu)
    bericht = Bericht.objects.get()
    assert (bericht.soort, bericht.kanaal) == (BerichtSoort.AFSPRAAK, BerichtKanaal.SMS)
    assert bericht.open_text() == (
        "U hebt een afspraak bij OCMW Herent. "
        "Wij verwachten u op dinsdag 1 december om 14:00. Waar: Dorpsstraat 1."
    )
    trail = Gebeurtenis.objects.filter(tabel="trajecten_afspraak").get()
    assert trail.handeling == "plande een afspraak op 01/12/2026 om 14:00"


def test_the_kind_of_talk_says_who_comes_to_whom(plan):
    plan(soort=AfspraakSoort.TELEFOON, laat_weten=True)
    plan(op(2), soort=AfspraakSoort.HUISBEZOEK, laat_weten=True)
    eerst, dan = berichten()
    assert "Wij bellen u op dinsdag 1 december om 14:00." in eerst
    assert "Wij komen bij u thuis op woensdag 2 december om 14:00." in dan
    assert "Waar:" not in eerst + dan


@pytest.mark.parametrize(
    ("changed", "zin"),
    [
        ({"begint_at": op(22, 9, month=11)}, "al voorbij"),
        ({"duur": 4}, "5 minuten tot 10 uur"),
        ({"soort": AfspraakSoort.DRIEGESPREK}, "derde"),
        ({"soort": "feest"}, "Kies uit de lijst"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_told(plan, changed, zin):
    with pytest.raises(DomainError, match=zin):
        plan(laat_weten=True, **changed)
    assert not Afspraak.objects.exists()
    assert not Bericht.objects.exists()


def test_only_who_follows_clients_here_holds_an_appointment(plan, bestuur, buur):
    vreemd = make_gebruiker(buur, gebruikersnaam="vreemd2")
    onthaal = make_gebruiker(bestuur, Rol.ONTHAAL)
    weg = make_gebruiker(bestuur, tot=date(2026, 11, 30))
    for other in (vreemd, onthaal, weg):
        with pytest.raises(DomainError, match="volgt op 01/12/2026 hier geen"):
            plan(medewerker=other)
    assert not Afspraak.objects.exists()


def test_a_restricted_file_takes_only_who_is_named(plan, olena, worker):
    olena.afgeschermd = True
    olena.save()
    with pytest.raises(DomainError, match="niet gemachtigd"):
        plan()
    Machtiging.objects.create(bestuur_id=olena.bestuur_id, client=olena, gebruiker=worker)
    assert plan().pk


def test_another_clients_traject_is_refused(plan, bestuur, twe):
    with pytest.raises(DomainError, match="andere cliënt"):
        plan(client=make_client(bestuur), traject=twe)


def test_moving_keeps_the_old_moment_in_the_trail_and_tells(plan, worker, nu):
    row = plan()
    moved = change_afspraak(
        afspraak=row, gegevens=gegevens_van(row, begint_at=op(3, 9)), volgnummer=0, by=worker, at=nu
    )
    assert (moved.begint_at, moved.volgnummer) == (op(3, 9), 1)
    last = Gebeurtenis.objects.filter(tabel="trajecten_afspraak").latest("pk")
    assert last.handeling == (
        "verplaatste de afspraak van 01/12/2026 om 14:00 naar 03/12/2026 om 09:00"
    )
    assert last.oud["begint_at"] != last.nieuw["begint_at"]
    assert berichten() == [
        "Uw afspraak bij OCMW Herent is verplaatst. "
        "Wij verwachten u op donderdag 3 december om 09:00. Waar: Dorpsstraat 1."
    ]


def test_a_correction_that_changes_nothing_for_her_tells_nothing(plan, worker, nu):
    row = plan()
    facts = gegevens_van(row, notitie="Dossier meenemen")
    change_afspraak(afspraak=row, gegevens=facts, volgnummer=0, by=worker, at=nu)
    assert not Bericht.objects.exists()


def test_who_saves_second_sees_what_stands_now(plan, worker, nu):
    row = plan()
    facts = gegevens_van(row, begint_at=op(3))
    change_afspraak(afspraak=row, gegevens=facts, volgnummer=0, by=worker, at=nu)
    with pytest.raises(DomainError, match="staat nu op 03/12/2026 om 14:00"):
        change_afspraak(
            afspraak=row,
            gegevens=gegevens_van(row, begint_at=op(4)),
            volgnummer=0,
            by=worker,
            at=nu,
        )
    assert Afspraak.objects.get().begint_at == op(3)


def test_calling_off_says_by_whom_and_tells_unless_she_did(plan, worker, nu):
    hers, ours = plan(), plan(op(2))
    kept = {"by": worker, "at": nu}
    cancel_afspraak(afspraak=hers, oorzaak=AfspraakOorzaak.DOOR_CLIENT, reden="Ziek", **kept)
    assert not Bericht.objects.exists()
    done = cancel_afspraak(afspraak=ours, oorzaak=AfspraakOorzaak.DOOR_OCMW, **kept)
    assert (done.status, done.oorzaak) == (AfspraakStatus.NIET_DOORGEGAAN, "door_ocmw")
    assert berichten() == [
        "Uw afspraak bij OCMW Herent gaat niet door. Het gaat om woensdag 2 december om 14:00."
    ]
    reopen_afspraak(afspraak=ours, by=worker, at=nu)
    assert berichten()[1].startswith("U hebt een afspraak")
    reopen_afspraak(afspraak=hers, by=worker, at=nu)
    assert len(berichten()) == 2
    assert list(Afspraak.objects.values_list("status", "oorzaak", "reden").distinct()) == [
        ("gepland", "", "")
    ]


def test_the_client_calls_off_by_her_own_link(plan, nu):
    row = plan()
    with pytest.raises(DomainError, match="alleen de cliënt zelf"):
        cancel_afspraak(afspraak=row, oorzaak=AfspraakOorzaak.DOOR_OCMW, by=None, at=nu)
    cancel_afspraak(afspraak=row, oorzaak=AfspraakOorzaak.DOOR_CLIENT, by=None, at=nu)
    last = Gebeurtenis.objects.filter(tabel="trajecten_afspraak").latest("pk")
    assert last.handeling == "de cliënt zegde de afspraak van 01/12/2026 om 14:00 af"


def test_what_came_of_it_is_noted_after_it_began(plan, worker, nu):
    row = plan()
    for act in (hold_afspraak, miss_afspraak):
        with pytest.raises(DomainError, match="pas op 01/12/2026"):
            act(afspraak=row, by=worker, at=nu)
    later = op(1, 14, 5)
    assert hold_afspraak(afspraak=row, by=worker, at=later).status == "doorgegaan"
    with pytest.raises(DomainError, match="al doorgegaan"):
        miss_afspraak(afspraak=row, by=worker, at=later)
    reopen_afspraak(afspraak=row, by=worker, at=later)
    missed = miss_afspraak(afspraak=row, by=worker, at=later)
    assert (missed.oorzaak, missed.reden) == ("client_niet_daar", "")
    assert not Bericht.objects.exists()


def test_a_mistake_of_today_is_taken_back_and_who_was_told_hears_it(plan, worker, nu):
    withdraw_afspraak(afspraak=plan(), by=worker, at=nu)
    assert not Bericht.objects.exists()
    withdraw_afspraak(afspraak=plan(laat_weten=True), by=worker, at=nu)
    assert "gaat niet door" in berichten()[-1]
    assert not Afspraak.objects.exists()
    row = plan()
    with pytest.raises(DomainError, match="niet van vandaag"):
        withdraw_afspraak(afspraak=row, by=worker, at=nu + timedelta(days=1))
    assert Afspraak.objects.get() == row


def test_overlap_is_seen_to_the_minute(plan, worker):
    row = plan(op(1, 14), duur=60)
    begin = {"begin": op(1, 15), "duur": 30, "zonder": None}
    assert botsingen(worker, worker, **begin) == []
    assert botsingen(worker, worker, **begin | {"begin": op(1, 14, 59)}) == [row]
    assert botsingen(worker, worker, **begin | {"begin": op(1, 13), "duur": 61}) == [row]
    assert botsingen(worker, worker, **begin | {"begin": op(1, 14), "zonder": row.pk}) == []


def test_the_first_free_hour_goes_round_what_is_planned(plan, worker, nu):
    plan(op(1, 9, 30), duur=60)
    day = date(2026, 12, 1)
    assert vrij_uur(worker, worker, day, duur=60, at=nu).hour == 11
    assert vrij_uur(worker, worker, day, duur=60, at=op(1, 16, 30)) is None


def test_an_appointment_around_midnight_and_around_the_clock_change(plan, worker):
    plan(op(1, 23, 30), duur=60)
    summer = datetime(2027, 3, 28, 1, 30, tzinfo=BRUSSELS)
    row = plan(summer, duur=60)
    fresh = Afspraak.objects.get(pk=row.pk)
    assert f"{fresh.eindigt_at.astimezone(BRUSSELS):%H:%M}" == "03:30"
    assert [item.dag for item in afspraken_on(worker, date(2026, 12, 1))] == [date(2026, 12, 1)]
    assert afspraken_on(worker, date(2026, 12, 2)) == []


def test_what_the_client_sees_holds_nothing_of_the_inside(
    plan, olena, worker, nu, django_assert_num_queries
):
    plan(notitie="Komt vaak te laat")
    row = plan(op(5))
    note_afspraak(afspraak=row, notitie="Niet bellen", by=worker, at=nu)
    with django_assert_num_queries(1):
        shown = afspraken_of_client(olena, at=nu)
        assert [item.dag.day for item in shown.komend] == [1, 5]
    assert "notitie" in shown.komend[0].get_deferred_fields()


def test_of_today_stands_above_until_somebody_says_how_it_went(plan, olena, worker):
    row = plan()
    later = op(1, 17)
    assert afspraken_in_dossier(olena, worker, at=later).komend == (row,)
    tomorrow = afspraken_in_dossier(olena, worker, at=op(2, 8))
    assert (tomorrow.komend, tomorrow.te_noteren) == ((), (row,))


def remind(bestuur, at: datetime) -> int:
    return send_herinneringen(bestuur_id=bestuur.pk, on=at.date(), at=at)


def test_a_reminder_leaves_once_on_its_day(plan, bestuur):
    plan(herinner_dagen=1)
    assert remind(bestuur, op(29, 8, month=11)) == 0
    assert remind(bestuur, op(30, 8, month=11)) == 1
    assert remind(bestuur, op(30, 8, 10, month=11)) == 0
    assert Bericht.objects.get().soort == BerichtSoort.HERINNERING
    assert berichten()[0].startswith("U hebt binnenkort een afspraak bij OCMW Herent.")


def test_no_reminder_of_what_was_called_off_or_is_over(plan, bestuur, worker, nu):
    row = plan(herinner_dagen=1)
    cancel_afspraak(afspraak=row, oorzaak=AfspraakOorzaak.DOOR_CLIENT, by=worker, at=nu)
    plan(op(2, 9), herinner_dagen=1)
    assert remind(bestuur, op(2, 9, 1)) == 0
    assert not Bericht.objects.exists()


def test_a_moved_appointment_is_reminded_of_anew(plan, bestuur, worker):
    row = plan(herinner_dagen=1)
    at = op(30, 8, month=11)
    remind(bestuur, at)
    facts = gegevens_van(row, begint_at=op(8), herinner_dagen=1)
    change_afspraak(afspraak=row, gegevens=facts, volgnummer=0, by=worker, at=at, laat_weten=False)
    assert remind(bestuur, op(7, 8)) == 1
    assert Bericht.objects.count() == 2


def test_an_appointment_of_tomorrow_needs_no_reminder_the_same_day(plan):
    assert plan(op(23, 9, month=11), herinner_dagen=1).herinneren_op is None


@pytest.mark.parametrize(
    ("kanaal", "telefoon"),
    [(Kanaal.BRIEF, "0470123456"), (Kanaal.TELEFOON, "0470123456"), (Kanaal.SMS, "016 12 34 56")],
)
def test_whom_no_message_reaches_stands_on_the_list_of_who_to_call(
    plan, olena, bestuur, worker, kanaal, telefoon
):
    olena.kanaal, olena.telefoon = kanaal, telefoon
    olena.save()
    row = plan(herinner_dagen=1, laat_weten=True)
    at = op(30, 9, month=11)
    assert remind(bestuur, at) == 0
    assert not Bericht.objects.exists()
    assert zelf_te_herinneren(worker, on=at.date(), at=at) == [row]
    note_told(afspraak=row, by=worker, at=at)
    assert zelf_te_herinneren(worker, on=at.date(), at=at) == []


@pytest.mark.parametrize(
    ("taal", "woord"), [("nl", "dinsdag"), ("fr", "mardi"), ("en", "Tuesday"), ("ar", "ثلاثاء")]
)
def test_the_message_speaks_her_language(plan, olena, taal, woord):
    olena.taal = taal
    olena.save()
    plan(laat_weten=True)
    (tekst,) = berichten()
    assert woord in tekst
    assert ("U hebt een afspraak" in tekst) is (taal == "nl")


def test_a_language_without_translation_gets_dutch_and_not_half(plan, olena):
    olena.taal = "tr"
    olena.save()
    plan(laat_weten=True)
    assert "dinsdag 1 december" in berichten()[0]


def test_the_telephone_of_the_ocmw_stands_in_the_message(plan, bestuur):
    bestuur.telefoon = "016 00 00 00"
    bestuur.save()
    plan(laat_weten=True)
    assert berichten()[0].endswith("Kunt u niet? Bel 016 00 00 00.")
