import io
import zipfile

import pytest

from caseload.rules.inlezen.grenzen import BestandGeweigerd
from caseload.rules.inlezen.lezen import read_tabel

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reden"),
    [
        (b"%PDF-1.7\n1 0 obj", "Dit is een PDF-bestand. Bewaar de lijst als CSV of XLSX."),
        (
            b"\xff\xd8\xff\xe0\x00\x10JFIF",
            "Dit is een foto (JPEG). Bewaar de lijst als CSV of XLSX.",
        ),
        (b"\x89PNG\r\n\x1a\n", "Dit is een afbeelding (PNG). Bewaar de lijst als CSV of XLSX."),
        (OLE, "Dit is een oud Excel-bestand (.xls). Bewaar de lijst als CSV of XLSX."),
        (
            OLE + "WordDocument".encode("utf-16-le"),
            "Dit is een Word-document. Bewaar de lijst als CSV of XLSX.",
        ),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "Dit Excel-bestand is met een wachtwoord beveiligd. "
            "Bewaar het zonder wachtwoord en bied het opnieuw aan.",
        ),
        (
            b"<html><table><tr><td>Naam",
            "Dit is een webpagina of XML-bestand. Bewaar de lijst als CSV of XLSX.",
        ),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?><Workbook>',
            "Dit is een webpagina of XML-bestand. Bewaar de lijst als CSV of XLSX.",
        ),
        (
            bytes(range(1, 32)) * 20,
            "Dit bestand bevat geen leesbare tekst. Bewaar de lijst als CSV of XLSX.",
        ),
        (_zip("a.txt"), "Dit is een ZIP-bestand en geen lijst. Bewaar de lijst als CSV of XLSX."),
        (
            _zip("word/document.xml"),
            "Dit is een Word-document. Bewaar de lijst als CSV of XLSX.",
        ),
        (
            _zip("mimetype", "content.xml"),
            "Dit is een OpenDocument-bestand. Bewaar de lijst als CSV of XLSX.",
        ),
        (
            _zip("xl/workbook.bin"),
            "Dit is een binair Excel-bestand (.xlsb). Bewaar de lijst als CSV of XLSX.",
        ),
        (_zip("ppt/slides.xml"), "Dit is een presentatie. Bewaar de lijst als CSV of XLSX."),
        (
            b"PK\x03\x04 en dan niets",
            "Dit Excel-bestand is beschadigd. "
            "Open het in Excel en bewaar het opnieuw als XLSX of CSV.",
        ),
    ],
)
def test_what_a_file_really_is_whatever_its_name(data, reden):
    with pytest.raises(BestandGeweigerd) as error:
        read_tabel(data)
    assert str(error.value) == reden
