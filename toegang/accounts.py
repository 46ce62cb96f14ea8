"""allauth's choices: no self-registration, and a start password is used once."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from toegang.models import Gebruiker


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by a beheerder, never by a visitor."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account is niet meer in gebruik. Vraag het na bij uw beheerder.",
        "enter_current_password": "Dit is niet uw huidige wachtwoord.",
        "incorrect_password": "Dit wachtwoord klopt niet. Probeer het nog eens.",
        "too_many_login_attempts": (
            "Te veel pogingen na elkaar. Wacht vijf minuten en probeer het dan opnieuw."
        ),
        "username_password_mismatch": (
            "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Kijk ze allebei na."
        ),
        "rate_limited": "Te veel pogingen na elkaar. Wacht even en probeer het dan opnieuw.",
    }

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
