"""allauth's choices: no self-registration, and a start password is used once."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from toegang.models import Gebruiker


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by a beheerder, never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door of self-registration closed."""
        return False

    def set_password(self, user: Gebruiker, password: str) -> None:
        """Store a password of the user's own choice."""
        user.is_start_password = False
        super().set_password(user, password)

    def get_logout_redirect_url(self, request: HttpRequest) -> Any:
        """Return to the door."""
        return "/account/aanmelden/"
