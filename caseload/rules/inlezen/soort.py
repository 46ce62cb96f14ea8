"""What kind of file this really is, whatever its name says."""

import re

from caseload.rules.inlezen.grenzen import BestandGeweigerd
from caseload.rules.inlezen.tabel import Bestandssoort

_SAVE_AS = "Bewaar de lijst als CSV of XLSX."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAGIC = (
    (b"%PDF", "een PDF-bestand"),
    (b"\xff\xd8\xff", "een foto (JPEG)"),
    (b"\x89PNG", "een afbeelding (PNG)"),
    (b"GIF8", "een afbeelding (GIF)"),
    (b"II*\x00", "een afbeelding (TIFF)"),
    (b"MM\x00*", "een afbeelding (TIFF)"),
    (b"RIFF", "een afbeelding of geluidsbestand"),
    (b"{\\rtf", "een tekstdocument (RTF)"),
    (b"\x1f\x8b", "een ingepakt bestand (GZIP)"),
    (b"7z\xbc\xaf", "een ingepakt bestand (7-Zip)"),
    (b"Rar!", "een ingepakt bestand (RAR)"),
    (b"SQLite format 3", "een databank (SQLite)"),
)
_MARKUP = re.compile(rb"^\s*<(!doctype|html|head|meta|table|body|\?xml|style)", re.IGNORECASE)
# Bytes that never stand in text; more than a stray one means: not a list.
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]")


def detect_soort(data: bytes) -> Bestandssoort:
    """Return whether to read CSV or a workbook; refuse everything else by its right name."""
    kop = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if kop.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Bestandssoort.XLSX
    if kop.startswith(_OLE):
        raise BestandGeweigerd(_refusal_of_ole(data))
    for magic, naam in _MAGIC:
        if kop.startswith(magic):
            raise BestandGeweigerd(f"Dit is {naam}. {_SAVE_AS}")
    if _MARKUP.match(kop):
        raise BestandGeweigerd(f"Dit is een webpagina of XML-bestand. {_SAVE_AS}")
    if len(_BINARY.findall(kop)) > max(2, len(kop) // 200):
        raise BestandGeweigerd(f"Dit bestand bevat geen leesbare tekst. {_SAVE_AS}")
    return Bestandssoort.CSV


def _refusal_of_ole(data: bytes) -> str:
    if _ENCRYPTED in data:
        return (
            "Dit Excel-bestand is met een wachtwoord beveiligd. "
            "Bewaar het zonder wachtwoord en bied het opnieuw aan."
        )
    if "WordDocument".encode("utf-16-le") in data:
        return f"Dit is een Word-document. {_SAVE_AS}"
    return f"Dit is een oud Excel-bestand (.xls). {_SAVE_AS}"
