"""PostgreSQL refuses to run as root, so its processes drop to a user without rights."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Account:
    """The user and group the processes of the server run as."""

    uid: int
    gid: int

    @property
    def is_current(self) -> bool:
        return self.uid == os.geteuid()

    def run(
        self, command: Sequence[str | Path], *, cwd: Path, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user and return what it said."""
        # The caller's environment may hold keys and passwords that the server has no use for.
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
            user=None if self.is_current else self.uid,
            group=None if self.is_current else self.gid,
            extra_groups=None if self.is_current else [],
        )

    def reaches(self, folder: Path) -> bool:
        """Tell whether this user may enter the folder."""
        if self.is_current:
            return os.access(folder, os.X_OK)
        tried = self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], cwd=Path("/"))
        return tried.returncode == 0

    def take(self, path: Path) -> None:
        """Make this user the owner of the file or folder."""
        if not self.is_current:
            os.chown(path, self.uid, self.gid)


def server_account(data: Path) -> Account:
    """Return who runs the server: ourselves, or for root the owner of the data, else nobody."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
