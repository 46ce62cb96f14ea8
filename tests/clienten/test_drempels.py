"""What stands in the way: noted, moved between the two sides, solved, shown and written down."""

from datetime import date, datetime

import pytest

from clienten import commands
from clienten.access import ReasonNeeded
from clienten.commands import DrempelGegevens
from clienten.commands.drempels import versie_of
from clienten.enums import GEVOELIGE_SOORTEN, GEWONE_SOORTEN, DrempelSoort, DrempelStand
from clienten.models import Drempel, GevoeligeDrempel
from clienten.queries.drempels import default_gebied, drempels_of, gebieden, label_for
from kern.errors import DomainError
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.drempels import (
    BRUSSELS,
    make_drempel,
    make_gevoelige_drempel,
    open_compartment,
)
from tests.factories.toegang import make_gebruiker
from toegang.audit import without_content
from toegang.enums import Rol
from toegang.models import Gebeurtenis, Inzage

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
SINCE = date(2026, 10, 1)
SECRET = "Wacht op een operatie aan de knie"


@pytest.fixture
def olena(bestuur, worker):
    client = make_client(bestuur, postcode="3020", gemeente="Herent")
    make_toewijzing(client, worker)
    return client


@pytest.fixture
def coach(bestuur):
    """A trajectbegeleider: the same work, without the compartment."""
    return make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER, gebruikersnaam="tb1")


def facts(soort=DrempelSoort.KINDEROPVANG, **values):
    return DrempelGegevens(soort=soort, van=values.pop("van", SINCE), **values)


def register(client, by, *args, **values):
    return commands.register_drempel(client=client, gegevens=facts(*args, **values), by=by, at=AT)


def test_a_barrier_is_noted_with_who_does_what(olena, worker):
    drempel = register(
        olena, worker, omschrijving=" Geen plaats op woensdag ", actie="Wachtlijst", eigenaar=worker
    )
    row = Drempel.objects.get()
    assert row == drempel
    assert (row.soort, row.omschrijving, row.actie, row.eigenaar) == (
        "kinderopvang",
        "Geen plaats op woensdag",
        "Wachtlijst",
        worker,
    )
    assert (row.van, row.tot, row.stand) == (SINCE, None, DrempelStand.OPEN)
    assert drempels_of(olena, worker) == [row]


@pytest.mark.parametrize("soort", GEVOELIGE_SOORTEN)
def test_what_is_sensitive_says_outside_only_that_it_is_there(olena, worker, soort):
    with open_compartment():
        drempel = register(olena, worker, soort, omschrijving=SECRET, actie="Rust", wie="Dr. X")
        inside = GevoeligeDrempel.objects.get()
    drempel.refresh_from_db()
    assert drempel.soort == DrempelSoort.GEVOELIG
    assert (drempel.omschrijving, drempel.actie, drempel.wie) == ("", "", "")
    assert (inside.soort, inside.omschrijving, inside.wie) == (soort, SECRET, "Dr. X")
    assert inside.drempel_id == drempel.pk


def test_any_kind_can_be_kept_sensitive(olena, worker):
    with open_compartment():
        drempel = register(olena, worker, DrempelSoort.ZORG, omschrijving=SECRET, is_gevoelig=True)
        assert GevoeligeDrempel.objects.get().soort == DrempelSoort.ZORG
    assert (drempel.soort, drempel.omschrijving) == (DrempelSoort.GEVOELIG, "")


