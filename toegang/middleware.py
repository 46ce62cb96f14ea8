"""One transaction per request, with the scope of the bestuur where the user works now."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from kern.db.scope import scope
from toegang.models import Gebruiker
from toegang.permissions import Permission
from toegang.queries import choose_workplace, workplaces

BESTUUR_KEY = "bestuur_id"
# A start password opens only the page on which it is replaced.
OWN_ACCOUNT = ("/account/", "/static/", "/thema/")
# Health answers without a database: it is there to say that the database is away.
WITHOUT_SCOPE = frozenset({"/levend", "/gezondheid"})


class ScopeMiddleware:
    """Open the transaction, find the user's workplace, and set the scope in the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within one transaction; an error rolls everything back."""
        if request.path_info in WITHOUT_SCOPE:
            return self.get_response(request)
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
                if user.is_start_password and not request.path_info.startswith(OWN_ACCOUNT):
                    return redirect("account_change_password")
            with scope(bestuur_id=bestuur_id, actor_id=user.pk, sensitive=_opens_compartment(user)):
                response = self.get_response(request)
                _refuse_late_reading(response)
                if response.status_code >= 500:
                    # Also when it broke outside the view, where process_exception is not called.
                    transaction.set_rollback(True)
                return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Undo what the view wrote before it failed."""
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        return None


def _opens_compartment(user: Gebruiker | AnonymousUser) -> bool:
    return isinstance(user, Gebruiker) and user.may(Permission.GEVOELIG_VIEW)


class LateReading(RuntimeError):
    """A streamed answer reads when the scope is gone, and would quietly find nothing."""


def _refuse_late_reading(response: HttpResponseBase) -> None:
    if response.streaming and not isinstance(response, FileResponse):
        raise LateReading("Answer whole, or from a file.")


class SignInMiddleware(LoginRequiredMiddleware):
    """Everything but the doors asks for a sign-in; a fragment sends the whole page there."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        """Let a public page through without asking who comes."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """Go to the door, and from there back to the page, never to a form that was sent."""
        query = {"next": _page_of(request)}
        if getattr(request, "session_expired", False):
            query["verlopen"] = "1"
        known = {name: value for name, value in query.items() if value}
        url = reverse("account_login") + (f"?{urlencode(known)}" if known else "")
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": url})
        if request.headers.get("Accept") == "application/json":
            # A script that saves in the background says so on the page it stands on.
            return HttpResponse(status=401)
        return redirect(url)


def _page_of(request: HttpRequest) -> str:
    """Return the page the user looked at: this one, or the one that sent the form."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
