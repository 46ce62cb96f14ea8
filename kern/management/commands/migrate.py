"""`migrate` as the owner role: the application role may not change tables."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's own command, aimed at the owner's connection."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the owner's connection unless told otherwise."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> Any:
        """Migrate."""
        return super().handle(*args, **options)
