"""Who helps the client now."""

from datetime import date

from clienten.models import Client, Toewijzing
from toegang.models import Gebruiker


def helper_of(client: Client, *, on: date) -> str:
    """Return the first name of her fixed contact; nobody whose work for her or here has ended."""
    rows = Toewijzing.objects.owned_by(client).active_on(on).filter(is_spilfiguur=True)
    here = Gebruiker.objects.working_at(client.bestuur_id, on=on)
    found = rows.filter(gebruiker__in=here).values_list("gebruiker__voornaam", flat=True).first()
    return found or ""
