"""What a list may measure, and the refusal of a whole file."""

from dataclasses import dataclass


class BestandGeweigerd(Exception):
    """The file as a whole cannot be read; the message says why and what to do, in Dutch."""


@dataclass(frozen=True, slots=True)
class Grenzen:
    """The limits a file must keep to."""

    max_bytes: int = 20 * 1024 * 1024
    max_rijen: int = 50_000
    max_kolommen: int = 200
    max_tekens: int = 2_000
    max_uitgepakt: int = 150 * 1024 * 1024
    """Bytes a workbook may take once unpacked, and the text its cells may hold together."""


def check_kolommen(aantal: int, grenzen: Grenzen) -> None:
    """Refuse a table that is too wide."""
    if aantal > grenzen.max_kolommen:
        raise BestandGeweigerd(
            f"De lijst heeft {dutch_number(aantal)} kolommen; "
            f"hoogstens {dutch_number(grenzen.max_kolommen)} zijn toegelaten."
        )


def check_rijen(aantal: int, grenzen: Grenzen) -> None:
    """Refuse a table that is too long."""
    if aantal > grenzen.max_rijen:
        raise BestandGeweigerd(
            f"De lijst heeft meer dan {dutch_number(grenzen.max_rijen)} rijen. "
            "Splits ze in kleinere bestanden."
        )


def dutch_number(aantal: int) -> str:
    """Write a whole number the Belgian way: 50.000."""
    return f"{aantal:,}".replace(",", ".")
