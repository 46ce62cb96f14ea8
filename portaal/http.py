"""The request as the pages of a client see it, and the cookie of her stay."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clienten.models import Client
from portaal.models import Portaalsessie
from portaal.rules.termijnen import Stand

PAD = "/mijn/"


@dataclass(slots=True)
class Deur:
    """Who stands where: nobody, somebody inside, or somebody who was away too long."""

    taal: str
    sessie: Portaalsessie | None = None
    stand: Stand = Stand.VOORBIJ
    # Set while a page is made, to be put in the browser with the answer.
    nieuw_geheim: str = ""

    @property
    def is_binnen(self) -> bool:
        """Tell whether a client is inside."""
        return self.sessie is not None and self.stand is Stand.OPEN


class PortaalRequest(HttpRequest):
    """A request under `/mijn/`."""

    portaal: Deur


class ClientRequest(PortaalRequest):
    """A request of a client who is inside."""

    client: Client
    portaalsessie: Portaalsessie


def cookie_name() -> str:
    """Return the name of the cookie; with TLS the browser itself refuses it without."""
    return "__Secure-mijn" if settings.SESSION_COOKIE_SECURE else "mijn"


def set_cookie(response: HttpResponse, value: str) -> None:
    """Give the browser the secret of the stay; it ends with the browser."""
    response.set_cookie(
        cookie_name(),
        value,
        path=PAD,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponse) -> None:
    """Take the secret back."""
    response.set_cookie(
        cookie_name(),
        "",
        max_age=0,
        path=PAD,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
