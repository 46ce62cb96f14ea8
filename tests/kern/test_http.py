"""Headers and request ids that every answer carries."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kern.http import HeadersMiddleware, RequestIdMiddleware
from kern.logs import request_id


def answer(middleware, response: HttpResponse | None = None) -> HttpResponse:
    return middleware(lambda request: response or HttpResponse())(RequestFactory().get("/"))


def test_each_request_has_an_id_of_its_own_that_ends_with_it():
    seen = []

    def view(request):
        seen.append(request_id.get())
        return HttpResponse()

    handle = RequestIdMiddleware(view)
    first, second = handle(RequestFactory().get("/")), handle(RequestFactory().get("/"))
    assert [first["X-Request-Id"], second["X-Request-Id"]] == seen
    assert seen[0] != seen[1]
    assert re.fullmatch(r"[0-9a-f]{12}", seen[0])
    assert request_id.get() == ""


def test_an_id_from_outside_is_not_believed():
    """Or a visitor writes her own text into our log lines and the read log."""
    request = RequestFactory().get("/", headers={"X-Request-Id": "vals"})
    response = RequestIdMiddleware(lambda request: HttpResponse())(request)
    assert response["X-Request-Id"] != "vals"


def test_the_id_ends_also_when_the_request_breaks():
    def breaks(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestIdMiddleware(breaks)(RequestFactory().get("/"))
    assert request_id.get() == ""


def test_a_page_is_not_stored_and_differs_by_person_and_by_fragment():
    response = answer(HeadersMiddleware)
    assert response["Cache-Control"] == "no-store"
    assert set(response["Vary"].split(", ")) == {"HX-Request", "Cookie"}
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_what_is_public_and_long_lived_stays_so():
    given = HttpResponse(headers={"Cache-Control": "max-age=315360000, public, immutable"})
    response = answer(HeadersMiddleware, given)
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "Vary" not in response
