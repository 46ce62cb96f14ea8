"""Where a laptop keeps its state: the `var` folder with the secrets made on the first start."""

import base64
import contextlib
import hashlib
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from activering.start.errors import StartError
from activering.start.locks import turn

PROJECT = Path(__file__).resolve().parents[2]
_WAIT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys and passwords of one installation on a laptop; production brings its own."""

    place_id: str
    secret_key: str
    veldsleutels: tuple[tuple[str, str], ...]
    indexsleutel: str
    admin_password: str
    owner_password: str
    app_password: str

    def environment(self) -> dict[str, str]:
        """Return the variables the settings read."""
        ring = [{"id": key_id, "sleutel": key} for key_id, key in self.veldsleutels]
        return {
            "ACTIVERING_SECRET_KEY": self.secret_key,
            "ACTIVERING_VELDSLEUTELS": json.dumps(ring),
            "ACTIVERING_INDEXSLEUTEL": self.indexsleutel,
        }


def var_folder(project: Path = PROJECT) -> Path:
    """Return the folder for state: `var` of the project, elsewhere when that is read-only."""
    if chosen := os.environ.get("ACTIVERING_VAR"):
        folder = Path(chosen).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    folder = project / "var"
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
    if os.access(folder, os.W_OK | os.X_OK):
        return folder
    mark = hashlib.sha256(f"{project}:{os.geteuid()}".encode()).hexdigest()[:12]
    shared = Path("/var/tmp")  # noqa: S108 - private_folder() guards what stands there
    return private_folder(shared / f"activering-{mark}")


def private_folder(folder: Path, *, mode: int = 0o700) -> Path:
    """Make a folder in a shared place; refuse one that somebody else put there first."""
    folder.mkdir(mode=mode, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise StartError(
            f"{folder} is van een andere gebruiker. Verwijder die map en begin opnieuw."
        )
    folder.chmod(mode)
    return folder


def load_secrets(var: Path) -> Secrets:
    """Read the secrets of this installation; make them on the first start."""
    path = var / "geheimen.json"
    if not path.exists():
        with turn(var / "geheimen.lock", timeout=_WAIT_SECONDS):
            if not path.exists():
                _write(path, _fresh())
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        ring = tuple((str(row["id"]), str(row["sleutel"])) for row in stored.pop("veldsleutels"))
        return Secrets(veldsleutels=ring, **stored)
    except (ValueError, TypeError, KeyError) as problem:
        raise StartError(f"{path} is niet leesbaar. Zet een reservekopie terug.") from problem


def _fresh() -> dict[str, Any]:
    return {
        "place_id": secrets.token_hex(6),
        "secret_key": secrets.token_urlsafe(48),
        "veldsleutels": [{"id": "1", "sleutel": _key()}],
        "indexsleutel": _key(),
        "admin_password": secrets.token_urlsafe(24),
        "owner_password": secrets.token_urlsafe(24),
        "app_password": secrets.token_urlsafe(24),
    }


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write(path: Path, content: dict[str, Any]) -> None:
    unfinished = path.with_suffix(".nieuw")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=2)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.rename(path)
