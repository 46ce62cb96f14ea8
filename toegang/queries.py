"""Where a person works today."""

from collections.abc import Sequence
from datetime import date

from toegang.enums import Rol
from toegang.models import Aanstelling, Bestuur, Gebruiker


def workplaces(gebruiker: Gebruiker, *, on: date) -> dict[Bestuur, frozenset[Rol]]:
    """Return the besturen where the person holds an aanstelling on the day, with her roles."""
    rows = (
        Aanstelling.objects.active_on(on)
        .filter(gebruiker=gebruiker)
        .select_related("bestuur")
        .order_by("bestuur__naam", "pk")
    )
    places: dict[Bestuur, set[Rol]] = {}
    for row in rows:
        places.setdefault(row.bestuur, set()).add(Rol(row.rol))
    return {bestuur: frozenset(rollen) for bestuur, rollen in places.items()}


def choose_workplace(besturen: Sequence[Bestuur], chosen: int | None) -> Bestuur | None:
    """Return the bestuur chosen in the session, or else the first."""
    return next((b for b in besturen if b.pk == chosen), besturen[0] if besturen else None)
