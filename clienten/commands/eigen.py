"""What the client herself changes in her portal: how to reach her, and in which language."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from clienten.commands.personen import label_of
from clienten.enums import Kanaal, Taal
from clienten.models import Client
from kern.errors import DomainError
from toegang.audit import act

# Her name, birth date and address stay with the OCMW: those come from the national register.
EIGEN_VELDEN = ("telefoon", "email", "taal", "kanaal", "contactvoorkeur")


class IntussenAnders(DomainError):
    """Somebody else changed the same field after the page was shown."""


@transaction.atomic
def change_own_gegevens(
    *, client: Client, gegevens: Mapping[str, str], gezien: Mapping[str, str], at: datetime
) -> list[str]:
    """Change what the client changed of her own data; return the names of those fields.

    `gezien` is what the page showed: a field that somebody changed since is refused.
    """
    if set(gegevens) - set(EIGEN_VELDEN):
        raise DomainError("Dit wijzigt het OCMW.")
    row = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    changed = [
        name for name in EIGEN_VELDEN if name in gegevens and gegevens[name] != getattr(row, name)
    ]
    if any(getattr(row, name) != gezien.get(name, getattr(row, name)) for name in changed):
        raise IntussenAnders("Dit is intussen gewijzigd. Kijk na wat er nu staat.")
    for name in changed:
        setattr(row, name, gegevens[name].strip())
    if row.taal not in Taal.values or row.kanaal not in ["", *Kanaal.values]:
        raise DomainError("Kies uit de lijst.")
    if not changed:
        return []
    labels = ", ".join(label_of(name) for name in changed)
    with act(f"de cliënt wijzigde {labels}"):
        row.save(update_fields=changed)
    return changed
