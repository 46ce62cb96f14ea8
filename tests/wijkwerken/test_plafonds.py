"""The caps in the database are those of the rules: same month, same year, same minutes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.toegang import make_gebruiker
from tests.trajecten.rules.regels import REGELS, maak_regel
from toegang.enums import Rol
from trajecten.enums import RegelStatus
from trajecten.models import Regel
from trajecten.queries import regels_voor
from wijkwerken.rules.prestaties import JAARBASIS, MAX_JAAR, MAX_MAAND, jaar_van, plafond


def ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def own_regel(bestuur, code, waarde, *, van, **fields):
    return Regel.objects.create(
        bestuur=bestuur,
        code=code,
        waarde=waarde,
        eenheid=fields.pop("eenheid", "keuze"),
        geldig_van=van,
        bron="test",
        zekerheid=fields.pop("zekerheid", "M"),
        status=RegelStatus.GOEDGEKEURD,
        voorgesteld_door=make_gebruiker(bestuur, Rol.BEHEERDER),
        goedgekeurd_door=make_gebruiker(bestuur, Rol.LEIDINGGEVENDE),
        **fields,
    )


DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@pytest.fixture
def trajectjaar(bestuur):
    own_regel(bestuur, JAARBASIS, "trajectjaar", van=date(2018, 1, 1))


@pytest.mark.parametrize("basis", ["kalenderjaar", "trajectjaar"])
def test_the_year_of_the_database_is_that_of_the_rules(bestuur, basis):
    own_regel(bestuur, JAARBASIS, basis, van=date(2018, 1, 1))
    regels = (*REGELS, maak_regel(JAARBASIS, basis, "2018-01-01", eigen=True))

    @given(begon=DAYS, dag=DAYS)
    def same(begon, dag):
        found = ask("SELECT wijkwerken_jaar(%s, %s, %s)", bestuur.pk, begon, dag)
        jaar = jaar_van(dag, begon=begon, regels=regels)
        assert (found.lower, found.upper - timedelta(days=1)) == (jaar.begin, jaar.end)
        assert dag in jaar

    same()


@pytest.mark.parametrize(
    ("begon", "dag", "jaar"),
    [
        ("2028-02-29", "2029-02-28", ("2028-02-29", "2029-02-28")),
        ("2028-02-29", "2029-03-01", ("2029-03-01", "2030-02-28")),
        ("2028-02-29", "2032-02-29", ("2032-02-29", "2033-02-28")),
    ],
)
def test_a_leap_day_lies_in_its_own_year(bestuur, trajectjaar, begon, dag, jaar):
    found = ask("SELECT wijkwerken_jaar(%s, %s, %s)", bestuur.pk, begon, dag)
    assert (str(found.lower), str(found.upper - timedelta(days=1))) == jaar


def test_an_own_cap_wins_and_an_unsure_one_never_blocks(bestuur):
    own_regel(bestuur, MAX_MAAND, "50.5", van=date(2026, 10, 1), eenheid="uren")
    own_regel(bestuur, MAX_JAAR, "100", van=date(2026, 10, 1), eenheid="uren", zekerheid="L")
    regels = regels_voor(bestuur.pk)
    for dag, maand, jaar in ((date(2026, 9, 30), 3600, 37800), (date(2026, 10, 1), 3030, 37800)):
        for code, minuten in ((MAX_MAAND, maand), (MAX_JAAR, jaar)):
            assert plafond(regels, code, dag) == minuten
            found = ask("SELECT wijkwerken_plafond(%s, %s, %s)", bestuur.pk, code, dag)
            assert found == minuten


def test_before_there_was_a_rule_there_is_no_cap(bestuur):
    assert plafond(REGELS, MAX_MAAND, date(2017, 12, 31)) is None
    assert ask("SELECT wijkwerken_plafond(%s, %s, %s)", bestuur.pk, MAX_MAAND, "2017-12-31") is None
