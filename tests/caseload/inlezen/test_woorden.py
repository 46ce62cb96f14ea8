"""Words of the list: standings, measures, names, phones, places."""

import pytest

from caseload.rules.inlezen.instrumenten import BekendInstrument, Instrumentenlijst
from caseload.rules.inlezen.medewerkers import BekendeMedewerker, Medewerkerslijst
from caseload.rules.inlezen.personen import (
    read_adres,
    read_email,
    read_geslacht,
    read_naam,
    read_postcode,
    read_taal,
    read_telefoon,
)
from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.statuten import read_statuut
from clienten.enums import StatuutSoort, Taal
from tests.caseload.inlezen.lijsten import OMGEVING
from trajecten.reference import instrument_rijen


@pytest.mark.parametrize(
    ("text", "soort", "categorie"),
    [
        ("leefloon", "leefloon", None),
        ("Leefloon cat. 2", "leefloon", 2),
        ("LEEFLOON CATEGORIE 1", "leefloon", 1),
        ("leefloon cat III", "leefloon", 3),
        ("leefloon (cat. 3)", "leefloon", 3),
        ("leefloon 2", "leefloon", 2),
        ("LL1", "leefloon", 1),
        ("RMI cat 3", "leefloon", 3),
        ("Leefloon alleenstaande", "leefloon", 2),
        ("leefloon - alleenstaand", "leefloon", 2),
        ("Leefloon samenwonende", "leefloon", 1),
        ("leefloon samenw.", "leefloon", 1),
        ("Leefloon gezin", "leefloon", 3),
        ("Leefloon met gezinslast", "leefloon", 3),
        ("Leefloon persoon met gezin ten laste", "leefloon", 3),
        ("leefloon cat. 2 (alleenstaande)", "leefloon", 2),
        ("leefloongerechtigde", "leefloon", None),
        ("equivalent leefloon", "equivalent_leefloon", None),
        ("Eq. leefloon alleenstaande", "equivalent_leefloon", 2),
        ("Financiële steun", "equivalent_leefloon", None),
        ("aanvullend leefloon cat 1", "aanvullend_leefloon", 1),
        ("Werkzoekende", "werkzoekende", None),
        ("UVW", "werkzoekende", None),
        ("NWWZ", "nwwz", None),
        ("niet-werkende werkzoekende", "nwwz", None),
        ("Art. 60 §7", "artikel_60", None),
        ("ziekte-uitkering", "ziekte", None),
        ("Mutualiteit", "ziekte", None),
        ("IVT/IT", "ivt_it", None),
        ("Student", "student", None),
        ("Geen inkomen", "geen", None),
        ("inschakelingsuitkering", "inschakelingsuitkering", None),
    ],
)
def test_standings_as_offices_write_them(text, soort, categorie):
    assert read_statuut(text) == (soort, categorie, "")
    assert soort in StatuutSoort.values


@pytest.mark.parametrize(
    "text",
    [
        "geen leefloon", "einde leefloon", "leefloon geweigerd", "leefloon + ziekte", "actief",
        "alleenstaande", "leefloon cat. 4", "leefloner?ja", "student leefloon", "2", "onbekend",
    ],
)  # fmt: skip
def test_standings_that_are_not_fully_understood_are_not_guessed(text):
    assert read_statuut(text) is None


def test_a_category_in_a_column_of_its_own():
    assert read_statuut("leefloon", "2") == ("leefloon", 2, "")
    assert read_statuut("leefloon", "cat. 3") == ("leefloon", 3, "")
    assert read_statuut("equivalent leefloon", "alleenstaande") == ("equivalent_leefloon", 2, "")
    assert read_statuut("werkzoekende", "2") == ("werkzoekende", None, "")


def test_categories_that_contradict_are_left_out_and_told():
    gelezen = ("leefloon", None, "categorie leefloon tegenstrijdig: niet ingevuld")
    assert read_statuut("leefloon cat. 1 alleenstaande") == gelezen
    assert read_statuut("leefloon cat. 1", "2") == gelezen


