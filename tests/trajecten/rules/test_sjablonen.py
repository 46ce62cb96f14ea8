"""On which day a line of a template falls, and under which goal; plain text into paragraphs."""

from datetime import date

import pytest

from trajecten.rules.sjablonen import Plaats, dag_van, doel_erboven
from trajecten.rules.teksten import alineas, onbekende_woorden

ZONDAG = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("dagen", "anker", "vandaag", "start", "verwacht"),
    [
        pytest.param(0, "vandaag", date(2026, 11, 23), None, date(2026, 11, 23), id="vandaag"),
        pytest.param(0, "vandaag", ZONDAG, None, date(2026, 11, 23), id="zondag wordt maandag"),
        pytest.param(6, "vandaag", ZONDAG, None, date(2026, 11, 30), id="zaterdag wordt maandag"),
        pytest.param(14, "vandaag", date(2026, 11, 23), None, date(2026, 12, 7), id="twee weken"),
        pytest.param(
            25, "vandaag", date(2026, 11, 30), None, date(2026, 12, 28), id="kerstdag, dan weekend"
        ),
        pytest.param(
            1, "vandaag", date(2026, 12, 31), None, date(2027, 1, 4), id="nieuwjaar, dan weekend"
        ),
        pytest.param(
            35, "start", ZONDAG, date(2026, 12, 1), date(2027, 1, 5), id="na een latere start"
        ),
        pytest.param(
            180, "start", ZONDAG, date(2026, 9, 1), date(2027, 3, 1), id="zondag 28 februari"
        ),
        pytest.param(
            30, "start", ZONDAG, date(2026, 1, 5), date(2026, 11, 23), id="voorbij wordt nu"
        ),
        pytest.param(30, "start", ZONDAG, None, date(2026, 12, 22), id="zonder traject: vandaag"),
        pytest.param(
            10, "vandaag", ZONDAG, date(2025, 1, 1), date(2026, 12, 2), id="start telt niet mee"
        ),
    ],
)
def test_the_day_of_a_line(dagen, anker, vandaag, start, verwacht):
    assert dag_van(dagen, anker, vandaag=vandaag, start=start) == verwacht


def test_a_step_belongs_to_the_goal_above_it_unless_it_stands_apart():
    lijst = [
        Plaats(1, "stap"),
        Plaats(2, "doel"),
        Plaats(3, "stap"),
        Plaats(4, "stap", los=True),
        Plaats(5, "doel"),
        Plaats(6, "stap"),
    ]
    assert doel_erboven(lijst) == {1: None, 3: 2, 4: None, 6: 5}
    assert doel_erboven(reversed(lijst)) == doel_erboven(lijst)


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("", ()),
        ("Eén regel.", (("Eén regel.",),)),
        ("Een\r\ntwee\r\n\r\n\r\ndrie", (("Een", "twee"), ("drie",))),
        ("Bel [bestuur].", (("Bel OCMW Herent.",),)),
        ("Bel [telefoon].\n\nKom langs.", (("Kom langs.",),)),
        ("<b>[bestuur]</b> [naam]", (("<b>OCMW Herent</b> [naam]",),)),
    ],
)
def test_paragraphs(tekst, verwacht):
    assert alineas(tekst, {"bestuur": "OCMW Herent", "telefoon": ""}) == verwacht


def test_what_cannot_be_filled_in_is_named():
    assert onbekende_woorden("[bestuur] [naam] [telefoon] [insz]") == ["naam", "insz"]
