"""`manage.py signalen`: the daily round of signals, by hand."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from toegang.models import Bestuur
from trajecten.signalen.ronde import Beurt, run_round


class Command(BaseCommand):
    """Bring the signals of all besturen, or of one, up to a day."""

    help = "Vernieuwt de signalen van alle besturen, of van één."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a bestuur, a day, and whether a round of that day may be done again."""
        parser.add_argument("--bestuur", metavar="NIS", help="alleen dit bestuur")
        parser.add_argument(
            "--op", type=date.fromisoformat, metavar="DATUM", help="zoals op deze dag (jjjj-mm-dd)"
        )
        parser.add_argument(
            "--opnieuw", action="store_true", help="ook wie vandaag al een ronde kreeg"
        )
        parser.add_argument("--json", action="store_true", help="antwoord als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the round and tell what changed."""
        now = timezone.now()
        besturen = {row.pk: row for row in _besturen(options["bestuur"])}
        on = options["op"] or timezone.localdate(now)
        beurten = list(run_round(besturen, on=on, at=now, again=options["opnieuw"]))
        if options["json"]:
            rijen = [_as_dict(beurt, besturen[beurt.bestuur_id]) for beurt in beurten]
            self.stdout.write(json.dumps({"dag": on.isoformat(), "besturen": rijen}))
        else:
            for beurt in beurten:
                self.stdout.write(f"{besturen[beurt.bestuur_id]}: {_sentence(beurt)}")
        if any(beurt.fout for beurt in beurten):
            raise CommandError("Niet elk bestuur is bijgewerkt. Lees het logboek.", returncode=1)


def _besturen(nis: str | None) -> list[Bestuur]:
    rows = Bestuur.objects.order_by("pk")
    if nis is None:
        return list(rows)
    found = list(rows.filter(nis=nis))
    if not found:
        raise CommandError(f"Er is geen bestuur met NIS-code {nis}.", returncode=2)
    return found


def _sentence(beurt: Beurt) -> str:
    if beurt.fout:
        return f"niet bijgewerkt ({beurt.fout})"
    if beurt.telling is None:
        return "al bijgewerkt"
    telling = beurt.telling
    return (
        f"{telling.signalen} signalen bij {telling.clienten} cliënten; {telling.nieuw} nieuw, "
        f"{telling.bijgewerkt} gewijzigd, {telling.verdwenen} verdwenen"
    )


def _as_dict(beurt: Beurt, bestuur: Bestuur) -> dict[str, Any]:
    telling = beurt.telling
    return {
        "bestuur": bestuur.nis,
        "gedaan": telling is not None,
        "fout": beurt.fout,
        "clienten": telling.clienten if telling else 0,
        "signalen": telling.signalen if telling else 0,
        "nieuw": telling.nieuw if telling else 0,
        "bijgewerkt": telling.bijgewerkt if telling else 0,
        "verdwenen": telling.verdwenen if telling else 0,
    }
