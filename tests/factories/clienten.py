"""Clients and what holds for them; every function needs the scope of the bestuur."""

from datetime import date
from itertools import count

from clienten.enums import StatuutSoort, ToewijzingRol
from clienten.models import Client, Insznummer, Statuut, Toewijzing
from toegang.models import Bestuur, Gebruiker

_numbers = count(1)


def make_insz(birth: date = date(1980, 5, 5), order: int = 971) -> str:
    """Return eleven digits with a right checksum; order numbers from 950 on are never issued."""
    base = f"{birth:%y%m%d}{order:03d}"
    prefix = "2" if birth.year >= 2000 else ""
    return f"{base}{97 - int(prefix + base) % 97:02d}"


def make_client(bestuur: Bestuur, *, insz: str = "", **fields) -> Client:
    """Make a client, with a sealed number when one is given."""
    number = next(_numbers)
    client = Client.objects.create(
        bestuur=bestuur,
        dossiernummer=fields.pop("dossiernummer", f"T-{number:05d}"),
        familienaam=fields.pop("familienaam", f"Kovalenko {number}"),
        voornaam=fields.pop("voornaam", "Olena"),
        geboortedatum=fields.pop("geboortedatum", date(1980, 5, 5)),
        **fields,
    )
    if insz:
        Insznummer.objects.create(
            bestuur=bestuur,
            client=client,
            van=date(2026, 1, 1),
            **Insznummer.sealed(insz, bestuur_id=bestuur.pk),
        )
    return client


def make_toewijzing(client: Client, gebruiker: Gebruiker, **fields) -> Toewijzing:
    """Let a worker follow the client, as spilfiguur unless told otherwise."""
    return Toewijzing.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        gebruiker=gebruiker,
        rol=fields.pop("rol", ToewijzingRol.MAATSCHAPPELIJK_WERKER),
        is_spilfiguur=fields.pop("is_spilfiguur", True),
        van=fields.pop("van", date(2026, 1, 1)),
        **fields,
    )


def make_statuut(client: Client, soort: StatuutSoort = StatuutSoort.LEEFLOON, **fields) -> Statuut:
    """Give the client a standing."""
    return Statuut.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        soort=soort,
        van=fields.pop("van", date(2026, 1, 1)),
        **fields,
    )
