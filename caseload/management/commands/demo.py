"""`manage.py demo`: fill an empty database with an invented OCMW and its neighbours."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseload.demo.generator import make_demo
from caseload.demo.mensen import HERENT, WACHTWOORD
from toegang.models import Bestuur


class Command(BaseCommand):
    """Make the demo; refuse when there is already something."""

    help = "Vult een lege databank met een verzonnen OCMW en twee buren."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and name the accounts."""
        if Bestuur.objects.exists():
            raise CommandError("Er zijn al gegevens. De demo vult alleen een lege databank.")
        ploegen = make_demo(today=timezone.localdate())
        accounts = ", ".join(m.gebruikersnaam for m in HERENT)
        self.stdout.write(f"{len(ploegen)} besturen gemaakt. Accounts: {accounts}.")
        self.stdout.write(f"Wachtwoord van alle accounts: {WACHTWOORD}")
