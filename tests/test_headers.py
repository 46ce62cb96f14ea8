"""The headers of every answer: pages, refusals, fragments, files, and requests made to hurt."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.database import ROOT
from tests.factories.clienten import make_client
from tests.factories.trajecten import make_stap, make_traject
from tests.test_permissions import OURS, VIEWS, address, parameters, takes_a_number

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
HUGE = 10**30


def policy_of(response) -> dict[str, str]:
    parts = response["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts if part.strip())


def assert_safe(response) -> None:
    assert policy_of(response) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert len(response["X-Request-Id"]) == 12
    assert "Server" not in response
    assert "X-Powered-By" not in response


def assert_personal(response) -> None:
    assert_safe(response)
    assert "no-store" in response["Cache-Control"]
    assert {"Cookie", "HX-Request"} <= set(response["Vary"].split(", "))
    assert response["X-Frame-Options"] == "DENY"


@pytest.fixture
def visitor(lead):
    found = Client(raise_request_exception=False)
    found.force_login(lead)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/account/aanmelden/", 200),
        ("/account/wachtwoord/", 302),
        ("/bestaat-niet/", 404),
        ("/levend", 200),
        ("/gezondheid", 200),
    ],
)
def test_a_visitor_gets_them_on_every_answer(client, url, status):
    response = client.get(url)
    assert response.status_code == status
    assert_personal(response)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/account/wachtwoord/", 200),
        ("/beheer/gebruikers/", 403),
        ("/bestaat-niet/", 404),
        ("/clienten/99999999/reden/", 404),
    ],
)
def test_a_worker_gets_them_on_every_answer(visitor, url, status):
    response = visitor.get(url)
    assert response.status_code == status
    assert_personal(response)


@pytest.mark.django_db
def test_a_refused_form_has_them_too(bestuur):
    response = Client(enforce_csrf_checks=True).post("/account/aanmelden/", {"login": "x"})
    assert response.status_code == 403
    assert_personal(response)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(VIEWS))
def test_no_address_takes_a_form_from_elsewhere(lead, name):
    """Also where a view looks at something before the token, such as the size of a file."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(lead)
    url = address(name, 1) if takes_a_number(name) or parameters(name) else reverse(name)
    response = strict.post(url, {"naam": "x"}, headers={"Origin": "https://kwaad.example"})
    assert response.status_code == 403
    portal = url.startswith("/mijn/")
    words = "Dat lukt nu niet" if portal else "Voor de veiligheid is uw formulier niet verwerkt"
    assert words in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "host",
    [
        "kwaad.example",
        "testserver.kwaad.example",
        "testserver@kwaad.example",
        "testserver:80@kwaad.example",
        "test server",
        "",
    ],
)
def test_another_host_is_refused_without_being_repeated(bestuur, host):
    response = Client(raise_request_exception=False).get("/account/aanmelden/", HTTP_HOST=host)
    assert response.status_code == 400
    assert "kwaad" not in response.content.decode()
    assert_safe(response)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_forwarded_host_changes_no_address(client, worker, mailoutbox):
    client.post(
        reverse("account_reset_password"),
        {"email": worker.email},
        headers={"X-Forwarded-Host": "kwaad.example", "X-Original-URL": "//kwaad.example/"},
    )
    assert "kwaad" not in mailoutbox[0].body
    assert "http://testserver/account/wachtwoord/nieuw/" in mailoutbox[0].body


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "X"])
def test_methods_nobody_needs_do_nothing(visitor, method):
    for name in ("clienten:reden", "toegang:wissel", "thema", "gezondheid"):
        url = reverse(name, args=[1] if name == "clienten:reden" else [])
        assert visitor.generic(method, url).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "/" + "a" * 20_000,
        "/account/aanmelden/?next=" + "a" * 20_000,
        "/account/aanmelden/?" + "&".join(f"a{n}=1" for n in range(1_100)),
        "/%00",
        "/account/aanmelden/?next=%00",
        "/%ff%fe",
        "/../../etc/passwd",
        "/static/../activering/settings/base.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/account/aanmelden/%0d%0aSet-Cookie:%20a=b",
        "/account/aanmelden/?next=/%0d%0aSet-Cookie:%20a=b",
        "/clienten/" + "9" * 5_000 + "/reden/",
        "/clienten/-1/reden/",
        "/clienten/1e5/reden/",
    ],
    ids=lambda url: url[:50],
)
def test_a_strange_address_is_refused_calmly(visitor, url):
    response = visitor.get(url)
    assert response.status_code in {200, 302, 400, 404}
    assert "a" not in response.cookies
    assert "\n" not in response.get("Location", "")
    assert_safe(response)


NUMBERED = sorted(name for name in OURS if takes_a_number(name))


@pytest.mark.django_db
@pytest.mark.parametrize("name", NUMBERED)
def test_a_number_too_large_for_the_database_does_not_exist(visitor, name):
    for method in (visitor.get, visitor.post):
        assert method(address(name, HUGE)).status_code in {302, 403, 404, 405}


