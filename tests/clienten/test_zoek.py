"""Finding a person, however she is typed."""

from datetime import date

import pytest

from clienten.models import Machtiging
from clienten.queries import find_clients, lookalikes, next_dossiernummer
from kern.db.scope import scope
from tests.factories.clienten import make_client, make_insz

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def names(user, text):
    return [client.naam for client in find_clients(user, text, on=TODAY, limit=10)]


@pytest.fixture
def people(bestuur):
    make_client(
        bestuur,
        familienaam="Yıldız-Çelik",
        voornaam="Zoë",
        geboortedatum=date(1992, 2, 14),
        dossiernummer="2026-0142",
        insz=make_insz(date(1992, 2, 14)),
    )
    make_client(bestuur, familienaam="Kovalenko", voornaam="Olena")
    make_client(bestuur, familienaam="Ковальчук", voornaam="Ірина")


@pytest.mark.parametrize(
    "typed",
    [
        "zoe",
        "ZOË",
        "celik zoe",
        "Zoe Yildiz",
        "14/02/1992",
        "14-2-92",
        "1992-02-14",
        "14 februari 1992",
        "2026-0142",
        "2026-01",
        "92.02.14-971.13",
        "Yildis Celik",
    ],
)
def test_a_person_is_found(people, worker, typed):
    number = make_insz(date(1992, 2, 14))
    typed = f"{number[:6]}-{number[6:9]}.{number[9:]}" if typed.startswith("92.") else typed
    assert names(worker, typed) == ["Yıldız-Çelik Zoë"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Kovalnko", ["Kovalenko Olena"]),
        ("olenna kovalenko", ["Kovalenko Olena"]),
        ("ковальчук", ["Ковальчук Ірина"]),
        ("920214971", []),
        ("%", []),
        ("_", []),
        ("\x00", []),
        ("", []),
        ("Vandenbroucke", []),
    ],
)
def test_typos_are_forgiven_and_parts_of_a_number_find_nobody(people, worker, typed, found):
    assert names(worker, typed) == found


def test_a_restricted_file_is_found_only_by_who_is_named(bestuur, worker, lead):
    number = make_insz()
    hidden = make_client(bestuur, familienaam="Geheim", afgeschermd=True, insz=number)
    assert names(worker, "Geheim") == names(lead, "Gehiem") == names(worker, number) == []
    Machtiging.objects.create(bestuur=bestuur, client=hidden, gebruiker=worker)
    assert names(worker, "Geheim") == names(worker, number) == [hidden.naam]
    assert names(lead, number) == []


def test_another_bestuur_finds_nobody(people, buur, stranger):
    with scope(bestuur_id=buur.pk, actor_id=stranger.pk):
        assert names(stranger, "Kovalenko") == names(stranger, make_insz(date(1992, 2, 14))) == []


def test_lookalikes_share_name_and_birth_date(people, bestuur, worker):
    def same(**fields):
        return [c.naam for c in lookalikes(worker, familienaam="kovalenko", **fields)]

    assert same(voornaam="olena", geboortedatum=date(1980, 5, 5)) == ["Kovalenko Olena"]
    assert same(voornaam="olena", geboortedatum=None) == ["Kovalenko Olena"]
    assert same(voornaam="olena", geboortedatum=date(1999, 5, 5)) == []


def test_the_next_number_follows_the_highest_of_the_year(bestuur):
    assert next_dossiernummer(on=TODAY) == "2026-0001"
    for number in ("2026-0009", "2026-12345", "2025-99999", "2026-abc"):
        make_client(bestuur, dossiernummer=number)
    assert next_dossiernummer(on=TODAY) == "2026-12346"
