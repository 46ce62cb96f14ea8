"""Recording, correcting and taking back hours: effects, and refusals that change nothing."""

from datetime import date, time

import pytest

from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.wijkwerken import (
    make_inschrijving,
    make_inzet,
    make_opdracht,
    make_prestatie,
)
from toegang.models import Gebeurtenis
from wijkwerken.commands.prestaties import (
    Cel,
    PrestatieGegevens,
    correct_prestatie,
    record_maand,
    record_prestatie,
    withdraw_prestatie,
)
from wijkwerken.models import Prestatie

D = date.fromisoformat


@pytest.fixture
def record(olena, worker, nu):
    """A function that records hours of Olena."""

    def enter(dag, minuten, inschrijving=olena, **more):
        gegevens = PrestatieGegevens(dag=D(dag), minuten=minuten, **more)
        return record_prestatie(inschrijving=inschrijving, gegevens=gegevens, by=worker, at=nu)

    return enter


def valid():
    rows = Prestatie.objects.valid().order_by("dag", "pk")
    return [(str(row.dag), row.minuten, row.cheques) for row in rows]


def refused(act):
    before = valid()
    with pytest.raises(DomainError) as refusal:
        act()
    assert valid() == before
    return str(refusal.value)


def test_hours_are_recorded_with_their_cheques_and_the_last_day(record, olena, worker):
    done = record("2026-11-03", 135)
    assert valid() == [("2026-11-03", 135, 3)]
    assert done.opmerkingen == ()
    olena.traject.refresh_from_db()
    assert olena.traject.laatste_prestatie_op == D("2026-11-03")
    event = Gebeurtenis.objects.filter(tabel="wijkwerken_prestatie").latest("pk")
    assert event.handeling == "noteerde 2 u 15 wijk-werken op 03/11/2026"
    assert event.actor == worker


def test_h1_and_h2_the_month_is_full_at_sixty_hours(record):
    for dag, minuten in (("2026-10-01", 870), ("2026-10-08", 960), ("2026-10-15", 1320)):
        record(dag, minuten)
    record("2026-10-16", 420)
    text = refused(lambda: record("2026-10-20", 60))
    assert text == (
        "Er is nog 30 minuten over van 60 u in oktober 2026: 1 u is 30 minuten te veel."
    )
    record("2026-10-20", 30)
    text = refused(lambda: record("2026-10-21", 1))
    assert text.startswith("Er is niets meer over van 60 u in oktober 2026")


def test_h4_the_year_is_full_at_630_hours(record, olena):
    for maand in range(1, 11):
        for dag in range(5, 11):
            make_prestatie(olena, date(2026, maand, dag), 10)
    record("2026-11-02", 20 * 60)
    text = refused(lambda: record("2026-11-03", 15 * 60))
    assert text == "Er is nog 10 u over van 630 u in 2026: 15 u is 5 u te veel."


def test_h6_past_midnight_counts_in_two_months(record, olena):
    done = record("2026-10-31", 180, begin=time(22))
    assert valid() == [("2026-10-31", 120, 3), ("2026-11-01", 60, 0)]
    assert len({row.groep for row in done.rijen}) == 1
    olena.traject.refresh_from_db()
    assert olena.traject.laatste_prestatie_op == D("2026-11-01")


def test_h6_neither_half_stays_when_one_does_not_fit(record, olena):
    for dag in range(3, 9):
        make_prestatie(olena, date(2026, 11, dag), 10)
    text = refused(lambda: record("2026-10-31", 180, begin=time(22)))
    assert text.startswith("Er is niets meer over van 60 u in november 2026")


def test_h8_a_correction_is_a_new_version(record, worker, nu):
    first = record("2026-10-05", 600).rijen[0]
    for dag in range(6, 11):
        record(f"2026-10-{dag:02}", 600)
    gegevens = PrestatieGegevens(dag=first.dag, minuten=360)
    done = correct_prestatie(prestatie=first, gegevens=gegevens, by=worker, at=nu)
    first.refresh_from_db()
    assert (first.minuten, first.vervallen_at) == (600, nu)
    assert done.rijen[0].vervangt == first
    assert sum(minuten for _, minuten, _ in valid()) == 56 * 60
    record("2026-10-12", 240)
    text = refused(lambda: record("2026-10-13", 1))
    assert "niets meer over" in text


def test_a_full_month_can_be_corrected_within_itself(record, worker, nu):
    rows = [record(f"2026-10-{dag:02}", 600).rijen[0] for dag in range(5, 11)]
    gegevens = PrestatieGegevens(dag=D("2026-10-12"), minuten=600)
    correct_prestatie(prestatie=rows[0], gegevens=gegevens, by=worker, at=nu)
    assert [dag for dag, _, _ in valid()][-1] == "2026-10-12"
    more = PrestatieGegevens(dag=D("2026-10-06"), minuten=601)
    text = refused(lambda: correct_prestatie(prestatie=rows[1], gegevens=more, by=worker, at=nu))
    assert text == "Er is nog 10 u over van 60 u in oktober 2026: 10 u 01 is 1 minuut te veel."