def test_a_bare_category_is_a_leefloon_with_a_remark():
    gelezen = read_statuut("", "2")
    assert gelezen == ("leefloon", 2, "statuut gelezen als leefloon: alleen de categorie staat er")
    assert read_statuut("cat. 2") == gelezen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TWE", "twe"),
        ("twe", "twe"),
        ("T.W.E.", "twe"),
        ("TWE - art. 60", "twe"),
        ("TWE (artikel 60 §7)", "twe"),
        ("Tijdelijke werkervaring", "twe"),
        ("art. 60 §7", "twe"),
        ("Artikel 60", "twe"),
        ("wijkwerken", "wijkwerken"),
        ("WIJK WERKEN", "wijkwerken"),
        ("Wijk-werken", "wijkwerken"),
        ("wijk-werk", "wijkwerken"),
        ("activeringstraject", "activeringstraject"),
        ("activeringstraject (W²)", "activeringstraject"),
        ("activeringstraject (W2)", "activeringstraject"),
        ("activeringstraject (W\ufffd)", "activeringstraject"),
        ("activeringstraject (W?)", "activeringstraject"),
        ("Activeringstraject W²", "activeringstraject"),
        ("AMA welzijn", "ama_welzijn"),
        ("AMA-SE", "ama_se"),
        ("arbeidsmatige activiteiten in de sociale economie", "ama_se"),
        ("Individueel maatwerk", "imw"),
        ("ama_se", "ama_se"),
    ],
)
def test_measures_as_offices_write_them(text, code):
    instrument = Instrumentenlijst(OMGEVING.instrumenten).find(text)
    assert instrument is not None
    assert instrument.code == code


@pytest.mark.parametrize("text", ["Trajectje", "wijkwreken", "TWEE", "werk", "LDE", "IBO"])
def test_a_near_miss_or_an_unknown_measure_is_refused(text):
    with pytest.raises(RijGeweigerd, match=r"^onbekend traject$"):
        Instrumentenlijst(OMGEVING.instrumenten).find(text)


def test_a_measure_of_its_own_wins_from_the_broader_one():
    lijst = Instrumentenlijst([*OMGEVING.instrumenten, BekendInstrument("art60", "Art. 60 §7")])
    found = [lijst.find(text) for text in ("Artikel 60", "TWE - art. 60")]
    assert [instrument.code for instrument in found if instrument] == ["art60", "twe"]


KNOWN = [
    BekendInstrument(rij.code, rij.naam, rij.geldig_van, rij.geldig_tot, rij.is_startbaar)
    for rij in instrument_rijen().values()
]


@pytest.mark.parametrize("instrument", KNOWN, ids=lambda instrument: instrument.code)
def test_every_measure_of_the_reference_list_is_found_by_name_and_code(instrument):
    lijst = Instrumentenlijst(KNOWN)
    assert lijst.find(instrument.naam.upper()) == instrument
    assert lijst.find(instrument.code) == instrument


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TWE - art. 60", "twe"),
        ("activeringstraject (W²)", "activeringstraject"),
        ("Artikel 60", "art60"),
        ("art. 60 §7", "art60"),
        ("Art.61", "art61"),
        ("AMA-SE", "ama_se"),
        ("AMA welzijn", "ama_welzijn"),
        ("WOP", "collectief_maatwerk"),
        ("LDE", "lde"),
        ("IBO", "ibo"),
        ("K-IBO", "k_ibo"),
        ("Individuele beroepsopleiding", "ibo"),
        ("BVS", "bvs"),
        ("IMW 5 jaar", "imw_5"),
        ("NT2", "taalopleiding_nt2"),
    ],
)
def test_short_names_against_the_reference_list(text, code):
    found = Instrumentenlijst(KNOWN).find(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["AMA", "arbeidszorg", "IMW", "gemeenschapsdienst"])
def test_a_short_name_for_two_measures_is_not_guessed(text):
    with pytest.raises(RijGeweigerd, match=f"^traject {text} is niet eenduidig: schrijf .* of "):
        Instrumentenlijst(KNOWN).find(text)


def test_two_workers_with_one_name_are_not_guessed():
    lijst = Medewerkerslijst(
        [BekendeMedewerker("a1", "An", "Maes"), BekendeMedewerker("a2", "An", "Maes")]
    )
    with pytest.raises(RijGeweigerd, match="medewerker An Maes is niet eenduidig"):
        lijst.find("An Maes")
    assert lijst.find("a2") == "a2"