PLAIN = sorted(name for name in VIEWS if not parameters(name) and name != "account_logout")
QUERY = ["q", "zoek", "page", "pagina", "sort", "sorteer", "wie", "grond", "dag", "van", "tot"]
QUERY += ["status", "instrument", "medewerker", "toon", "verder", "client", "next", "groep"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("value", ["\x00'\"><script>x", str(HUGE), "-1", "²", "99999-99-99"])
def test_a_strange_question_breaks_no_page(visitor, name, value):
    response = visitor.get(reverse(name), dict.fromkeys(QUERY, value))
    assert response.status_code < 500, response.status_code
    if not response.streaming:
        assert "<script>x" not in response.content.decode()


FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')
HOSTILE = {
    "nul": "\x00x",
    "long": "x" * 200_000,
    "huge": str(HUGE),
    "negative": "-1",
    "no such day": "31/02/2026",
    "far day": "31/12/9999",
    "markup": "</script><script>x'\"--;",
    "direction": "\u202e\ud7ff\ufffe",
}


@pytest.fixture
def klant(bestuur):
    """A client with a traject and a step; many addresses take her number."""
    client = make_client(bestuur)
    make_stap(make_traject(client))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OURS))
def test_a_hostile_form_breaks_no_page(visitor, klant, name):
    """Every field that the page itself shows, filled with what nobody means well."""
    url = address(name, klant.pk)
    page = visitor.get(url)
    is_page = not page.streaming and "html" in page.headers.get("Content-Type", "")
    fields = set(FIELD.findall(page.content.decode())) if is_page else set()
    broken = []
    for kind, value in HOSTILE.items():
        response = visitor.post(url, dict.fromkeys(fields - {"csrfmiddlewaretoken"}, value))
        if response.status_code >= 500:
            broken.append(kind)
        elif not response.streaming and b"<script>x" in response.content:
            broken.append(f"{kind} comes back as markup")
    assert broken == []


@pytest.fixture
def collected(settings, tmp_path):
    """Static files as a server serves them: collected, named by their content, by WhiteNoise."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return json.loads((tmp_path / "staticfiles.json").read_text())["paths"]


@pytest.mark.django_db
def test_a_static_file_is_kept_for_years_by_everybody(collected):
    response = Client().get(f"/static/{collected['css/tokens.css']}")
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert_safe(response)
    assert b"--" in b"".join(response.streaming_content)
    missing = Client().get("/static/css/bestaat-niet.css")
    assert missing.status_code == 404
    assert "no-store" in missing["Cache-Control"]


def test_the_outer_layers_stand_outside():
    from activering.settings import base

    order = base.MIDDLEWARE
    for outer, inner in [
        ("kern.http.RequestIdMiddleware", "django.middleware.security.SecurityMiddleware"),
        ("csp.middleware.CSPMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware"),
        ("kern.http.HeadersMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware"),
        ("django.middleware.csrf.CsrfViewMiddleware", "toegang.middleware.ScopeMiddleware"),
        ("toegang.sessions.SessionLimitMiddleware", "toegang.middleware.ScopeMiddleware"),
        ("toegang.middleware.ScopeMiddleware", "clienten.middleware.ReasonMiddleware"),
        ("toegang.middleware.ScopeMiddleware", "toegang.middleware.SignInMiddleware"),
    ]:
        assert order.index(outer) < order.index(inner)


PRODUCTION = """
import django, json
from django.conf import settings
django.setup()
names = ["DEBUG", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
         "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_NAME",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER",
         "ALLAUTH_TRUSTED_PROXY_COUNT", "ALLOWED_HOSTS"]
found = {name: getattr(settings, name) for name in names}
found["cache"] = settings.CACHES["default"]["BACKEND"]
print(json.dumps(found))
"""


def production(**changes: str) -> subprocess.CompletedProcess[str]:
    key = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "activering.settings.production",
        "ACTIVERING_SECRET_KEY": "x" * 60,
        "ACTIVERING_VELDSLEUTELS": json.dumps([{"id": "1", "sleutel": key}]),
        "ACTIVERING_INDEXSLEUTEL": key,
        "ACTIVERING_HOSTS": "activering.example",
        "DATABASE_URL": "postgresql://activering_app@localhost/activering",
        "REDIS_URL": "redis://localhost:6379/0",
        **changes,
    }
    return subprocess.run(
        [sys.executable, "-c", PRODUCTION],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_server_has_the_strict_choices():
    assert json.loads(production().stdout) == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-activering",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "ALLOWED_HOSTS": ["activering.example"],
        "cache": "django.core.cache.backends.redis.RedisCache",
    }


def test_without_a_proxy_nobodys_word_is_taken_for_tls():
    found = json.loads(production(ACTIVERING_PROXIES="0").stdout)
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


@pytest.mark.parametrize(
    "name",
    [
        "ACTIVERING_SECRET_KEY",
        "ACTIVERING_VELDSLEUTELS",
        "ACTIVERING_INDEXSLEUTEL",
        "ACTIVERING_HOSTS",
        "DATABASE_URL",
        "REDIS_URL",
    ],
)
def test_a_server_does_not_start_without_its_secrets(name):
    found = production(**{name: ""})
    assert found.returncode != 0
    assert name in found.stderr
