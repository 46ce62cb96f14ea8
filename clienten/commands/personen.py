"""Registering a person and changing what is known about her."""

from collections.abc import Mapping
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
