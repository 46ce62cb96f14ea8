"""`manage.py controleer_termijnen`: compare stored last days with rebuilt ones."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from kern.belgian_dates import format_short
from toegang import audit
from toegang.scope import each_bestuur, in_bestuur
from trajecten.berekening import Verschil, herstel, verschillen

MOST_SHOWN = 20


class Command(BaseCommand):
    """Say which stored days differ from what the clocks say; mend them on request."""

    help = "Vergelijkt de bewaarde uiterste dagen met wat de klokken zeggen (--herstel)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to mend and how to print."""
        parser.add_argument("--herstel", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check bestuur by bestuur; exit 1 when something differs and stays so."""
        on = timezone.localdate()
        gevonden: list[Verschil] = []
        for bestuur_id in each_bestuur():
            with in_bestuur(bestuur_id), audit.act("herstelde bewaarde uiterste dagen"):
                hier = [item for batch in verschillen(bestuur_id, on=on) for item in batch]
                if hier and options["herstel"]:
                    herstel(bestuur_id, on=on)
            gevonden += hier
        hersteld = len(gevonden) if options["herstel"] else 0
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "verschillen": [_as_json(item) for item in gevonden],
                        "hersteld": hersteld,
                    }
                )
            )
        else:
            self._tell(gevonden, hersteld)
        if gevonden and not options["herstel"]:
            sys.exit(1)

    def _tell(self, gevonden: list[Verschil], hersteld: int) -> None:
        if not gevonden:
            self.stdout.write("Alle bewaarde dagen kloppen.")
            return
        for item in gevonden[:MOST_SHOWN]:
            bewaard, berekend = item.bewaard, item.berekend
            self.stdout.write(
                f"Traject {item.traject_id}: bewaard {_dag(bewaard.uiterste_dag)} / "
                f"{_dag(bewaard.herziening_op)}, berekend {_dag(berekend.uiterste_dag)} / "
                f"{_dag(berekend.herziening_op)}"
            )
        self.stdout.write(f"{len(gevonden)} verschillen, {hersteld} hersteld.")


def _dag(value: Any) -> str:
    return format_short(value) if value else "geen"


def _as_json(item: Verschil) -> dict[str, Any]:
    def days(uiterste_dag: Any, herziening_op: Any) -> dict[str, str | None]:
        return {
            "uiterste_dag": uiterste_dag and uiterste_dag.isoformat(),
            "herziening_op": herziening_op and herziening_op.isoformat(),
        }

    return {
        "traject": item.traject_id,
        "bewaard": days(item.bewaard.uiterste_dag, item.bewaard.herziening_op),
        "berekend": days(item.berekend.uiterste_dag, item.berekend.herziening_op),
    }
