"""Text messages: through a gateway on the web, or, on a laptop, into a file."""

import json
import re
import socket
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from clienten.berichten.uitkomst import Geweigerd, NietVertrokken, Onzeker

SECONDS = 10
# The gateway says that it is busy or away: nothing was taken.
_LATER = frozenset({429, 502, 503})


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A gateway that sends us elsewhere would get the message and the key there."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nowhere."""


_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def send_sms(*, naar: str, tekst: str, sleutel: str) -> None:
    """Hand one text message to the gateway, or write it into the folder of a laptop."""
    if settings.SMS_URL:
        _to_gateway(naar=naar, tekst=tekst, sleutel=sleutel)
    elif settings.SMS_FILE_PATH:
        _to_file(Path(settings.SMS_FILE_PATH), naar=naar, tekst=tekst, sleutel=sleutel)
    else:
        raise NietVertrokken("geen_gateway")


def _to_gateway(*, naar: str, tekst: str, sleutel: str) -> None:
    url = settings.SMS_URL
    parts = urlsplit(url)
    if parts.scheme not in _schemes() or parts.hostname not in settings.SMS_HOSTS:
        raise NietVertrokken("gateway_niet_toegelaten")
    body = {"to": naar, "from": settings.SMS_SENDER, "text": tekst, "reference": sleutel}
    request = urllib.request.Request(  # noqa: S310 - scheme and host were looked at
        url,
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {settings.SMS_KEY}",
            "Content-Type": "application/json",
            "Idempotency-Key": sleutel,
            "User-Agent": "Activering",
        },
        method="POST",
    )
    try:
        with _opener.open(request, timeout=SECONDS):
            return
    except urllib.error.HTTPError as error:
        error.close()
        _refused(error.code)
    except urllib.error.URLError as error:
        if isinstance(error.reason, socket.gaierror | ConnectionRefusedError):
            raise NietVertrokken("gateway_weg") from error
        raise Onzeker("gateway_onzeker") from error
    except (OSError, HTTPException) as error:
        raise Onzeker("gateway_onzeker") from error


def _schemes() -> frozenset[str]:
    """Return https; on a laptop and in a test also http to this machine."""
    local = set(settings.SMS_HOSTS) <= {"127.0.0.1", "localhost"}
    return frozenset({"https", "http"} if local else {"https"})


def _refused(status: int) -> None:
    if status in _LATER:
        raise NietVertrokken(f"gateway_{status}")
    if 400 <= status < 500:
        raise Geweigerd(f"gateway_{status}")
    raise Onzeker(f"gateway_{status}")


def _to_file(folder: Path, *, naar: str, tekst: str, sleutel: str) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = re.sub(r"[^A-Za-z0-9.-]", "-", sleutel)[:100]
    try:
        (folder / f"sms-{name}.txt").write_text(f"Aan: {naar}\n\n{tekst}\n", "utf-8")
    except OSError as error:
        raise NietVertrokken("bestand") from error
