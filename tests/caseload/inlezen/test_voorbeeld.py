import json
from collections import Counter
from datetime import date
from pathlib import Path

from caseload.rules.inlezen.instrumenten import BekendInstrument
from caseload.rules.inlezen.interpretatie import Omgeving
from caseload.rules.inlezen.lezen import read_tabel
from caseload.rules.inlezen.medewerkers import BekendeMedewerker
from caseload.rules.inlezen.uitkomst import uitkomst_as_dict
from kern.periods import last_day_of_months
from tests.caseload.inlezen.lijsten import read

DATA = Path(__file__).parent.parent / "data"
LIJST = (DATA / "caseload-voorbeeld.csv").read_bytes()
VANDAAG = date(2026, 11, 22)
MAANDEN = {"twe": 24, "wijkwerken": 12, "activeringstraject": 18}
HERENT = Omgeving(
    vandaag=VANDAAG,
    medewerkers=tuple(BekendeMedewerker(naam) for naam in ("mw1", "mw2", "tb1")),
    instrumenten=tuple(BekendInstrument(code, code) for code in MAANDEN),
)


def _dag(code: str, start: date) -> date:
    return last_day_of_months(start, MAANDEN[code])


def test_the_example_list_gives_exactly_what_is_expected():
    verwacht = json.loads((DATA / "caseload-voorbeeld.verwacht.json").read_text())
    assert uitkomst_as_dict(read(LIJST, HERENT), vandaag=VANDAAG, uiterste_dag=_dag) == verwacht


def test_the_example_list_in_other_clothes_gives_the_same():
    verwacht = json.loads((DATA / "caseload-voorbeeld.verwacht.json").read_text())
    text = LIJST.decode("cp1252")
    for data in (
        text.encode("utf-8"),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.replace("\r\n", "\n").encode("cp1252"),
        text.replace("\r\n", "\r").encode("cp1252"),
        b"sep=;\r\n" + LIJST,
    ):
        uitkomst = read(data, HERENT)
        assert uitkomst_as_dict(uitkomst, vandaag=VANDAAG, uiterste_dag=_dag) == verwacht


def test_what_the_cells_of_the_example_become():
    uitkomst = read(LIJST, HERENT)
    rijen = {rij.dossiernummer: rij for rij in uitkomst.aanvaard}
    assert Counter((rij.statuut.soort, rij.statuut.categorie) for rij in rijen.values()) == {
        ("leefloon", 2): 37,
        ("leefloon", 1): 19,
        ("leefloon", 3): 14,
        ("equivalent_leefloon", None): 15,
        ("werkzoekende", None): 24,
    }
    assert {rij.medewerker for rij in rijen.values()} == {"mw1", "mw2", "tb1"}
    assert {rij.geslacht for rij in rijen.values()} == {"m", "v"}
    assert rijen["2026-0005"].voornaam == "Véronique"
    assert rijen["2026-0048"].opmerking == "belt terug"
    assert rijen["2026-0001"].opmerking == '"bus 14"'
    assert rijen["2026-0006"].opmerking == '=HYPERLINK("http://example.org")'
    assert rijen["2026-0019"].insz == "00102295338"
    assert rijen["2026-0019"].opmerkingen == ("INSZ: nul vooraan teruggezet",)
    assert rijen["2026-0002"].opmerkingen == ("in de naam Çi?dem is een letter verloren gegaan",)
    assert len(uitkomst.met_opmerking) == 7


def test_five_thousand_rows_are_read_like_five():
    kop, *rijen = LIJST.decode("cp1252").split("\r\n")
    cellen = [rij.split(";") for rij in rijen if rij]
    lang = [
        ";".join([f"{nummer:05}-{rij[0].strip()}", "", *rij[2:]])
        for nummer in range(42)
        for rij in cellen
    ]
    uitkomst = read("\r\n".join([kop, *lang]).encode("cp1252"), HERENT)
    # Without INSZ the checks on it fall away: 3 workers and 3 trajecten unknown, 1 name missing.
    assert len(uitkomst.geweigerd) == 42 * 7
    assert len(uitkomst.aanvaard) == 42 * 113


def test_the_headings_stand_on_row_one():
    tabel = read_tabel(LIJST)
    assert (tabel.kopregel, tabel.breedte, len(tabel.rijen)) == (1, 17, 120)
    assert tabel.opmerkingen == ()
