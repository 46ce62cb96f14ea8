"""Which papers are hers to read."""

from clienten.models import Client
from trajecten.models import Gpmi


def contracts_of(client: Client) -> list[Gpmi]:
    """Return the contracts that were handed to her, newest first; a draft in the office is none."""
    rows = Gpmi.objects.owned_by(client).filter(ontwerp_op__isnull=False)
    return list(rows.select_related("client").order_by("-ontwerp_op", "-pk"))


def contract_of(client: Client, pk: int) -> Gpmi | None:
    """Return one of those, or nothing when it is not hers."""
    return next((row for row in contracts_of(client) if row.pk == pk), None)
