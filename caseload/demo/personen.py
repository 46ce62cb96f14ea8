"""Invented clients: names of many origins, addresses in streets that every village has."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

FAMILIENAMEN = (
    *("Peeters", "Janssens", "Maes", "Jacobs", "Willems", "Claes", "Goossens", "Wouters"),
    *("De Smet", "Van den Broeck", "D'hondt", "Öztürk", "Yılmaz", "Kaya", "El Amrani"),
    *("Ben Ali", "Haddad", "Kovalenko", "Shevchenko", "Rahimi", "Issa", "Nkosi", "Diallo"),
    *("Mensah", "Popescu", "Nowak", "García", "Türkmen", "Tesfaye", "Mohammadi", "Hermans"),
)
VOORNAMEN = {
    "v": (
        *("Olena", "Amina", "Fatma", "Sofie", "Lies", "Griet", "Zoë", "Véronique", "Nadia"),
        *("Hafida", "Elke", "Jamila", "Çiğdem", "Maria", "Aïcha", "Selam", "Ioana", "Tamara"),
    ),
    "m": (
        *("Pieter", "Dirk", "Emre", "Yusuf", "Ivo", "Wim", "Kevin", "Mohamed", "Bart", "Gert"),
        *("Björn", "Rachid", "Ümit", "Samuel", "Andrii", "Daan", "Carlos", "Mehdi", "Tomasz"),
    ),
}
STRATEN = ("Schoolstraat", "Kerkstraat", "Stationsstraat", "Molenweg", "Lindelaan", "Dorpsstraat")
TALEN = ("nl", "nl", "nl", "nl", "fr", "en", "ar", "tr", "uk", "fa", "ti", "ro")
KANALEN = ("telefoon", "sms", "sms", "email", "brief", "balie", "")
WENSEN = (
    "",
    "",
    "",
    "liefst na 16 uur",
    "bellen, niet mailen",
    "tolk nodig",
    "brief in grote letter",
)


@dataclass(frozen=True, slots=True)
class Persoon:
    """An invented person: the fields of a client, and a national number."""

    gegevens: dict[str, Any]
    insz: str


def invent_personen(*, gemeente: str, postcode: str, prefix: str, seed: int) -> Iterator[Persoon]:
    """Invent persons without end, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - invented people, not secrets
    number = 0
    while True:
        number += 1
        geslacht = chance.choice("vm")
        geboren = date(1964, 1, 1) + timedelta(days=chance.randrange(43 * 365))
        voornaam = chance.choice(VOORNAMEN[geslacht])
        yield Persoon(
            gegevens={
                "dossiernummer": f"{prefix}-{number:04d}",
                "familienaam": chance.choice(FAMILIENAMEN),
                "voornaam": voornaam,
                "geboortedatum": geboren,
                "geslacht": geslacht,
                "adres": f"{chance.choice(STRATEN)} {chance.randrange(1, 190)}",
                "postcode": postcode,
                "gemeente": gemeente,
                "telefoon": f"0470 00 {number // 100:02d} {number % 100:02d}",
                "email": f"client{number}@example.org" if chance.random() < 0.5 else "",
                "taal": chance.choice(TALEN),
                "kanaal": chance.choice(KANALEN),
                "contactvoorkeur": chance.choice(WENSEN),
            },
            insz=invent_insz(geboren, 950 + number % 48),
        )


def invent_insz(geboren: date, volgnummer: int) -> str:
    """Return eleven digits with a right check; order numbers from 950 on are never issued."""
    base = f"{geboren:%y%m%d}{volgnummer:03d}"
    prefix = "2" if geboren.year >= 2000 else ""
    return f"{base}{97 - int(prefix + base) % 97:02d}"
