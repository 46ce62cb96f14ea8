import codecs

import pytest

from caseload.rules.inlezen.grenzen import BestandGeweigerd, Grenzen
from caseload.rules.inlezen.lezen import read_tabel
from tests.caseload.inlezen.lijsten import GOED, csv_of, read

KOP = "Dossiernr;INSZ;Naam;Voornaam;Opmerking"


def _cells(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(rij.nummer, rij.cellen) for rij in read_tabel(data).rijen]


@pytest.mark.parametrize("teken", [";", ",", "\t", "|"])
def test_any_separator(teken):
    kop = KOP.replace(";", teken)
    rij = teken.join(["1", "85073003328", "Maes", "Zoë", '"a; b, c\t| d"'])
    assert _cells(f"{kop}\n{rij}".encode()) == [
        (2, ("1", "85073003328", "Maes", "Zoë", "a; b, c\t| d"))
    ]


def test_separator_by_headings_where_another_sign_is_more_frequent():
    data = b"Naam;Voornaam;INSZ\nMaes, a, b;Zo,e,f;1,2\nClaes, a, b;Jan,e,f;1,3\n"
    assert _cells(data)[0] == (2, ("Maes, a, b", "Zo,e,f", "1,2"))


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;;"])
def test_sep_line_is_obeyed_and_not_a_row(first):
    assert _cells(f"{first}\r\n{KOP}\r\n1;2;Maes;Zoë;x".encode())[0][0] == 2


