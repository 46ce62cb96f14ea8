import pytest

from caseload.rules.inlezen.grenzen import BestandGeweigerd
from caseload.rules.inlezen.koppeling import Herkomst, check_koppeling, propose_koppeling
from caseload.rules.inlezen.tabel import Bestandssoort, Rij, Tabel
from caseload.rules.inlezen.velden import KOPPEN_PER_VELD, VELD_VAN_KOP, Veld


def _tabel(*koppen: str) -> Tabel:
    return Tabel(Bestandssoort.CSV, koppen, 1, len(koppen), (Rij(2, ("x",)),))


def _velden(*koppen: str) -> list[str | None]:
    koppeling = propose_koppeling(_tabel(*koppen))
    return [kolom.veld.value if kolom.veld else None for kolom in koppeling.kolommen]


def test_no_heading_stands_for_two_fields():
    assert len(VELD_VAN_KOP) == sum(len(koppen) for koppen in KOPPEN_PER_VELD.values())


@pytest.mark.parametrize("veld", list(Veld))
def test_the_label_of_a_field_is_itself_a_heading_for_it(veld):
    koppen = ("Naam", veld.label) if veld is not Veld.HUISNUMMER else ("Straat", veld.label)
    assert veld in propose_koppeling(_tabel(*koppen)).velden


@pytest.mark.parametrize(
    ("kop", "veld"),
    [
        ("Dossiernr.", "dossiernummer"),
        ("Cliëntnummer", "dossiernummer"),
        ("Nr. dossier", "dossiernummer"),
        ("RRN", "insz"),
        ("Rijksregisternr", "insz"),
        ("Rijksregister nummer", "insz"),
        ("RIJKSREGISTERNUMMER", "insz"),
        ("INSZ-nummer", "insz"),
        ("NISS", "insz"),
        ("INSZ (11 cijfers)", "insz"),
        ("Familienaam", "familienaam"),
        ("Achternaam *", "familienaam"),
        ("Naam cliënt", "volledige_naam"),
        ("Naam en voornaam", "volledige_naam"),
        ("Voornaam", "voornaam"),
        ("Prénom", "voornaam"),
        ("Geb. datum", "geboortedatum"),
        ("Geboortedatum (dd/mm/jjjj)", "geboortedatum"),
        ("geboren op:", "geboortedatum"),
        ("M/V", "geslacht"),
        ("Straat + nr", "adres"),
        ("GSM", "telefoon"),
        ("Tel.", "telefoon"),
        ("E-mail", "email"),
        ("Mailadres", "email"),
        ("Statuut", "statuut"),
        ("Statuut sinds", "statuut_sinds"),
        ("Leefloon vanaf", "statuut_sinds"),
        ("Maatsch. werker", "medewerker"),
        ("Trajectbegeleider", "medewerker"),
        ("Dossierbeheerder", "medewerker"),
        ("Type traject", "instrument"),
        ("Start traject", "startdatum"),
        ("Begindatum", "startdatum"),
        ("Startdatum_traject", "startdatum"),
        ("Opmerkingen", "opmerking"),
        ("Moedertaal", "taal"),
        ("Gemeente", "gemeente"),
        ("Post code", "postcode"),
    ],
)
def test_headings_as_offices_write_them(kop, veld):
    assert _velden(kop) == [veld]


@pytest.mark.parametrize(
    ("kop", "veld"),
    [("Geboortedtaum", "geboortedatum"), ("Rijksregisternumer", "insz"), ("Voornaaam", "voornaam")],
)
def test_a_slip_in_a_heading_is_proposed_as_alike(kop, veld):
    (kolom,) = propose_koppeling(_tabel(kop)).kolommen
    assert (kolom.veld, kolom.herkomst) == (Veld(veld), Herkomst.GELIJKEND)


