"""A real Redis and real workers, each on a port and in a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection
from redis import Redis
from redis.exceptions import ConnectionError as NoRedis

from tests.database import app_url

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


class Worker:
    """A worker process with its children."""

    def __init__(self, name: str, environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "activering.celery", "worker"),
                    *("--concurrency", "1", "--loglevel", "info", "--hostname", name),
                    *("--without-gossip", "--without-mingle"),
                ],
                cwd=ROOT,
                env=environment,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ready(self) -> bool:
        """Tell whether it takes tasks; fail with its log when it is gone."""
        if self.process.poll() is not None:
            raise AssertionError(self.log.read_text())
        return " ready." in self.log.read_text()

    def kill(self) -> None:
        """Kill it and its children at once, as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


def wait_for(condition: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """An empty Redis on a free port."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.fail("redis-server ontbreekt: draai bin/system-packages test")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    )
    client = Redis(port=port)

    def answers() -> bool:
        try:
            return bool(client.ping())
        except NoRedis:
            return False

    try:
        wait_for(answers, seconds=10)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        client.close()
        process.terminate()
        process.wait(10)


@pytest.fixture
def queue(redis_url: str) -> Iterator[Celery]:
    """The broker as a sender sees it; emptied before each test."""
    with Redis.from_url(redis_url) as client:
        client.flushall()
    sender = Celery(broker=redis_url, set_as_current=False)
    sender.conf.broker_transport_options = {"global_keyprefix": "activering:"}
    sender.conf.task_ignore_result = True
    yield sender
    sender.close()


@pytest.fixture
def post(tmp_path: Path) -> Path:
    """The folder where workers put their mails."""
    return tmp_path / "post"


@pytest.fixture
def start_worker(
    transactional_db: None, redis_url: str, tmp_path: Path
) -> Iterator[Callable[[], Worker]]:
    """Return a function that starts a worker on the database of the test."""
    workers: list[Worker] = []
    environment = {
        **os.environ,
        "DATABASE_URL": app_url(str(connection.settings_dict["NAME"])),
        "REDIS_URL": redis_url,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.settings",
        "ACTIVERING_VAR": str(tmp_path),
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "PYTHONWARNINGS": "default",
    }

    def start() -> Worker:
        name = f"w{len(workers)}@{os.getpid()}"
        worker = Worker(name, environment, tmp_path / f"werker{len(workers)}.log")
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()