@pytest.mark.parametrize("einde", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "codering", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings_and_line_ends(codering, einde):
    text = einde.join([KOP, "1;2;Maes;Zoë;x", "", "2;3;Claes;Aïcha;€ 5"])
    data = text.encode(codering)
    if codering == "utf-16-be":
        data = codecs.BOM_UTF16_BE + data
    assert _cells(data) == [
        (2, ("1", "2", "Maes", "Zoë", "x")),
        (4, ("2", "3", "Claes", "Aïcha", "€ 5")),
    ]


def test_titles_above_blank_rows_and_empty_columns():
    data = "\r\n".join(
        [
            "OCMW Herent;;;;;;;",
            "Lijst cliënten, afgedrukt op 22/11/2026",
            "",
            KOP + ";;;",
            "1;2;Maes;Zoë;x;;;",
            ";;;;;;;",
            "2;3;Claes;Jan;;;;",
        ]
    ).encode()
    tabel = read_tabel(data)
    assert tabel.kopregel == 4
    assert tabel.koppen == ("Dossiernr", "INSZ", "Naam", "Voornaam", "Opmerking")
    assert [rij.nummer for rij in tabel.rijen] == [5, 7]


def test_quoted_cells_with_separators_quotes_and_line_ends_count_as_one_row():
    data = f'{KOP}\r\n1;2;Maes;Zoë;"a; ""b""\r\nc"\r\n2;3;Claes;Jan;\r\n'.encode()
    assert _cells(data) == [
        (2, ("1", "2", "Maes", "Zoë", 'a; "b"\r\nc')),
        (3, ("2", "3", "Claes", "Jan")),
    ]


@pytest.mark.parametrize("kapot", ['"bus 14', 'bus "14', '"bus 14" links', '"bus; 14'])
def test_an_open_quote_spoils_one_row_and_not_the_rest(kapot):
    data = "\n".join(
        [
            KOP,
            '1;2;Maes;Zoë;"goed; zo"',
            f"2;3;Claes;Jan;{kapot}",
            "3;4;Aerts;An;",
            '4;5;Issa;Bo;"ook; goed"',
        ]
    ).encode()
    rijen = _cells(data)
    assert [nummer for nummer, _ in rijen] == [2, 3, 4, 5]
    assert rijen[0][1][4] == "goed; zo"
    assert rijen[1][1][:4] == ("2", "3", "Claes", "Jan")
    assert rijen[3][1][4] == "ook; goed"


def test_an_open_quote_is_told():
    data = f'{KOP}\n1;2;Maes;Zoë;"bus 14\n2;3;Claes;Jan;'.encode()
    assert read_tabel(data).opmerkingen == (
        "Aanhalingstekens sluiten niet op rij 2: die rij is aan het regeleinde geknipt.",
    )


def test_a_quote_that_closes_rows_later_swallows_nothing():
    data = f'{KOP}\n1;2;Maes;Zoë;"bus 14\n2;3;Claes;Jan;links"\n3;4;Aerts;An;'.encode()
    assert [nummer for nummer, _ in _cells(data)] == [2, 3, 4]


def test_every_line_wrapped_in_quotes_by_a_second_save():
    data = b'"Dossiernr;Naam;Voornaam;Opmerking"\n"1;Maes;Zo;""a; b"""\n'
    assert _cells(data) == [(2, ("1", "Maes", "Zo", "a; b"))]


def test_repeated_headings_and_totals_are_skipped_and_told():
    data = f"{KOP}\n1;2;Maes;Zoë;x\n{KOP}\n2;3;Claes;Jan;y\nTotaal;2;;;".encode()
    tabel = read_tabel(data)
    assert [rij.nummer for rij in tabel.rijen] == [2, 4]
    assert tabel.opmerkingen == (
        "Rij 3 herhaalt de titels en is overgeslagen.",
        "Rij 5 is een totaalregel en is overgeslagen.",
    )


def test_utf8_read_as_windows_is_mended():
    data = f"{KOP}\n1;2;Maes;RenÃ©;CliÃ«nt".encode()
    assert _cells(data)[0][1][3:] == ("René", "Cliënt")


def test_invisible_signs_are_dropped():
    data = f"{KOP}\n1;2;Ma\u200bes;Zoë\ufeff;\u202ex".encode()
    assert _cells(data)[0][1] == ("1", "2", "Maes", "Zoë", "x")


def test_unmentioned_cells_are_blank_and_extra_cells_refuse_the_row():
    rij = GOED | {"Opmerking": "zie brief; 2 blz."}
    uitkomst = read(csv_of(GOED, rij))
    assert [(r.rijnummer, r.reden) for r in uitkomst.geweigerd] == [
        (3, "de rij heeft 13 cellen, de titelrij 12")
    ]


def _refusal(data: bytes, **grenzen: int) -> str:
    with pytest.raises(BestandGeweigerd) as error:
        read_tabel(data, grenzen=Grenzen(**grenzen))
    return str(error.value)


def test_limits():
    assert _refusal(b"x" * 2_000_001, max_bytes=2_000_000) == "Het bestand is groter dan 2 MB."
    wide = ";".join(f"Kolom {n}" for n in range(10_000))
    assert _refusal(f"{wide}\n".encode() * 2) == (
        "De lijst heeft 10.000 kolommen; hoogstens 200 zijn toegelaten."
    )
    assert "9.999 kolommen" in _refusal(b";" * 9_999 + b"\n" + b"1;" * 9_999)
    assert "1.000.000 kolommen" in _refusal(KOP.encode() + b"\n" + b"a;" * 1_000_000)
    long = KOP + "\n1;2;Maes;Zo;x" * 11
    assert "meer dan 10 rijen" in _refusal(long.encode(), max_rijen=10)
    assert len(read_tabel(long.encode(), grenzen=Grenzen(max_rijen=11)).rijen) == 11


def test_a_row_far_wider_than_the_headings_refuses_the_file():
    assert "kolommen" in _refusal(f"{KOP}\n{'1;' * 9_999}1".encode())


@pytest.mark.parametrize(
    ("data", "reden"),
    [
        (b"", "Het bestand is leeg."),
        (b" \r\n\r\n ", "Het bestand is leeg."),
        (b"zomaar een zin", "Het bestand bevat geen lijst"),
        (b";;;;\n;;;;\n", "Het bestand bevat geen lijst"),
        (KOP.encode(), "geen rijen met cliënten"),
        (KOP.encode() + b"\n;;;;\n", "geen rijen met cliënten"),
        (KOP.encode() + b"\n1;2;Ma\x00es;Zo;x", "NUL-tekens"),
    ],
)
def test_what_is_no_list(data, reden):
    assert reden in _refusal(data)


def test_a_cell_that_is_a_whole_text_refuses_its_row_only():
    rij = GOED | {"Dossiernr": "2", "Rijksregisternr": "", "Opmerking": "x" * 2_001}
    uitkomst = read(csv_of(GOED, rij))
    assert len(uitkomst.aanvaard) == 1
    assert uitkomst.geweigerd[0].redenen == ("Opmerking is langer dan 2.000 tekens",)
