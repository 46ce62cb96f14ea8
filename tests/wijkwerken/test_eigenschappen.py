"""However entries, corrections and withdrawals are ordered: never over a cap, totals right."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kern.errors import DomainError
from tests.wijkwerken.conftest import NU
from trajecten.queries import regels_voor
from wijkwerken.commands.prestaties import (
    PrestatieGegevens,
    correct_prestatie,
    record_prestatie,
    withdraw_prestatie,
)
from wijkwerken.models import Prestatie
from wijkwerken.queries.meters import meter_of
from wijkwerken.rules.prestaties import Grenzen, maand_van

DAYS = st.dates(date(2026, 9, 20), date(2026, 11, 22))
# Long hours, so that a few acts come near a cap; some pass midnight.
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["noteer", "noteer", "noteer", "verbeter", "trek in"]),
        DAYS,
        st.integers(min_value=1, max_value=24 * 60),
        st.none() | st.times(),
        st.integers(min_value=0, max_value=50),
    ),
    min_size=1,
    max_size=14,
)


class Undo(Exception):
    """Ends an example and takes back what it wrote."""


NEARLY_FULL = [("noteer", date(2026, 10, dag), 1110, None, 0) for dag in (1, 2, 3)]


@pytest.mark.parametrize("before", [[], NEARLY_FULL], ids=["empty", "nearly full"])
def test_any_order_of_acts_keeps_the_caps_and_the_totals(olena, worker, before):
    @settings(
        max_examples=15, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate]
    )
    @given(acts=ACTS)
    def holds(acts):
        with suppress(Undo), transaction.atomic():
            model = {}
            for act in [*before, *acts]:
                _act(model, olena, worker, act)
            _check(model, olena)
            raise Undo

    holds()


def _act(model, olena, worker, act):
    what, dag, minuten, begin, choice = act
    gegevens = PrestatieGegevens(dag=dag, minuten=minuten, begin=begin)
    known = sorted(model)
    row = Prestatie.objects.get(pk=known[choice % len(known)]) if known else None
    if what != "noteer" and row is None:
        return
    key = {"by": worker, "at": NU}
    new = []
    try:
        if what == "noteer":
            new = record_prestatie(inschrijving=olena, gegevens=gegevens, **key).rijen
        elif what == "verbeter":
            new = correct_prestatie(prestatie=row, gegevens=gegevens, **key).rijen
        else:
            withdraw_prestatie(prestatie=row, **key)
    except DomainError:
        return
    if what != "noteer":
        _forget(model, row)
    assert sum(row.minuten for row in new) == (0 if what == "trek in" else minuten)
    model.update({row.pk: (row.dag, row.minuten, row.groep) for row in new})


def _forget(model, row):
    """Take a row out of the model, with the other half of what passed midnight."""
    for key, (_, _, groep) in list(model.items()):
        if key == row.pk or (groep is not None and groep == row.groep):
            del model[key]


def _check(model, olena):
    rows = list(Prestatie.objects.valid().filter(inschrijving=olena))
    assert {row.pk: (row.dag, row.minuten, row.groep) for row in rows} == model
    grenzen = Grenzen(regels_voor(olena.bestuur_id), olena.traject.begindatum)
    per_maand = {}
    for dag, minuten, _ in model.values():
        maand = maand_van(dag)
        per_maand[maand] = per_maand.get(maand, 0) + minuten
    for maand, minuten in per_maand.items():
        assert minuten <= grenzen.maand(maand.begin)
        assert meter_of(olena, on=maand.end).maand.minuten == minuten
    assert sum(per_maand.values()) <= grenzen.jaar(date(2026, 10, 1))
    assert meter_of(olena, on=date(2026, 11, 22)).jaar.minuten == sum(per_maand.values())
    olena.traject.refresh_from_db()
    laatste = max((dag for dag, _, _ in model.values()), default=None)
    assert olena.traject.laatste_prestatie_op == laatste
