"""Bytes to text: UTF-8, UTF-16 or Windows-1252, with or without a byte order mark."""

import codecs

from caseload.rules.inlezen.grenzen import BestandGeweigerd

_SAMPLE = 2_000


def decode_text(data: bytes) -> str:
    """Return the text of a CSV file; refuse one with characters no list has."""
    text = _decode(data).rstrip("\x1a")
    if "\x00" in text:
        raise BestandGeweigerd(
            "Het bestand bevat NUL-tekens en is geen gewone lijst. "
            "Open het in Excel en bewaar het opnieuw als CSV of XLSX."
        )
    return text


def _decode(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", errors="replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    sample = data[:_SAMPLE]
    if b"\x00" in sample:
        for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
            half = sample[offset::2]
            if half.count(0) > 0.6 * len(half):
                return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
