from datetime import date, timedelta

import pytest

from caseload.rules.inlezen.rijen import Geweigerd
from caseload.rules.inlezen.statuten import GelezenStatuut
from caseload.rules.inlezen.uitkomst import uitkomst_as_dict
from tests.caseload.inlezen.lijsten import GOED, VANDAAG, accepted, csv_of, read, reasons

KIND = "05.03.14-122.01"


def test_a_good_row():
    rij = accepted()
    assert (rij.rijnummer, rij.dossiernummer, rij.insz) == (2, "2026-0001", "66060597908")
    assert (rij.familienaam, rij.voornaam, rij.geslacht) == ("De Smet", "Pieter", "m")
    assert rij.geboortedatum == date(1966, 6, 5)
    assert rij.statuut == GelezenStatuut("leefloon", 2, date(2026, 2, 19))
    assert (rij.medewerker, rij.instrument, rij.startdatum) == ("mw1", "twe", date(2026, 4, 17))
    assert rij.opmerkingen == ()


@pytest.mark.parametrize(
    ("cellen", "redenen"),
    [
        ({"Naam": " "}, ("naam ontbreekt",)),
        ({"Naam": "-"}, ("naam ontbreekt",)),
        ({"Naam": "123"}, ("naam ontbreekt",)),
        ({"Rijksregisternr": "66.06.05-979.09"}, ("INSZ: controlegetal klopt niet",)),
        ({"Rijksregisternr": "6606"}, ("INSZ: telt 4 cijfers, niet 11",)),
        ({"Rijksregisternr": "8,5E+10"}, ("INSZ: Excel heeft cijfers afgerond",)),
        ({"Geboortedatum": "06/06/1966"}, ("geboortedatum strijdig met INSZ",)),
        ({"Geboortedatum": "00/00/1967"}, ("geboortedatum strijdig met INSZ",)),
        ({"Geboortedatum": "31/02/1990"}, ("geboortedatum bestaat niet: 31/02/1990",)),
        ({"Geboortedatum": "00/13/1990"}, ("geboortedatum bestaat niet: 00/13/1990",)),
        (
            {"Start traject": "zondag 17/04/2026"},
            ("startdatum niet leesbaar: zondag 17/04/2026",),
        ),
        ({"Geboortedatum": "1990-02-31"}, ("geboortedatum bestaat niet: 31/02/1990",)),
        ({"Geboortedatum": "onbekend"}, ("geboortedatum niet leesbaar: onbekend",)),
        (
            {"Geboortedatum": "05/06/2066"},
            ("geboortedatum ligt in de toekomst: 05/06/2066",),
        ),
        (
            {"Geboortedatum": "05/06/1906", "Rijksregisternr": ""},
            ("geboortedatum kan niet kloppen: 05/06/1906",),
        ),
        (
            {"Geboortedatum": "05/06/0966", "Rijksregisternr": ""},
            ("geboortedatum kan niet kloppen: 05/06/0966",),
        ),
        ({"Medewerker": "mw9"}, ("onbekende medewerker",)),
        ({"Medewerker": "onbekende medewerker"}, ("onbekende medewerker",)),
        ({"Traject": "Trajectje"}, ("onbekend traject",)),
        ({"Traject": "onbekend"}, ("onbekend traject",)),
        (
            {"Traject": "AMA"},
            ("traject AMA is niet eenduidig: schrijf AMA welzijn of AMA sociale economie",),
        ),
        ({"Start traject": ""}, ("startdatum ontbreekt",)),
        ({"Start traject": "29/02/2026"}, ("startdatum bestaat niet: 29/02/2026",)),
        ({"Start traject": "binnenkort"}, ("startdatum niet leesbaar: binnenkort",)),
        ({"Start traject": "01/06/1966"}, ("start ligt vóór de geboorte",)),
        (
            {"Start traject": "17/04/2062"},
            ("startdatum ligt te ver in de toekomst: 17/04/2062",),
        ),
        ({"Traject": ""}, ("traject ontbreekt",)),
        ({"Traject": "geen"}, ("traject ontbreekt",)),
        (
            {"Traject": "Activeringsstage"},
            ("traject Activeringsstage is gesloten sinds 31/12/2022",),
        ),
        (
            {"Traject": "IMW", "Start traject": "30/06/2023"},
            ("traject Individueel maatwerk bestaat pas sinds 01/07/2023",),
        ),
        ({"Traject": "gemeenschapsdienst"}, ("traject Gemeenschapsdienst is niet te starten",)),
        ({"Statuut sinds": "31/04/2025"}, ("statuut sinds bestaat niet: 31/04/2025",)),
        ({"Statuut sinds": "01/01/1950"}, ("statuut sinds ligt vóór de geboorte",)),
        ({"Naam": "x" * 121}, ("familienaam is langer dan 120 tekens",)),
        (
            {"Dossiernr": "", "Rijksregisternr": "", "Geboortedatum": ""},
            ("dossiernummer, INSZ en geboortedatum ontbreken",),
        ),
        (
            {
                "Naam": "",
                "Rijksregisternr": "1",
                "Geboortedatum": "x",
                "Medewerker": "y",
                "Traject": "z",
            },
            (
                "naam ontbreekt",
                "INSZ: telt 1 cijfer, niet 11",
                "geboortedatum niet leesbaar: x",
                "onbekende medewerker",
                "onbekend traject",
            ),
        ),
    ],
)
def test_refused(cellen, redenen):
    assert reasons(**{kop.replace(" ", "_"): cel for kop, cel in cellen.items()}) == redenen


