"""A file that is not one's own opens after saying why: the wall becomes a question."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from clienten.access import ReasonNeeded
from clienten.views import reason_redirect


class ReasonMiddleware:
    """Send whoever opens somebody else's client to the page that asks for the reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Undo what the view wrote and ask."""
        if not isinstance(exception, ReasonNeeded):
            return None
        transaction.set_rollback(True)
        return reason_redirect(request, exception)
