"""The languages of the portal; the rest of the house speaks Dutch."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

# Our code, Django's code, the name in the language itself.
TALEN = (
    ("nl", "nl-be", "Nederlands"),
    ("fr", "fr", "Français"),
    ("en", "en", "English"),
    ("ar", "ar", "العربية"),
)
DJANGO = {code: django for code, django, _ in TALEN}
COOKIE = "portaal_taal"


def supported(code: str) -> str:
    """Return the language when the portal speaks it, else Dutch."""
    return code if code in DJANGO else "nl"


def chosen(request: HttpRequest) -> str:
    """Return what was chosen on this phone before coming in, or nothing."""
    code = request.COOKIES.get(COOKIE, "")
    return code if code in DJANGO else ""


def remember(response: HttpResponse, code: str) -> None:
    """Keep the choice on this phone until the browser closes."""
    response.set_cookie(
        COOKIE,
        code,
        path="/mijn/",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def asked(request: HttpRequest) -> str:
    """Return the first language of the browser that the portal speaks, else Dutch."""
    for accepted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (code := accepted.split("-")[0]) in DJANGO:
            return code
    return "nl"
