"""Keeps the embedded PostgreSQL running for as long as some process of this project uses it."""

import atexit
import contextlib
import os
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from activering.start.errors import StartError
from activering.start.home import Secrets
from activering.start.locks import FileLock, turn
from activering.start.place import Place, find_place

_ADMIN = "postgres"
_PORT = "5432"
_WAIT_SECONDS = 60
_SMALL_SHARED_MEMORY = 512 * 1024 * 1024
_SETTINGS = {
    "listen_addresses": "",
    "port": _PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "192MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A crash may cost the data then: only for what a test makes anew each time.
_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """One server, shared by all processes of the project; the last one to leave stops it."""

    def __init__(
        self,
        var: Path,
        secrets: Secrets,
        *,
        name: str = "postgres",
        durable: bool = True,
    ) -> None:
        self.name = name
        self.durable = durable
        self._var = var
        self._secrets = secrets
        self._users = FileLock(var / f"{name}.gebruikers.lock")
        self._pid = 0
        self._place: Place | None = None

    @property
    def place(self) -> Place:
        if self._place is None:
            self._place = find_place(self._var, name=self.name, place_id=self._secrets.place_id)
        return self._place

    def url(self, database: str, user: str = _ADMIN, password: str | None = None) -> str:
        """Return the address of a database on this server."""
        secret = quote(password or self._secrets.admin_password, safe="")
        folder = quote(str(self.place.socket_folder), safe="/")
        return f"postgresql://{user}:{secret}@/{database}?host={folder}&port={_PORT}"

    def acquire(self) -> str:
        """Start or adopt the server, use it until this process ends, return the admin address."""
        if self._pid != os.getpid():
            self._users.share(timeout=_WAIT_SECONDS)
            self._pid = os.getpid()
            atexit.register(self.release)
            try:
                with turn(self._var / f"{self.name}.beurt.lock", timeout=2 * _WAIT_SECONDS):
                    if not self._answers():
                        self._start_or_start_over()
            except BaseException:
                self.release()
                raise
        return self.url("postgres")

    def release(self) -> None:
        """Stop using the server; stop it when no other process does."""
        if self._pid != os.getpid():
            return
        self._pid = 0
        atexit.unregister(self.release)
        self._users.release()
        if self._users.own_now():
            try:
                self._stop()
            finally:
                self._users.release()

    def _answers(self) -> bool:
        if not (self.place.socket_folder / f".s.PGSQL.{_PORT}").exists():
            return False
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as problem:
            if "password authentication failed" in str(problem):
                raise StartError(
                    f"De databank in {self.place.folder} hoort bij andere geheimen. "
                    "Zet geheimen.json terug of verwijder die map."
                ) from problem
            return False
        return True

    def _start_or_start_over(self) -> None:
        try:
            self._start()
        except StartError:
            # Without fsync a crash of the machine may have cost the data, which count for nothing.
            if self.durable or self._server_pid() or not self.place.data.exists():
                raise
            shutil.rmtree(self.place.data)
            self._start()

    def _start(self) -> None:
        self._wait_for_a_server_in_transition()
        if self._answers():
            return
        if not self.place.data.exists():
            self._initialise()
        self._refuse_other_version()
        self._write_settings()
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            said = self._pg_ctl("-w", "-t", str(_WAIT_SECONDS), "-l", self.place.log, "start")
            if said.returncode == 0:
                return
            # Children of a killed server keep its memory for a moment; the server checks for that.
            if time.monotonic() > deadline or "shared memory" not in self._log_tail():
                raise StartError(
                    f"De databank start niet. Lees {self.place.log}.\n{self._log_tail()}"
                )
            time.sleep(0.5)

    def _stop(self) -> None:
        if not self.place.pid_file.exists():
            return
        said = self._pg_ctl("-w", "-t", "30", "-m", "fast", "stop")
        if said.returncode != 0 and self._server_pid():
            self._pg_ctl("-w", "-t", "10", "-m", "immediate", "stop")

    def _pg_ctl(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        place = self.place
        command = [place.programs / "pg_ctl", "-D", place.data, "-s", *arguments]
        return place.account.run(command, cwd=place.folder)

    def _initialise(self) -> None:
        place = self.place
        unfinished = place.folder / "nieuw"
        shutil.rmtree(unfinished, ignore_errors=True)
        password = place.folder / "wachtwoord"
        password.unlink(missing_ok=True)
        handle = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(handle, self._secrets.admin_password.encode())
        os.close(handle)
        place.account.take(password)
        command: list[str | Path] = [
            *(place.programs / "initdb", "-D", unfinished, "-U", _ADMIN),
            *(
                "--auth=scram-sha-256",
                f"--pwfile={password}",
                "--encoding=UTF8",
                "--locale=C",
            ),
            *("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"),
            *("--no-instructions", *(() if self.durable else ("--no-sync",))),
        ]
        try:
            said = place.account.run(command, cwd=place.folder)
        finally:
            password.unlink(missing_ok=True)
        if said.returncode != 0:
            raise StartError(f"De databank kan niet aangemaakt worden:\n{said.stdout.strip()}")
        with (unfinished / "postgresql.conf").open("a", encoding="utf-8") as stream:
            stream.write("include 'activering.conf'\n")
        unfinished.rename(place.data)

    def _refuse_other_version(self) -> None:
        made_by = (self.place.data / "PG_VERSION").read_text(encoding="ascii").strip()
        said = self.place.account.run(
            [self.place.programs / "postgres", "--version"], cwd=self.place.folder
        )
        if f" {made_by}." not in said.stdout:
            raise StartError(
                f"De gegevens in {self.place.folder} zijn van PostgreSQL {made_by}, "
                f"hier staat {said.stdout.strip()}. Verplaats die map om opnieuw te beginnen."
            )

    def _write_settings(self) -> None:
        settings = {
            **_SETTINGS,
            "unix_socket_directories": str(self.place.socket_folder),
            **({} if self.durable else _THROW_AWAY),
        }
        with contextlib.suppress(OSError):
            # Containers give 64 MB here, too little for a parallel query.
            memory = Path("/dev/shm")  # noqa: S108 - looked at, not written
            if shutil.disk_usage(memory).total < _SMALL_SHARED_MEMORY:
                settings["dynamic_shared_memory_type"] = "sysv"
        path = self.place.data / "activering.conf"
        with path.open("w", encoding="utf-8") as stream:
            for name, value in settings.items():
                quoted = value.replace("'", "''")
                stream.write(f"{name} = '{quoted}'\n")
        self.place.account.take(path)

    def _log_tail(self) -> str:
        try:
            return "\n".join(self.place.log.read_text(errors="replace").splitlines()[-5:])
        except OSError:
            return ""

    def _wait_for_a_server_in_transition(self) -> None:
        """Give a server that is starting or stopping its time; then clear what a dead one left."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while self._server_pid():
            if self._answers():
                return
            if time.monotonic() > deadline:
                raise StartError(f"De databank antwoordt niet. Lees {self.place.log}.")
            time.sleep(0.1)
        self._disown_pid_file()
        for left in self.place.socket_folder.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _server_pid(self) -> int:
        """Return the process id of our running server, or 0."""
        pid = self._recorded_pid()
        if not pid:
            return 0
        if Path("/proc/self").exists():
            with contextlib.suppress(OSError):
                # The server works inside its data folder; a recycled process id does not.
                return pid if Path(f"/proc/{pid}/cwd").readlink() == self.place.data else 0
            return 0
        said = self.place.account.run(["ps", "-o", "command=", "-p", str(pid)], cwd=Path("/"))
        return pid if str(self.place.data) in said.stdout else 0

    def _recorded_pid(self) -> int:
        try:
            return int(self.place.pid_file.read_text(errors="replace").splitlines()[0])
        except (OSError, ValueError, IndexError):
            return 0

    def _disown_pid_file(self) -> None:
        """Name a dead process in a stale pid file, so that a recycled id does not block.

        The rest stays: with it the new server finds out whether children of the old one live on.
        """
        path = self.place.pid_file
        if not path.exists():
            return
        lines = path.read_text(errors="replace").splitlines()
        if not self._recorded_pid():
            path.unlink()
            return
        dead = subprocess.Popen(["true"], stdin=subprocess.DEVNULL)
        dead.wait()
        path.write_text("\n".join([str(dead.pid), *lines[1:]]) + "\n")