@pytest.mark.parametrize(
    ("delen", "voornaam_eerst", "verwacht"),
    [
        (("Maes", "Zoë", ""), False, ("Maes", "Zoë", False)),
        (("", "", "Maes, Zoë"), False, ("Maes", "Zoë", False)),
        (("", "", "Van den Broeck Jan"), False, ("Van den Broeck", "Jan", True)),
        (("", "", "Jan Van den Broeck"), True, ("Van den Broeck", "Jan", True)),
        (("", "", "Jan Pieter Maes"), True, ("Pieter Maes", "Jan", True)),
        (("", "", "DE SMET Jan Pieter"), False, ("DE SMET", "Jan Pieter", True)),
        (("", "", "Jan DE SMET"), False, ("DE SMET", "Jan", True)),
        (("", "", "Maes"), False, ("Maes", "", False)),
        (("", "Zoë", "Maes Zoë"), False, ("Maes", "Zoë", True)),
        (("", "Zoë", "Zoë Maes"), False, ("Maes", "Zoë", True)),
        (("", "Zoë", "Maes, Zoë"), False, ("Maes", "Zoë", True)),
        (("", "Jo", "Maes Zoë"), False, ("Maes Zoë", "Jo", True)),
        (("Коваленко", "Олена", ""), False, ("Коваленко", "Олена", False)),
    ],
)
def test_names(delen, voornaam_eerst, verwacht):
    naam = read_naam(*delen, voornaam_eerst=voornaam_eerst)
    assert (naam.familienaam, naam.voornaam, naam.gesplitst) == verwacht


@pytest.mark.parametrize(
    ("text", "nummer"),
    [
        ("0489 10 99 67", "0489 10 99 67"),
        ("0489/10.99.67", "0489 10 99 67"),
        ("0489109967", "0489 10 99 67"),
        ("489109967", "0489 10 99 67"),
        ("+32 489 10 99 67", "0489 10 99 67"),
        ("0032489109967", "0489 10 99 67"),
        ("+32 (0)489 10 99 67", "0489 10 99 67"),
        ('="0489109967"', "0489 10 99 67"),
        ("016 22 33 44", "016 22 33 44"),
        ("016223344", "016 22 33 44"),
        ("02/123.45.67", "02 123 45 67"),
        ("+31 6 12345678", "+31 6 12345678"),
        ("0489 10 99 67 (zus)", "0489 10 99 67 (zus)"),
        ("0489 10 99 67 / 016 22 33 44", "0489 10 99 67 / 016 22 33 44"),
        ("", ""),
    ],
)
def test_phones_are_kept_tidy(text, nummer):
    assert read_telefoon(text) == nummer


@pytest.mark.parametrize(
    ("cellen", "adres"),
    [
        (("Kerkstraat 5", "", ""), "Kerkstraat 5"),
        (("Kerkstraat", "5", ""), "Kerkstraat 5"),
        (("Kerkstraat", "5A", "3"), "Kerkstraat 5A bus 3"),
        (("Kerkstraat 5", "5", "bus 2"), "Kerkstraat 5 bus 2"),
        (("", "", ""), ""),
    ],
)
def test_addresses(cellen, adres):
    assert read_adres(*cellen) == adres


@pytest.mark.parametrize(
    ("cellen", "plaats"),
    [
        (("3020", "Herent"), ("3020", "Herent")),
        (("3020.0", "Herent"), ("3020", "Herent")),
        (("B-3020", ""), ("3020", "")),
        (("3020 Herent", ""), ("3020", "Herent")),
        (("", "3020 Herent"), ("3020", "Herent")),
        (("", "B-3020 Herent"), ("3020", "Herent")),
        (("1011 AB", "Amsterdam"), ("1011", "Amsterdam")),
        (("", "Herent"), ("", "Herent")),
    ],
)
def test_places(cellen, plaats):
    assert read_postcode(*cellen) == plaats


def test_sex_language_and_mail():
    assert [read_geslacht(t) for t in ("M", "man", "F", "Vrouw", "mevr.", "X", "?", "q")] == [
        "m", "m", "v", "v", "v", "x", None, None,
    ]  # fmt: skip
    talen = [read_taal(t) for t in ("Nederlands", "FR", "Arabisch", "Dari", "Klingon", "NL/FR")]
    assert talen == ["nl", "fr", "ar", "fa", None, None]
    assert {read_taal(code) for code in Taal.values if code != Taal.ANDERE} == {*Taal.values} - {
        Taal.ANDERE
    }
    assert read_email(" Zoe@Example.org ") == "zoe@example.org"
    assert [read_email(t) for t in ("zoe", "a@b", "a@b.be; c@d.be", "a b@c.be")] == [None] * 4
