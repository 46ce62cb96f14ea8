"""Brings the tables up to date and fills an empty database with the invented demo OCMW."""

import contextlib
import io
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from activering.start.environment import SITE, notice
from activering.start.errors import StartError
from activering.start.locks import turn
from kern.db.scope import scope

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
    return [
        f"Meld u aan met een van deze accounts, wachtwoord {WACHTWOORD}:",
        *lines,
        *client_door(),
    ]


def client_door() -> list[str]:
    """Give the client of the demo a link, as a worker does at the desk, and return how to use it.

    A link is kept as a digest only: each start gives a new one beside those that still work.
    """
    from caseload.demo.verhalen import OLENA
    from clienten.models import Client
    from portaal.commands import give_link
    from portaal.enums import LinkKanaal
    from toegang.models import Aanstelling, Gebruiker

    persoon = dict(OLENA.persoon)
    names = {name: persoon[name] for name in ("voornaam", "familienaam", "geboortedatum")}
    try:
        by = Gebruiker.objects.filter(gebruikersnaam="mw1").first()
        work = Aanstelling.objects.filter(gebruiker=by).select_related("bestuur").first()
        if by is None or work is None:
            return []
        with transaction.atomic(), scope(bestuur_id=work.bestuur_id, actor_id=by.pk):
            client = Client.objects.filter(bestuur=work.bestuur_id, **names).first()
            if client is None:
                return []
            link = give_link(
                client=client,
                kanaal=LinkKanaal.BUREAU,
                stop_oude=False,
                by=by,
                at=timezone.now(),
            )
    finally:
        let_go()
    path = link.adres.removeprefix(settings.SITE_URL.rstrip("/"))
    return [
        f"Als cliënt, zonder wachtwoord: {client.naam}, geboren op "
        f"{names['geboortedatum']:%d/%m/%Y}",
        f"  link      {SITE}{path}",
        f"  of code   {link.code} op {SITE}{reverse('portaal:code')}",
    ]


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
