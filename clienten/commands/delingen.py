"""What is shared about a client: written down when it begins, and when it ends."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from clienten.enums import Deelgrond
from clienten.models import Client, Deling
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang.audit import act
from toegang.models import Gebruiker

_RULES = ("deling_grond_bekend", "deling_zegt_wat_en_met_wie", "deling_einde_na_begin")


@dataclass(frozen=True, slots=True)
class DelingGegevens:
    """What is shared, with whom, on which ground, from when, until when if that is known."""

    wat: str
    met_wie: str
    grond: Deelgrond
    van: date
    tot: date | None = None


@transaction.atomic
def register_deling(
    *, client: Client, gegevens: DelingGegevens, by: Gebruiker, at: datetime
) -> Deling:
    """Write down that something is shared; the client reads it in her portal."""
    if gegevens.van > timezone.localdate(at):
        raise DomainError("Kies vandaag of een dag die voorbij is: noteer een deling als ze er is.")
    deling = Deling(
        bestuur_id=client.bestuur_id,
        client=client,
        wat=" ".join(gegevens.wat.split()),
        met_wie=" ".join(gegevens.met_wie.split()),
        grond=gegevens.grond,
        van=gegevens.van,
        tot=gegevens.tot,
        door=by,
        created_at=at,
    )
    with act(f"noteerde dat iets gedeeld is met {deling.met_wie}"), refuse_on(Deling, *_RULES):
        deling.save(force_insert=True)
    return deling


@transaction.atomic
def end_deling(*, deling: Deling, tot: date, by: Gebruiker, at: datetime) -> Deling:
    """Write down until which day it was shared; the row stays."""
    row = Deling.objects.select_for_update(of=("self",)).get(pk=deling.pk)
    today = timezone.localdate(at)
    if row.tot is not None and row.tot < today:
        raise DomainError(f"Deze deling liep al t.e.m. {format_short(row.tot)}.")
    if tot > today and row.tot is not None and tot > row.tot:
        raise DomainError("Langer delen is een nieuwe deling, met een eigen grond.")
    row.tot = tot
    with (
        act(f"liet de deling met {row.met_wie} lopen t.e.m. {format_short(tot)}"),
        refuse_on(Deling, "deling_einde_na_begin"),
    ):
        row.save(update_fields=["tot"])
    return row
