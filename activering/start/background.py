"""Worker and beat as threads beside the web, so that one process is enough on a laptop."""

import logging
import threading
import warnings
from pathlib import Path
from typing import Any

from celery.beat import EmbeddedService
from celery.exceptions import SecurityWarning
from celery.signals import worker_ready
from celery.worker import state

from activering.celery import app
from kern.schedule import heartbeat

_READY_SECONDS = 15.0
_STOP_SECONDS = 5.0
_CONCURRENCY = 2
# Beat sleeps no longer than this, so that stopping does not wait for it.
_BEAT_SECONDS = 1
logger = logging.getLogger(__name__)


class Background:
    """A Celery worker and beat that share the memory, and so the in-memory broker, of the web."""

    def __init__(self, *, schedule: Path, name: str) -> None:
        self._name = name
        self._ready = threading.Event()
        self._beat: Any = EmbeddedService(
            app, max_interval=_BEAT_SECONDS, thread=True, schedule_filename=str(schedule)
        )
        self._worker = threading.Thread(target=self._work, name="worker", daemon=True)

    def start(self) -> None:
        """Start both threads, one after the other: Celery's own set-up is not made for two."""
        app.loader.import_default_modules()
        app.finalize()
        worker_ready.connect(self._note_ready, weak=False)
        self._worker.start()
        if not self._ready.wait(_READY_SECONDS):
            logger.error("The worker thread is not ready after %s seconds", _READY_SECONDS)
        self._beat.start()
        # Beat would do this first after a minute; until then the health page has nothing to show.
        heartbeat.delay()

    def stop(self) -> None:
        """Let the task at hand end, wait a little, and stop."""
        state.should_stop = 0  # type: ignore[assignment]
        self._beat.service.stop(wait=False)
        self._worker.join(_STOP_SECONDS)
        self._beat.join(_STOP_SECONDS)

    def _note_ready(self, **_: object) -> None:
        self._ready.set()

    def _work(self) -> None:
        # Root is common in containers; there is nothing on a laptop that a worker could raise.
        warnings.filterwarnings("ignore", category=SecurityWarning)
        try:
            app.Worker(
                pool="threads",
                concurrency=_CONCURRENCY,
                hostname=self._name,
                quiet=True,
                without_gossip=True,
                without_mingle=True,
            ).start()
        except Exception:
            logger.exception("The worker thread stopped")