def test_an_open_measure_that_closed_later_keeps_its_old_trajecten():
    rij = accepted(Traject="Activeringsstage", Start_traject="31/12/2022")
    assert (rij.instrument, rij.opmerkingen) == ("activeringsstage", ())


@pytest.mark.parametrize("niets", ["", " ", "-", "/", "n.v.t.", "NVT", "?"])
def test_a_client_without_traject_is_accepted(niets):
    rij = accepted(Traject=niets, Start_traject=niets)
    assert (rij.instrument, rij.startdatum) == ("", None)


def test_no_traject_yet_in_words():
    assert accepted(Traject="geen", Start_traject="").instrument == ""
    assert accepted(Traject="Nog geen traject", Start_traject="-").instrument == ""


@pytest.mark.parametrize(
    ("cellen", "opmerking"),
    [
        ({"Statuut": "iets nieuws"}, "statuut niet herkend en niet ingevuld: iets nieuws"),
        ({"Statuut_sinds": ""}, "statuut zonder begindatum"),
        ({"Statuut_sinds": "01/12/2026"}, "statuut begint pas op 01/12/2026"),
        ({"Medewerker": ""}, "geen medewerker vermeld"),
        ({"Voornaam": ""}, "voornaam ontbreekt"),
        ({"Rijksregisternr": ""}, "INSZ ontbreekt"),
        ({"Dossiernr": ""}, "dossiernummer ontbreekt"),
        ({"Geboortedatum": ""}, "geboortedatum genomen uit INSZ"),
        ({"Geboortedatum": "00/06/1966"}, "geboortedatum genomen uit INSZ"),
        ({"Geboortedatum": "1966"}, "geboortedatum genomen uit INSZ"),
        ({"Geslacht": "V"}, "geslacht wijkt af van INSZ"),
        ({"Geslacht": "q"}, "geslacht niet herkend: q"),
        ({"Start_traject": "01/12/2026"}, "traject start pas op 01/12/2026"),
        ({"Naam": "Y?lmaz"}, "in de naam Y?lmaz is een letter verloren gegaan"),
    ],
)
def test_accepted_with_a_remark(cellen, opmerking):
    assert accepted(**cellen).opmerkingen == (opmerking,)


def test_an_unknown_standing_is_left_out():
    assert accepted(Statuut="iets nieuws").statuut is None


def test_a_partial_birth_date_without_number_stays_partial():
    rij = accepted(Rijksregisternr="", Geboortedatum="00/00/1966")
    assert rij.geboortedatum is None
    assert rij.opmerkingen == ("INSZ ontbreekt", "geboortedatum onvolledig: 00/00/1966")


def test_a_number_with_unknown_birthday_agrees_with_any_day_of_its_year():
    rij = accepted(Rijksregisternr="85.00.00-021.18", Geboortedatum="01/07/1985")
    assert (rij.geboortedatum, rij.opmerkingen) == (date(1985, 7, 1), ())


@pytest.mark.parametrize(
    "tekst",
    [
        "MW1",
        " mw 1 ",
        "An Peeters",
        "Peeters An",
        "PEETERS, An",
        "an peeters",
        "A. Peeters",
        "An Peeters (mw1)",
        "mw1 (An)",
        "mw1@example.org",
    ],
)
def test_a_worker_is_found_under_any_usual_spelling(tekst):
    assert accepted(Medewerker=tekst).medewerker == "mw1"


def test_a_worker_with_accents_or_particles():
    assert accepted(Medewerker="Cigdem Ozturk").medewerker == "tb1"
    assert accepted(Medewerker="van den broeck bart").medewerker == "mw2"


@pytest.mark.parametrize("tekst", ["Peeters", "An", "mw", "Jan Peeters", "mw12"])
def test_half_a_name_is_not_a_worker(tekst):
    assert reasons(Medewerker=tekst) == ("onbekende medewerker",)


@pytest.mark.parametrize("gevaar", ['=HYPERLINK("x")', "+32 1", "-1", "@SUM(A1)", "=cmd|x"])
def test_text_that_looks_like_a_formula_stays_text(gevaar):
    assert accepted(Opmerking=gevaar).opmerking == gevaar
    assert accepted(Voornaam=gevaar).voornaam == gevaar


def test_the_same_number_twice():
    uitkomst = read(csv_of(GOED, GOED | {"Dossiernr": "2026-0002", "Naam": "Ander"}))
    assert [(rij.rijnummer, rij.redenen) for rij in uitkomst.geweigerd] == [
        (3, ("INSZ staat ook op rij 2",))
    ]


