"""The secret address of a worker's calendar: made, renewed and withdrawn by herself."""

import hashlib
import re
import secrets
from datetime import datetime

from django.db import transaction

from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.models import Agendafeed

# Where the worker works stands in front: the wall of the database needs to know it first.
_TOKEN = re.compile(r"([1-9][0-9]{0,8})-([A-Za-z0-9_-]{43})")
BYTES = 32


@transaction.atomic
def make_agendafeed(*, by: Gebruiker, at: datetime) -> str:
    """Make a new address in place of the old; return its token, which is shown this once."""
    if by.bestuur is None:
        raise DomainError("Kies eerst waar u werkt.")
    secret = secrets.token_urlsafe(BYTES)
    feed = Agendafeed(
        bestuur=by.bestuur, gebruiker=by, hash=hash_of(by.bestuur.pk, secret), created_at=at
    )
    with audit.act("maakte een adres voor haar agenda"):
        Agendafeed.objects.visible_to(by).in_use().update(ingetrokken_at=at)
        with refuse_on(Agendafeed, "agendafeed_een_adres"):
            feed.save()
    return f"{by.bestuur.pk}-{secret}"


@transaction.atomic
def withdraw_agendafeed(*, by: Gebruiker, at: datetime) -> None:
    """Close the address: a calendar that asks for it finds nothing."""
    with audit.act("trok het adres van haar agenda in"):
        Agendafeed.objects.visible_to(by).in_use().update(ingetrokken_at=at)


def read_token(token: str) -> tuple[int, str] | None:
    """Return the bestuur and the hash that belong to a token, when it has the shape of one."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    bestuur_id = int(match[1])
    return bestuur_id, hash_of(bestuur_id, match[2])


def hash_of(bestuur_id: int, secret: str) -> str:
    """Return what is kept of a token; a secret of 256 bits needs no slow hash."""
    return hashlib.sha256(f"agendafeed:{bestuur_id}:{secret}".encode()).hexdigest()
