"""The request as views see it: somebody is signed in."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from toegang.models import Gebruiker


class UserRequest(HttpRequest):
    """A request after the sign-in wall."""

    user: "Gebruiker"
    htmx: "HtmxDetails"
