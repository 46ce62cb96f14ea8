"""`manage.py referentie`: bring instruments and rules to what this release says."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from trajecten.models import Instrument, Regel
from trajecten.seeding import seed


class Command(BaseCommand):
    """Write the reference rows again; nothing changes when they are already right."""

    help = "Brengt de instrumenten en de regels van de wet op de stand van deze versie."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed through the owner role and say what changed."""
        with transaction.atomic(using="owner"):
            done = seed(Instrument, Regel, using="owner")
        self.stdout.write(
            f"{done.added} regels toegevoegd, {done.changed} rijen gewijzigd, "
            f"{done.withdrawn} regels ingetrokken."
        )
