"""Error pages in Dutch: what happened, what to do, and the number to mention."""

from django.http import HttpRequest, HttpResponse
from django.template import loader

from kern.logs import request_id


def _page(template: str, status: int) -> HttpResponse:
    # Rendered without context processors: this page must work when they do not.
    html = loader.get_template(template).render({"incident": request_id.get()})
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request could not be understood."""
    return _page("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The role may not do this."""
    return _page("403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing that this user may know of."""
    return _page("404.html", 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too many attempts in a short time."""
    return _page("429.html", 429)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A file over the limit."""
    return _page("413.html", 413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; or it was not read because it was too large."""
    if getattr(request, "upload_too_large", False):
        return too_large(request)
    return _page("csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; what was typed before is kept, this act was undone."""
    try:
        return _page("500.html", 500)
    except Exception:  # noqa: BLE001 - the last page of all must come, whatever is broken
        words = f"Dit ging mis aan onze kant. Nummer van dit voorval: {request_id.get()}"
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
