"""What wijk-werken led to: counted in people, and never telling of few."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kern.belgian_dates import BRUSSELS
from kern.db.scope import scope
from tests.factories.clienten import make_client
from tests.factories.trajecten import make_traject
from tests.factories.wijkwerken import (
    make_inschrijving,
    make_opdracht,
    make_organisator,
    make_prestatie,
)
from trajecten.enums import Eindreden
from wijkwerken.queries.uitkomsten import per_activiteit, per_organisator
from wijkwerken.rules.uitkomsten import (
    MINSTENS,
    VAN_REDEN,
    Einde,
    houd_achter,
    naast_een_geheel,
    tel_uitkomsten,
)

DAG = date(2026, 5, 29)


def stopped(bestuur, reden="werk_nec", opdracht=None, naam="IGO"):
    client = make_client(bestuur)
    traject = make_traject(
        client, "wijkwerken", begindatum=date(2026, 1, 5), einddatum=DAG, eindreden=reden
    )
    row = make_inschrijving(client, traject=traject, organisator=make_organisator(bestuur, naam))
    if opdracht is not None:
        make_prestatie(row, date(2026, 2, 3), 2, opdracht=opdracht)
        make_prestatie(row, date(2026, 2, 4), 2, opdracht=opdracht)
    return row


@given(st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_no_count_of_few_can_be_told_or_subtracted(aantallen):
    getoond = houd_achter(aantallen, MINSTENS)
    assert all(item is None or item == 0 or item >= MINSTENS for item in getoond)
    weg = [echt for echt, item in zip(aantallen, getoond, strict=True) if item is None]
    if weg and len(weg) < len(aantallen):
        assert max(weg) >= MINSTENS
        assert len(weg) >= 2


def test_each_person_counts_once_by_where_she_went_last():
    eindes = [Einde("IGO", person, DAG, "werk_nec") for person in range(6)]
    eindes += [Einde("IGO", 0, date(2026, 2, 1), "leefloon")]
    (rij,) = tel_uitkomsten(eindes)
    assert (rij.totaal, list(rij.aantallen)) == (6, [6, 0, 0, 0, 0])
    (weinig,) = tel_uitkomsten(eindes[:4])
    assert (weinig.totaal, set(weinig.aantallen)) == (None, {None})


def test_a_group_of_few_takes_another_with_it_where_the_whole_is_known():
    eindes = [
        Einde(groep, n, DAG, "werk_nec")
        for groep, few in (("a", 9), ("b", 6), ("c", 2))
        for n in range(few)
    ]
    rijen = naast_een_geheel(tel_uitkomsten(eindes))
    assert [rij.totaal for rij in rijen] == [9, None, None]
    vol = tel_uitkomsten(eindes[:15])
    assert naast_een_geheel(vol) == vol


def test_the_page_counts_per_organiser_and_activity(bestuur, buur, lead, worker, signed_in):
    opdracht = make_opdracht(bestuur)
    for reden in ["werk_nec"] * 6 + ["opleiding"] * 5:
        stopped(bestuur, reden, opdracht)
    stopped(bestuur, naam="Haviland")
    with scope(bestuur_id=buur.pk, actor_id=None):
        for _ in range(6):
            stopped(buur, naam="Elders")
    with time_machine.travel(datetime(2026, 11, 22, 10, tzinfo=BRUSSELS), tick=False):
        browser = signed_in(lead)
        answer = browser.get(reverse("wijkwerken:uitkomsten"))
        rows = {
            rij.groep: (rij.totaal, list(rij.aantallen)) for rij in answer.context["organisatoren"]
        }
        assert rows == {"IGO": (11, [6, 5, 0, 0, 0]), "Haviland": (None, [None] * 5)}
        (taak,) = answer.context["activiteiten"]
        assert (taak.groep, taak.totaal) == ("Klein tuinonderhoud", 11)
        leeg = browser.get(reverse("wijkwerken:uitkomsten_jaar", args=[2025]))
        assert "stopte nog niemand" in leeg.content.decode()
        assert browser.get(reverse("wijkwerken:uitkomsten_jaar", args=[1])).status_code == 404
        denied = signed_in(worker).get(reverse("wijkwerken:uitkomsten"))
        assert denied.status_code == 403


@pytest.mark.parametrize("mensen", [6, 12])
def test_the_page_asks_as_much_for_many(bestuur, lead, mensen, django_assert_num_queries):
    opdracht = make_opdracht(bestuur)
    for _ in range(mensen):
        stopped(bestuur, opdracht=opdracht)
    with django_assert_num_queries(2):
        assert per_organisator(lead, jaar=2026)[0].totaal == mensen
        assert per_activiteit(lead, jaar=2026)[0].totaal == mensen


def test_each_reason_the_rule_names_is_one_that_people_choose():
    assert set(VAN_REDEN) <= set(Eindreden.values)
