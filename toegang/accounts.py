"""allauth's choices: no self-registration, and a start password is used once."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from kern.error_pages import too_many
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

    def clean_password(self, password: str, user: Gebruiker | None = None) -> str:
        """Refuse the password that is in use: a start password would stay known to others."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError("Kies een ander wachtwoord dan het huidige.", code="zelfde")
        cleaned: str = super().clean_password(password, user=user)
        return cleaned

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Answer too many wrong passwords with the page that says how long to wait."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            raise ImmediateHttpResponse(too_many(request)) from refusal

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts per host name and per spelling: another port in the Host header, or a
        # letter that the database folds to the same one, would start a count of its own.
        return str(credentials.get("username", "")).upper().lower()

    def get_logout_redirect_url(self, request: HttpRequest) -> Any:
        """Return to the door."""
        return "/account/aanmelden/"
