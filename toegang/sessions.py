"""How long a session lasts: an hour without a request, ten hours in all."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from toegang.middleware import WITHOUT_SCOPE

BEGUN = "begonnen"
SEEN = "gezien"
# The moment is written at most once a minute: one small UPDATE, not one for every request.
WRITE_EVERY = 60


class SessionLimitMiddleware:
    """Sign out who was away too long, or has been signed in for a whole working day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session before anything else looks at it."""
        if request.path_info not in WITHOUT_SCOPE and request.user.is_authenticated:
            self._limit(request, now=int(timezone.now().timestamp()))
        return self.get_response(request)

    def _limit(self, request: HttpRequest, *, now: int) -> None:
        begun = request.session.get(BEGUN, now)
        seen = request.session.get(SEEN, now)
        idle, whole = now - seen, now - begun
        if idle >= settings.SESSION_IDLE_SECONDS or whole >= settings.SESSION_COOKIE_AGE:
            logout(request)
            request.session_expired = True  # type: ignore[attr-defined]
        elif BEGUN not in request.session or idle >= WRITE_EVERY:
            request.session[BEGUN] = begun
            request.session[SEEN] = now
