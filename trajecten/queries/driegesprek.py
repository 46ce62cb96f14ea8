"""A talk between three, as page and as one sheet of paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from trajecten.models import Afspraak, Agendapunt, Stap
from trajecten.queries.afspraken import agenda_van_gesprek

LINES_IN_LARGE_TYPE = 18


@dataclass(frozen=True, slots=True)
class Driegesprek:
    """The talk, what was on its agenda, and the steps that came of it."""

    afspraak: Afspraak
    punten: Sequence[Agendapunt]
    stappen: Sequence[Stap]

    @property
    def is_lang(self) -> bool:
        """Tell whether one sheet only holds it in smaller type."""
        lines = sum(3 + len(punt.besproken) // 90 for punt in self.punten) + 2 * len(self.stappen)
        return lines > LINES_IN_LARGE_TYPE


def driegesprek_van(afspraak: Afspraak) -> Driegesprek:
    """Return the talk with everything that belongs to it, in two queries."""
    steps = Stap.objects.filter(
        client=afspraak.client_id, sleutel__startswith=f"drie:{afspraak.pk}:"
    )
    ordered = steps.select_related("gebruiker").order_by("created_at", "pk")
    return Driegesprek(afspraak, agenda_van_gesprek(afspraak), list(ordered))