def test_a_correction_of_what_passed_midnight_takes_both_halves(record, worker, nu):
    first, second = record("2026-10-31", 180, begin=time(22)).rijen
    gegevens = PrestatieGegevens(dag=first.dag, minuten=240, begin=time(22))
    done = correct_prestatie(prestatie=second, gegevens=gegevens, by=worker, at=nu)
    assert valid() == [("2026-10-31", 120, 4), ("2026-11-01", 120, 0)]
    assert [row.vervangt for row in done.rijen] == [first, second]
    gegevens = PrestatieGegevens(dag=first.dag, minuten=60)
    correct_prestatie(prestatie=done.rijen[0], gegevens=gegevens, by=worker, at=nu)
    assert valid() == [("2026-10-31", 60, 1)]


def test_hours_are_taken_back_once(record, olena, worker, nu):
    record("2026-11-02", 240)
    row = record("2026-11-03", 240).rijen[0]
    withdraw_prestatie(prestatie=row, by=worker, at=nu)
    assert valid() == [("2026-11-02", 240, 4)]
    olena.traject.refresh_from_db()
    assert olena.traject.laatste_prestatie_op == D("2026-11-02")
    text = refused(lambda: withdraw_prestatie(prestatie=row, by=worker, at=nu))
    assert text.startswith("Deze uren werden intussen verbeterd of ingetrokken.")
    gegevens = PrestatieGegevens(dag=row.dag, minuten=60)
    refused(lambda: correct_prestatie(prestatie=row, gegevens=gegevens, by=worker, at=nu))


def test_what_was_known_of_the_last_day_stays_when_it_is_later(record, olena, worker, nu):
    olena.traject.laatste_prestatie_op = D("2026-11-10")
    olena.traject.save()
    row = record("2026-10-05", 60).rijen[0]
    olena.traject.refresh_from_db()
    assert olena.traject.laatste_prestatie_op == D("2026-11-10")
    withdraw_prestatie(prestatie=row, by=worker, at=nu)
    olena.traject.refresh_from_db()
    assert olena.traject.laatste_prestatie_op == D("2026-11-10")


@pytest.mark.parametrize(
    ("dag", "minuten", "tekst"),
    [
        ("2026-11-23", 60, "23/11/2026 moet nog komen."),
        ("2026-01-04", 60, "Het wijk-werken begon op 05/01/2026"),
        ("2026-11-02", 0, "Vul in hoelang er gewerkt werd."),
        ("2026-11-02", 1441, "Een prestatie duurt hoogstens 24 uur."),
    ],
)
def test_hours_that_cannot_be(record, dag, minuten, tekst):
    assert refused(lambda: record(dag, minuten)).startswith(tekst)


def test_after_the_end_no_hours_but_late_ones_of_before_it(record, olena):
    olena.traject.einddatum = D("2026-10-31")
    olena.traject.eindreden = "werk_nec"
    olena.traject.save()
    record("2026-10-30", 60)
    text = refused(lambda: record("2026-11-02", 60))
    assert text.startswith("Het wijk-werken eindigde op 31/10/2026")


def test_t8_an_hour_after_an_idle_year_needs_a_new_start(bestuur, record):
    row = make_inschrijving(make_client(bestuur), begindatum=D("2018-01-02"))
    row.traject.pwa_overeenkomst_op = D("2016-05-02")
    row.traject.laatste_prestatie_op = D("2025-11-20")
    row.traject.save()
    text = refused(lambda: record("2026-11-21", 60, inschrijving=row))
    assert text.startswith("Het overgangsrecht verviel na 20/11/2026.")
    record("2026-11-20", 60, inschrijving=row)
    record("2026-11-21", 60, inschrijving=row)
    row.traject.refresh_from_db()
    assert row.traject.laatste_prestatie_op == D("2026-11-21")


def test_what_deserves_a_look_is_said_and_saved(record, olena):
    olena.is_arbeidsongeschikt = True
    olena.toestemming_van = D("2026-11-10")
    olena.save()
    olena.traject.uiterste_dag = D("2026-11-01")
    olena.traject.save()
    done = record("2026-11-02", 60)
    assert [text.split(".")[0][:40] for text in done.opmerkingen] == [
        "02/11/2026 ligt na de uiterste dag van h",
        "Voor 02/11/2026 is er geen toestemming v",
    ]
    assert len(valid()) == 1


def test_h3_cheques_beyond_the_hours_only_warn(record, olena):
    for dag in range(1, 21):
        make_prestatie(olena, date(2026, 11, dag), minuten=121)
    done = record("2026-11-21", 60)
    assert done.opmerkingen[0].startswith("61 cheques in november 2026, meer dan 60.")


def test_the_same_form_twice_counts_once(record):
    record("2026-11-02", 60, sleutel="abc")
    record("2026-11-02", 60, sleutel="abc")
    assert valid() == [("2026-11-02", 60, 1)]


def test_the_database_has_the_last_word(olena):
    """Written past the command, the cap still holds."""
    from django.db import IntegrityError, transaction

    for dag in range(5, 11):
        make_prestatie(olena, date(2026, 10, dag), 10)
    with pytest.raises(IntegrityError, match="over the hours of the month"), transaction.atomic():
        make_prestatie(olena, D("2026-10-12"), minuten=1)
    assert len(valid()) == 6


