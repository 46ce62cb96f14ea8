"""Own rules with two pairs of eyes, what they do, and that stored days agree afterwards."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from trajecten.berekening import gevolg, herstel, verschillen
from trajecten.commands import RegelGegevens, approve_regel, propose_regel, withdraw_regel
from trajecten.enums import Overgang, RegelStatus
from trajecten.models import Instrument, Regel, Traject
from trajecten.queries import eigen_versie, regels_in_gebruik, regels_voor
from trajecten.reference import instrumenten, regels

pytestmark = pytest.mark.django_db
VANDAAG = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(nu):
    with time_machine.travel(nu, tick=False):
        yield


@pytest.fixture
def beheerders(bestuur):
    return [make_gebruiker(bestuur, Rol.BEHEERDER) for _ in range(2)]


def voorstel(by, nu, **changed):
    facts = {
        "code": "twe.max_maanden",
        "waarde": "18",
        "geldig_van": date(2026, 1, 1),
        "bron": "Raad van 12/01/2026",
    }
    return propose_regel(gegevens=RegelGegevens(**{**facts, **changed}), by=by, at=nu)


def test_a_proposal_counts_for_nothing(bestuur, twe, beheerders, nu):
    voorstel(beheerders[0], nu)
    assert not any(rij.eigen for rij in regels_voor(bestuur.pk))


def test_approval_by_another_moves_the_stored_days(
    bestuur, twe, beheerders, nu, django_capture_on_commit_callbacks
):
    row = voorstel(beheerders[0], nu)
    effect = gevolg(bestuur.pk, eigen_versie(row), on=VANDAAG)
    assert (effect.raakt, effect.schuift) == (1, 1)
    with django_capture_on_commit_callbacks(execute=True):
        approve_regel(regel=row, by=beheerders[1], at=nu)
    twe.refresh_from_db()
    assert twe.uiterste_dag == date(2027, 9, 1)
    assert not any(verschillen(bestuur.pk, on=VANDAAG))


def test_one_pair_of_eyes_is_not_enough(twe, beheerders, worker, nu):
    row = voorstel(beheerders[0], nu)
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match="zelf voor"):
        approve_regel(regel=row, by=beheerders[0], at=nu)
    with pytest.raises(DomainError, match="Alleen een beheerder"):
        approve_regel(regel=row, by=worker, at=nu)
    assert Regel.objects.get(pk=row.pk).status == RegelStatus.VOORGESTELD
    assert Gebeurtenis.objects.count() == before


def test_a_new_version_closes_the_one_before(beheerders, nu):
    first = approve_regel(regel=voorstel(beheerders[0], nu), by=beheerders[1], at=nu)
    second = voorstel(beheerders[0], nu, waarde="20", geldig_van=date(2027, 1, 1))
    approve_regel(regel=second, by=beheerders[1], at=nu)
    first.refresh_from_db()
    assert first.geldig_tot == date(2026, 12, 31)
    earlier = voorstel(beheerders[0], nu, waarde="21", geldig_van=date(2026, 6, 1))
    with pytest.raises(DomainError, match="geldt al een versie"):
        approve_regel(regel=earlier, by=beheerders[1], at=nu)
    first.refresh_from_db()
    assert first.geldig_tot == date(2026, 12, 31)


def test_what_is_in_force_is_not_withdrawn(beheerders, nu):
    row = approve_regel(regel=voorstel(beheerders[0], nu), by=beheerders[1], at=nu)
    with pytest.raises(DomainError, match="geldt al sinds 01/01/2026"):
        withdraw_regel(regel=row, by=beheerders[1], at=nu)
    later = voorstel(beheerders[0], nu, geldig_van=date(2027, 1, 1))
    assert withdraw_regel(regel=later, by=beheerders[1], at=nu).status == RegelStatus.INGETROKKEN


@pytest.mark.parametrize(
    ("changed", "zin"),
    [
        ({"waarde": "veel"}, "geheel getal"),
        ({"waarde": "-18"}, "geheel getal"),
        ({"waarde": "18, 20"}, "geheel getal"),
        ({"waarde": "9" * 40}, "geheel getal"),
        ({"code": "twe.schorsing_beleid", "waarde": "soepel"}, "Kies uit"),
        ({"code": "signaal.limiet_dagen", "waarde": "90, 30"}, "4 gehele getallen"),
        ({"code": "vdab.peildag", "waarde": "morgen"}, "Schrijf de dag"),
        ({"code": "geen.regel"}, "Er is geen regel"),
        ({"bron": " "}, "waar deze keuze beslist is"),
        ({"geldig_tot": date(2025, 1, 1)}, "vóór de eerste dag"),
    ],
)
def test_a_value_nobody_can_count_with_is_refused(beheerders, nu, changed, zin):
    with pytest.raises(DomainError, match=zin):
        voorstel(beheerders[0], nu, **changed)
    assert not Regel.objects.filter(bestuur__isnull=False).exists()


def test_a_rule_of_the_neighbour_touches_nothing_here(bestuur, buur, beheerders, stranger, nu):
    voorstel(beheerders[0], nu)
    assert {row.bestuur_id for row in Regel.objects.all()} == {None, bestuur.pk}
    listed = regels_in_gebruik(beheerders[0], on=VANDAAG)
    assert len(listed) == len({row.code for row in listed})


def test_mending_stores_what_the_clocks_say_in_a_few_queries(
    bestuur, worker, django_assert_max_num_queries
):
    for _ in range(5):
        make_traject(make_client(bestuur), uiterste_dag=date(2020, 1, 1))
    with django_assert_max_num_queries(9):
        assert herstel(bestuur.pk, on=VANDAAG) == 5
    assert set(Traject.objects.values_list("uiterste_dag", flat=True)) == {date(2028, 3, 1)}
    assert herstel(bestuur.pk, on=VANDAAG) == 0


def test_the_reference_is_written_once_and_repeatable(capsys):
    assert Instrument.objects.count() == len(instrumenten())
    assert Regel.objects.filter(bestuur__isnull=True).count() == len(regels())


@pytest.mark.django_db(databases=["default", "owner"])
def test_writing_the_reference_again_changes_nothing(capsys):
    call_command("referentie")
    assert capsys.readouterr().out.startswith("0 regels toegevoegd, 0 rijen gewijzigd, 0 regels")


def test_the_screens_of_rules_are_for_who_may(bestuur, beheerders, worker, stranger, signed_in, nu):
    row = voorstel(beheerders[0], nu)
    listed = reverse("trajecten:regels")
    detail = reverse("trajecten:regel", args=["twe.max_maanden"])
    proposal = reverse("trajecten:regel_voorstel", args=[row.pk])
    assert signed_in(worker).get(listed).status_code == 200
    assert signed_in(worker).get(detail).status_code == 200
    assert signed_in(worker).get(reverse("trajecten:instrumenten")).status_code == 200
    assert signed_in(worker).get(proposal).status_code == 403
    assert signed_in(stranger).get(proposal).status_code == 403
    own = signed_in(beheerders[0]).get(proposal).content.decode()
    assert "Keur goed" not in own
    assert "Keur goed" in signed_in(beheerders[1]).get(proposal).content.decode()
    assert signed_in(make_gebruiker(bestuur, Rol.ONTHAAL)).get(listed).status_code == 403


def test_a_beheerder_of_the_neighbour_does_not_find_the_proposal(buur, beheerders, signed_in, nu):
    row = voorstel(beheerders[0], nu)
    other = signed_in(make_gebruiker(buur, Rol.BEHEERDER))
    for name in ("approve_regel", "withdraw_regel"):
        assert other.post(reverse(f"trajecten:{name}", args=[row.pk])).status_code == 404
    assert other.get(reverse("trajecten:regel_voorstel", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("code", ["geen.regel", "x%00y", "%27%3B--"])
def test_an_unknown_rule_is_not_found(worker, signed_in, code):
    assert signed_in(worker).get(f"/beheer/regels/{code}/").status_code == 404


def test_proposing_on_screen_keeps_what_was_typed(beheerders, signed_in):
    url = reverse("trajecten:propose_regel", args=["twe.max_maanden"])
    typed = {
        "waarde": "veel",
        "geldig_van": "1/1/2027",
        "overgang": Overgang.NIEUWE_STARTS,
        "bron": "Raad",
    }
    page = signed_in(beheerders[0]).post(url, typed).content.decode()
    assert "geheel getal" in page
    assert 'value="1/1/2027"' in page
    assert signed_in(beheerders[0]).post(url, {**typed, "waarde": "18"}).status_code == 302


@pytest.mark.parametrize(
    ("waarde", "eenheid", "woorden"),
    [
        ("hard_cap", "beleid", "de uiterste dag schuift niet op"),
        ("extend_listed_reasons", "beleid", "alleen bij redenen op de lijst"),
        ("moederschapsrust, langdurige_ziekte", "lijst", "moederschapsrust, langdurige ziekte"),
        ("24", "maanden", "24 maanden"),
        ("ja", "ja/nee", "ja"),
    ],
)
def test_a_rule_shows_words_and_no_codes(waarde, eenheid, woorden):
    assert Regel(code="x", waarde=waarde, eenheid=eenheid).waarde_in_woorden == woorden


def test_the_list_of_rules_shows_no_code(worker, signed_in):
    html = signed_in(worker).get(reverse("trajecten:regels")).content.decode()
    assert "de uiterste dag schuift niet op" in html
    assert "hard_cap" not in html
