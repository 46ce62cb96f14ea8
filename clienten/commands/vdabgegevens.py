"""Registration with VDAB, or why somebody need not register."""

from datetime import date, datetime, timedelta

from django.db import transaction

from clienten.models import Client, VdabInschrijving
from kern.belgian_dates import format_short
from kern.errors import refuse_on
from toegang.audit import act
from toegang.models import Gebruiker


@transaction.atomic
def record_vdab(
    *,
    client: Client,
    van: date,
    vrijstelling: str = "",
    motivering: str = "",
    herziening_op: date | None = None,
    begeleider: str,
    by: Gebruiker,
    at: datetime,
) -> VdabInschrijving:
    """Record a registration or an exemption; the running one ends the day before."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    inschrijving = VdabInschrijving(
        bestuur_id=client.bestuur_id,
        client=client,
        van=van,
        vrijstelling=vrijstelling,
        motivering=motivering,
        herziening_op=herziening_op,
        begeleider=begeleider,
    )
    what = "de vrijstelling van" if vrijstelling else "de inschrijving bij"
    with (
        act(f"noteerde {what} VDAB vanaf {format_short(van)}"),
        refuse_on(VdabInschrijving, "vdab_vrijstelling_gemotiveerd", "vdab_een_lopende"),
    ):
        running = VdabInschrijving.objects.filter(client=client, tot__isnull=True, van__lt=van)
        running.update(tot=van - timedelta(days=1))
        inschrijving.save(force_insert=True)
    return inschrijving
