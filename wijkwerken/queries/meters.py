"""The meters of wijk-werkers, in two queries for any number of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Sum

from trajecten.queries import regels_voor
from trajecten.rules.termijn import RegelRij
from wijkwerken.models import Inschrijving, Prestatie
from wijkwerken.rules.meters import Meter, maak_meter
from wijkwerken.rules.prestaties import Stand


def meter_of(
    inschrijving: Inschrijving, *, on: date, regels: Sequence[RegelRij] | None = None
) -> Meter:
    """Return the meter of one wijk-werker as it stands on the day."""
    return meters_of([inschrijving], on=on, regels=regels)[inschrijving.pk]


def meters_of(
    inschrijvingen: Sequence[Inschrijving],
    *,
    on: date,
    regels: Sequence[RegelRij] | None = None,
) -> dict[int, Meter]:
    """Return the meters of many wijk-werkers of one bestuur, by the key of the enrolment.

    The enrolments come with their traject (`select_related`).
    """
    if not inschrijvingen:
        return {}
    rijen = regels_voor(inschrijvingen[0].bestuur_id) if regels is None else regels
    standen = standen_van({row.client_id for row in inschrijvingen}, om=[on])
    return {
        row.pk: maak_meter(
            standen[row.client_id], begon=row.traject.begindatum, op=on, regels=rijen
        )
        for row in inschrijvingen
    }


def standen_van(clienten: Iterable[int], *, om: Iterable[date]) -> dict[int, Stand]:
    """Return what counts of each client in every year, of any kind, around these days."""
    dagen = list(om)
    van, tot = date(min(dagen).year - 1, 1, 1), date(max(dagen).year + 2, 1, 1)
    rows = (
        Prestatie.objects.valid()
        .filter(client__in=clienten, dag__gte=van, dag__lt=tot)
        .values_list("client_id", "dag")
        .annotate(minuten=Sum("minuten"), cheques=Sum("cheques"))
        .order_by()
    )
    standen: dict[int, Stand] = defaultdict(Stand)
    for client_id, dag, minuten, cheques in rows:
        standen[client_id].add(dag, minuten, cheques)
    return standen