@pytest.mark.parametrize("kop", ["", "Kleur", "Einddatum", "Voogd", "Nationaliteit", "Schuld"])
def test_what_is_not_known_is_left_alone_and_listed(kop):
    koppeling = propose_koppeling(_tabel("Naam", kop))
    assert [kolom.kop for kolom in koppeling.niet_gekoppeld] == [kop]


def test_naam_is_the_family_name_beside_a_first_name():
    assert _velden("Naam", "Voornaam") == ["familienaam", "voornaam"]
    assert _velden("Naam", "INSZ") == ["volledige_naam", "insz"]
    assert _velden("Naam en voornaam", "Voornaam") == ["volledige_naam", "voornaam"]
    assert _velden("Naam", "Familienaam", "Voornaam") == [None, "familienaam", "voornaam"]


def test_a_field_is_never_filled_twice_and_the_clearest_heading_wins():
    assert _velden("Nota", "Opmerking", "Opmerking") == [None, "opmerking", None]
    assert _velden("Status", "Statuut") == [None, "statuut"]
    assert _velden("Start", "Startdatum traject", "Begindatum") == [None, "startdatum", None]


def test_a_bare_number_is_a_house_number_only_after_a_street():
    assert _velden("Nr", "Naam") == [None, "volledige_naam"]
    assert _velden("Straat", "Nr", "Bus") == ["adres", "huisnummer", "bus"]


def test_memory_wins_from_recognition():
    koppeling = propose_koppeling(
        _tabel("Dossiernr", "Ons kenteken", "Naam"),
        onthouden={"Ons Kenteken": "dossiernummer", "verdwenen kolom": "insz", "Naam": "onzin"},
    )
    assert koppeling.velden == {Veld.DOSSIERNUMMER: 1}
    assert koppeling.kolommen[1].herkomst is Herkomst.ONTHOUDEN


def test_the_choice_of_the_user_wins_from_all():
    koppeling = propose_koppeling(
        _tabel("Dossiernr", "Naam", "Opmerking", "X"),
        onthouden={"X": "opmerking"},
        gekozen={0: "", "X": "dossiernummer", 99: "insz", "geen kop": "insz"},
    )
    assert koppeling.velden == {
        Veld.DOSSIERNUMMER: 3,
        Veld.VOLLEDIGE_NAAM: 1,
        Veld.OPMERKING: 2,
    }
    assert koppeling.kolommen[3].herkomst is Herkomst.GEKOZEN
    assert koppeling.te_onthouden == {
        "X": "dossiernummer",
        "Naam": "volledige_naam",
        "Opmerking": "opmerking",
    }


def test_one_field_chosen_for_two_columns_is_filled_once():
    koppeling = propose_koppeling(_tabel("A", "B"), gekozen={0: "insz", 1: "insz"})
    assert koppeling.velden == {Veld.INSZ: 0}


def test_own_columns_of_a_list_of_refused_rows_are_not_offered():
    koppeling = propose_koppeling(
        _tabel("Naam", "INSZ", "Rij in het aangeboden bestand", "Reden van weigering")
    )
    assert koppeling.velden == {Veld.VOLLEDIGE_NAAM: 0, Veld.INSZ: 1}
    assert koppeling.niet_gekoppeld == ()


@pytest.mark.parametrize(
    ("koppen", "reden"),
    [
        (["INSZ", "Voornaam"], "Geen kolom met de naam gevonden"),
        (["Naam", "Voornaam"], "Geen kolom met dossiernummer, INSZ of geboortedatum"),
        (["Naam", "INSZ", "Traject"], "geen kolom met hun startdatum"),
    ],
)
def test_missing_columns_refuse_the_list(koppen, reden):
    with pytest.raises(BestandGeweigerd, match=reden):
        check_koppeling(propose_koppeling(_tabel(*koppen)))


@pytest.mark.parametrize(
    "koppen", [["Naam", "INSZ"], ["Familienaam", "Dossiernr"], ["Naam cliënt", "Geboortedatum"]]
)
def test_least_columns_that_do(koppen):
    check_koppeling(propose_koppeling(_tabel(*koppen)))
