"""What is prepared before Django loads, and for which command."""

import base64
import json
import os
import subprocess
import sys

import pytest

from activering.start import environment
from activering.start.errors import StartError
from activering.start.home import PROJECT, load_secrets, private_folder
from activering.start.locks import FileLock

HOLD = """
import sys
from pathlib import Path
from activering.start.locks import FileLock

FileLock(Path(sys.argv[1])).share(timeout=5)
print("vast", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """An environment in which nothing of ours is set, with its state in an empty folder."""
    for name in list(os.environ):
        if name.startswith(("ACTIVERING_", "DATABASE_", "DJANGO_SETTINGS")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "activering.settings.dev")
    monkeypatch.setenv("ACTIVERING_VAR", str(tmp_path))
    # What the code sets is taken back too.
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def keeps_environment(monkeypatch):
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def test_production_brings_everything_itself(bare, monkeypatch, keeps_environment):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", environment.PRODUCTION)
    before = dict(os.environ)

    environment.prepare(["manage.py", "migrate"])

    assert dict(os.environ) == before
    assert list(bare.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [["manage.py"], ["manage.py", "check"], ["manage.py", "termijn", "--help"]],
    ids=" ".join,
)
def test_a_command_without_data_starts_no_server(bare, keeps_environment, arguments):
    environment.prepare(arguments)

    assert os.environ["DATABASE_URL"] == "postgresql:///activering"
    assert {path.name for path in bare.iterdir()} == {"geheimen.json", "geheimen.lock"}


def test_addresses_of_both_roles_are_used_as_they_are(bare, monkeypatch, keeps_environment):
    monkeypatch.setenv("DATABASE_URL", "postgresql://activering_app@127.0.0.1:1/x")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://activering_owner@127.0.0.1:1/x")

    environment.ensure()

    assert os.environ["DATABASE_URL"] == "postgresql://activering_app@127.0.0.1:1/x"
    assert os.environ["DATABASE_OWNER_URL"] == "postgresql://activering_owner@127.0.0.1:1/x"


def test_secrets_are_made_once_and_kept_to_oneself(bare, keeps_environment):
    environment.offer_secrets()
    first = load_secrets(bare)

    assert load_secrets(bare) == first
    assert (bare / "geheimen.json").stat().st_mode & 0o777 == 0o600
    assert os.environ["ACTIVERING_SECRET_KEY"] == first.secret_key
    (ring,) = json.loads(os.environ["ACTIVERING_VELDSLEUTELS"])
    assert len(base64.b64decode(ring["sleutel"])) == 32
    assert len(base64.b64decode(os.environ["ACTIVERING_INDEXSLEUTEL"])) == 32


def test_secrets_that_are_given_win(bare, monkeypatch, keeps_environment):
    monkeypatch.setenv("ACTIVERING_SECRET_KEY", "gegeven")
    monkeypatch.setenv("ACTIVERING_INDEXSLEUTEL_FILE", "/run/secrets/indexsleutel")

    environment.offer_secrets()

    assert os.environ["ACTIVERING_SECRET_KEY"] == "gegeven"
    assert "ACTIVERING_INDEXSLEUTEL" not in os.environ


@pytest.mark.parametrize("content", ["", "{", "[]", '{"veldsleutels": []}'])
def test_unreadable_secrets_are_never_replaced(bare, keeps_environment, content):
    (bare / "geheimen.json").write_text(content)

    with pytest.raises(StartError, match="niet leesbaar"):
        environment.offer_secrets()
    assert (bare / "geheimen.json").read_text() == content


def test_a_link_in_a_shared_place_is_refused(tmp_path):
    (tmp_path / "elders").mkdir()
    (tmp_path / "map").symlink_to(tmp_path / "elders")

    with pytest.raises(StartError, match="andere gebruiker"):
        private_folder(tmp_path / "map")
    assert list((tmp_path / "elders").iterdir()) == []


def test_a_lock_is_let_go_by_a_killed_process(tmp_path):
    lock = FileLock(tmp_path / "slot")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock.path)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "vast\n"
    assert not lock.own_now()

    holder.kill()
    holder.communicate()

    assert lock.own_now()
    lock.release()
