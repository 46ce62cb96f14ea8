"""What `make start` runs: database, tables, demo data, then web, worker and beat in one process.

Gunicorn's main process only watches; its single worker process serves the web with threads and
runs the Celery worker and beat as threads of its own, because the in-memory broker is not shared
between processes. That is the server of production, so uploads and time-outs behave the same.
"""

import hashlib
import os
import socket
import time
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from activering.start.environment import SITE, ensure, notice
from activering.start.errors import StartError

_SECONDS_FOR_THE_PORT = 3.0
_THREADS = 8
_REQUEST_SECONDS = 120


class Site(BaseApplication):  # type: ignore[misc]
    """Gunicorn with the settings of a laptop."""

    def __init__(self, listener: socket.socket, var: Path, accounts: list[str]) -> None:
        self._host, self._port = listener.getsockname()[:2]
        # Gunicorn takes the file descriptor over and closes it.
        self._listener = listener.detach()
        self._var = var
        self._accounts = accounts
        self._background: Any = None
        self._main_pid = os.getpid()
        super().__init__()

    def load_config(self) -> None:
        """Set one worker process with threads, on the socket that is already ours."""
        settings = {
            "bind": f"fd://{self._listener}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": _THREADS,
            "timeout": _REQUEST_SECONDS,
            "graceful_timeout": 10,
            "keepalive": 5,
            "loglevel": "warning",
            "proc_name": "activering",
            "control_socket_disable": True,
            "when_ready": lambda server: _welcome(self._host, self._port, self._accounts),
            "post_worker_init": self._start_background,
            "worker_exit": self._stop_background,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application."""
        from activering.wsgi import application

        return application

    def _start_background(self, worker: Any) -> None:
        from activering.start.background import Background

        self._background = Background(
            schedule=self._var / f"beat-{self._port}",
            name=f"start-{self._port}@{socket.gethostname()}",
        )
        self._background.start()

    def _stop_background(self, server: Any, worker: Any) -> None:
        # When the main process was killed, leave at once: the next start waits for this one's port.
        if self._background is not None and os.getppid() == self._main_pid:
            self._background.stop()


def run() -> None:
    """Start the site and stay until it is stopped."""
    os.environ.setdefault("ACTIVERING_LOG", "WARNING")
    listener = _listen(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")
    # The links in messages lead here, whatever the port.
    os.environ.setdefault("ACTIVERING_SITE_URL", _address(*listener.getsockname()[:2]))
    ensure()
    from activering.start.data import demo_accounts, fill_when_behind

    fill_when_behind()
    accounts = demo_accounts()
    _collect_static_when_changed()
    Site(listener, Path(os.environ["ACTIVERING_VAR"]), accounts).run()


def _listen(host: str, port: str) -> socket.socket:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise StartError(f"PORT is een getal van 1 tot 65535, niet {port!r}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # A killed start lets go of its port within a second.
    deadline = time.monotonic() + _SECONDS_FOR_THE_PORT
    while True:
        try:
            listener.bind((host, int(port)))
            listener.listen(128)
        except OSError as problem:
            if time.monotonic() < deadline:
                time.sleep(0.2)
                continue
            raise StartError(
                f"Op {host} is poort {port} niet vrij ({problem.strerror}). "
                f"Kies een andere: make start PORT={int(port) % 65535 + 1}"
            ) from problem
        return listener


def _collect_static_when_changed() -> None:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            seen.update(f"{path}:{storage.get_modified_time(path).timestamp()}\n".encode())
    stamp = Path(os.environ["ACTIVERING_VAR"]) / "static.stempel"
    root = Path(settings.STATIC_ROOT)
    if root.exists() and stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, skip_checks=True)
    stamp.write_text(seen.hexdigest())


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _welcome(host: str, port: int, accounts: list[str]) -> None:
    address = _address(host, port)
    notice(f"\nActivering draait op {address}")
    if accounts:
        notice("\n" + "\n".join(accounts).replace(SITE, address))
    notice("\nStoppen: Ctrl-C\n")
