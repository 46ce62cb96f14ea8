"""Read settings from the environment, or from files named by `<NAME>_FILE` (secrets)."""

import base64
import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str | None = None) -> str:
    """Return the value of a variable; without a default a missing one stops the start."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Omgevingsvariabele {name} (of {name}_FILE) ontbreekt.")
    return value


def env_list(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def database(url: str, **extra: Any) -> dict[str, Any]:
    """Turn a PostgreSQL URL into a Django database entry; the query string becomes OPTIONS."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("Activering werkt alleen met PostgreSQL (postgresql://…).")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    port = options.pop("port", None) or (str(parts.port) if parts.port else "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
        **extra,
    }


def field_keys(name: str) -> dict[str, bytes]:
    """Return the key ring `{id: 32 bytes}` from a JSON list; the first key encrypts."""
    ring = json.loads(env(name))
    keys = {str(entry["id"]): base64.b64decode(entry["sleutel"]) for entry in ring}
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured(f"{name}: elke sleutel telt 32 bytes (base64).")
    if len(keys) < len(ring) or not all(re.fullmatch(r"[A-Za-z0-9_-]{1,20}", key) for key in keys):
        raise ImproperlyConfigured(f"{name}: elke sleutel heeft een eigen id (letters, cijfers).")
    return keys


def index_key(name: str) -> bytes:
    """Return the 32-byte key of the blind index."""
    key = base64.b64decode(env(name))
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name}: de sleutel telt 32 bytes (base64).")
    return key
