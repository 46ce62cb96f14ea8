"""One transaction per request, with the scope of the bestuur where the user works now."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kern.db.scope import scope
from toegang.queries import choose_workplace, workplaces

BESTUUR_KEY = "bestuur_id"
# A start password opens only the page on which it is replaced.
OWN_ACCOUNT = ("/account/", "/static/", "/thema/")


class ScopeMiddleware:
    """Open the transaction, find the user's workplace, and set the scope in the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within one transaction; an error rolls everything back."""
        with transaction.atomic():
            user = request.user
            bestuur_id = None
            if user.is_authenticated:
                places = workplaces(user, on=timezone.localdate())
                user.workplaces = list(places)
                bestuur = choose_workplace(user.workplaces, request.session.get(BESTUUR_KEY))
                if bestuur is not None:
                    user.work_in(bestuur, places[bestuur])
                    bestuur_id = bestuur.pk
                if user.is_start_password and not request.path.startswith(OWN_ACCOUNT):
                    return redirect("account_change_password")
            with scope(bestuur_id=bestuur_id, actor_id=user.pk):
                return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Undo what the view wrote before it failed."""
        transaction.set_rollback(True)
        return None
