"""allauth's choices: no self-registration, our words."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a beheerder, never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door of self-registration closed."""
        return False
