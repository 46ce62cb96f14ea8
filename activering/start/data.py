"""Brings the tables up to date and fills an empty database with the invented demo OCMW."""

import contextlib
import io
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
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
        let_go()


def demo_accounts() -> list[str]:
    """Return a line for each demo account, with its password; none on other data."""
    from caseload.demo.mensen import HERENT, WACHTWOORD

    names = [person.gebruikersnaam for person in HERENT]
    try:
        gebruikers = apps.get_model("toegang", "Gebruiker").objects
        there = set(
            gebruikers.filter(gebruikersnaam__in=names).values_list("gebruikersnaam", flat=True)
        )
    finally:
        let_go()
    if not there:
        return []
    people = [person for person in HERENT if person.gebruikersnaam in there]
    lines = [f"  {person.gebruikersnaam:<10}{person.rol.label}" for person in people]
    return [f"Meld u aan met een van deze accounts, wachtwoord {WACHTWOORD}:", *lines]


def let_go() -> None:
    """Close all connections, and the pool whose threads would not survive a fork."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()


def _fill() -> None:
    if _is_behind():
        if "DATABASE_OWNER_URL" not in os.environ:
            raise StartError(
                "De databank loopt achter. Geef DATABASE_OWNER_URL op om haar bij te werken."
            )
        notice("De databank wordt bijgewerkt…")
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if _is_empty():
        notice("De voorbeeldgegevens worden aangemaakt…")
        # It names the accounts; the start command does that each time.
        call_command("demo", skip_checks=True, stdout=io.StringIO())


def _is_behind() -> bool:
    executor = MigrationExecutor(connections[_OWNER])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _is_empty() -> bool:
    return not apps.get_model("toegang", "Bestuur").objects.exists()
