"""How a user name and password are checked."""

from allauth.account.auth_backends import AuthenticationBackend


class GebruikerBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's own check (rate limits, same answer for unknown and wrong)."""
