from caseload.rules.inlezen.lezen import read_tabel
from caseload.rules.inlezen.terugschrijven import write_geweigerd
from tests.caseload.inlezen.lijsten import GOED, csv_of, read

FOUT = GOED | {
    "Medewerker": "mw9",
    "Rijksregisternr": "",
    "Dossiernr": "2026-0002",
    "Opmerking": '"=HYPERLINK(""http://example.org"")"',
    "Voornaam": "+Zoë",
}


def _written(data: bytes) -> bytes:
    return write_geweigerd(read_tabel(data).koppen, read(data).geweigerd)


def test_refused_rows_come_back_with_their_number_and_reasons():
    text = _written(csv_of(GOED, FOUT)).decode("utf-8-sig")
    kop, rij, rest = text.split("\r\n")
    assert kop.endswith("Opmerking;Rij in het aangeboden bestand;Reden van weigering")
    assert rij.startswith("2026-0002;;De Smet;'+Zoë;05/06/1966;")
    assert rij.endswith('"\'=HYPERLINK(""http://example.org"")";3;onbekende medewerker')
    assert rest == ""


def test_all_reasons_stand_in_one_cell():
    data = csv_of(FOUT | {"Traject": "x"})
    assert (
        _written(data)
        .decode("utf-8-sig")
        .strip()
        .endswith('"onbekende medewerker; onbekend traject"')
    )


def test_offered_again_unmended_it_is_refused_for_the_same_reasons():
    once = _written(csv_of(GOED, FOUT))
    again = read(once)
    assert [rij.reden for rij in again.geweigerd] == ["onbekende medewerker"]
    twice = _written(once)
    assert twice.decode("utf-8-sig").split("\r\n")[0] == once.decode("utf-8-sig").split("\r\n")[0]


def test_offered_again_mended_it_is_accepted_with_its_own_text():
    mended = _written(csv_of(GOED, FOUT)).replace(b"mw9", b"mw2")
    (rij,) = read(mended).aanvaard
    assert (rij.medewerker, rij.voornaam) == ("mw2", "+Zoë")
    assert rij.opmerking == '=HYPERLINK("http://example.org")'


def test_a_row_with_a_cell_too_many_loses_nothing():
    data = csv_of(GOED, GOED | {"Opmerking": "zie brief; 2 blz.", "Medewerker": "mw1"})
    rij = _written(data).decode("utf-8-sig").split("\r\n")[1]
    assert rij.endswith("zie brief; 2 blz.;3;de rij heeft 13 cellen, de titelrij 12")


def test_no_cell_that_a_spreadsheet_would_run_goes_out():
    gevaarlijk = ["=1+1", "+1", "-1+2", "@SUM(A1)", " =1", "\t=1"]
    rijen = [FOUT | {"Dossiernr": str(n), "Opmerking": g} for n, g in enumerate(gevaarlijk)]
    text = _written(csv_of(*rijen)).decode("utf-8-sig")
    assert "'=1+1" in text
    cells = [cel for line in text.split("\r\n") for cel in line.replace('"', "").split(";")]
    assert [cel for cel in cells if cel.lstrip()[:1] in {"=", "+", "-", "@"} and cel.strip()] == []
