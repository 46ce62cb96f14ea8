"""`manage.py bestuurtelefoon`: change the number that a client of a bestuur may call."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kern.db.scope import scope
from kern.errors import DomainError
from toegang.commands import change_telefoon
from toegang.models import Bestuur


class Command(BaseCommand):
    """Change the telephone number of a bestuur."""

    help = "Wijzigt het telefoonnummer dat in het portaal en in brieven staat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the bestuur and the number."""
        parser.add_argument("nis", help="NIS-code, vijf cijfers")
        parser.add_argument("telefoon", help="zoals het in een brief staat; leeg: geen nummer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change it."""
        bestuur = Bestuur.objects.filter(nis=options["nis"]).first()
        if bestuur is None:
            raise CommandError("Dit bestuur bestaat niet.")
        try:
            with scope(bestuur_id=bestuur.pk, actor_id=None):
                change_telefoon(
                    bestuur=bestuur, telefoon=options["telefoon"], by=None, at=timezone.now()
                )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Cliënten bellen nu {bestuur.telefoon or 'hun begeleider'}.")
