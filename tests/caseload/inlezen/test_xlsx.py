import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from caseload.rules.inlezen.grenzen import BestandGeweigerd, Grenzen
from caseload.rules.inlezen.lezen import read_tabel
from tests.caseload.inlezen.lijsten import read, xlsx_of

KOP = ["Dossiernr", "INSZ", "Naam", "Voornaam", "Geboortedatum", "Traject", "Start"]


def _refusal(data: bytes, **grenzen: int) -> str:
    with pytest.raises(BestandGeweigerd) as error:
        read_tabel(data, grenzen=Grenzen(**grenzen))
    return str(error.value)


def _changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with a piece of one part replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            inhoud = source.read(name)
            if name == part:
                assert old in inhoud
                inhoud = inhoud.replace(old, new, 1)
            target.writestr(name, inhoud)
    return buffer.getvalue()


def test_typed_cells_become_the_same_client_as_text():
    start = datetime.fromisoformat("2026-03-02 09:30")
    getypt = [20260001, 5031412201, "Maes", "Zoë", date(2005, 3, 14), "TWE", start]
    als_tekst = [
        "20260001", "05.03.14-122.01", "Maes", "Zoë", "14/03/2005", "TWE", "02/03/2026",
    ]  # fmt: skip
    eerste = read(xlsx_of(("Lijst", [KOP, getypt]))).aanvaard[0]
    tweede = read(xlsx_of(("Lijst", [KOP, als_tekst]))).aanvaard[0]
    assert eerste.opmerkingen == ("INSZ: nul vooraan teruggezet",)
    for naam in ("dossiernummer", "insz", "geboortedatum", "startdatum", "instrument"):
        assert getattr(eerste, naam) == getattr(tweede, naam), naam
    assert eerste.startdatum == date(2026, 3, 2)


def test_a_date_that_lost_its_format_is_still_a_date():
    rij = ["1", "85073003328", "Maes", "Zoë", 31258, "TWE", 46083]
    gelezen = read(xlsx_of(("Lijst", [KOP, rij]))).aanvaard[0]
    assert (gelezen.geboortedatum, gelezen.startdatum) == (date(1985, 7, 30), date(2026, 3, 2))


def test_titles_merged_above_and_an_empty_column_before_keep_the_row_numbers():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Lijst")
    sheet.merge_range("B2:H2", "Cliënten OCMW Herent")
    sheet.write_row(3, 1, KOP)
    sheet.write_row(4, 1, ["1", "85073003328", "Maes", "Zoë", "", "", ""])
    sheet.write_row(6, 1, ["2", "05031412201", "Claes", "An", "", "", ""])
    book.close()
    tabel = read_tabel(buffer.getvalue())
    assert tabel.kopregel == 4
    assert [rij.nummer for rij in tabel.rijen] == [5, 7]
    assert [rij.dossiernummer for rij in read(buffer.getvalue()).aanvaard] == ["1", "2"]


def test_the_first_sheet_with_headings_is_read_and_the_others_are_named():
    data = xlsx_of(
        ("Leeg", []),
        ("Uitleg", [["Zo vult u dit in"], ["Lees eerst dit"]]),
        ("Lijst", [KOP, ["1", "85073003328", "Maes", "Zoë"]]),
        ("Oud", [KOP, ["2", "05031412201", "Claes", "An"]]),
    )
    tabel = read_tabel(data)
    assert [rij.cellen[2] for rij in tabel.rijen] == ["Maes"]
    assert tabel.opmerkingen == ("Werkblad “Lijst” is gelezen; niet gelezen: Uitleg, Oud.",)


def test_formulas_are_taken_by_their_value_and_text_is_never_one():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [*KOP, "Opmerking"])
    sheet.write_row(1, 0, ["1", "85073003328", "Maes", "Zoë", "", "", ""])
    sheet.write_formula(1, 0, "=1+1", value=2)
    sheet.write_string(1, 7, "=1+1")
    book.close()
    rij = read(buffer.getvalue()).aanvaard[0]
    assert (rij.dossiernummer, rij.opmerking) == ("2", "=1+1")


def test_hidden_sheets_are_not_read():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("Voorblad").write(0, 0, "Titel")
    hidden = book.add_worksheet("Verborgen")
    hidden.write_row(0, 0, KOP)
    hidden.write_row(1, 0, ["1", "85073003328", "Maes", "Zoë"])
    hidden.hide()
    book.close()
    assert "geen lijst" in _refusal(buffer.getvalue())


def test_an_empty_workbook_says_so():
    assert "geen zichtbaar werkblad" in _refusal(xlsx_of(("Leeg", [])))


def test_limits_on_rows_and_columns():
    rijen = [["1", "85073003328", "Maes", "Zoë"]] * 200
    assert "meer dan 50 rijen" in _refusal(xlsx_of(("L", [KOP, *rijen])), max_rijen=50)
    breed = xlsx_of(("L", [[f"Kolom {n}" for n in range(300)]] * 2))
    assert "300 kolommen" in _refusal(breed)


@pytest.mark.parametrize(
    ("plaats", "reden"), [(b"XFD3", "16.384 kolommen"), (b"B1048576", "rijen")]
)
def test_a_cell_far_away_is_refused_before_memory_is_taken(plaats, reden):
    data = xlsx_of(("L", [KOP, ["1", "85073003328", "Maes", "Zoë"], ["2"]]))
    ver = _changed(data, "xl/worksheets/sheet1.xml", b'r="A3"', b'r="' + plaats + b'"')
    assert reden in _refusal(ver)


def test_cells_without_a_place_count_by_the_row_that_holds_them():
    data = xlsx_of(("L", [KOP, ["1", "85073003328", "Maes", "Zoë"], ["2"]]))
    ver = _changed(data, "xl/worksheets/sheet1.xml", b' r="A3"', b"")
    ver = _changed(ver, "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="999999999"')
    assert "rijen" in _refusal(ver)


def test_formatting_down_to_the_last_row_is_not_content():
    data = xlsx_of(("L", [KOP, ["1", "85073003328", "Maes", "Zoë"]]))
    leeg = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    ver = _changed(data, "xl/worksheets/sheet1.xml", b"</sheetData>", leeg)
    assert len(read(ver).aanvaard) == 1


def test_a_zip_bomb_is_refused_by_its_directory():
    buffer = io.BytesIO(xlsx_of(("L", [KOP, ["1", "85073003328", "Maes", "Zoë"]])))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bom.xml", b"0" * 20_000_000)
    assert "uitgepakt te groot" in _refusal(buffer.getvalue(), max_uitgepakt=10_000_000)


def test_one_long_text_in_thousands_of_cells_is_refused():
    rijen = [["x" * 30_000] * 7] * 60
    data = xlsx_of(("L", [KOP, *rijen]))
    assert len(data) < 60_000
    assert "uitgepakt te groot" in _refusal(data, max_uitgepakt=10_000_000)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_damaged_workbook_says_so(part):
    data = xlsx_of(("L", [KOP, ["1", "85073003328", "Maes", "Zoë"]]))
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, b"<kapot" if name == part else source.read(name))
    assert "beschadigd" in _refusal(buffer.getvalue())
    assert "beschadigd" in _refusal(data[:-200])


def test_a_document_type_is_refused():
    data = xlsx_of(("L", [KOP, ["1", "85073003328", "Maes", "Zoë"]]))
    boos = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    kop = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    assert "beschadigd" in _refusal(_changed(data, "xl/worksheets/sheet1.xml", kop, boos))
