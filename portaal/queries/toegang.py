"""How the client's access stands, for the page on her file."""

from dataclasses import dataclass
from datetime import datetime

from clienten.commands import address_for
from clienten.enums import BerichtKanaal
from clienten.models import Client
from portaal.enums import LinkKanaal
from portaal.models import Portaalgebruik, Portaallink
from toegang.models import Gebruiker

MEESTE_REGELS = 50


@dataclass(frozen=True, slots=True)
class Toegang:
    """The links of a client, newest first, and what happened with them."""

    links: tuple[Portaallink, ...]
    gebruik: tuple[Portaalgebruik, ...]
    at: datetime

    @property
    def open_links(self) -> tuple[Portaallink, ...]:
        """Return what opens the door now."""
        return tuple(link for link in self._live if link.geblokkeerd_at is None)

    @property
    def is_geblokkeerd(self) -> bool:
        """Tell whether wrong answers closed the door, and nothing else opens it."""
        return bool(self._live) and not self.open_links

    @property
    def laatst_gebruikt(self) -> datetime | None:
        """Return when somebody came in last, if ever."""
        moments = [link.laatst_gebruikt_at for link in self.links if link.laatst_gebruikt_at]
        return max(moments, default=None)

    @property
    def _live(self) -> tuple[Portaallink, ...]:
        return tuple(
            link for link in self.links if link.ingetrokken_at is None and link.vervalt_at > self.at
        )


def toegang_of(client: Client, user: Gebruiker, *, at: datetime) -> Toegang:
    """Return the access of a client whose file the user opened; two queries."""
    links = (
        Portaallink.objects.visible_to(user)
        .filter(client=client)
        .select_related("gemaakt_door", "bericht")
        .newest_first()
    )
    gebruik = Portaalgebruik.objects.visible_to(user).filter(client=client)
    return Toegang(
        links=tuple(links[:20]),
        gebruik=tuple(gebruik.select_related("link").newest_first()[:MEESTE_REGELS]),
        at=at,
    )


def lines_to(client: Client) -> dict[LinkKanaal, str]:
    """Return the lines along which this client can be given a link, in words."""
    found = {}
    if number := address_for(client, BerichtKanaal.SMS):
        found[LinkKanaal.SMS] = f"Sms naar {client.telefoon}" if number else ""
    if address := address_for(client, BerichtKanaal.EMAIL):
        found[LinkKanaal.EMAIL] = f"Mail naar {address}"
    found[LinkKanaal.BRIEF] = "Brief om af te drukken, met QR-code en korte code"
    found[LinkKanaal.BUREAU] = "QR-code op dit scherm, om nu te scannen met de telefoon"
    return found
