"""The processes of docker-compose.yml, started by hand: real PostgreSQL, real Redis, own roles."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connections

from activering.start.home import PROJECT
from tests.database import app_url, empty_tables

pytestmark = [pytest.mark.jobs, pytest.mark.enable_socket]
SCRIPTS = Path(sys.executable).parent
START_SECONDS = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(holds, *, what):
    deadline = time.monotonic() + START_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come up"
        time.sleep(0.2)


class Server:
    """Processes that share one environment, and the log of each."""

    def __init__(self, folder, environment):
        self.folder = folder
        self.environment = environment
        self.processes = {}

    def run(self, *command, **extra):
        return subprocess.run(
            command,
            cwd=PROJECT,
            env=self.environment | extra,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
        )

    def start(self, name, *command):
        with (self.folder / f"{name}.log").open("w") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log
            )

    def log(self, name):
        return (self.folder / f"{name}.log").read_text()

    def stop(self):
        for process in self.processes.values():
            process.terminate()
        return {name: process.wait(timeout=120) for name, process in self.processes.items()}


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    """Return the folder with secret files, made as the documentation says."""
    folder = tmp_path_factory.mktemp("docker")
    shutil.copy(PROJECT / "docker/make-secrets", folder)
    subprocess.run([folder / "make-secrets"], check=True, capture_output=True)
    return folder / "geheimen"


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    port = free_port()
    process = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=tmp_path_factory.mktemp("redis"),
        stdout=subprocess.DEVNULL,
    )
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker, secrets, redis):
    database = connections["default"].settings_dict["NAME"]
    folder = tmp_path_factory.mktemp("server")
    for name, content in (("database_url", app_url(database)), ("redis_url", redis)):
        (secrets / name).unlink()
        (secrets / name).write_text(content)
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        "DJANGO_SETTINGS_MODULE": "activering.settings.production",
        "ACTIVERING_VAR": str(folder),
        "ACTIVERING_STATIC": str(folder / "static"),
        "ACTIVERING_HOSTS": "activering.example",
        "ACTIVERING_SECRET_KEY_FILE": str(secrets / "secret_key"),
        "ACTIVERING_VELDSLEUTELS_FILE": str(secrets / "veldsleutels"),
        "ACTIVERING_INDEXSLEUTEL_FILE": str(secrets / "indexsleutel"),
        "DATABASE_URL_FILE": str(secrets / "database_url"),
        "REDIS_URL_FILE": str(secrets / "redis_url"),
        "GUNICORN_BIND": f"127.0.0.1:{port}",
        "HEALTH_URL": f"http://127.0.0.1:{port}/gezondheid",
    }
    server = Server(folder, environment)
    try:
        yield server
    finally:
        server.stop()
        with django_db_blocker.unblock():
            empty_tables()


def get(server, path, **headers):
    """Return status and headers of an address, without following a redirect."""
    host, _, port = server.environment["GUNICORN_BIND"].partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        lines = [f"GET {path} HTTP/1.1", "Host: activering.example", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head = answer.partition(b"\r\n\r\n")[0].decode().splitlines()
    return int(head[0].split()[1]), dict(line.lower().split(": ", 1) for line in head[1:])


def test_a_server_comes_up_works_and_goes_down(server):
    collected = server.run(sys.executable, "docker/collect_static.py", DATABASE_URL_FILE="")
    assert collected.returncode == 0, collected.stderr

    server.start(
        *("web", SCRIPTS / "gunicorn", "--config", "docker/gunicorn_config.py"), "activering.wsgi"
    )
    server.start("worker", SCRIPTS / "celery", "-A", "activering", "worker", "--concurrency", "1")
    server.start("beat", SCRIPTS / "celery", "-A", "activering", "beat", "--pidfile=")

    for name in ("web", "worker", "beat"):
        wait_until(
            lambda name=name: not server.run(sys.executable, "docker/healthy.py", name).returncode,
            what=f"{name}: {server.log(name)}",
        )

    status, headers = get(server, "/", X_Forwarded_Proto="https")
    assert status in (200, 302)
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "default-src 'none'" in headers["content-security-policy"]
    status, headers = get(server, "/")
    assert (status, headers["location"]) == (301, "https://activering.example/")
    status, _ = get(server, "/gezondheid")
    assert status == 200

    assert server.stop() == {"web": 0, "worker": 0, "beat": 0}
    for name in ("web", "worker", "beat"):
        assert "Traceback" not in server.log(name)


def test_the_application_address_alone_cannot_migrate(server):
    refused = server.run(sys.executable, "manage.py", "migrate", "trajecten", "zero")

    assert refused.returncode != 0
    assert "must be owner" in refused.stderr or "permission denied" in refused.stderr
