"""The seeded rows are well-formed, and the clocks hold no number of the law themselves."""

import ast
import re
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import trajecten.rules
from kern.periods import Period
from trajecten.reference import instrument_rijen, instrumenten, regel_naam, regel_rijen, regels
from trajecten.rules.klokken import KLOKKEN
from trajecten.rules.looptijd import Eenheid
from trajecten.rules.schorsingen import Beleid
from trajecten.rules.termijn import RegelRij

RULES = Path(trajecten.rules.__file__).parent
NUMERIEK = {"dagen", "werkdagen", "maanden", "jaren", "weken", "uren", "aantal", "inwoners"}
BEDRAGEN = {"euro", "procent"}
TEKST = {"lijst", "keuze", "beleid", "ja/nee", "datum", "leeftijd"}
CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9_]+")
# A year has twelve months and a week five working days; the law did not decide that.
GEWONE_GETALLEN = {-1, 0, 1, 5, 12}


@pytest.mark.parametrize("row", instrumenten(), ids=lambda row: row["code"])
def test_an_instrument_is_well_formed(row: dict[str, Any]) -> None:
    codes = {other["code"] for other in instrumenten()}
    assert re.fullmatch(r"[a-z][a-z0-9_]*", row["code"])
    assert row["naam"] == row["naam"].strip() != ""
    assert 1 <= row["trede"] <= 6
    assert row["klok"] in KLOKKEN
    assert row["groep"]
    assert row["zekerheid"] in {"H", "M", "L"}
    assert row["bron"]
    assert row["opvolger"] is None or row["opvolger"] in codes
    assert max(len(row[key]) for key in ("bron", "rechtsgrond")) <= 300
    for key in ("geldig_van", "geldig_tot"):
        assert row[key] is None or isinstance(row[key], date)
    if row["geldig_van"] and row["geldig_tot"]:
        assert row["geldig_van"] <= row["geldig_tot"]


def test_instruments_have_one_row_each_and_every_clock_is_used() -> None:
    codes = [row["code"] for row in instrumenten()]
    assert len(codes) == len(set(codes))
    assert {row["klok"] for row in instrumenten()} == set(KLOKKEN)


@pytest.mark.parametrize(
    ("code", "laatste_startdag"),
    [("lde", "2023-06-30"), ("bvs", "2022-12-31"), ("activeringsstage", "2022-12-31")],
)
def test_closed_instruments_have_a_last_day_to_begin(code: str, laatste_startdag: str) -> None:
    assert instrument_rijen()[code].geldig_tot == date.fromisoformat(laatste_startdag)


def test_the_two_kinds_of_ama_exclude_each_other() -> None:
    groepen = {row["code"]: row["groep"] for row in instrumenten()}
    assert groepen["ama_welzijn"] == groepen["ama_se"]
    assert groepen["twe"] != groepen["art60"]


@pytest.mark.parametrize("row", regels(), ids=lambda row: f"{row['code']} {row['geldig_van']}")
def test_a_rule_is_well_formed(row: dict[str, Any]) -> None:
    assert CODE.fullmatch(row["code"])
    assert row["overgang"] in {"nieuwe_starts", "ook_lopende"}
    assert row["zekerheid"] in {"H", "M", "L"}
    assert row["bron"]
    assert len(row["bron"]) <= 300
    assert len(row["waarde"]) <= 200
    if row["geldig_van"] and row["geldig_tot"]:
        assert row["geldig_van"] <= row["geldig_tot"]
    if row["eenheid"] in NUMERIEK:
        assert int(row["waarde"]) >= 0
    elif row["eenheid"] in BEDRAGEN:
        assert Decimal(row["waarde"]) >= 0
    elif ":" in row["eenheid"]:
        assert all(":" in deel for deel in row["waarde"].split(","))
    else:
        assert row["eenheid"] in TEKST
    if row["eenheid"] == "datum":
        date.fromisoformat(row["waarde"])
    if row["eenheid"] == "beleid":
        Beleid(row["waarde"])
    if row["code"].endswith((".max_duur", ".min_duur")):
        Eenheid(row["eenheid"])


def test_no_two_versions_of_a_rule_overlap() -> None:
    def periode(regel: RegelRij) -> Period:
        return Period(regel.vanaf, regel.geldig_tot)

    for one, other in combinations(regel_rijen(), 2):
        if one.code == other.code:
            assert not periode(one).overlaps(periode(other)), one.code


def _modules() -> list[Path]:
    return sorted(RULES.glob("*.py"))


@pytest.mark.parametrize("module", _modules(), ids=lambda path: path.stem)
def test_no_number_of_the_law_stands_in_the_code(module: Path) -> None:
    boom = ast.parse(module.read_text(encoding="utf-8"))
    fasen = {
        node
        for klasse in ast.walk(boom)
        if isinstance(klasse, ast.ClassDef) and klasse.name == "Fase"
        for node in ast.walk(klasse)
    }
    getallen = {
        node.value
        for node in ast.walk(boom)
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}
        if node not in fasen
    }
    assert getallen <= GEWONE_GETALLEN


def test_every_rule_a_clock_asks_for_is_seeded() -> None:
    geseed = {regel.code for regel in regel_rijen()}
    families = {code.split(".")[0] for code in geseed}
    gevraagd = {
        node.value
        for module in _modules()
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if CODE.fullmatch(node.value) and node.value.split(".")[0] in families
    }
    # What remains after the rules are names of clocks.
    namen = {
        "twe.evaluatie",
        "twe.tijdige_start",
        "wijkwerken.evaluatie",
        "wijkwerken.verval",
        "activeringstraject.minimum",
        "activeringstraject.evaluatie",
        "ama.erkenning",
        "gpmi.tekenen",
        "gpmi.bedenktijd",
        "gpmi.toelage",
        "gpmi.evaluatie",
        "vdab.herziening",
    }
    assert gevraagd - geseed == namen


def test_rules_know_no_framework() -> None:
    for module in _modules():
        tekst = module.read_text(encoding="utf-8")
        assert "django" not in tekst
        assert "today()" not in tekst


def test_every_rule_has_a_name_in_words():
    nameless = [row["code"] for row in regels() if regel_naam(row["code"]) == row["code"]]
    assert nameless == []
