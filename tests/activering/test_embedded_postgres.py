"""The supervisor of the embedded server: one for all processes, gone when the last one leaves."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from activering.start.errors import StartError
from activering.start.home import PROJECT, load_secrets
from activering.start.place import find_place
from activering.start.postgres import EmbeddedPostgres

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")

USE_SERVER = """
import sys
from pathlib import Path
from activering.start.home import load_secrets
from activering.start.postgres import EmbeddedPostgres

var = Path(sys.argv[1])
EmbeddedPostgres(var, load_secrets(var), durable=False).acquire()
print("in gebruik", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def var():
    # Not tmp_path: pytest closes that folder to all other users, and root's server runs as one.
    folder = Path(tempfile.mkdtemp(prefix="activering-proef-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    place_id = load_secrets(folder).place_id
    for left in (
        folder,
        Path(f"/var/tmp/activering-{place_id}"),
        Path(f"/tmp/activering-{place_id}"),
    ):
        shutil.rmtree(left, ignore_errors=True)


@pytest.fixture
def server(var):
    server = EmbeddedPostgres(var, load_secrets(var), durable=False)
    yield server
    server.release()


def another_process(var):
    return subprocess.Popen(
        [sys.executable, "-c", USE_SERVER, str(var)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def says_it_uses_the_server(process):
    return process.stdout.readline() == "in gebruik\n"


def leave(process):
    process.communicate("\n", timeout=90)
    assert process.returncode == 0


def server_pid(server):
    return int(server.place.pid_file.read_text().splitlines()[0])


def ask(server, query):
    with psycopg.connect(server.url("postgres")) as connection:
        return connection.execute(query).fetchone()[0]


def is_gone(server):
    return not server.place.pid_file.exists() and not any(server.place.socket_folder.iterdir())


def test_starts_with_passwords_and_stops_at_the_end(server):
    server.acquire()

    assert ask(server, "SELECT current_setting('listen_addresses')") == ""
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url("postgres", password="geraden"))

    server.release()
    assert is_gone(server)


def test_keeps_the_data(server):
    server.acquire()
    with psycopg.connect(server.url("postgres")) as connection:
        connection.execute("CREATE TABLE blijft AS SELECT 'Śęñöl' AS naam")
    server.release()

    server.acquire()
    assert ask(server, "SELECT upper(naam) FROM blijft") == "ŚĘÑÖL"


def test_runs_on_while_another_process_uses_it(server, var):
    other = another_process(var)
    assert says_it_uses_the_server(other)
    server.acquire()

    server.release()
    assert ask(server, "SELECT 1") == 1

    leave(other)
    assert is_gone(server)


def test_adopts_the_server_of_a_killed_start(server, var):
    killed = another_process(var)
    assert says_it_uses_the_server(killed)
    killed.kill()
    killed.communicate()
    left = server_pid(server)

    server.acquire()
    assert server_pid(server) == left

    server.release()
    assert is_gone(server)


def test_two_first_starts_at_once_share_one_server(server, var):
    both = [another_process(var), another_process(var)]

    assert [says_it_uses_the_server(process) for process in both] == [True, True]
    assert ask(server, "SELECT 1") == 1
    for process in both:
        leave(process)
    assert is_gone(server)


def test_a_killed_server_comes_back_with_its_data(server):
    server.durable = True
    server.acquire()
    with psycopg.connect(server.url("postgres")) as connection:
        connection.execute("CREATE TABLE blijft AS SELECT 1 AS een")
    os.kill(server_pid(server), signal.SIGKILL)
    server.release()

    server.acquire()
    assert ask(server, "SELECT een FROM blijft") == 1


def test_a_recycled_process_id_does_not_block(server):
    server.acquire()
    server.release()
    account = server.place.account
    stranger = subprocess.Popen(["sleep", "60"], user=account.uid if os.geteuid() == 0 else None)
    for stale in (server.place.pid_file, server.place.socket_folder / ".s.PGSQL.5432.lock"):
        stale.write_text(f"{stranger.pid}\n{server.place.data}\n{int(time.time())}\n5432\n")
        account.take(stale)
    (server.place.socket_folder / ".s.PGSQL.5432").touch()

    try:
        server.acquire()
        assert ask(server, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "geen getal\n"])
def test_a_broken_pid_file_does_not_block(server, content):
    server.acquire()
    server.release()
    server.place.pid_file.write_text(content)
    server.place.account.take(server.place.pid_file)

    server.acquire()
    assert ask(server, "SELECT 1") == 1


def test_an_interrupted_first_start_is_done_again(server):
    half = server.place.folder / "nieuw"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")

    server.acquire()
    assert ask(server, "SELECT 1") == 1
    assert not half.exists()


def test_data_of_another_version_is_refused_and_left_alone(server):
    server.durable = True
    server.acquire()
    server.release()
    (server.place.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(StartError, match="van PostgreSQL 14"):
        server.acquire()
    assert (server.place.data / "base").is_dir()


def test_broken_throw_away_data_are_made_anew(server):
    server.acquire()
    server.release()
    (server.place.data / "global" / "pg_control").write_bytes(b"stuk")

    server.acquire()
    assert ask(server, "SELECT 1") == 1


def test_broken_data_that_count_are_left_alone(server):
    server.durable = True
    server.acquire()
    server.release()
    (server.place.data / "global" / "pg_control").write_bytes(b"stuk")

    with pytest.raises(StartError, match="De databank start niet"):
        server.acquire()
    assert (server.place.data / "base").is_dir()


def test_lost_secrets_are_told_and_the_data_stays(server, var):
    other = another_process(var)
    assert says_it_uses_the_server(other)
    kept = (var / "geheimen.json").read_text()
    (var / "geheimen.json").unlink()
    stranger = EmbeddedPostgres(var, load_secrets(var), durable=False)

    with pytest.raises(StartError, match="andere geheimen"):
        stranger.acquire()

    (var / "geheimen.json").write_text(kept)
    leave(other)
    assert (server.place.data / "base").is_dir()


def test_a_deep_folder_gets_a_short_socket(var):
    deep = var / ("map-met-een-heel-lange-naam-" * 5)
    deep.mkdir(mode=0o755)
    server = EmbeddedPostgres(deep, load_secrets(var), durable=False)

    server.acquire()
    try:
        assert ask(server, "SELECT 1") == 1
        assert len(str(server.place.socket_folder)) < 80
        assert deep in server.place.data.parents
    finally:
        server.release()


@as_root
def test_root_drops_to_an_unprivileged_user(server):
    server.acquire()

    assert Path(f"/proc/{server_pid(server)}").stat().st_uid != 0
    assert server.place.data.stat().st_mode & 0o077 == 0


@as_root
def test_a_closed_folder_moves_the_data_to_a_reachable_place(var):
    closed = var / "dicht"
    closed.mkdir(mode=0o700)
    server = EmbeddedPostgres(closed, load_secrets(var), durable=False)

    server.acquire()
    try:
        assert ask(server, "SELECT 1") == 1
        assert closed not in server.place.data.parents
    finally:
        server.release()


@as_root
def test_closed_programs_are_copied_to_a_reachable_place(var):
    closed = var / "dicht"
    (closed / "pginstall" / "bin").mkdir(parents=True)
    (closed / "pginstall" / "bin" / "postgres").write_text("#!/bin/sh\n")
    closed.chmod(0o700)

    place = find_place(
        var, name="postgres", place_id=load_secrets(var).place_id, installed=closed / "pginstall"
    )

    assert closed not in place.programs.parents
    assert place.account.reaches(place.programs)
    assert (place.programs / "postgres").read_text() == "#!/bin/sh\n"


@as_root
def test_a_folder_planted_by_somebody_else_is_refused(var):
    closed = var / "dicht"
    closed.mkdir(mode=0o700)
    secrets = load_secrets(var)
    planted = Path(f"/var/tmp/activering-{secrets.place_id}")
    planted.mkdir()
    os.chown(planted, 1000, 1000)

    with pytest.raises(StartError, match="andere gebruiker"):
        EmbeddedPostgres(closed, secrets, durable=False).acquire()
    assert not any(planted.iterdir())
