"""Lists as spreadsheets: text stays text, dates and numbers stay what they are."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from kern.spreadsheets import as_csv, as_xlsx, harmless


@pytest.mark.parametrize(
    "text", ["=1+1", "+32 470", "-", "@SUM(A1)", "\t=1", "\r=1", "  =1", "|calc", "%0A=1"]
)
def test_what_looks_like_a_formula_is_made_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Kovalenko", "a=b", "1-2", "O'Brien"])
def test_ordinary_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_csv_opens_in_belgian_excel():
    rows = [["=1", date(2026, 3, 2), 5, None], ['met "aanhaling"; en teken', "x\ny", -3, ""]]
    text = as_csv(["Naam", "Dag", "Aantal", "Leeg"], rows).decode("utf-8-sig")
    assert text.splitlines()[:2] == ["Naam;Dag;Aantal;Leeg", "'=1;02/03/2026;5;"]
    assert '"met ""aanhaling""; en teken";"x\ny";-3;' in text.replace("\r\n", "\n")


def test_xlsx_writes_dates_numbers_and_text_and_no_formula():
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    content = as_xlsx("Lijst", ["Naam", "Dag"], [["=HYPERLINK(1)", date(2026, 3, 2)], [7, moment]])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        shared = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "'=HYPERLINK(1)" in shared
    assert sheet.count(f"<v>{(date(2026, 3, 2) - date(1899, 12, 30)).days}</v>") == 2
    assert "<v>7</v>" in sheet
