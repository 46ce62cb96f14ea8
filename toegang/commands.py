"""What a beheerder does with accounts, and what everybody does with her own place."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kern.db.scope import scope
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.enums import Rol
from toegang.models import Aanstelling, Bestuur, Gebruiker

# Without letters and digits that look alike: a start password is read aloud or copied by hand.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def start_password() -> str:
    """Return a password of four groups of four, for the first sign-in only."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


@transaction.atomic
def add_gebruiker(
    *,
    gebruikersnaam: str,
    voornaam: str,
    familienaam: str,
    email: str,
    rol: Rol,
    van: date,
    by: Gebruiker,
    at: datetime,
) -> tuple[Gebruiker, str]:
    """Make an account with one aanstelling where `by` works; return it and its start password."""
    password = start_password()
    gebruiker = Gebruiker(
        gebruikersnaam=gebruikersnaam.strip().lower(),
        voornaam=voornaam.strip(),
        familienaam=familienaam.strip(),
        email=email.strip(),
        is_start_password=True,
    )
    gebruiker.set_password(password)
    with audit.act(f"maakte een account voor {gebruiker.naam}"):
        with refuse_on(
            Gebruiker,
            "gebruiker_naam_uniek",
            toegang_gebruiker_gebruikersnaam_key="Deze gebruikersnaam bestaat al.",
        ):
            gebruiker.save()
        add_aanstelling(gebruiker=gebruiker, rol=rol, van=van, tot=None, by=by, at=at)
    return gebruiker, password


@transaction.atomic
def open_bestuur(
    *,
    naam: str,
    nis: str,
    gemeente: str,
    gebruikersnaam: str,
    voornaam: str,
    familienaam: str,
    at: datetime,
    telefoon: str = "",
) -> tuple[Bestuur, str]:
    """Make a bestuur with its first beheerder; return it and the start password.

    Only from the command line: nobody works there yet who could do it on screen.
    """
    password = start_password()
    with refuse_on(
        Bestuur,
        "bestuur_nis_vijf_cijfers",
        "bestuur_telefoon_is_nummer",
        toegang_bestuur_nis_key="Dit bestuur bestaat al.",
    ):
        bestuur = Bestuur.objects.create(
            naam=naam, nis=nis, gemeente=gemeente, telefoon=_one_line(telefoon)
        )
    gebruiker = Gebruiker(
        gebruikersnaam=gebruikersnaam.strip().lower(),
        voornaam=voornaam,
        familienaam=familienaam,
        is_start_password=True,
    )
    gebruiker.set_password(password)
    with (
        scope(bestuur_id=bestuur.pk, actor_id=None),
        audit.act(f"opende {naam} met {gebruiker.naam} als eerste beheerder"),
        refuse_on(
            Gebruiker,
            "gebruiker_naam_uniek",
            toegang_gebruiker_gebruikersnaam_key="Deze gebruikersnaam bestaat al.",
        ),
    ):
        gebruiker.save()
        Aanstelling.objects.create(
            gebruiker=gebruiker, bestuur=bestuur, rol=Rol.BEHEERDER, van=timezone.localdate(at)
        )
    return bestuur, password


@transaction.atomic
def change_telefoon(
    *, bestuur: Bestuur, telefoon: str, by: Gebruiker | None, at: datetime
) -> Bestuur:
    """Change the number that clients may call, at the bestuur of `by`; empty means none.

    Without `by` it comes from the command line of the server.
    """
    if by is not None and _workplace(by).pk != bestuur.pk:
        raise DomainError("U werkt nu niet voor dit bestuur.")
    bestuur.telefoon = _one_line(telefoon)
    with (
        audit.act("wijzigde het telefoonnummer dat cliënten zien"),
        refuse_on(Bestuur, "bestuur_telefoon_is_nummer"),
    ):
        bestuur.save(update_fields=["telefoon"])
    return bestuur


