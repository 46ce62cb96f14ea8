"""What a signal says, when, and which act it offers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.trajecten.signalen.conftest import TODAY
from trajecten.enums import SignaalCode
from trajecten.models import Signaal
from trajecten.signalen import Moment, regel_van, regels_van
from trajecten.signalen.definities import DEFINITIES
from trajecten.signalen.teksten import TEKSTEN, kort, moment_van

pytestmark = pytest.mark.django_db


def signal(traject, code, **fields) -> Signaal:
    return Signaal(
        bestuur_id=traject.bestuur_id,
        client_id=traject.client_id,
        traject=traject,
        code=code,
        sinds=fields.pop("sinds", date(2026, 11, 3)),
        fase=fields.pop("fase", 3),
        **fields,
    )


def test_every_code_has_a_definition_and_a_text():
    assert set(DEFINITIES) == set(TEKSTEN) == set(SignaalCode)


@pytest.mark.parametrize(
    ("code", "dag", "zin"),
    [
        (
            "limiet_nadert",
            date(2026, 12, 1),
            "TWE loopt af op 01/12/2026, geen vervolgstap afgesproken",
        ),
        (
            "limiet_voorbij",
            date(2026, 11, 19),
            "TWE liep af op 19/11/2026 en is niet beëindigd of verlengd",
        ),
        ("evaluatie", date(2026, 12, 1), "TWE: evaluatie of herziening tegen 01/12/2026"),
        ("gpmi_ondertekenen", date(2026, 11, 1), "GPMI was te ondertekenen tegen 01/11/2026"),
        ("geen_spilfiguur", None, "Niemand is spilfiguur sinds 03/11/2026"),
        (
            "verlenging_te_beslissen",
            None,
            "Verlenging van TWE gevraagd op 03/11/2026, te beslissen vóór de uiterste dag",
        ),
    ],
)
def test_the_sentence(traject, code, dag, zin):
    assert regel_van(signal(traject, code, vervaldag=dag), on=TODAY).zin == zin


@pytest.mark.parametrize("code", SignaalCode)
@pytest.mark.parametrize("dag", [None, TODAY - timedelta(days=3), TODAY + timedelta(days=3)])
def test_no_sentence_leaves_a_gap_or_tells_the_measure_in_a_mail(traject, code, dag):
    row = signal(traject, code, vervaldag=dag)
    for with_measure in (True, False):
        zin = regel_van(row, on=TODAY, met_instrument=with_measure).zin
        assert "{" not in zin
        assert "None" not in zin
        assert with_measure or "TWE" not in zin


@pytest.mark.parametrize("code", SignaalCode)
def test_every_act_leads_to_a_screen(traject, code):
    handeling = regel_van(signal(traject, code), on=TODAY).handeling
    row = signal(traject, code)
    assert handeling.key(row) in {row.traject_id, row.client_id}
    assert reverse(handeling.url_name, args=[handeling.key(row)])
    assert handeling.label


@pytest.mark.parametrize(
    ("dagen", "moment"),
    [
        (None, Moment.NU),
        (-1, Moment.NU),
        (0, Moment.NU),
        (1, Moment.DEZE_WEEK),
        (7, Moment.DEZE_WEEK),
        (8, Moment.BINNENKORT),
    ],
)
def test_the_heading_of_the_day(dagen, moment):
    dag = None if dagen is None else TODAY + timedelta(days=dagen)
    assert moment_van(dag, on=TODAY) is moment


def test_from_the_third_step_on_the_lead_sees_it(traject):
    lines = regels_van([signal(traject, "evaluatie", fase=fase) for fase in range(1, 6)], on=TODAY)
    assert [line.voor_leidinggevende for line in lines] == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("naam", "verwacht"),
    [
        ("Tijdelijke werkervaring (TWE)", "TWE"),
        ("Individueel maatwerk (2 jaar)", "Individueel maatwerk (2 jaar)"),
        ("Wijk-werken", "Wijk-werken"),
        ("IBO voor kwetsbare werkzoekenden (K-IBO)", "K-IBO"),
        ("(TWE)", "(TWE)"),
    ],
)
def test_short_names(naam, verwacht):
    assert kort(naam) == verwacht
