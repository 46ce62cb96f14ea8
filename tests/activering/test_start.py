"""The one-command start, as a person at the keyboard meets it."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from activering.start.home import PROJECT, load_secrets
from activering.start.postgres import EmbeddedPostgres
from activering.start.roles import DATABASE, OWNER, bootstrap

pytestmark = [pytest.mark.jobs, pytest.mark.enable_socket]
# The budget is 10 on an idle machine; a suite on two cores is not idle.
LATER_START_SECONDS = 60
OURS = ("DATABASE_", "REDIS_", "ACTIVERING_", "DJANGO_", "PORT", "HOST")


@contextlib.contextmanager
def empty_folder():
    """A folder for state that root's server, which runs as another user, can reach."""
    folder = Path(tempfile.mkdtemp(prefix="activering-start-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        place_id = load_secrets(folder).place_id
        for left in (folder, Path(f"/var/tmp/activering-{place_id}")):
            shutil.rmtree(left, ignore_errors=True)


def environment_of(folder):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return inherited | {"ACTIVERING_VAR": str(folder)}


@pytest.fixture(scope="module")
def var():
    with empty_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def environment(var):
    return environment_of(var)


@pytest.fixture
def start(environment):
    """Return a function that starts the site on a port; all are gone after the test."""
    started = []

    def start(port):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start"],
            cwd=PROJECT,
            env=environment | {"PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(environment, *arguments):
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def says_it_runs(site):
    """Read what the start says until it serves; return that."""
    said = []
    while "Stoppen" not in (line := site.stdout.readline()):
        assert line, "".join(said)
        said.append(line)
    return "".join(said)


def health(port, *, within):
    """Return what the health page says, as soon as a task went through the worker."""
    deadline = time.monotonic() + within
    while True:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezondheid", timeout=60) as page:
            parts = json.load(page)
        if parts["werker en klok"] == "goed":
            return parts
        assert time.monotonic() < deadline, f"no task done in {within} s: {parts}"
        time.sleep(0.1)


def wait_until_all_gone(process):
    """Wait for what a killed process left behind to leave by itself."""
    deadline = time.monotonic() + 60
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(process.pid, 0)
            time.sleep(0.1)
        pytest.fail("a process of the killed start lives on")


def is_running(var):
    return (EmbeddedPostgres(var, load_secrets(var)).place.pid_file).exists()


COUNT = "from toegang.models import Bestuur; print(Bestuur.objects.count())"


def test_two_first_commands_at_once_make_the_database_and_print_only_their_own():
    with empty_folder() as folder:
        count = ("shell", "-v", "0", "-c", COUNT)
        both = [manage(environment_of(folder), *count) for _ in range(2)]
        answers = [process.communicate(timeout=180) for process in both]

        assert [process.returncode for process in both] == [0, 0], answers
        assert answers[0][0] == answers[1][0] == "3\n"
        assert sum(errors.count("wordt bijgewerkt") for _, errors in answers) == 1
        assert not is_running(folder)

        later = manage(environment_of(folder), *count)
        assert later.communicate(timeout=120) == ("3\n", "")


def test_start_serves_works_tells_and_stops(start, port, var):
    site = start(port)
    said = says_it_runs(site)
    assert f"http://127.0.0.1:{port}\n" in said
    assert "mw1" in said
    assert "Kovalenko Olena, geboren op 14/03/1992" in said
    link = next(word for word in said.split() if "/mijn/d/" in word)
    assert link.startswith(f"http://127.0.0.1:{port}/")
    with urllib.request.urlopen(link, timeout=60) as page:  # noqa: S310
        assert page.status == 200
    assert health(port, within=60)["database"] == "goed"

    site.terminate()
    rest, _ = site.communicate(timeout=90)

    assert site.returncode == 0
    assert rest.strip() == ""
    assert not is_running(var)


def test_a_taken_port_is_told_in_one_line(start, port):
    with socket.create_server(("127.0.0.1", port)):
        refused = start(port)
        said, _ = refused.communicate(timeout=90)

    assert refused.returncode == 1
    assert said.count("\n") == 1
    assert f"poort {port} niet vrij" in said
    assert f"PORT={port % 65535 + 1}" in said


@pytest.mark.parametrize("nonsense", ["nul", "0", "70000", "-1"])
def test_a_port_that_is_none_is_told(start, nonsense):
    refused = start(nonsense)
    said, _ = refused.communicate(timeout=90)

    assert refused.returncode == 1
    assert said == f"PORT is een getal van 1 tot 65535, niet {nonsense!r}.\n"


def test_a_killed_start_keeps_the_data_and_does_not_block_the_next(start, port, var):
    secrets = load_secrets(var)
    server = EmbeddedPostgres(var, secrets)
    owner = server.url(DATABASE, OWNER, secrets.owner_password)
    killed = start(port)
    says_it_runs(killed)
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE blijft AS SELECT 1 AS een")
    killed.kill()
    killed.wait()

    began = time.monotonic()
    site = start(port)
    says_it_runs(site)
    assert time.monotonic() - began < LATER_START_SECONDS
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT een FROM blijft").fetchone() == (1,)
    wait_until_all_gone(killed)

    site.send_signal(signal.SIGINT)
    site.communicate(timeout=90)
    assert site.returncode == 0
    assert not is_running(var)


def test_a_given_database_without_rights_to_migrate_says_what_is_missing(environment, var):
    secrets = load_secrets(var)
    server = EmbeddedPostgres(var, secrets)
    try:
        admin = server.acquire()
        bootstrap(admin, DATABASE, secrets=secrets)
        with psycopg.connect(admin, autocommit=True) as postgres:
            postgres.execute("CREATE DATABASE leeg OWNER activering_owner")
            postgres.execute("GRANT CONNECT ON DATABASE leeg TO activering_app")
        url = server.url("leeg", "activering_app", secrets.app_password)
        refused = manage(environment | {"DATABASE_URL": url}, "shell", "-c", "print('nee')")
        said, errors = refused.communicate(timeout=120)
    finally:
        server.release()

    assert (refused.returncode, said) == (1, "")
    assert "DATABASE_OWNER_URL" in errors
