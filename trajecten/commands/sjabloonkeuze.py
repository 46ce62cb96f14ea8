"""A worker turns lines of a template into proposals of the OCMW; the client answers each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from clienten.models import Client
from kern.errors import DomainError
from toegang.models import Gebruiker
from trajecten.commands.plan import DoelGegevens, PlanStapGegevens, propose_doel, propose_stap
from trajecten.commands.sjablonen import RegelGeweigerd
from trajecten.commands.wie import Wie
from trajecten.enums import Levensdomein, SjabloonSoort, Uitvoerder
from trajecten.models import Doel, Sjabloonregel, Stap, Traject


@dataclass(frozen=True, slots=True, kw_only=True)
class Keuze:
    """One line that was ticked for a client, with the words and the day as they were adapted."""

    regel: Sjabloonregel
    tekst: str
    tegen: date | None
    partner: str = ""


@transaction.atomic
def propose_sjabloon(
    *,
    client: Client,
    keuzes: Sequence[Keuze],
    by: Gebruiker,
    at: datetime,
    sleutel: str,
    traject: Traject | None = None,
) -> list[Doel | Stap]:
    """Propose the ticked lines for the OCMW, all or none; nothing is agreed by itself.

    Who moves is what the template says, never who proposes. The same `sleutel` twice makes one.
    """
    if not keuzes:
        raise DomainError("Kruis minstens één doel of stap aan.")
    wie = Wie.ocmw(by)
    doelen: dict[int | None, Doel] = {}
    made: list[Doel | Stap] = []
    for keuze in sorted(keuzes, key=lambda keuze: keuze.regel.nummer):
        regel = keuze.regel
        how: dict[str, Any] = {
            "client": client,
            "wie": wie,
            "at": at,
            "sleutel": f"{sleutel}-{regel.nummer}",
        }
        gegevens = _gegevens(keuze, traject)
        try:
            if regel.soort == SjabloonSoort.DOEL:
                doelen[regel.nummer] = propose_doel(gegevens=DoelGegevens(**gegevens), **how)
                made.append(doelen[regel.nummer])
                continue
            stap = PlanStapGegevens(**gegevens, doel=doelen.get(regel.doel))
            made.append(propose_stap(gegevens=stap, **how))
        except DomainError as refusal:
            raise RegelGeweigerd(regel.nummer, str(refusal)) from refusal
    return made


def _gegevens(keuze: Keuze, traject: Traject | None) -> dict[str, Any]:
    return {
        "tekst": keuze.tekst,
        "uitvoerders": [Uitvoerder(mover) for mover in keuze.regel.uitvoerders],
        "tegen": keuze.tegen,
        "domein": Levensdomein(keuze.regel.domein),
        "partner": keuze.partner,
        "traject": traject,
    }
