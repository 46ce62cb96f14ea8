"""The meter of a wijk-werker: month, year, what is left, and when the cap is reached."""

from datetime import date, timedelta
from decimal import Decimal

from django.template.loader import render_to_string

from tests.factories.clienten import make_client
from tests.factories.wijkwerken import make_inschrijving, make_prestatie
from wijkwerken.queries.meters import meter_of, meters_of

OP = date(2026, 11, 22)


def test_a_meter_counts_the_month_and_the_year(bestuur):
    row = make_inschrijving(make_client(bestuur))
    make_prestatie(row, date(2026, 10, 5), minuten=135)
    make_prestatie(row, date(2026, 11, 3), 8)
    weg = make_prestatie(row, date(2026, 11, 4), 8)
    type(weg).objects.filter(pk=weg.pk).update(vervallen_at=weg.ingevoerd_at)
    meter = meter_of(row, on=OP)
    assert (meter.maand.minuten, meter.maand.plafond, meter.maand.over) == (480, 3600, 3120)
    assert (meter.jaar.minuten, meter.jaar.over) == (615, 37800 - 615)
    assert (meter.maand.cheques, meter.jaar.cheques) == (8, 11)
    assert (meter.maand.euro, meter.jaar.euro) == (Decimal("32.80"), Decimal("45.10"))
    assert meter.over == 3120


def test_a_meter_foretells_the_day_of_the_cap(bestuur):
    row = make_inschrijving(make_client(bestuur), begindatum=date(2026, 1, 5))
    for maand in range(1, 11):
        for dag in range(1, 7):
            make_prestatie(row, date(2026, maand, dag), 10)
    meter = meter_of(row, on=date(2026, 11, 1))
    assert meter.jaar.over == 30 * 60
    assert meter.jaar.level == "binnenkort"
    # 160 hours in the 91 days before: 30 hours more take 18 days.
    assert meter.prognose == date(2026, 11, 1) + timedelta(days=18)
    for dag in (2, 3, 4):
        make_prestatie(row, date(2026, 11, dag), 10)
    vol = meter_of(row, on=OP)
    assert vol.jaar.is_vol
    assert vol.over == 0
    assert vol.prognose == date(2026, 11, 4)


def test_many_meters_take_two_queries(bestuur, django_assert_num_queries):
    rows = [make_inschrijving(make_client(bestuur)) for _ in range(5)]
    for row in rows:
        make_prestatie(row, date(2026, 11, 3), 2)
    with django_assert_num_queries(2):
        meters = meters_of(rows, on=OP)
    assert {meter.maand.minuten for meter in meters.values()} == {120}


def test_the_component_says_what_is_left(bestuur):
    row = make_inschrijving(make_client(bestuur))
    make_prestatie(row, date(2026, 11, 3), minuten=450)
    page = render_to_string("wijkwerken/_meter.html", {"meter": meter_of(row, on=OP), "name": "m"})
    assert "52 u 30" in page
    assert "Deze maand: 7 u 30 gewerkt van 60 u" in page
    assert "€\N{NO-BREAK SPACE}32,80" in page
