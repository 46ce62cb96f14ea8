"""Links and stays of clients; every function needs the scope of the bestuur."""

from datetime import datetime

from django.test import Client as Browser
from django.utils import timezone

from clienten.models import Client
from portaal.commands.binnen import Factor, Poging, enter
from portaal.enums import LinkKanaal
from portaal.http import cookie_name
from portaal.models import Portaallink
from portaal.rules.sleutels import read_code, read_token
from portaal.rules.termijnen import LINK_GELDIG
from portaal.sleutels import digest, new_code, new_token


def make_link(client: Client, **fields) -> tuple[Portaallink, str, str]:
    """Hand the client a link; return the row, the token and the short code."""
    token, code = new_token(client.bestuur_id), new_code(client.bestuur_id)
    at: datetime = fields.pop("gemaakt_at", None) or timezone.now()
    link = Portaallink.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        token_hash=digest("token", read_token(token)),
        code_hash=digest("code", read_code(code)),
        kanaal=fields.pop("kanaal", LinkKanaal.BUREAU),
        gemaakt_at=at,
        vervalt_at=fields.pop("vervalt_at", at + LINK_GELDIG),
        **fields,
    )
    return link, token, code


def make_stay(client: Client, *, taal: str = "", at: datetime | None = None) -> Poging:
    """Let the client in through a link of her own; the outcome holds the secret of the cookie."""
    link, _, _ = make_link(client, gemaakt_at=at)
    factor = Factor(geboortedatum=client.geboortedatum)
    poging = enter(link=link, factor=factor, taal=taal, at=at or timezone.now())
    assert poging.sessie is not None
    return poging


def inside(client: Client, *, taal: str = "", at: datetime | None = None) -> Browser:
    """Return a browser in which this client is inside the portal."""
    browser = Browser()
    browser.cookies[cookie_name()] = make_stay(client, taal=taal, at=at).geheim
    return browser
