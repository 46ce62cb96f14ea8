"""Giving the client a link and taking it back: acts of a worker."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clienten.models import Client
from kern.errors import DomainError
from portaal.enums import LinkKanaal
from portaal.models import Portaallink, Portaalsessie
from portaal.models.link import PortaallinkQuerySet
from portaal.rules.termijnen import PAUZE
from portaal.uitgifte import GegevenLink, make_link, post_link
from toegang.audit import act
from toegang.models import Gebruiker

POST = frozenset({LinkKanaal.SMS, LinkKanaal.EMAIL})
HOE = {
    LinkKanaal.SMS: "per sms",
    LinkKanaal.EMAIL: "per mail",
    LinkKanaal.BRIEF: "met een brief",
    LinkKanaal.BUREAU: "aan het bureau",
}


@transaction.atomic
def give_link(
    *, client: Client, kanaal: LinkKanaal, stop_oude: bool, by: Gebruiker, at: datetime
) -> GegevenLink:
    """Give the client a link, along a line that reaches her; earlier ones go on unless told so.

    A blocked link always stops: giving a new one is how a worker opens the door again.
    """
    _lock(client)
    if kanaal in POST:
        _wait_between(client, kanaal, at)
    with act(f"gaf de cliënt een link {HOE[kanaal]}"):
        live = Portaallink.objects.owned_by(client).live_at(at)
        _stop(client, live if stop_oude else live.filter(geblokkeerd_at__isnull=False), at)
        gegeven = make_link(client=client, kanaal=kanaal, by=by, at=at)
        if kanaal in POST:
            post_link(gegeven, at=at)
    return gegeven


@transaction.atomic
def revoke_links(*, client: Client, by: Gebruiker, at: datetime) -> int:
    """Let every link of the client stop, and put out who is inside; return how many stopped."""
    _lock(client)
    with act("trok de toegang van de cliënt in"):
        return _stop(client, Portaallink.objects.owned_by(client).live_at(at), at)


def _lock(client: Client) -> None:
    # Two workers at once: the second waits, and then sees what the first sent.
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk, bestuur=client.bestuur_id)


def _wait_between(client: Client, kanaal: LinkKanaal, at: datetime) -> None:
    recent = Portaallink.objects.owned_by(client).filter(
        kanaal=kanaal, gemaakt_at__gt=at - PAUZE, ingetrokken_at__isnull=True
    )
    last = recent.newest_first().first()
    if last is not None:
        until = timezone.localtime(last.gemaakt_at + PAUZE)
        raise DomainError(
            f"Er vertrok net een link {HOE[kanaal]}. Wacht tot {until:%H:%M} voor de volgende."
        )


def _stop(client: Client, links: PortaallinkQuerySet, at: datetime) -> int:
    pks = list(links.values_list("pk", flat=True))
    Portaalsessie.objects.owned_by(client).open().filter(link__in=pks).update(geeindigd_at=at)
    return Portaallink.objects.owned_by(client).filter(pk__in=pks).update(ingetrokken_at=at)
