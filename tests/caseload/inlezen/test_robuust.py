"""Whatever arrives, the answer is a table with verdicts or a refusal in Dutch."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from caseload.rules.inlezen.grenzen import BestandGeweigerd
from caseload.rules.inlezen.rijen import Aanvaard
from caseload.rules.inlezen.terugschrijven import write_geweigerd
from tests.caseload.inlezen.lijsten import GOED, read, xlsx_of

KOPPEN = tuple(GOED)
DIRT = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789.-/ ;\"'=+@,\r\n\tEe", max_size=30),
    st.sampled_from(
        [*GOED.values(), "31/02/1990", "00/00/0000", "9" * 400, "1e999", "-0", "NaN", "∞", "²"]
    ),
    st.from_regex(r"[0-3]?\d[/.-][01]?\d[/.-](\d{2}|\d{4})", fullmatch=True),
    st.from_regex(r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", fullmatch=True),
)
ROWS = st.lists(st.lists(DIRT, min_size=0, max_size=len(KOPPEN) + 2), min_size=1, max_size=5)


def _read_or_refuse(data: bytes) -> None:
    try:
        uitkomst = read(data)
    except BestandGeweigerd:
        return
    nummers = [rij.rijnummer for rij in (*uitkomst.aanvaard, *uitkomst.geweigerd)]
    assert len(set(nummers)) == len(nummers)
    assert all(rij.redenen for rij in uitkomst.geweigerd)
    for rij in uitkomst.aanvaard:
        _check_storable(rij)
    write_geweigerd(KOPPEN, uitkomst.geweigerd)


def _check_storable(rij: Aanvaard) -> None:
    """An accepted row fits the database: a name, bounded texts, no NUL."""
    assert rij.familienaam
    assert bool(rij.instrument) == (rij.startdatum is not None)
    for text in (rij.dossiernummer, rij.familienaam, rij.voornaam, rij.telefoon, rij.opmerking):
        assert "\x00" not in text
        text.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data):
    _read_or_refuse(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_below_good_headings(data):
    _read_or_refuse(";".join(KOPPEN).encode() + b"\n" + data)


@settings(max_examples=300, deadline=None)
@given(ROWS, st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_cells_as_csv(rijen, teken, codering):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=teken)
    writer.writerow(KOPPEN)
    writer.writerows(rijen)
    _read_or_refuse(buffer.getvalue().encode(codering, errors="replace"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(alphabet=st.characters(codec="utf-8"), max_size=30),
                st.floats(allow_nan=False, allow_infinity=False),
                st.integers(-(10**15), 10**15),
                st.booleans(),
                st.datetimes(),
            ),
            max_size=len(KOPPEN),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_cells_as_workbook(rijen):
    kept = [[cel for cel in rij if not hasattr(cel, "year") or cel.year >= 1900] for rij in rijen]
    _read_or_refuse(xlsx_of(("Lijst", [list(KOPPEN), *kept])))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_with_bytes_changed(data):
    book = bytearray(xlsx_of(("Lijst", [list(GOED), list(GOED.values())])))
    for _ in range(data.draw(st.integers(1, 20))):
        book[data.draw(st.integers(0, len(book) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(bytes(book))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KOPPEN), DIRT)
def test_any_dirt_in_any_cell_of_a_good_row(kop, dirt):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(KOPPEN)
    writer.writerow((GOED | {kop: dirt}).values())
    _read_or_refuse(buffer.getvalue().encode("utf-8", errors="replace"))
