"""`manage.py hersleutel`: seal everything that is sealed with the first key of the ring."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from clienten.commands.sleutels import Telling, reseal_insznummers, reseal_values
from toegang.scope import each_bestuur, in_bestuur


class Command(BaseCommand):
    """Count what an older key sealed; with --uitvoeren seal it anew, bestuur by bestuur."""

    help = (
        "Versleutelt rijksregisternummers, berichten, concepten, getekende bladen en lijsten met "
        "de eerste sleutel van de ring (--uitvoeren)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to write and how to print."""
        parser.add_argument("--uitvoeren", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all besturen; exit 1 when a value opens with no key at all."""
        write: bool = options["uitvoeren"]
        total = Telling()
        for bestuur_id in each_bestuur():
            with in_bestuur(bestuur_id):
                total += reseal_insznummers(bestuur_id=bestuur_id, write=write)
            with in_bestuur(bestuur_id):
                total += reseal_values(bestuur_id=bestuur_id, write=write)
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(total), "uitgevoerd": write}))
        else:
            self._tell(total, write)
        if total.onleesbaar:
            sys.exit(1)

    def _tell(self, total: Telling, write: bool) -> None:
        first = next(iter(settings.FIELD_KEYS))
        self.stdout.write(f"{total.gezien} waarden gelezen; de eerste sleutel is {first!r}.")
        if not total.oud:
            self.stdout.write("Elke leesbare waarde staat onder de eerste sleutel.")
        elif write:
            self.stdout.write(f"{total.oud} waarden opnieuw versleuteld.")
        else:
            self.stdout.write(f"{total.oud} waarden staan onder een oudere sleutel: --uitvoeren")
        if total.onleesbaar:
            self.stdout.write(f"{total.onleesbaar} waarden gaan met geen enkele sleutel open.")
