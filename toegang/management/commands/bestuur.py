"""`manage.py bestuur`: open a bestuur on a server, with its first beheerder."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kern.errors import DomainError
from toegang.commands import open_bestuur


class Command(BaseCommand):
    """Make a bestuur and one account; that person makes the others on screen."""

    help = "Opent een bestuur met zijn eerste beheerder en toont diens startwachtwoord."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the bestuur and the person."""
        parser.add_argument("nis", help="NIS-code, vijf cijfers")
        parser.add_argument("naam", help="bijvoorbeeld „OCMW Herent”")
        parser.add_argument("--gemeente", required=True)
        parser.add_argument("--telefoon", default="", help="staat in het portaal en in brieven")
        parser.add_argument("--gebruikersnaam", required=True)
        parser.add_argument("--voornaam", required=True)
        parser.add_argument("--familienaam", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, and show the start password once."""
        names = ("nis", "naam", "gemeente", "telefoon", "gebruikersnaam", "voornaam", "familienaam")
        try:
            bestuur, password = open_bestuur(
                **{name: options[name] for name in names}, at=timezone.now()
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{bestuur} is open voor {options['gebruikersnaam'].lower()}.")
        self.stdout.write(f"Startwachtwoord, één keer te zien: {password}")
