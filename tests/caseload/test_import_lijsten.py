"""Lists with the dirt of other offices, through the operator's command, taken in for real."""

import io
import json
import os
import zipfile
from datetime import date

import pytest
import time_machine
import xlsxwriter
from django.core.management import call_command

from caseload.imports.voorbeeld import remembered_koppen
from caseload.models import Import
from clienten.models import Client
from kern.db.scope import scope
from tests.factories.clienten import make_insz
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from trajecten.models import Traject

pytestmark = pytest.mark.django_db

EEN, TWEE, DRIE = date(1980, 5, 5), date(1999, 12, 31), date(2001, 2, 28)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=True):
        yield


@pytest.fixture
def importeer(bestuur, tmp_path):
    """Return a function that takes a list in and returns the answer, or the refusal."""
    make_gebruiker(bestuur, gebruikersnaam="mw1", voornaam="Mieke", familienaam="Vandervelde")
    make_gebruiker(bestuur, gebruikersnaam="mw2")
    make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER, gebruikersnaam="tb1")

    def run(data: bytes | str, name: str = "lijst.csv"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        out, err = io.StringIO(), io.StringIO()
        args = [str(path), "--bestuur", "24038", "--op", "2026-11-22", "--toepassen", "--json"]
        code = 0
        try:
            call_command("importeer", *args, stdout=out, stderr=err)
        except SystemExit as left:
            code = left.code
        assert code in (0, 2)
        return json.loads(out.getvalue()) if code == 0 else err.getvalue()

    return run


def names() -> set[str]:
    return {client.naam for client in Client.objects.all()}


def test_tabs_utf16_and_french_headings(importeer):
    answer = importeer(
        (
            "No dossier\tNISS\tNom\tPrénom\tDate de naissance\tAssistant social\n"
            f"F1\t{make_insz(EEN, 971)}\tDupont\tÉlodie\t5 mai 1980\tmw1\n"
            f"F2\t{make_insz(TWEE, 972)}\tMartin\tRené\t31.12.99\tVandervelde Mieke\n"
        ).encode("utf-16")
    )
    assert (answer["aanvaard"], answer["geweigerd"]) == (2, [])
    assert names() == {"Dupont Élodie", "Martin René"}


def test_titles_above_blank_rows_between_and_a_total_below(importeer):
    answer = importeer(
        "OCMW Herent – caseload\r\n\r\nAfgedrukt op 22/11/2026\r\n\r\n"
        "Naam cliënt;INSZ;Traject;Begin\r\n"
        f"Van den Broeck, Jan;{make_insz(EEN, 973)};TWE;1/2/2026\r\n\r\n"
        f"EL AMRANI Fatima;{make_insz(DRIE, 974)};wijkwerken;15 maart 2026\r\nTotaal: 2\r\n"
    )
    assert (answer["aanvaard"], answer["geweigerd"]) == (2, [])
    assert [dag[1:] for dag in answer["uiterste_dag"]] == [
        ["twe", "2026-02-01", "2028-01-31"],
        ["wijkwerken", "2026-03-15", "2027-03-14"],
    ]


def test_a_workbook_with_numbers_dates_a_formula_and_a_lost_zero(importeer):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Voorblad").write(0, 0, "zie blad 2")
    sheet = book.add_worksheet("Lijst")
    heads = ["Dossier", "Rijksregisternummer", "Familienaam", "Voornaam", "Geb.datum"]
    for column, head in enumerate([*heads, "Traject", "Startdatum"]):
        sheet.write(0, column, head)
    insz = make_insz(date(2000, 10, 22), 951)
    assert insz.startswith("00")
    sheet.write_row(1, 0, [1001, int(insz), "Maes", "Bo"])
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_datetime(1, 4, date(2000, 10, 22), day)
    sheet.write_row(1, 5, ["TWE", 46000])
    sheet.write_row(2, 0, [1002, "=1+1", "Formule", "X", "31/02/2000"])
    book.close()
    answer = importeer(out.getvalue(), "lijst.xlsx")
    assert (answer["aanvaard"], [rij for rij, _ in answer["geweigerd"]]) == (1, [3])
    assert Traject.objects.get().begindatum == date(2025, 12, 9)


def test_one_client_with_trajecten_that_go_and_do_not_go_together(importeer):
    wie = f"O1;{make_insz(EEN, 975)};Zed;Al"
    answer = importeer(
        "Dossiernr;INSZ;Naam;Voornaam;Traject;Start\n"
        f"{wie};TWE;1/3/2025\n{wie};TWE;1/6/2025\n{wie};wijkwerken;1/6/2025\n{wie};TWE;1/3/2025\n"
    )
    assert answer["aanvaard"] == 2
    assert answer["geweigerd"] == [
        [3, "cliënt volgt al Tijdelijke werkervaring (TWE) sinds 01/03/2025"],
        [5, "INSZ staat ook op rij 2"],
    ]
    assert (Client.objects.count(), Traject.objects.count()) == (1, 2)


def test_measures_that_are_closed_or_unclear_and_days_that_do_not_exist(importeer):
    answer = importeer(
        "Dossiernr;Naam;Voornaam;Geboortedatum;Traject;Start\n"
        "C1;A;B;1/1/1980;activeringsstage;1/3/2025\nC2;A;B;1/1/1981;TWE;1/3/2030\n"
        "C3;A;B;1/1/1982;AMA;1/3/2025\nC5;A;B;1/1/1984;LDE;1/3/2025\nC6;A;B;1/1/1985;TWE;\n"
        "C7;A;B;1/1/1986;;1/3/2025\nC8;A;B;1/1/1987;TWE;1/3/1999\n"
        "C9;A;B;1/1/1988;wijkwerken;29/2/2025\n"
    )
    assert answer["aanvaard"] == 0
    assert [rij for rij, _ in answer["geweigerd"]] == list(range(2, 10))
    assert all(reden for _, reden in answer["geweigerd"])
    assert Client.objects.count() == 0


def test_formulas_scripts_quotes_and_ragged_rows(importeer):
    answer = importeer(
        "Dossiernr,Naam,Voornaam,Geboortedatum,Opmerking\r\n"
        'R1,"=cmd|\' /C calc\'!A0",X,1/1/1980,"regel 1\r\nregel ""2"""\r\n'
        "R2,<script>alert(1)</script>,Y,2/1/1980,+32 470\r\n"
        'R3,"O\'Neill, ""Bob""",Z,3/1/1980,@SUM(A1)\r\n'
        "R4,te,veel,4/1/1980,cellen,hier,en,daar\r\nR5,kort\r\n"
    )
    assert (answer["aanvaard"], [rij for rij, _ in answer["geweigerd"]]) == (4, [5])
    assert "<script>alert(1)</script> Y" in names()


def test_names_in_any_script(importeer):
    importeer(
        "Dossiernr;Naam;Voornaam;Geboortedatum\r\nU1;كوفالينكو;ليلى;1/1/1980\r\n"
        "U2;Коваленко;Олена;2/1/1980\r\nU3;\u00a0Şahin\u200b ;Ümit;3-1-80\r\n"
        "U4;RenÃ©;ZoÃ«;4/1/1980\r\nU5;李;小龙;5/1/1980\r\n"
    )
    expected = {"كوفالينكو ليلى", "Коваленко Олена", "Şahin Ümit", "René Zoë", "李 小龙"}
    assert names() == expected


def test_cells_without_end(importeer):
    answer = importeer(
        f"Dossiernr;Naam;Voornaam;Geboortedatum;Opmerking\nL1;{'x' * 300};Y;1/1/1980;ok\n"
        f"L2;Kort;Y;2/1/1980;{'y' * 50_000}\nL3;Ok;Y;3/1/1980;{'z' * 1900}\n"
        f"{'d' * 60};Ok;Y;4/1/1980;ok\n"
    )
    assert (answer["aanvaard"], [rij for rij, _ in answer["geweigerd"]]) == (1, [2, 3, 5])


def test_numbers_that_stand_twice_and_a_bis_number(importeer):
    bis = f"{EEN:%y}{EEN.month + 40:02d}{EEN:%d}971"
    bis += f"{97 - int(bis) % 97:02d}"
    answer = importeer(
        "dossier nr.;RR;naam;voornaam;mw\n"
        f"D1;{make_insz(EEN, 976)};Een;A;mw1\nd 1;{make_insz(TWEE, 977)};Twee;B;MW1\n"
        f"D3;{make_insz(EEN, 976)};Drie;C;mw1\nD4;{bis};Bis;D; Mw2 \n"
        "D6;12345678901;Fout;F;tb1\n;;Geen;Nummer;mw1\n"
    )
    assert answer["geweigerd"] == [
        [3, "dossiernummer staat ook op rij 2"],
        [4, "INSZ staat ook op rij 2"],
        [6, "INSZ: controlegetal klopt niet"],
        [7, "dossiernummer, INSZ en geboortedatum ontbreken"],
    ]
    assert names() == {"Een A", "Bis D"}


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(b"0" * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (bomb, "uitgepakt te groot"),
        (lambda: b"PK\x03\x04" + os.urandom(5000), "beschadigd"),
        (lambda: b"%PDF-1.4\n" + os.urandom(2000), "PDF-bestand"),
        (lambda: b"Naam;INSZ\r\n", "geen rijen met cli"),
        (lambda: b"Naam;INSZ\r\nA\x00B;1\r\n", "NUL-tekens"),
        (lambda: b";".join(b"k%d" % n for n in range(10_000)) + b"\n1\n", "10.000 kolommen"),
        (lambda: b'{"naam": "x"}\n', "geen lijst"),
        (lambda: b"Naam;Voornaam\nPeeters;An\n", "Geen kolom met dossiernummer"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(importeer, make, reason):
    assert reason in importeer(make())
    assert Client.objects.count() == Import.objects.count() == 0


def test_what_one_office_remembers_does_not_reach_another(importeer, bestuur, buur):
    importeer("Dossiernr;Naam;Voornaam;Geb\nA1;Peeters;An;5/5/1980\n")
    assert remembered_koppen(bestuur.pk)["Geb"] == "geboortedatum"
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert remembered_koppen(buur.pk) == remembered_koppen(bestuur.pk) == {}