@transaction.atomic
def add_aanstelling(
    *,
    gebruiker: Gebruiker,
    rol: Rol,
    van: date,
    tot: date | None,
    by: Gebruiker,
    at: datetime,
) -> Aanstelling:
    """Give a person a role at the bestuur of `by`, never to oneself."""
    _refuse_self(gebruiker, by)
    until = f" t.e.m. {tot:%d/%m/%Y}" if tot else ""
    with (
        audit.act(f"gaf {gebruiker.naam} de rol {rol.label} vanaf {van:%d/%m/%Y}{until}"),
        refuse_on(Aanstelling, "aanstelling_geen_overlap", "aanstelling_einde_na_begin"),
    ):
        return Aanstelling.objects.create(
            gebruiker=gebruiker, bestuur=_workplace(by), rol=rol, van=van, tot=tot
        )


@transaction.atomic
def end_aanstelling(
    *, aanstelling: Aanstelling, tot: date, by: Gebruiker, at: datetime
) -> Aanstelling:
    """End a role after its last day; a last day in the past ends it at once."""
    _refuse_self(aanstelling.gebruiker, by)
    rol = Rol(aanstelling.rol).label
    with audit.act(f"beëindigde de rol {rol} van {aanstelling.gebruiker.naam} op {tot:%d/%m/%Y}"):
        if tot < aanstelling.van - timedelta(days=1):
            raise DomainError("De laatste dag ligt vóór de eerste dag.")
        if tot < aanstelling.van:
            # Made today and withdrawn today: it never held for a day.
            aanstelling.delete()
            return aanstelling
        aanstelling.tot = tot
        with refuse_on(Aanstelling, "aanstelling_geen_overlap", "aanstelling_einde_na_begin"):
            aanstelling.save(update_fields=["tot"])
    return aanstelling


@transaction.atomic
def change_gebruiker(
    *,
    gebruiker: Gebruiker,
    voornaam: str,
    familienaam: str,
    email: str,
    by: Gebruiker,
    at: datetime,
) -> Gebruiker:
    """Correct name and address of an account that works at this bestuur only."""
    _refuse_shared(gebruiker, by)
    gebruiker.voornaam = voornaam.strip()
    gebruiker.familienaam = familienaam.strip()
    gebruiker.email = email.strip()
    with audit.act(f"wijzigde de gegevens van {gebruiker.naam}"):
        gebruiker.save(update_fields=["voornaam", "familienaam", "email"])
    return gebruiker


@transaction.atomic
def renew_password(*, gebruiker: Gebruiker, by: Gebruiker, at: datetime) -> str:
    """Give a new start password; every session of the account ends with the old one."""
    _refuse_self(gebruiker, by)
    _refuse_shared(gebruiker, by)
    password = start_password()
    gebruiker.set_password(password)
    gebruiker.is_start_password = True
    with audit.act(f"gaf {gebruiker.naam} een nieuw startwachtwoord"):
        gebruiker.save(update_fields=["password", "is_start_password"])
    return password


def _one_line(typed: str) -> str:
    return " ".join(typed.split())


def _workplace(by: Gebruiker) -> Bestuur:
    if by.bestuur is None:
        raise DomainError("U werkt nu voor geen enkel bestuur.")
    return by.bestuur


def _refuse_self(gebruiker: Gebruiker, by: Gebruiker) -> None:
    if gebruiker.pk == by.pk:
        raise DomainError("Uw eigen toegang wijzigt u niet zelf. Vraag het een andere beheerder.")


def _refuse_shared(gebruiker: Gebruiker, by: Gebruiker) -> None:
    elsewhere = Aanstelling.objects.filter(gebruiker=gebruiker).exclude(bestuur=by.bestuur)
    if elsewhere.exists():
        raise DomainError(
            "Deze persoon werkt ook voor een ander bestuur. Zij wijzigt haar gegevens zelf, "
            "of de beheerders doen het samen."
        )