def test_who_may_not_open_the_compartment_notes_only_that_it_is_there(olena, coach):
    for values in (
        {"soort": DrempelSoort.GEZONDHEID},
        {"soort": DrempelSoort.ZORG, "is_gevoelig": True},
        {"soort": DrempelSoort.GEVOELIG, "omschrijving": SECRET},
    ):
        with pytest.raises(DomainError, match=r"[Gg]evoelig"):
            register(olena, coach, **values)
    assert not Drempel.objects.exists()
    assert register(olena, coach, DrempelSoort.GEVOELIG).is_gevoelig


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"van": date(2026, 11, 23)}, "dag die voorbij is"),
        ({"stand": DrempelStand.OPGELOST}, "los de drempel daarna op"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(olena, worker, values, says):
    with pytest.raises(DomainError, match=says):
        register(olena, worker, **values)
    assert not Drempel.objects.exists()
    assert not Gebeurtenis.objects.filter(tabel="clienten_drempel").exists()


def test_an_ordinary_barrier_that_turns_out_sensitive_leaves_no_word_outside(olena, worker):
    drempel = register(olena, worker, DrempelSoort.ZORG, omschrijving=SECRET, wie="Dr. X")
    with open_compartment():
        commands.change_drempel(
            drempel=drempel,
            gegevens=facts(DrempelSoort.GEZONDHEID, omschrijving=SECRET, wie="Dr. X"),
            by=worker,
            at=AT,
        )
        assert GevoeligeDrempel.objects.get().omschrijving == SECRET
    row = Drempel.objects.get()
    assert (row.soort, row.omschrijving, row.wie) == (DrempelSoort.GEVOELIG, "", "")
    trail = str(list(Gebeurtenis.objects.values("handeling", "oud", "nieuw")))
    assert SECRET not in trail
    assert "Dr. X" not in trail


def test_a_sensitive_barrier_that_turns_out_ordinary_leaves_the_compartment(olena, worker):
    drempel = make_gevoelige_drempel(olena, omschrijving=SECRET)
    with open_compartment():
        commands.change_drempel(
            drempel=drempel,
            gegevens=facts(DrempelSoort.MOBILITEIT, omschrijving="Geen bus voor 7 u"),
            by=worker,
            at=AT,
        )
        assert not GevoeligeDrempel.objects.exists()
    row = Drempel.objects.get()
    assert (row.soort, row.omschrijving) == (DrempelSoort.MOBILITEIT, "Geen bus voor 7 u")


def test_who_may_not_see_it_changes_the_outside_and_keeps_the_inside(olena, coach):
    drempel = make_gevoelige_drempel(olena, omschrijving=SECRET)
    with pytest.raises(DomainError, match="gevoelig"):
        commands.change_drempel(drempel=drempel, gegevens=facts(), by=coach, at=AT)
    commands.change_drempel(
        drempel=drempel,
        gegevens=facts(DrempelSoort.GEVOELIG, stand=DrempelStand.AANPAK, eigenaar=coach),
        by=coach,
        at=AT,
    )
    row = Drempel.objects.get()
    assert (row.soort, row.stand, row.eigenaar) == ("gevoelig", "aanpak", coach)
    with open_compartment():
        assert GevoeligeDrempel.objects.get().omschrijving == SECRET


def test_whoever_saves_second_hears_who_was_first_and_changes_nothing(olena, worker, bestuur):
    drempel = register(olena, worker)
    seen = versie_of(Drempel.objects.get())
    later = datetime(2026, 11, 22, 11, 0, tzinfo=BRUSSELS)
    commands.change_drempel(drempel=drempel, gegevens=facts(actie="Eerst"), by=worker, at=later)
    with pytest.raises(commands.IntussenGewijzigd, match=worker.naam):
        commands.change_drempel(
            drempel=drempel, gegevens=facts(actie="Daarna"), versie=seen, by=worker, at=later
        )
    assert Drempel.objects.get().actie == "Eerst"


def test_solved_and_open_again(olena, worker):
    drempel = register(olena, worker)
    solved = commands.close_drempel(drempel=drempel, op=date(2026, 11, 20), by=worker, at=AT)
    assert (solved.stand, solved.tot) == (DrempelStand.OPGELOST, date(2026, 11, 20))
    with pytest.raises(DomainError, match="al opgelost op 20/11/2026"):
        commands.close_drempel(drempel=drempel, op=date(2026, 11, 21), by=worker, at=AT)
    with pytest.raises(DomainError, match="Heropen hem eerst"):
        commands.change_drempel(drempel=drempel, gegevens=facts(), by=worker, at=AT)
    opened = commands.reopen_drempel(drempel=drempel, by=worker, at=AT)
    assert (opened.stand, opened.tot) == (DrempelStand.OPEN, None)
    with pytest.raises(DomainError, match="staat nog open"):
        commands.reopen_drempel(drempel=drempel, by=worker, at=AT)


@pytest.mark.parametrize(
    ("op", "says"),
    [(date(2026, 11, 23), "dag die voorbij is"), (date(2026, 9, 30), "vóór het begin")],
)
def test_a_barrier_is_not_solved_in_the_future_or_before_it_began(olena, worker, op, says):
    drempel = register(olena, worker)
    with pytest.raises(DomainError, match=says):
        commands.close_drempel(drempel=drempel, op=op, by=worker, at=AT)
    assert Drempel.objects.get().tot is None


def test_showing_the_compartment_is_written_in_the_read_log(olena, worker):
    drempel = make_gevoelige_drempel(olena, omschrijving=SECRET)
    with open_compartment():
        inside = commands.reveal_drempel(drempel=drempel, by=worker, at=AT)
    assert inside.omschrijving == SECRET
    seen = Inzage.objects.get()
    assert (seen.client_id, seen.gebruiker, seen.scherm) == (olena.pk, worker, "gevoelige drempel")


def test_without_permission_or_reason_nothing_is_shown_or_written(bestuur, olena, coach, lead):
    drempel = make_gevoelige_drempel(olena, omschrijving=SECRET)
    other = make_gebruiker(bestuur, gebruikersnaam="mw2")
    with open_compartment():
        for refused in (coach, lead):
            with pytest.raises(DomainError):
                commands.reveal_drempel(drempel=drempel, by=refused, at=AT)
        with pytest.raises(ReasonNeeded):
            commands.reveal_drempel(drempel=drempel, by=other, at=AT)
    assert not Inzage.objects.exists()


def test_the_trail_tells_the_act_and_never_the_words(olena, worker):
    with open_compartment():
        drempel = register(olena, worker, DrempelSoort.SCHULDEN, omschrijving=SECRET, actie="Plan")
        commands.change_drempel(
            drempel=drempel,
            gegevens=facts(DrempelSoort.JUSTITIE, omschrijving=f"{SECRET} nog eens"),
            by=worker,
            at=datetime(2026, 11, 22, 11, 0, tzinfo=BRUSSELS),
        )
    rows = Gebeurtenis.objects.filter(tabel__in=["clienten_drempel", "clienten_gevoeligedrempel"])
    # Also a change of nothing but words leaves a line.
    assert [(row.tabel, row.op) for row in rows.order_by("pk")] == [
        ("clienten_drempel", "I"),
        ("clienten_gevoeligedrempel", "I"),
        ("clienten_drempel", "U"),
        ("clienten_gevoeligedrempel", "U"),
    ]
    assert {row.handeling for row in rows} == {
        "noteerde een drempel: Gevoelig",
        "wijzigde een drempel: Gevoelig",
    }
    written = str([(row.oud, row.nieuw) for row in rows])
    for word in (SECRET, "schulden", "justitie", "Plan"):
        assert word not in written


def test_a_dpo_without_a_reason_reads_no_kind():
    assert without_content("noteerde een drempel: Kinderopvang") == "noteerde een drempel"
    assert without_content("loste een drempel op: Vervoer") == "loste een drempel op"


def test_one_area_is_written_in_one_way(olena, worker):
    register(olena, worker, gebied="3020 Herent")
    second = register(olena, worker, DrempelSoort.TAAL, gebied=" 3020  HERENT ")
    assert second.gebied == "3020 Herent"
    assert gebieden(worker) == ["3020 Herent"]
    assert default_gebied(olena) == "3020 Herent"


def test_words_for_who_reads(worker, coach):
    for soort in GEWONE_SOORTEN:
        assert label_for(soort, None) == label_for(soort, worker) == str(soort.label)
    assert label_for(DrempelSoort.GEVOELIG, worker) == "Gevoelig"
    assert label_for(DrempelSoort.GEVOELIG, coach) == "iets persoonlijks"
    assert label_for(DrempelSoort.GEVOELIG, None) == "iets persoonlijks"


def test_what_stands_comes_before_what_was_solved(olena, worker):
    solved = make_drempel(olena, stand="opgelost", van=date(2026, 1, 1), tot=date(2026, 2, 1))
    late, early = (
        make_drempel(olena, van=date(2026, 8, 1)),
        make_drempel(olena, van=date(2026, 3, 1)),
    )
    assert drempels_of(olena, worker) == [early, late, solved]
    assert list(Drempel.objects.unsolved().order_by("van")) == [early, late]
