"""Tell Docker whether this container is well: `python docker/healthy.py web|worker|beat`."""

import os
import sys
import time
import urllib.request
from pathlib import Path

BEAT_SECONDS = 300


def web() -> bool:
    """The web answers, and what it needs answers too."""
    url = os.environ.get("HEALTH_URL", "http://127.0.0.1:8000/gezondheid")
    # The proxy's header, or the answer would be a redirect to https.
    host = os.environ.get("ACTIVERING_HOSTS", "localhost").split(",")[0]
    request = urllib.request.Request(  # noqa: S310 - our own address
        url, headers={"Host": host, "X-Forwarded-Proto": "https"}
    )
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
        return bool(answer.status == 200)


def worker() -> bool:
    """This container's worker answers through the broker."""
    from activering.celery import app

    replies = app.control.ping(destination=[f"celery@{os.uname().nodename}"], timeout=3)
    return bool(replies)


def beat() -> bool:
    """Beat wrote its schedule not long ago."""
    folder = Path(os.environ["ACTIVERING_VAR"])
    newest = max((path.stat().st_mtime for path in folder.glob("beat-schedule*")), default=0.0)
    return time.time() - newest < BEAT_SECONDS


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]() else 1)
