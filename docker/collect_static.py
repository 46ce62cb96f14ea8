"""Collect the static files while the image is built, with settings made up for the moment."""

import base64
import json
import os
import secrets


def key() -> str:
    """Return a key nobody keeps."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


os.environ |= {
    "ACTIVERING_SECRET_KEY": secrets.token_urlsafe(48),
    "ACTIVERING_VELDSLEUTELS": json.dumps([{"id": "1", "sleutel": key()}]),
    "ACTIVERING_INDEXSLEUTEL": key(),
    "ACTIVERING_HOSTS": "localhost",
    "DATABASE_URL": "postgresql://activering_app@localhost/activering",
    "REDIS_URL": "redis://localhost:6379/0",
}

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()
call_command("collectstatic", interactive=False, verbosity=1)
