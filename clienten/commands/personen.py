"""Registering a person and changing what is known about her."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from clienten.commands.inszgegevens import add_first_insz, checked_insz
from clienten.models import Client, Insznummer
from clienten.queries import next_dossiernummer
from kern.errors import DomainError, refuse_on
from toegang.audit import act
from toegang.models import Bestuur, Gebruiker

# What a form may fill in; everything else of a client has a command of its own.
FIELDS = (
    "dossiernummer",
    "familienaam",
    "voornaam",
    "geboortedatum",
    "geslacht",
    "adres",
    "postcode",
    "gemeente",
    "telefoon",
    "email",
    "taal",
    "kanaal",
    "contactvoorkeur",
    "opmerking",
)


def label_of(name: str) -> str:
    """Return the Dutch word of a field of the person."""
    return str(getattr(Client, name).field.verbose_name)


class DubbelDossier(DomainError):
    """The national number already has a file here; `client_pk` is set when the user may see it."""

    def __init__(self, message: str, client_pk: int | None) -> None:
        super().__init__(message)
        self.client_pk = client_pk


@transaction.atomic
def register_client(
    *, bestuur: Bestuur, gegevens: Mapping[str, Any], insz: str, by: Gebruiker, at: datetime
) -> Client:
    """Open a file for a person who has none in this bestuur."""
    today = timezone.localdate(at)
    nummer = checked_insz(insz, gegevens.get("geboortedatum"), on=today) if insz else ""
    if nummer:
        _refuse_double(nummer, bestuur, by)
    values = {name: gegevens[name] for name in FIELDS if name in gegevens}
    values["dossiernummer"] = values.get("dossiernummer") or next_dossiernummer(on=today)
    client = Client(bestuur=bestuur, created_at=at, **values)
    with act(f"registreerde {client.naam}"):
        with refuse_on(Client, "client_dossiernummer_uniek", "client_heeft_naam"):
            client.save(force_insert=True)
        if nummer:
            add_first_insz(client, nummer, on=today)
    return client


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """A person to register: the facts by field name, and a national number or nothing."""

    gegevens: Mapping[str, Any]
    insz: str = ""


@transaction.atomic
def register_clients(
    *, bestuur: Bestuur, aanmeldingen: Sequence[Aanmelding], by: Gebruiker, at: datetime
) -> list[Client]:
    """Open files for many persons who have none here, with a file number each; all, or none."""
    today = timezone.localdate(at)
    nummers = [
        checked_insz(item.insz, item.gegevens.get("geboortedatum"), on=today) if item.insz else ""
        for item in aanmeldingen
    ]
    clients = [
        Client(
            bestuur=bestuur,
            created_at=at,
            **{name: item.gegevens[name] for name in FIELDS if name in item.gegevens},
        )
        for item in aanmeldingen
    ]
    with act(f"registreerde {len(clients)} cliënten"):
        with refuse_on(Client, "client_dossiernummer_uniek", "client_heeft_naam"):
            Client.objects.bulk_create(clients)
        with refuse_on(Insznummer, "insznummer_uniek", "insznummer_een_lopend"):
            Insznummer.objects.bulk_create(
                Insznummer(
                    bestuur=bestuur,
                    client=client,
                    van=today,
                    **Insznummer.sealed(nummer, bestuur_id=bestuur.pk),
                )
                for client, nummer in zip(clients, nummers, strict=True)
                if nummer
            )
    return clients


@transaction.atomic
def change_client(
    *, client: Client, gegevens: Mapping[str, Any], by: Gebruiker, at: datetime
) -> list[str]:
    """Change what is known about the person; return the names of the changed fields."""
    current = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    changed = [
        name for name in FIELDS if name in gegevens and getattr(current, name) != gegevens[name]
    ]
    if not changed:
        return []
    for name in changed:
        setattr(current, name, gegevens[name])
    labels = ", ".join(label_of(name) for name in changed)
    with (
        act(f"wijzigde {labels}"),
        refuse_on(Client, "client_dossiernummer_uniek", "client_heeft_naam"),
    ):
        current.save(update_fields=changed)
    return changed


def _refuse_double(nummer: str, bestuur: Bestuur, by: Gebruiker) -> None:
    known = Insznummer.objects.matching(nummer, bestuur_id=bestuur.pk)
    client_pk = known.values_list("client", flat=True).first()
    if client_pk is None:
        return
    existing = Client.objects.visible_to(by).filter(pk=client_pk).first()
    if existing is None:
        # A restricted file stays unknown to whoever is not named for it.
        raise DubbelDossier(
            "Met dit rijksregisternummer kunt u geen dossier openen. Vraag het na bij uw "
            "leidinggevende.",
            None,
        )
    raise DubbelDossier(
        f"Dit rijksregisternummer heeft al een dossier: {existing.naam} "
        f"({existing.dossiernummer}).",
        existing.pk,
    )
