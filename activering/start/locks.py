"""Locks between processes that a killed process releases by itself."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from activering.start.errors import StartError

_POLL_SECONDS = 0.05


class FileLock:
    """An flock on a file; the kernel lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def share(self, *, timeout: float) -> None:
        """Hold the lock together with others, waiting for one who holds it alone."""
        self._acquire(fcntl.LOCK_SH, timeout)

    def own(self, *, timeout: float) -> None:
        """Hold the lock alone, waiting for all others."""
        self._acquire(fcntl.LOCK_EX, timeout)

    def own_now(self) -> bool:
        """Hold the lock alone when nobody else has it; never wait."""
        try:
            self._acquire(fcntl.LOCK_EX, 0)
        except StartError:
            return False
        return True

    def release(self) -> None:
        """Let go; a forked child that shares the lock keeps holding it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _acquire(self, kind: int, timeout: float) -> None:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(handle, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    os.close(handle)
                    raise StartError(
                        f"Een ander proces houdt {self.path} al {timeout:.0f} seconden vast."
                    ) from None
                time.sleep(_POLL_SECONDS)
            else:
                self._handle = handle
                return


@contextmanager
def turn(path: Path, *, timeout: float) -> Iterator[None]:
    """Let one process at a time through."""
    lock = FileLock(path)
    lock.own(timeout=timeout)
    try:
        yield
    finally:
        lock.release()
