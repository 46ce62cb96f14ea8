"""Answering who lost her link: outside the request, so that the door never tells by its pace."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from clienten.models import Client
from clienten.rules.telefoon import mobile
from kern import crypto
from portaal.enums import GebruikSoort, LinkKanaal
from portaal.models import Portaalgebruik, Portaallink
from portaal.rules.termijnen import PAUZE, ZELF_PER_DAG
from portaal.uitgifte import make_link, post_link
from toegang.audit import act

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vraag:
    """What somebody typed who says she lost her link."""

    bestuur_id: int
    bereik: str
    geboortedatum: str

    def sealed(self) -> str:
        """Return it for the queue, which keeps no name or number."""
        return crypto.seal(json.dumps(asdict(self)), place="portaal.kwijt").hex()

    @classmethod
    def opened(cls, sealed: str) -> "Vraag":
        """Return what was sealed."""
        return cls(**json.loads(crypto.unseal(bytes.fromhex(sealed), place="portaal.kwijt")))


@transaction.atomic
def answer(vraag: Vraag, *, at: datetime) -> bool:
    """Send a new link to the number or address on file, when exactly one client fits."""
    found = _who(vraag)
    if found is None:
        return False
    client, kanaal = found
    client = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    if not _may_help_herself(client, at):
        return False
    with act("de cliënt vroeg een nieuwe link"):
        gegeven = make_link(client=client, kanaal=kanaal, by=None, at=at)
        post_link(gegeven, at=at)
        Portaalgebruik.objects.create(
            bestuur_id=client.bestuur_id,
            client=client,
            link=gegeven.link,
            soort=GebruikSoort.LINK_GEVRAAGD,
            at=at,
        )
    return True


def _who(vraag: Vraag) -> tuple[Client, LinkKanaal] | None:
    born = date.fromisoformat(vraag.geboortedatum)
    number, address = mobile(vraag.bereik), vraag.bereik.strip().casefold()
    fits: list[tuple[Client, LinkKanaal]] = []
    for client in Client.objects.filter(bestuur=vraag.bestuur_id, geboortedatum=born):
        if number is not None and mobile(client.telefoon) == number:
            fits.append((client, LinkKanaal.SMS))
        elif "@" in address and client.email.casefold() == address:
            fits.append((client, LinkKanaal.EMAIL))
    # Twins with one telephone: a person sorts that out, not a guess.
    return fits[0] if len(fits) == 1 else None


def _may_help_herself(client: Client, at: datetime) -> bool:
    """Tell whether a worker gave access that stands, and the last link is not of just now.

    What was withdrawn or blocked is opened again by a worker only.
    """
    links = Portaallink.objects.owned_by(client)
    last = links.newest_first().first()
    if last is None or last.ingetrokken_at is not None or last.gemaakt_at > at - PAUZE:
        return False
    if links.live_at(at).filter(geblokkeerd_at__isnull=False).exists():
        return False
    asked = links.filter(gemaakt_door__isnull=True, gemaakt_at__gt=at - timedelta(days=1))
    return asked.count() < ZELF_PER_DAG
