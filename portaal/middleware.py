"""The client's pages stand apart: no staff session, a scope of their own, their own language."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from kern.db.scope import BESTUUR, scope, set_local
from portaal import talen
from portaal.commands import touch
from portaal.http import PAD, Deur, cookie_name, drop_cookie, set_cookie
from portaal.queries import stay_by_secret
from portaal.rules.sleutels import read_token

GetResponse = Callable[[HttpRequest], HttpResponse]
EXPLAINED = frozenset({400, 403, 404, 405, 413, 429})


class ApartMiddleware:
    """Under the portal nobody is signed in as staff, whoever else uses this browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the staff's cookie aside before anything reads it; the browser keeps it."""
        if request.path_info.startswith(PAD):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)


class PortaalMiddleware:
    """Find who stands at the client's door, and let only her bestuur count."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the scope of the cookie's bestuur and in the client's language."""
        if not request.path_info.startswith(PAD):
            return self.get_response(request)
        geheim = request.COOKIES.get(cookie_name(), "")
        gelezen = read_token(geheim)
        with scope(bestuur_id=gelezen.bestuur_id if gelezen else None, actor_id=None):
            deur = _find(request, geheim)
            request.portaal = deur  # type: ignore[attr-defined]
            with translation.override(talen.DJANGO[deur.taal]):
                response = _explain(request, self.get_response(request))
            return _finish(deur, geheim, response)

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: dict[str, Any],
    ) -> None:
        """Let the bestuur of a token in the address count, before the view looks anything up."""
        if request.path_info.startswith(PAD) and "token" in view_kwargs:
            gelezen = read_token(view_kwargs["token"])
            set_local({BESTUUR: str(gelezen.bestuur_id) if gelezen else ""})


def _find(request: HttpRequest, geheim: str) -> Deur:
    at = timezone.now()
    sessie, stand = stay_by_secret(geheim, at=at)
    deur = Deur(talen.chosen(request) or talen.asked(request), sessie, stand)
    if sessie is not None and deur.is_binnen:
        touch(sessie=sessie, at=at)
    if sessie is not None:
        deur.taal = sessie.taal
    return deur


def _explain(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say a refusal in the client's own words; the house's own page speaks to staff."""
    template = getattr(response, "template_name", None)
    own = isinstance(template, str) and template.startswith("portaal/")
    if response.status_code not in EXPLAINED or own:
        return response
    page = TemplateResponse(
        request,
        "portaal/fout.html",
        {"te_vaak": response.status_code == 429, "niet_gevonden": response.status_code == 404},
        status=response.status_code,
    )
    if allow := response.headers.get("Allow"):
        page.headers["Allow"] = allow
    return page.render()


def _finish(deur: Deur, geheim: str, response: HttpResponse) -> HttpResponse:
    if deur.nieuw_geheim:
        set_cookie(response, deur.nieuw_geheim)
    elif geheim and deur.sessie is None:
        drop_cookie(response)
    response.headers["Cache-Control"] = "no-store"
    # Nothing to any other site. "no-referrer" would also hide the origin of our own forms, and
    # then the protection against forged ones refuses them all.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response
