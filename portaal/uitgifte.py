"""Making a link and putting it on its way; the token is known only while this runs."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from clienten.commands import address_for, send_bericht
from clienten.enums import BerichtKanaal, BerichtSoort
from clienten.models import Client
from kern.errors import DomainError
from portaal.enums import LinkKanaal
from portaal.models import Portaallink
from portaal.rules.sleutels import read_code, read_token
from portaal.rules.termijnen import LINK_GELDIG, MEESTE_LINKS
from portaal.sleutels import digest, new_code, new_token
from portaal.talen import DJANGO, supported
from toegang.models import Gebruiker


@dataclass(frozen=True, slots=True)
class GegevenLink:
    """A link just made: what goes to the client, and is kept nowhere."""

    link: Portaallink
    adres: str
    code: str


def make_link(
    *, client: Client, kanaal: LinkKanaal, by: Gebruiker | None, at: datetime
) -> GegevenLink:
    """Make a link beside those that work already; the oldest stops when there are too many."""
    _reachable(client, kanaal)
    token, code = new_token(client.bestuur_id), new_code(client.bestuur_id)
    read_t, read_c = read_token(token), read_code(code)
    if read_t is None or read_c is None:
        raise RuntimeError("a token that cannot be read back")
    live = Portaallink.objects.owned_by(client).live_at(at).newest_first()
    too_many = [row.pk for row in live[MEESTE_LINKS - 1 :]]
    Portaallink.objects.owned_by(client).filter(pk__in=too_many).update(ingetrokken_at=at)
    link = Portaallink.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        token_hash=digest("token", read_t),
        code_hash=digest("code", read_c),
        kanaal=kanaal,
        gemaakt_door=by,
        gemaakt_at=at,
        vervalt_at=at + LINK_GELDIG,
    )
    adres = settings.SITE_URL.rstrip("/") + reverse("portaal:link", args=[token])
    return GegevenLink(link, adres, code)


def post_link(gegeven: GegevenLink, *, at: datetime) -> None:
    """Send the link to the number or address on file, in the client's language."""
    link = gegeven.link
    with in_language_of(link.client):
        waarden = {"adres": gegeven.adres, "bestuur": link.bestuur.naam}
        if link.kanaal == LinkKanaal.SMS:
            tekst = _sms(link.client) % waarden
        else:
            tekst = _mail(link.client) % waarden
        onderwerp = gettext("Uw link naar Mijn plan")
    link.bericht = send_bericht(
        client=link.client,
        soort=BerichtSoort.PORTAALLINK,
        kanaal=BerichtKanaal(link.kanaal),
        onderwerp=onderwerp,
        tekst=tekst,
        sleutel=f"portaallink:{link.pk}",
        at=at,
        vertrouwelijk=True,
    )
    link.save(update_fields=["bericht"])


def in_language_of(client: Client) -> translation.override:
    """Speak the client's language where the portal knows it."""
    return translation.override(DJANGO[supported(client.taal)])


def _sms(client: Client) -> str:
    if client.geboortedatum is None:
        return gettext("Uw link naar Mijn plan: %(adres)s U krijgt daarna een code. %(bestuur)s")
    return gettext("Uw link naar Mijn plan: %(adres)s Typ daar uw geboortedatum. %(bestuur)s")


def _mail(client: Client) -> str:
    zinnen = [
        gettext("Dag,"),
        gettext("Dit is uw link naar Mijn plan:"),
        "%(adres)s",
        gettext("Open de link. Typ daarna uw geboortedatum.")
        if client.geboortedatum is not None
        else gettext("Open de link. U krijgt daarna een code."),
        gettext("De link is alleen voor u. Stuur deze mail niet door."),
        "%(bestuur)s",
    ]
    return "\n\n".join(zinnen)


def _reachable(client: Client, kanaal: LinkKanaal) -> None:
    if client.geboortedatum is not None:
        return
    if kanaal == LinkKanaal.BRIEF:
        raise DomainError(
            "Vul eerst de geboortedatum in. Zonder geboortedatum kan de cliënt met een brief niet "
            "binnen."
        )
    if not code_lines(client):
        raise DomainError(
            "Vul eerst de geboortedatum in, of een gsm-nummer of e-mailadres. Anders weten we "
            "niet wie binnenkomt."
        )


def code_lines(client: Client) -> list[BerichtKanaal]:
    """Return along which lines a code can reach the client."""
    return [kanaal for kanaal in BerichtKanaal if address_for(client, kanaal) is not None]