def cel(row, dag, minuten, *, opdracht=None, gezien=None):
    return Cel(f"{row.pk}-{dag}", row.pk, D(dag), minuten, opdracht, gezien)


def test_a_grid_keeps_what_fits_and_tells_what_does_not(olena, bestuur, worker, nu):
    an = make_inschrijving(make_client(bestuur, voornaam="An"), begindatum=D("2026-01-05"))
    cellen = [cel(olena, f"2026-10-{dag:02}", 600) for dag in range(5, 12)]
    cellen += [cel(an, "2026-10-05", 240), cel(an, "2026-10-06", 30)]
    done = record_maand(cellen=cellen, by=worker, at=nu)
    assert list(done.geweigerd) == [f"{olena.pk}-2026-10-11"]
    assert done.geweigerd[f"{olena.pk}-2026-10-11"].startswith("Er is niets meer over")
    assert len(done.bewaard) == 8
    assert sum(minuten for _, minuten, _ in valid()) == 3600 + 270
    olena.traject.refresh_from_db()
    assert olena.traject.laatste_prestatie_op == D("2026-10-10")


def test_a_grid_makes_room_before_it_fills(olena, worker, nu):
    rows = [make_prestatie(olena, date(2026, 10, dag), 10) for dag in range(5, 11)]
    cellen = [
        cel(olena, "2026-10-01", 300),
        cel(olena, "2026-10-05", 300, gezien=rows[0].pk),
        cel(olena, "2026-10-06", 0, gezien=rows[1].pk),
        cel(olena, "2026-10-12", 600),
    ]
    done = record_maand(cellen=cellen, by=worker, at=nu)
    assert done.geweigerd == {}
    assert done.bewaard[f"{olena.pk}-2026-10-06"] is None
    assert sum(minuten for _, minuten, _ in valid()) == 3600
    assert Prestatie.objects.get(minuten=300, dag=D("2026-10-05")).vervangt == rows[0]


def test_a_grid_overwrites_nothing_it_did_not_show(olena, worker, nu):
    row = make_prestatie(olena, D("2026-10-05"), 4)
    done = record_maand(cellen=[cel(olena, "2026-10-05", 300)], by=worker, at=nu)
    assert done.geweigerd == {
        f"{olena.pk}-2026-10-05": "Intussen gewijzigd: er staat nu 4 u. Kijk na en bewaar opnieuw."
    }
    record_maand(cellen=[cel(olena, "2026-10-05", 300, gezien=row.pk)], by=worker, at=nu)
    done = record_maand(cellen=[cel(olena, "2026-10-05", 60, gezien=row.pk)], by=worker, at=nu)
    assert "er staat nu 5 u" in done.geweigerd[f"{olena.pk}-2026-10-05"]
    assert valid() == [("2026-10-05", 300, 5)]


def test_the_same_grid_twice_counts_once(olena, worker, nu):
    cellen = [cel(olena, "2026-10-05", 300), cel(olena, "2026-10-06", 0)]
    record_maand(cellen=cellen, by=worker, at=nu)
    done = record_maand(cellen=cellen, by=worker, at=nu)
    assert (done.bewaard, done.geweigerd) == ({}, {})
    assert valid() == [("2026-10-05", 300, 5)]


def test_a_grid_leaves_alone_what_stands_together(olena, worker, nu, record):
    record("2026-10-31", 180, begin=time(22))
    make_prestatie(olena, D("2026-10-05"), 1)
    make_prestatie(olena, D("2026-10-05"), 2)
    done = record_maand(
        cellen=[cel(olena, "2026-10-05", 60), cel(olena, "2026-10-31", 60)], by=worker, at=nu
    )
    assert set(done.geweigerd.values()) == {
        "Hier staan meer prestaties samen. Wijzig ze bij de persoon."
    }


def test_a_grid_knows_tasks_apart(olena, bestuur, worker, nu):
    haag, gras = make_opdracht(bestuur), make_opdracht(bestuur, "Gras maaien")
    make_inzet(olena, haag)
    cellen = [
        Cel("haag", olena.pk, D("2026-10-05"), 120, haag),
        Cel("gras", olena.pk, D("2026-10-05"), 60, gras),
    ]
    done = record_maand(cellen=cellen, by=worker, at=nu)
    assert {key: row.opdracht for key, row in done.bewaard.items()} == {
        "haag": haag,
        "gras": gras,
    }


def test_a_grid_of_many_costs_little(bestuur, worker, nu, django_assert_max_num_queries):
    rows = [make_inschrijving(make_client(bestuur), begindatum=D("2026-01-05")) for _ in range(4)]
    cellen = [cel(row, f"2026-10-{dag:02}", 120) for row in rows for dag in range(1, 29)]
    with django_assert_max_num_queries(20 + 25 * len(rows)):
        done = record_maand(cellen=cellen, by=worker, at=nu)
    assert len(done.bewaard) == 112
