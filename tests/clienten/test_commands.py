"""Commands about a client: what they change, and that a refusal changes nothing."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404

from clienten import commands
from clienten.access import ReasonNeeded
from clienten.enums import StatuutSoort, ToewijzingRol, VdabBegeleider
from clienten.models import Client, Insznummer, Machtiging, Statuut, Toewijzing, VdabInschrijving
from kern.db.scope import scope
from kern.errors import DomainError
from tests.factories.clienten import make_client, make_insz, make_statuut, make_toewijzing
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from toegang.models import Gebeurtenis, Inzage

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))
MW = ToewijzingRol.MAATSCHAPPELIJK_WERKER


def register(bestuur, worker, insz="", **gegevens):
    gegevens = {"familienaam": "Kovalenko", "voornaam": "Olena"} | gegevens
    return commands.register_client(
        bestuur=bestuur, gegevens=gegevens, insz=insz, by=worker, at=NOW
    )


def test_register_seals_the_number_and_names_the_act(bestuur, worker):
    client = register(bestuur, worker, insz=make_insz())
    assert client.dossiernummer == "2026-0001"
    assert Insznummer.objects.get(client=client).reveal() == make_insz()
    trail = Gebeurtenis.objects.filter(client_id=client.pk)
    assert {(row.tabel, row.handeling, row.actor_id) for row in trail} == {
        ("clienten_client", "registreerde Kovalenko Olena", worker.pk),
        ("clienten_insznummer", "registreerde Kovalenko Olena", worker.pk),
    }
    assert not [row for row in trail if "cijfer" in row.nieuw or "zoeksleutel" in row.nieuw]


def test_a_known_number_is_refused_with_the_file(bestuur, worker):
    known = make_client(bestuur, insz=make_insz())
    with pytest.raises(commands.DubbelDossier, match=known.dossiernummer) as refusal:
        register(bestuur, worker, insz=make_insz())
    assert refusal.value.client_pk == known.pk
    assert Client.objects.get() == known


def test_a_number_of_a_restricted_file_is_refused_in_neutral_words(bestuur, worker):
    known = make_client(bestuur, insz=make_insz(), familienaam="Geheim", afgeschermd=True)
    with pytest.raises(commands.DubbelDossier) as refusal:
        register(bestuur, worker, insz=make_insz())
    assert refusal.value.client_pk is None
    assert "Geheim" not in str(refusal.value)
    assert known.dossiernummer not in str(refusal.value)
    assert Client.objects.get() == known


def test_the_same_person_may_have_a_file_in_two_besturen(bestuur, buur, worker):
    register(bestuur, worker, insz=make_insz())
    with scope(bestuur_id=buur.pk, actor_id=worker.pk):
        register(buur, worker, insz=make_insz())
        assert Client.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"insz": "80050597100"}, "controlegetal"),
        ({"insz": "12345"}, "cijfers"),
        ({"insz": make_insz(), "geboortedatum": date(1981, 5, 5)}, "geboortedatum"),
        ({"familienaam": ""}, "familienaam"),
    ],
)
def test_register_refuses(bestuur, worker, fields, words):
    with pytest.raises(DomainError, match=words):
        register(bestuur, worker, **fields)
    assert not Client.objects.exists()
    assert not Gebeurtenis.objects.filter(tabel__startswith="clienten_").exists()


def test_change_writes_only_what_changed(bestuur, worker):
    client = make_client(bestuur)
    changed = commands.change_client(
        client=client,
        gegevens={"telefoon": "0470 12 34 56", "voornaam": client.voornaam},
        by=worker,
        at=NOW,
    )
    assert changed == ["telefoon"]
    last = Gebeurtenis.objects.order_by("id").last()
    assert (last.handeling, last.nieuw) == ("wijzigde telefoon", {"telefoon": "0470 12 34 56"})
    assert commands.change_client(client=client, gegevens=changed and {}, by=worker, at=NOW) == []


def test_change_refuses_a_number_in_use(bestuur, worker):
    make_client(bestuur, dossiernummer="A")
    client = make_client(bestuur, dossiernummer="B")
    with pytest.raises(DomainError, match="bestaat al"):
        commands.change_client(client=client, gegevens={"dossiernummer": "A"}, by=worker, at=NOW)
    client.refresh_from_db()
    assert client.dossiernummer == "B"


def test_a_bis_number_makes_place_for_a_national_number(bestuur, worker):
    bis, national = make_insz(date(1980, 5, 5), 990), make_insz(date(1980, 5, 5), 972)
    client = make_client(bestuur, insz=bis)
    commands.set_insz(client=client, insz=national, by=worker, at=NOW)
    former, current = Insznummer.objects.order_by("van")
    assert (former.reveal(), former.tot) == (bis, date(2026, 11, 21))
    assert (current.reveal(), current.van, current.tot) == (national, date(2026, 11, 22), None)
    commands.set_insz(client=client, insz=bis, by=worker, at=NOW)
    assert Insznummer.objects.get(tot__isnull=True).reveal() == bis
    with pytest.raises(DomainError, match="al het"):
        commands.set_insz(client=client, insz=bis, by=worker, at=NOW)


def test_a_number_of_another_file_is_refused(bestuur, worker):
    make_client(bestuur, insz=make_insz())
    client = make_client(bestuur)
    with pytest.raises(DomainError, match="ander dossier"):
        commands.set_insz(client=client, insz=make_insz(), by=worker, at=NOW)
    assert Insznummer.objects.count() == 1


def test_reveal_is_written_down(bestuur, worker, lead):
    client = make_client(bestuur, insz=make_insz())
    with pytest.raises(ReasonNeeded):
        commands.reveal_insz(client_pk=client.pk, by=worker, at=NOW)
    assert not Inzage.objects.exists()
    make_toewijzing(client, worker)
    shown = commands.reveal_insz(client_pk=client.pk, by=worker, at=NOW)
    assert shown.replace(".", "").replace("-", "") == make_insz()
    seen = Inzage.objects.get()
    assert (seen.scherm, seen.gebruiker, seen.grond) == (
        "rijksregisternummer",
        worker,
        "eigen_client",
    )


def test_a_stranger_reveals_nothing(bestuur, buur, stranger):
    client = make_client(bestuur, insz=make_insz())
    with scope(bestuur_id=buur.pk, actor_id=stranger.pk), pytest.raises(Http404):
        commands.reveal_insz(client_pk=client.pk, by=stranger, at=NOW)
    assert not Inzage.objects.exists()


def test_a_new_statuut_closes_the_running_one_the_day_before(bestuur, worker):
    client = make_client(bestuur)
    make_statuut(client, van=date(2026, 1, 1))
    commands.add_statuut(
        client=client,
        soort=StatuutSoort.EQUIVALENT_LEEFLOON,
        categorie=2,
        van=date(2026, 6, 1),
        by=worker,
        at=NOW,
    )
    assert list(Statuut.objects.order_by("van").values_list("soort", "tot")) == [
        ("leefloon", date(2026, 5, 31)),
        ("equivalent_leefloon", None),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"van": date(2026, 1, 1)}, "al een statuut"),
        ({"van": date(2025, 1, 1)}, "al een statuut"),
        ({"van": date(2026, 6, 1), "categorie": 4}, "categorie"),
        ({"van": date(2026, 6, 1), "categorie": 1, "soort": "ziekte"}, "categorie"),
    ],
)
def test_statuut_refuses(bestuur, worker, fields, words):
    client = make_client(bestuur)
    running = make_statuut(client, van=date(2026, 1, 1))
    with pytest.raises(DomainError, match=words):
        commands.add_statuut(client=client, **{"soort": "leefloon"} | fields, by=worker, at=NOW)
    running.refresh_from_db()
    assert (Statuut.objects.count(), running.tot) == (1, None)


def test_close_statuut_once(bestuur, worker):
    statuut = make_statuut(make_client(bestuur))
    commands.close_statuut(statuut=statuut, tot=date(2026, 11, 30), by=worker, at=NOW)
    with pytest.raises(DomainError, match="30/11/2026"):
        commands.close_statuut(statuut=statuut, tot=date(2026, 12, 31), by=worker, at=NOW)
    assert Statuut.objects.get().tot == date(2026, 11, 30)


def assign(client, gebruiker, by, van=date(2026, 11, 22), is_spilfiguur=True, rol=MW):
    commands.assign(
        client=client,
        gebruiker=gebruiker,
        rol=rol,
        van=van,
        is_spilfiguur=is_spilfiguur,
        by=by,
        at=NOW,
    )


def test_a_new_spilfiguur_follows_the_one_before_and_history_stays(bestuur, worker, lead):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    other = make_gebruiker(bestuur)
    assign(client, other, lead)
    assert list(Toewijzing.objects.order_by("van").values_list("gebruiker", "tot")) == [
        (worker.pk, date(2026, 11, 21)),
        (other.pk, None),
    ]
    with pytest.raises(DomainError, match="al spilfiguur"):
        assign(client, other, lead)
    assert Toewijzing.objects.count() == 2


def test_a_spilfiguur_of_the_same_day_makes_place_at_once(bestuur, worker, lead):
    client = make_client(bestuur)
    make_toewijzing(client, worker, van=date(2026, 11, 22))
    other = make_gebruiker(bestuur)
    assign(client, other, lead)
    assert set(Toewijzing.objects.values_list("gebruiker", "tot", "is_spilfiguur")) == {
        (worker.pk, date(2026, 11, 22), False),
        (other.pk, None, True),
    }


def test_a_follower_becomes_spilfiguur(bestuur, worker, lead):
    client = make_client(bestuur)
    assign(client, worker, lead, van=date(2026, 3, 1), is_spilfiguur=False)
    assign(client, worker, lead)
    assert list(Toewijzing.objects.order_by("van").values_list("is_spilfiguur", "tot")) == [
        (False, date(2026, 11, 21)),
        (True, None),
    ]


def test_many_clients_change_hands_in_a_fixed_number_of_queries(
    bestuur, worker, lead, django_assert_num_queries
):
    other = make_gebruiker(bestuur)

    def clients(number):
        made = [make_client(bestuur) for _ in range(number)]
        for client in made:
            make_toewijzing(client, worker)
        return [client.pk for client in made]

    def hand_over(pks):
        return commands.assign_spilfiguur(
            client_pks=pks, gebruiker=other, rol=MW, van=date(2026, 11, 22), by=lead, at=NOW
        )

    few, many = clients(2), clients(30)
    with django_assert_num_queries(15):
        assert hand_over(few) == few
    with django_assert_num_queries(15):
        assert hand_over(many) == many
    assert hand_over(many) == []
    spil = Toewijzing.objects.active_on(date(2026, 11, 22)).filter(is_spilfiguur=True)
    assert set(spil.values_list("gebruiker", flat=True)) == {other.pk}
    assert spil.count() == 32


def test_a_restricted_file_of_another_stays_out_of_a_hand_over(bestuur, worker, lead):
    hidden = make_client(bestuur, afgeschermd=True)
    assert (
        commands.assign_spilfiguur(
            client_pks=[hidden.pk], gebruiker=worker, rol=MW, van=NOW.date(), by=lead, at=NOW
        )
        == []
    )
    assert not Toewijzing.objects.exists()


@pytest.mark.parametrize("case", ["not here", "not named", "later"])
def test_assign_refuses(bestuur, buur, worker, lead, stranger, case):
    client = make_client(bestuur)
    gebruiker, words = worker, "later begint"
    if case == "not here":
        gebruiker, words = stranger, "werkt hier niet"
    if case == "not named":
        Client.objects.update(afgeschermd=True)
        Machtiging.objects.create(bestuur=bestuur, client=client, gebruiker=lead)
        words = "niet gemachtigd"
    if case == "later":
        make_toewijzing(client, lead, van=date(2027, 1, 1))
    before = Toewijzing.objects.count()
    with pytest.raises(DomainError, match=words):
        assign(client, gebruiker, lead)
    assert Toewijzing.objects.count() == before


def test_end_toewijzing(bestuur, worker, lead):
    row = make_toewijzing(make_client(bestuur), worker)
    commands.end_toewijzing(toewijzing=row, tot=date(2026, 11, 30), by=lead, at=NOW)
    with pytest.raises(DomainError, match="30/11/2026"):
        commands.end_toewijzing(toewijzing=row, tot=date(2026, 12, 30), by=lead, at=NOW)
    with pytest.raises(DomainError, match="vóór"):
        commands.end_toewijzing(toewijzing=row, tot=date(2025, 12, 30), by=lead, at=NOW)
    assert Toewijzing.objects.get().tot == date(2026, 11, 30)


def test_restrict_hides_and_unrestrict_shows(bestuur, worker, lead):
    client = make_client(bestuur)
    with pytest.raises(DomainError, match="minstens"):
        commands.restrict_client(client=client, gemachtigden=[], by=lead, at=NOW)
    make_toewijzing(client, worker)
    with pytest.raises(DomainError, match=worker.naam):
        commands.restrict_client(client=client, gemachtigden=[lead], by=lead, at=NOW)
    assert not Client.objects.get().afgeschermd
    commands.restrict_client(client=client, gemachtigden=[lead, worker], by=lead, at=NOW)
    other = make_gebruiker(bestuur)
    assert not Client.objects.visible_to(other).exists()
    assert Client.objects.visible_to(worker).exists()
    commands.unrestrict_client(client=client, by=lead, at=NOW)
    assert Client.objects.visible_to(other).exists()
    assert not Machtiging.objects.exists()
    with pytest.raises(DomainError, match="niet afgeschermd"):
        commands.unrestrict_client(client=client, by=lead, at=NOW)


def test_vdab_registration_follows_an_exemption(bestuur, worker):
    client = make_client(bestuur)

    def record(van, **fields):
        commands.record_vdab(
            client=client, van=van, begeleider=VdabBegeleider.OCMW, by=worker, at=NOW, **fields
        )

    with pytest.raises(DomainError, match="Motiveer"):
        record(date(2026, 1, 1), vrijstelling="gezondheid")
    record(date(2026, 1, 1), vrijstelling="gezondheid", motivering="Operatie")
    record(date(2026, 6, 1))
    assert list(VdabInschrijving.objects.order_by("van").values_list("vrijstelling", "tot")) == [
        ("gezondheid", date(2026, 5, 31)),
        ("", None),
    ]
    with pytest.raises(DomainError, match="loopt al"):
        record(date(2026, 6, 1))
    assert VdabInschrijving.objects.count() == 2


@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
@pytest.mark.parametrize("is_spilfiguur", [True, False])
def test_who_may_not_change_a_file_follows_nobody(bestuur, worker, lead, rol, is_spilfiguur):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    other = make_gebruiker(bestuur, rol)
    with pytest.raises(DomainError, match="geen rol waarin men cliënten volgt"):
        assign(client, other, lead, is_spilfiguur=is_spilfiguur)
    assert list(Toewijzing.objects.values_list("gebruiker", "tot")) == [(worker.pk, None)]
