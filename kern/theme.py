"""The reader's choice between a light and a dark screen, kept in a cookie that no script needs."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "thema"
THEMES = frozenset({"licht", "donker"})
ONE_YEAR = 365 * 24 * 60 * 60


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice, or forget it, and go back to where the reader was."""
    target = request.POST.get("next", "/")
    allowed = {request.get_host()}
    if not url_has_allowed_host_and_scheme(target, allowed, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    theme = request.POST.get("thema", "")
    if theme in THEMES:
        response.set_cookie(
            COOKIE,
            theme,
            max_age=ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
