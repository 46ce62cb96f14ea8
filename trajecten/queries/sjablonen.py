"""Which templates fit a client, and on which days their lines fall for her."""

from dataclasses import dataclass
from datetime import date

from clienten.models import Client
from toegang.models import Gebruiker
from trajecten.models import Sjabloon, Sjabloonregel, Traject
from trajecten.rules.sjablonen import dag_van


@dataclass(frozen=True, slots=True)
class Aanbod:
    """A template with the running traject of the client it belongs to, if any."""

    sjabloon: Sjabloon
    traject: Traject | None

    @property
    def past(self) -> bool:
        """Tell whether it is meant for what this client follows now, or for everyone."""
        return self.traject is not None or self.sjabloon.instrument_id is None


def aanbod_voor(user: Gebruiker, client: Client) -> list[Aanbod]:
    """Return the templates in use, those for a running traject of the client first."""
    lopend = {row.instrument_id: row for row in lopende_trajecten(user, client)}
    rows = Sjabloon.objects.visible_to(user).in_use().for_list()
    found = [
        Aanbod(row, lopend.get(row.instrument_id) if row.instrument_id else None) for row in rows
    ]
    return sorted(found, key=lambda aanbod: (aanbod.traject is None, not aanbod.past))


def lopende_trajecten(user: Gebruiker, client: Client) -> list[Traject]:
    """Return the trajecten of the client that have not ended, the last one winning."""
    rows = Traject.objects.visible_to(user).filter(client=client, einddatum__isnull=True)
    return list(rows.select_related("instrument").order_by("begindatum", "pk"))


def traject_voor(user: Gebruiker, client: Client, sjabloon: Sjabloon) -> Traject | None:
    """Return the running traject that a template of an instrument counts from."""
    found = lopende_trajecten(user, client)
    return next((row for row in found if row.instrument_id == sjabloon.instrument_id), None)


def dagen_voor(
    regels: list[Sjabloonregel], traject: Traject | None, *, on: date
) -> dict[int, date | None]:
    """Return the proposed day of each line, by its number; a goal may go without."""
    start = traject.begindatum if traject else None
    return {
        regel.nummer: None
        if regel.dagen is None
        else dag_van(regel.dagen, regel.anker, vandaag=on, start=start)
        for regel in regels
    }
