"""Opening a file: who may, on what ground, and what is written down about it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from clienten.access import ReasonNeeded, open_card, open_client, open_clients, state_reason
from clienten.models import Client, Machtiging
from kern.db.scope import ACTOR, scope, set_local
from kern.errors import DomainError
from kern.logs import request_id
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from toegang.audit import act
from toegang.enums import Grond, Rol
from toegang.models import Gebeurtenis, Inzage

pytestmark = pytest.mark.django_db

# 22 November 2026 in Brussels lasts from 23:00 to 23:00 UTC.
NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
LAST_MINUTE = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def klant(bestuur):
    return make_client(bestuur, familienaam="Haddad")


def acting(bestuur, rol, **fields):
    person = make_gebruiker(bestuur, rol, **fields)
    set_local({ACTOR: str(person.pk)})
    return person


def test_ones_own_client_opens_and_the_read_log_says_so(worker, klant):
    make_toewijzing(klant, worker)
    token = request_id.set("abc")
    assert open_client(worker, klant.pk, scherm="dossier", at=NOON) == klant
    request_id.reset(token)
    row = Inzage.objects.get()
    assert (row.client_id, row.gebruiker, row.grond, row.scherm, row.at, row.verzoek) == (
        klant.pk,
        worker,
        Grond.EIGEN_CLIENT,
        "dossier",
        NOON,
        "abc",
    )


@pytest.mark.parametrize("rol", [Rol.MAATSCHAPPELIJK_WERKER, Rol.TRAJECTBEGELEIDER])
def test_somebody_elses_client_asks_why_and_writes_nothing(bestuur, klant, rol):
    person = acting(bestuur, rol)
    with pytest.raises(ReasonNeeded) as asked:
        open_client(person, klant.pk, scherm="dossier", at=NOON)
    assert asked.value.client_pk == klant.pk
    assert not Inzage.objects.exists()


@pytest.mark.parametrize(
    ("van", "tot", "opens"),
    [
        (date(2026, 11, 22), date(2026, 11, 22), True),
        (date(2026, 1, 1), date(2026, 11, 21), False),
        (date(2026, 11, 23), None, False),
    ],
    ids=["today only", "until yesterday", "from tomorrow"],
)
def test_a_client_is_ones_own_on_the_days_of_the_toewijzing(worker, klant, van, tot, opens):
    make_toewijzing(klant, worker, van=van, tot=tot)
    if opens:
        assert open_client(worker, klant.pk, scherm="dossier", at=NOON) == klant
    else:
        with pytest.raises(ReasonNeeded):
            open_client(worker, klant.pk, scherm="dossier", at=NOON)


def test_days_change_at_midnight_in_brussels(worker, klant):
    make_toewijzing(klant, worker, tot=date(2026, 11, 22))
    assert open_client(worker, klant.pk, scherm="dossier", at=LAST_MINUTE) == klant
    with pytest.raises(ReasonNeeded):
        open_client(worker, klant.pk, scherm="dossier", at=NEXT_DAY)


def test_a_reason_is_good_for_the_rest_of_the_day_in_brussels(worker, klant):
    state_reason(worker, klant.pk, reden="  vervanging\n van  Lies ", at=NOON)
    open_client(worker, klant.pk, scherm="dossier", at=LAST_MINUTE)
    assert list(Inzage.objects.order_by("pk").values_list("grond", "scherm", "reden")) == [
        ("reden", "reden opgegeven", "vervanging van Lies"),
        ("reden", "dossier", "vervanging van Lies"),
    ]
    with pytest.raises(ReasonNeeded):
        open_client(worker, klant.pk, scherm="dossier", at=NEXT_DAY)
    with pytest.raises(ReasonNeeded):
        open_client(worker, klant.pk, scherm="dossier", at=NOON - timedelta(days=1))


def test_a_reason_opens_this_client_for_this_person_only(bestuur, worker, klant):
    other = make_client(bestuur)
    state_reason(worker, klant.pk, reden="vervanging", at=NOON)
    with pytest.raises(ReasonNeeded):
        open_client(worker, other.pk, scherm="dossier", at=NOON)
    colleague = acting(bestuur, Rol.MAATSCHAPPELIJK_WERKER)
    with pytest.raises(ReasonNeeded):
        open_client(colleague, klant.pk, scherm="dossier", at=NOON)


@pytest.mark.parametrize("reden", ["", "   ", "\n\t", "\u00a0"])
def test_a_blank_reason_is_no_reason(worker, klant, reden):
    with pytest.raises(DomainError, match="Schrijf waarom"):
        state_reason(worker, klant.pk, reden=reden, at=NOON)
    assert not Inzage.objects.exists()


def test_a_very_long_reason_is_kept_as_far_as_it_fits(worker, klant):
    state_reason(worker, klant.pk, reden="woord " * 200, at=NOON)
    assert len(Inzage.objects.get().reden) == 300


def test_who_leads_opens_every_client_without_being_asked(bestuur, klant):
    person = acting(bestuur, Rol.LEIDINGGEVENDE)
    open_client(person, klant.pk, scherm="dossier", at=NOON)
    assert Inzage.objects.get().grond == Grond.LEIDING


def test_the_dpo_says_why_even_for_a_client_she_follows(bestuur, klant):
    person = acting(bestuur, Rol.TOEZICHTHOUDER)
    make_toewijzing(klant, person)
    with pytest.raises(ReasonNeeded):
        open_client(person, klant.pk, scherm="dossier", at=NOON)
    state_reason(person, klant.pk, reden="klacht van de cliënt", at=NOON)
    open_client(person, klant.pk, scherm="dossier", at=NOON)
    assert {row.grond for row in Inzage.objects.all()} == {Grond.REDEN}


@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER])
def test_who_sees_no_content_opens_nothing_whatever_the_view_says(bestuur, klant, rol):
    person = acting(bestuur, rol)
    make_toewijzing(klant, person)
    with pytest.raises(PermissionDenied):
        open_client(person, klant.pk, scherm="dossier", at=NOON)
    with pytest.raises(PermissionDenied):
        open_clients(person, [klant.pk], scherm="lijst", at=NOON)
    assert not Inzage.objects.exists()


def test_the_card_of_the_reception_desk_is_written_down_too(bestuur, klant):
    person = acting(bestuur, Rol.ONTHAAL)
    assert open_card(person, klant.pk, scherm="balie", at=NOON) == klant
    assert Inzage.objects.get().grond == Grond.ONTHAAL


def test_a_restricted_file_does_not_exist_for_who_is_not_named(bestuur, klant):
    Client.objects.filter(pk=klant.pk).update(afgeschermd=True)
    for rol in (Rol.LEIDINGGEVENDE, Rol.MAATSCHAPPELIJK_WERKER, Rol.TOEZICHTHOUDER):
        person = acting(bestuur, rol)
        make_toewijzing(klant, person, is_spilfiguur=False)
        with pytest.raises(Http404):
            open_client(person, klant.pk, scherm="dossier", at=NOON)
        with pytest.raises(Http404):
            state_reason(person, klant.pk, reden="nieuwsgierig", at=NOON)
        with pytest.raises(Http404):
            open_card(person, klant.pk, scherm="balie", at=NOON)
    assert not Inzage.objects.exists()


def test_a_restricted_file_opens_for_who_is_named(bestuur, worker, klant):
    Client.objects.filter(pk=klant.pk).update(afgeschermd=True)
    Machtiging.objects.create(bestuur=bestuur, client=klant, gebruiker=worker)
    make_toewijzing(klant, worker)
    assert open_client(worker, klant.pk, scherm="dossier", at=NOON) == klant


def test_a_client_of_another_bestuur_does_not_exist_here(stranger, klant):
    set_local({ACTOR: str(stranger.pk)})
    for attempt in (
        lambda: open_client(stranger, klant.pk, scherm="dossier", at=NOON),
        lambda: state_reason(stranger, klant.pk, reden="nieuwsgierig", at=NOON),
        lambda: open_card(stranger, klant.pk, scherm="balie", at=NOON),
    ):
        with pytest.raises(Http404):
            attempt()
        with scope(bestuur_id=stranger.bestuur.pk, actor_id=stranger.pk), pytest.raises(Http404):
            attempt()
    assert not Inzage.objects.exists()


def test_many_at_once_is_all_or_none(bestuur, worker, klant):
    own = make_client(bestuur)
    make_toewijzing(own, worker)
    refused = open_clients(worker, [own.pk, klant.pk, 999], scherm="afdruk", at=NOON)
    assert refused == {klant.pk, 999}
    assert not Inzage.objects.exists()
    assert open_clients(worker, [own.pk], scherm="afdruk", at=NOON) == frozenset()
    assert Inzage.objects.get().client_id == own.pk


def test_the_question_passes_through_an_act_unharmed(worker, klant):
    """A frozen exception would break here: a context manager writes its traceback on it."""
    with pytest.raises(ReasonNeeded), act("keek"):
        open_client(worker, klant.pk, scherm="dossier", at=NOON)


def test_in_the_browser_the_wall_asks_and_then_goes_on(signed_in, worker, klant):
    browser = signed_in(worker)
    question = reverse("clienten:reden", args=[klant.pk])
    blank = browser.post(question, {"reden": "   "})
    assert blank.status_code == 200
    assert "Schrijf waarom" in blank.content.decode()
    assert not Inzage.objects.exists()
    back = f"/clienten/{klant.pk}/"
    response = browser.post(question, {"reden": "vervanging van Lies", "verder": back})
    assert response["Location"] == back
    assert Inzage.objects.get().gebruiker == worker


@pytest.mark.parametrize(
    "target", ["https://kwaad.example/", "//kwaad.example", "/\\kwaad.example"]
)
def test_the_way_on_after_a_reason_stays_on_the_site(signed_in, worker, klant, target):
    question = reverse("clienten:reden", args=[klant.pk])
    response = signed_in(worker).post(question, {"reden": "vervanging", "verder": target})
    assert response["Location"] == f"/clienten/{klant.pk}/"


def test_a_page_writes_the_read_log_once_and_a_refused_one_not_at_all(
    signed_in, worker, klant, bestuur
):
    make_toewijzing(klant, worker)
    browser = signed_in(worker)
    page = reverse("caseload:dossier", args=[klant.pk])
    assert browser.get(page).status_code == 200
    row = Inzage.objects.get()
    assert (row.client_id, row.gebruiker, row.grond) == (klant.pk, worker, Grond.EIGEN_CLIENT)
    other = make_client(bestuur)
    response = browser.get(reverse("caseload:dossier", args=[other.pk]))
    assert response.status_code == 302
    assert f"/clienten/{other.pk}/reden/" in response["Location"]
    assert Inzage.objects.count() == 1


def test_a_look_is_no_change_in_the_trail(worker, klant):
    make_toewijzing(klant, worker)
    before = Gebeurtenis.objects.count()
    open_client(worker, klant.pk, scherm="dossier", at=NOON)
    assert Gebeurtenis.objects.count() == before
