"""The register of organisers of wijk-werken; it holds no client."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from wijkwerken.enums import OrganisatorSoort
from wijkwerken.models import Inschrijving, Organisator

_refuse = partial(
    refuse_on, Organisator, "organisator_bekend", "organisator_periode", "organisator_chequeprijs"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisatorGegevens:
    """Who organises, at which price of a cheque, since when."""

    naam: str
    soort: OrganisatorSoort
    chequeprijs: Decimal
    van: date
    tot: date | None = None
    contact: str = ""

    def as_columns(self) -> dict[str, Any]:
        """Return the facts by column name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "naam": self.naam.strip(), "contact": self.contact.strip()}


@transaction.atomic
def add_organisator(*, gegevens: OrganisatorGegevens, by: Gebruiker, at: datetime) -> Organisator:
    """Put an organiser in the register of the bestuur."""
    if by.bestuur is None:
        raise DomainError("Kies eerst voor welk bestuur u werkt.")
    row = Organisator(bestuur=by.bestuur, **gegevens.as_columns())
    _refuse_twin(row)
    with audit.act(f"voegde organisator {row.naam} toe"), _refuse():
        row.save()
    return row


@transaction.atomic
def change_organisator(
    *, organisator: Organisator, gegevens: OrganisatorGegevens, by: Gebruiker, at: datetime
) -> Organisator:
    """Change an organiser, or close it with a last day once nobody is enrolled after it."""
    row = Organisator.objects.select_for_update().get(pk=organisator.pk)
    for name, value in gegevens.as_columns().items():
        setattr(row, name, value)
    _refuse_twin(row)
    if row.tot is not None:
        lopend = Inschrijving.objects.running().filter(organisator=row).count()
        if lopend:
            wie = "1 wijk-werker is" if lopend == 1 else f"{lopend} wijk-werkers zijn"
            raise DomainError(
                f"{wie} nog bij {row.naam} ingeschreven. Kies eerst een andere organisator, "
                f"daarna kan {format_short(row.tot)} de laatste dag zijn."
            )
    with audit.act(f"wijzigde organisator {row.naam}"), _refuse():
        row.save()
    return row


def _refuse_twin(row: Organisator) -> None:
    rows = Organisator.objects.filter(bestuur=row.bestuur_id, naam__iexact=row.naam)
    if rows.exclude(pk=row.pk).exists():
        raise DomainError(f"{row.naam} staat al in de lijst.")
