"""What a contract must hold, and what may never stand in it."""

from trajecten.rules.gpmi_inhoud import wat_ontbreekt

DOEL = {"soort": "doel", "id": 1, "tekst": "Werk vinden", "uitvoerders": ["client"]}
VOL = {
    "behoeften": "Wil werken.",
    "evaluatiewijze": "Drie gesprekken.",
    "extra_hulp": "Het OCMW betaalt de bus.",
    "afspraken": [
        DOEL,
        {"soort": "stap", "id": 2, "tekst": "Cv", "uitvoerders": ["client"], "doel": 1},
        {"soort": "stap", "id": 3, "tekst": "Bus", "uitvoerders": ["medewerker"], "doel": 1},
    ],
    "zonder_akkoord": [],
}


def codes(**changes):
    return [leegte.code for leegte in wat_ontbreekt({**VOL, **changes})]


def test_a_full_contract_lacks_nothing():
    assert codes() == []


def test_an_empty_plan_lacks_everything_in_the_order_of_the_contract():
    empty = {"behoeften": "", "evaluatiewijze": "", "extra_hulp": "", "afspraken": []}
    assert codes(**empty) == [
        "behoeften",
        "doelen",
        "client",
        "ocmw",
        "evaluatiewijze",
        "extra_hulp",
    ]


def test_engagements_of_both_and_a_goal_for_each():
    stap = {"soort": "stap", "id": 4, "tekst": "Bellen", "uitvoerders": ["partner"], "doel": None}
    assert codes(afspraken=[DOEL, stap]) == ["client", "ocmw", "zonder_doel"]


def test_what_can_be_filled_in_names_its_box():
    fields = {leegte.veld for leegte in wat_ontbreekt({**VOL, "behoeften": "", "extra_hulp": ""})}
    assert fields == {"behoeften", "extra_hulp"}


def test_community_service_is_never_a_duty_of_a_gpmi():
    """Annulled by the Constitutional Court, with effect from its first day (GPMI-13)."""
    stap = {
        "soort": "stap",
        "id": 9,
        "tekst": "Twee dagen Gemeenschapsdienst per week",
        "uitvoerders": ["client"],
        "doel": 1,
    }
    found = wat_ontbreekt({**VOL, "afspraken": [*VOL["afspraken"], stap]})
    assert [(leegte.code, leegte.blokkeert) for leegte in found] == [("gemeenschapsdienst", True)]
    aside = wat_ontbreekt({**VOL, "zonder_akkoord": [stap]})
    assert [leegte.blokkeert for leegte in aside] == [True], "not even as a disagreement"
