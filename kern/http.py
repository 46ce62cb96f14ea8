"""Headers and request ids that every answer carries."""

import secrets
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from kern.logs import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class RequestIdMiddleware:
    """Give each request an id that log lines and error pages share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the id for the length of the request."""
        token = request_id.set(secrets.token_hex(6))
        try:
            response = self.get_response(request)
            response.headers["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class EncodingMiddleware:
    """A form is UTF-8, as every page of ours sends it.

    Other encodings write halves of characters. Those break the page after the work was done, and
    what breaks is undone: a wrong answer at a door would then not be counted.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a request that names another encoding, before anything reads it."""
        if request.encoding is not None and request.encoding.lower() not in {"utf-8", "utf8"}:
            raise BadRequest("A request is read as UTF-8.")
        return self.get_response(request)


class HeadersMiddleware:
    """Personal pages are never stored, and a fragment is never served as a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        # A static file is the same for everybody, and says so.
        if "public" not in response.headers["Cache-Control"]:
            patch_vary_headers(response, ["HX-Request", "Cookie"])
        return response
