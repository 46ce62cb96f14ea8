"""`manage.py demo`: fill an empty database with an invented OCMW and its neighbours."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseload.demo.generator import make_demo
from caseload.demo.mensen import HERENT, WACHTWOORD
from toegang.models import Bestuur

PRODUCTION = "activering.settings.production"


class Command(BaseCommand):
    """Make the demo; refuse when there is already something."""

    help = "Vult een lege databank met een verzonnen OCMW en twee buren."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and name the accounts."""
        # Every account of the demo has the same password, which everybody knows.
        if settings.SETTINGS_MODULE == PRODUCTION:
            raise CommandError("Op een server opent u een bestuur met: manage.py bestuur")
        if Bestuur.objects.exists():
            raise CommandError("Er zijn al gegevens. De demo vult alleen een lege databank.")
        ploegen = make_demo(today=timezone.localdate())
        accounts = ", ".join(m.gebruikersnaam for m in HERENT)
        self.stdout.write(f"{len(ploegen)} besturen gemaakt. Accounts: {accounts}.")
        self.stdout.write(f"Wachtwoord van alle accounts: {WACHTWOORD}")
