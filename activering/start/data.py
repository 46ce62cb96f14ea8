"""Brings the tables up to date and fills an empty database with the invented demo OCMW."""

import contextlib
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command, get_commands
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from activering.start.environment import notice
from activering.start.errors import StartError
from activering.start.locks import turn

_WAIT_SECONDS = 300
_OWNER = "owner"


def fill_when_behind() -> None:
    """Migrate and make demo data when the database needs it; do nothing otherwise."""
    django.setup()
    try:
        if not (_is_behind() or _is_empty()):
            return
        # Output of these commands would end up in what the caller reads from us.
        lock = Path(os.environ["ACTIVERING_VAR"]) / "gegevens.lock"
        with turn(lock, timeout=_WAIT_SECONDS), contextlib.redirect_stdout(sys.stderr):
            _fill()
    finally:
        connections.close_all()


def _fill() -> None:
    if _is_behind():
        if "DATABASE_OWNER_URL" not in os.environ:
            raise StartError(
                "De databank loopt achter. Geef DATABASE_OWNER_URL op om haar bij te werken."
            )
        notice("De databank wordt bijgewerkt…")
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if _is_empty() and "demo" in get_commands():
        notice("De voorbeeldgegevens worden aangemaakt…")
        call_command("demo", skip_checks=True)


def _is_behind() -> bool:
    executor = MigrationExecutor(connections[_OWNER])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _is_empty() -> bool:
    return not apps.get_model("toegang", "Bestuur").objects.exists()
