"""Files of the archive: written whole or not at all, under the prefix of their bestuur.

A file is written under a temporary name, forced to the disk, hashed, and only then given its
name. It counts when a row names it with its hash; what no row names is swept away.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from django.core.files.storage import default_storage

from kern.errors import DomainError

UNFINISHED = ".deel"
ABANDONED_AFTER_SECONDS = 60 * 60
BLOCK = 1024 * 1024

VERDWENEN = "Het bestand van dit verslag is niet meer te vinden. Meld dit aan uw beheerder."
GEWIJZIGD = (
    "Het bestand van dit verslag is niet meer wat het was toen het gemaakt werd. Het wordt niet "
    "verstuurd. Meld dit aan uw beheerder."
)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the archive."""

    name: str
    sha256: str
    size: int


class _Hashing:
    """Passes bytes on; a zip is written in one go, so that the hash follows along."""

    def __init__(self, target: BinaryIO) -> None:
        self.target, self.digest, self.size = target, hashlib.sha256(), 0

    def write(self, block: bytes) -> int:
        """Write and count a block."""
        self.digest.update(block)
        self.size += len(block)
        return self.target.write(block)

    def flush(self) -> None:
        """Do nothing; the file is forced to the disk once, at the end."""


def keep(
    write: Callable[[IO[bytes]], object], *, bestuur_id: int, kind: str, key: int, suffix: str
) -> KeptFile:
    """Write a file whole, under a random name that begins with its key, and return it."""
    name = f"{bestuur_id}/{kind}/{key}-{secrets.token_hex(16)}{suffix}"
    path = Path(default_storage.path(name))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            hashing = _Hashing(target)
            write(hashing)  # type: ignore[arg-type]
            target.flush()
            os.fsync(target.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return KeptFile(name=name, sha256=hashing.digest.hexdigest(), size=hashing.size)


def open_verified(name: str, *, sha256: str) -> BinaryIO:
    """Return the open file, at its start, after checking that it is still what it was."""
    try:
        source: BinaryIO = Path(default_storage.path(name)).open("rb")  # noqa: SIM115 - handed on
    except FileNotFoundError:
        raise DomainError(VERDWENEN) from None
    digest = hashlib.sha256()
    while block := source.read(BLOCK):
        digest.update(block)
    if not secrets.compare_digest(digest.hexdigest(), sha256):
        source.close()
        raise DomainError(GEWIJZIGD)
    source.seek(0)
    return source


def forget(name: str) -> None:
    """Remove a file that no row names."""
    Path(default_storage.path(name)).unlink(missing_ok=True)


def forget_attempts(*, bestuur_id: int, kind: str, key: int) -> None:
    """Remove what earlier attempts for this key left behind."""
    folder = Path(default_storage.path(f"{bestuur_id}/{kind}"))
    for path in folder.glob(f"{key}-*"):
        path.unlink(missing_ok=True)


def sweep(*, bestuur_id: int, kind: str) -> int:
    """Remove unfinished files that nobody works on any more; return how many."""
    folder = Path(default_storage.path(f"{bestuur_id}/{kind}"))
    limit = time.time() - ABANDONED_AFTER_SECONDS
    old = [path for path in folder.glob(f"*{UNFINISHED}") if path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
