"""What the tests of reports share: a lively traject, and a moment that stands still."""

from collections.abc import Callable

import pytest
import time_machine
from django.core.files.storage import default_storage

from rapporten.commands import request_verslag
from rapporten.models import Verslag
from tests.rapporten.scene import NOW, TOT, VAN, make_scene
from trajecten.models import Traject


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def archive_folder(tmp_path, monkeypatch):
    """Give each test an empty archive."""
    folder = tmp_path / "bestanden"
    monkeypatch.setattr(default_storage, "path", lambda name: str(folder / name))
    return folder


@pytest.fixture
def traject(bestuur, worker) -> Traject:
    """Olena's traject, followed by the worker."""
    return make_scene(bestuur, worker)


@pytest.fixture
def make_report(worker, django_capture_on_commit_callbacks) -> Callable[..., Verslag]:
    """Return a function that asks for a report and lets it be made."""

    def make(traject: Traject, **given) -> Verslag:
        with django_capture_on_commit_callbacks(execute=True):
            verslag = request_verslag(
                traject=traject,
                van=given.pop("van", VAN),
                tot=given.pop("tot", TOT),
                by=given.pop("by", worker),
                at=given.pop("at", NOW),
            )
        verslag.refresh_from_db()
        return verslag

    return make


@pytest.fixture
def text_of(archive_folder) -> Callable[[Verslag], str]:
    """Return a function that reads a report as text."""
    import subprocess

    def read(verslag: Verslag) -> str:
        path = archive_folder / verslag.bestand
        found = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True
        )
        return " ".join(found.stdout.split())

    return read
