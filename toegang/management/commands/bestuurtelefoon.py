"""`manage.py bestuurtelefoon`: change the number that a client of a bestuur may call."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

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
        number = " ".join(options["telefoon"].split())[:40]
        if not Bestuur.objects.filter(nis=options["nis"]).update(telefoon=number):
            raise CommandError("Dit bestuur bestaat niet.")
        self.stdout.write(f"Cliënten bellen nu {number or 'hun begeleider'}.")
