"""Her appointments, without what is kept inside the office."""

from datetime import datetime

from clienten.models import Client
from trajecten.models import Afspraak
from trajecten.queries.afspraken import INTERN


def next_afspraak(client: Client, *, at: datetime) -> Afspraak | None:
    """Return the first appointment to come."""
    rows = Afspraak.objects.owned_by(client).planned().filter(begint_at__gt=at)
    return rows.defer(*INTERN).order_by("begint_at", "pk").first()


def my_afspraak(client: Client, pk: int) -> Afspraak | None:
    """Return one appointment of hers, or nothing when it is not hers."""
    rows = Afspraak.objects.owned_by(client).filter(pk=pk)
    return rows.defer(*INTERN).select_related("medewerker").first()
