"""Small lists and what the bestuur of these tests knows."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter

from caseload.rules.inlezen.instrumenten import BekendInstrument
from caseload.rules.inlezen.interpretatie import Omgeving, interpret_rijen
from caseload.rules.inlezen.koppeling import propose_koppeling
from caseload.rules.inlezen.lezen import read_tabel
from caseload.rules.inlezen.medewerkers import BekendeMedewerker
from caseload.rules.inlezen.rijen import Aanvaard, Geweigerd
from caseload.rules.inlezen.uitkomst import Uitkomst, collect_uitkomst

VANDAAG = date(2026, 11, 22)
OMGEVING = Omgeving(
    vandaag=VANDAAG,
    medewerkers=(
        BekendeMedewerker("mw1", "An", "Peeters"),
        BekendeMedewerker("mw2", "Bart", "Van den Broeck"),
        BekendeMedewerker("tb1", "Çiğdem", "Öztürk"),
    ),
    instrumenten=(
        BekendInstrument("twe", "Tijdelijke werkervaring", date(2017, 1, 1)),
        BekendInstrument("wijkwerken", "Wijk-werken", date(2018, 1, 1)),
        BekendInstrument("activeringstraject", "Activeringstraject (W²)", date(2018, 2, 1)),
        BekendInstrument("ama_welzijn", "AMA welzijn"),
        BekendInstrument("ama_se", "AMA sociale economie"),
        BekendInstrument(
            "activeringsstage", "Activeringsstage", date(2017, 4, 11), date(2022, 12, 31)
        ),
        BekendInstrument("imw", "Individueel maatwerk", date(2023, 7, 1)),
        BekendInstrument("gemeenschapsdienst", "Gemeenschapsdienst", is_startbaar=False),
    ),
)

# A list with one row that is right; tests change one cell of it.
GOED = {
    "Dossiernr": "2026-0001",
    "Rijksregisternr": "66.06.05-979.08",
    "Naam": "De Smet",
    "Voornaam": "Pieter",
    "Geboortedatum": "05/06/1966",
    "Geslacht": "M",
    "Statuut": "leefloon cat. 2",
    "Statuut sinds": "19/02/2026",
    "Medewerker": "mw1",
    "Traject": "TWE",
    "Start traject": "17/04/2026",
    "Opmerking": "",
}


def csv_of(*rijen: dict[str, str], teken: str = ";") -> bytes:
    """Return a CSV file with the headings of the first row."""
    lines = [teken.join(rijen[0])]
    lines += [teken.join(rij.values()) for rij in rijen]
    return "\r\n".join(lines).encode()


def read(data: bytes, omgeving: Omgeving = OMGEVING) -> Uitkomst:
    """Read a whole file with the columns it proposes itself."""
    tabel = read_tabel(data)
    return collect_uitkomst(interpret_rijen(tabel, propose_koppeling(tabel), omgeving))


def verdict(**anders: str) -> Aanvaard | Geweigerd:
    """Return the verdict on the good row with some cells changed."""
    rij = GOED | {kop.replace("_", " "): cel for kop, cel in anders.items()}
    tabel = read_tabel(csv_of(rij))
    (only,) = interpret_rijen(tabel, propose_koppeling(tabel), OMGEVING)
    return only


def accepted(**anders: str) -> Aanvaard:
    """Return the changed row, that must be accepted."""
    rij = verdict(**anders)
    assert isinstance(rij, Aanvaard), rij
    return rij


def reasons(**anders: str) -> tuple[str, ...]:
    """Return the reasons for which the changed row is refused."""
    rij = verdict(**anders)
    assert isinstance(rij, Geweigerd), rij
    return rij.redenen


def xlsx_of(*bladen: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook; dates become date cells, numbers number cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy"})
    # The same list is the same file, byte for byte.
    book.set_properties({"created": datetime.fromisoformat("2026-11-22")})
    for naam, rijen in bladen:
        sheet = book.add_worksheet(naam)
        for y, rij in enumerate(rijen):
            for x, cel in enumerate(rij):
                if isinstance(cel, str):
                    sheet.write_string(y, x, cel)
                elif cel is not None:
                    sheet.write(y, x, cel)
    book.close()
    return buffer.getvalue()
