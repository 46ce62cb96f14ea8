"""Work for one bestuur outside a request: tasks, commands, imports.

Work for all besturen goes through `each_bestuur`, one transaction and one scope at a time: there
is no scope that sees all clients at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from kern.db.scope import scope
from toegang.models import Bestuur


@contextmanager
def in_bestuur(
    bestuur_id: int, *, actor_id: int | None = None, sensitive: bool = False
) -> Iterator[None]:
    """Open a transaction in which this bestuur counts and this person acts.

    A job that needs the sensitive compartment asks for it by name.
    """
    with (
        transaction.atomic(),
        scope(bestuur_id=bestuur_id, actor_id=actor_id, sensitive=sensitive),
    ):
        yield


def each_bestuur() -> Iterator[int]:
    """Give the key of every bestuur, in a fixed order; the caller opens `in_bestuur` for each."""
    yield from Bestuur.objects.order_by("pk").values_list("pk", flat=True)
