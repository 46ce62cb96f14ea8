"""Who stopped as a wijk-werker in a year, by organiser and by activity; two queries."""

from collections.abc import Iterable, Iterator
from datetime import date

from toegang.models import Gebruiker
from wijkwerken.models import Inschrijving, Prestatie
from wijkwerken.rules.uitkomsten import Einde, Rij, naast_een_geheel, tel_uitkomsten


def per_organisator(user: Gebruiker, *, jaar: int) -> list[Rij]:
    """Return what may be told for each organiser."""
    rows = Inschrijving.objects.filter(
        bestuur=user.bestuur, traject__einddatum__year=jaar
    ).values_list("organisator__naam", "client_id", "traject__einddatum", "traject__eindreden")
    return tel_uitkomsten(_eindes(rows))


def per_activiteit(user: Gebruiker, *, jaar: int) -> list[Rij]:
    """Return what may be told for each activity somebody did hours in."""
    rows = (
        Prestatie.objects.valid()
        .filter(
            bestuur=user.bestuur,
            inschrijving__traject__einddatum__year=jaar,
            opdracht__isnull=False,
        )
        .values_list(
            "opdracht__activiteit__naam",
            "client_id",
            "inschrijving__traject__einddatum",
            "inschrijving__traject__eindreden",
        )
        .distinct()
        .order_by()
    )
    return naast_een_geheel(tel_uitkomsten(_eindes(rows)))


def _eindes(rows: Iterable[tuple[str, int, date | None, str]]) -> Iterator[Einde]:
    for groep, client, op, reden in rows:
        if op is not None:
            yield Einde(groep, client, op, reden)
