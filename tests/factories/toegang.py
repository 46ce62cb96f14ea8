"""Besturen and people."""

from datetime import date
from itertools import count

from django.contrib.auth.hashers import make_password

from toegang.enums import Rol
from toegang.models import Aanstelling, Bestuur, Gebruiker, Samenwerkingsverband

PASSWORD = "een-lang-wachtwoord"
_HASH = ""
_numbers = count(1)


def make_bestuur(naam: str = "OCMW Herent", nis: str = "24038", **fields) -> Bestuur:
    """Make a bestuur."""
    return Bestuur.objects.create(naam=naam, nis=nis, gemeente=naam.removeprefix("OCMW "), **fields)


def make_verband(naam: str = "IGO") -> Samenwerkingsverband:
    """Make a partnership."""
    return Samenwerkingsverband.objects.create(naam=naam)


def make_gebruiker(
    bestuur: Bestuur | None = None,
    rol: Rol = Rol.MAATSCHAPPELIJK_WERKER,
    *,
    gebruikersnaam: str = "",
    van: date = date(2020, 1, 1),
    tot: date | None = None,
    **fields,
) -> Gebruiker:
    """Make a person with a role at the bestuur; she already works there (`user.bestuur`)."""
    global _HASH
    _HASH = _HASH or make_password(PASSWORD)
    number = next(_numbers)
    naam = gebruikersnaam or f"medewerker{number}"
    gebruiker = Gebruiker.objects.create(
        gebruikersnaam=naam,
        voornaam=fields.pop("voornaam", "Els"),
        familienaam=fields.pop("familienaam", f"Peeters {number}"),
        email=fields.pop("email", f"{naam}@example.org"),
        password=_HASH,
        **fields,
    )
    if bestuur is not None:
        Aanstelling.objects.create(gebruiker=gebruiker, bestuur=bestuur, rol=rol, van=van, tot=tot)
        gebruiker.work_in(bestuur, frozenset({rol}))
    return gebruiker