def test_the_same_file_number_twice():
    ander = GOED | {"Rijksregisternr": KIND, "Geboortedatum": "", "Dossiernr": " 2026-0001 "}
    uitkomst = read(csv_of(GOED, ander))
    assert [rij.redenen for rij in uitkomst.geweigerd] == [("dossiernummer staat ook op rij 2",)]


def test_the_same_row_twice():
    assert read(csv_of(GOED, GOED)).geweigerd[0].redenen == ("INSZ staat ook op rij 2",)


def test_a_refused_row_does_not_claim_its_numbers():
    uitkomst = read(csv_of(GOED | {"Medewerker": "mw9"}, GOED))
    assert [rij.rijnummer for rij in uitkomst.aanvaard] == [3]


def test_the_same_person_with_another_traject_brings_only_a_traject():
    tweede = GOED | {"Traject": "wijkwerken", "Start traject": "01/02/2025"}
    derde = GOED | {"Traject": "activeringstraject", "Start traject": "01/02/2024"}
    uitkomst = read(csv_of(GOED, tweede, derde, tweede))
    assert [rij.zelfde_client_als for rij in uitkomst.aanvaard] == [None, 2, 2]
    assert uitkomst.aanvaard[1].opmerkingen == ("nog een traject van de cliënt op rij 2",)
    assert [(rij.rijnummer, rij.reden) for rij in uitkomst.geweigerd] == [
        (5, "INSZ staat ook op rij 2")
    ]


def test_without_any_number_name_and_birth_date_tell_people_apart():
    los = GOED | {"Dossiernr": "", "Rijksregisternr": ""}
    uitkomst = read(csv_of(los, los, los | {"Geboortedatum": "06/06/1966"}))
    assert [rij.rijnummer for rij in uitkomst.aanvaard] == [2, 4]
    assert uitkomst.geweigerd[0].redenen == ("cliënt staat ook op rij 2",)


def test_row_numbers_are_those_of_the_sheet():
    data = b"OCMW Herent\r\nLijst\r\n\r\n" + csv_of(GOED, GOED | {"Naam": ""})
    uitkomst = read(data)
    assert uitkomst.aanvaard[0].rijnummer == 5
    assert isinstance(uitkomst.geweigerd[0], Geweigerd)
    assert uitkomst.geweigerd[0].rijnummer == 6


def test_a_list_of_people_without_trajecten():
    uitkomst = read("Naam;Geboortedatum\nMaes Zoë;05/06/1966".encode())
    (rij,) = uitkomst.aanvaard
    assert (rij.familienaam, rij.voornaam, rij.instrument) == ("Maes", "Zoë", "")
    assert rij.opmerkingen == ("naam gesplitst: familienaam Maes, voornaam Zoë",)


def test_contact_data_that_cannot_be_used_is_told():
    kop = "Naam;Geboortedatum;E-mail;Taal;Statuut;Categorie"
    (rij,) = read(f"{kop}\nMaes, Zoë;05/06/1966;zoe;Klingon;leefloon 1;2".encode()).aanvaard
    assert (rij.email, rij.taal, rij.statuut) == ("", "", GelezenStatuut("leefloon"))
    assert rij.opmerkingen == (
        "e-mailadres niet leesbaar: zoe",
        "taal niet herkend: Klingon",
        "categorie leefloon tegenstrijdig: niet ingevuld",
    )
    (rij,) = read(f"{kop}\nMaes, Zoë;05/06/1966;Z@b.be;Frans;;".encode()).aanvaard
    assert (rij.email, rij.taal, rij.statuut) == ("z@b.be", "fr", None)


def test_clients_without_traject_or_without_end_have_no_last_day():
    zonder = GOED | {"Traject": "", "Start traject": ""}
    eindeloos = GOED | {"Dossiernr": "2", "Rijksregisternr": ""}
    dubbel = GOED | {"Dossiernr": "3"}
    uitkomst = read(csv_of(zonder, eindeloos, dubbel))
    geen_einde = uitkomst_as_dict(uitkomst, vandaag=VANDAAG, uiterste_dag=lambda code, start: None)
    assert geen_einde == {
        "vandaag": "2026-11-22",
        "rijen": 3,
        "aanvaard": 2,
        "geweigerd": [[4, "INSZ staat ook op rij 2"]],
        "uiterste_dag": [],
        "binnen_90_dagen": 0,
    }


@pytest.mark.parametrize(("dagen", "telt"), [(-1, 0), (0, 1), (90, 1), (91, 0)])
def test_the_near_days_are_today_up_to_the_ninetieth(dagen, telt):
    dag = VANDAAG + timedelta(days=dagen)
    as_dict = uitkomst_as_dict(
        read(csv_of(GOED)), vandaag=VANDAAG, uiterste_dag=lambda code, start: dag
    )
    assert as_dict["binnen_90_dagen"] == telt
    assert as_dict["uiterste_dag"] == [["2026-0001", "twe", "2026-04-17", dag.isoformat()]]


def test_a_list_without_a_column_for_trajecten_leaves_its_dates_alone():
    (rij,) = read("Naam;Voornaam;INSZ;Start\nMaes;Zoë;85073003328;17/04/2026".encode()).aanvaard
    assert (rij.instrument, rij.startdatum, rij.medewerker) == ("", None, "")
