"""Telling a client about her appointment, once for each thing there is to tell."""

from datetime import date, datetime

from clienten.commands.berichten import send_bericht
from clienten.models import Bericht
from toegang import audit
from trajecten.afspraakbericht import LIJNEN, Wat, kanaal_van, tekst_voor
from trajecten.models import Afspraak

# A reminder is put in the outbox in the transaction that claims it: a batch stays short.
BATCH = 500


def tell_client(afspraak: Afspraak, wat: Wat, *, at: datetime) -> bool:
    """Put the message in the outbox along the client's own line; tell whether there is one.

    The key names the version of the appointment, so that nothing is told twice.
    """
    kanaal = kanaal_van(afspraak.client)
    if kanaal is None:
        return False
    versie = str(afspraak.volgnummer)
    if wat is Wat.HERINNERING:
        versie = str(int(afspraak.begint_at.timestamp()))
    tekst = tekst_voor(afspraak, wat, bestuur=afspraak.bestuur)
    send_bericht(
        client=afspraak.client,
        soort=tekst.soort,
        kanaal=kanaal,
        onderwerp=tekst.onderwerp,
        tekst=tekst.tekst,
        sleutel=f"{_sleutel(afspraak)}{wat.value}:{versie}",
        at=at,
    )
    return True


def is_told(afspraak: Afspraak) -> bool:
    """Tell whether a message about this appointment was ever written."""
    mine = Bericht.objects.filter(bestuur=afspraak.bestuur_id, client=afspraak.client_id)
    return mine.filter(sleutel__startswith=_sleutel(afspraak)).exists()


def send_herinneringen(*, bestuur_id: int, on: date, at: datetime) -> int:
    """Claim what is due and write the reminders, all or none; return how many were written.

    Rows that another worker holds are passed over. A worker that is killed leaves no claim and
    no message; what was claimed has its message in the same transaction. Whom no message reaches
    stays on the list of who is to be called or written to.
    """
    due = (
        Afspraak.objects.planned()
        .filter(bestuur=bestuur_id, herinneren_op__lte=on, herinnerd_at__isnull=True)
        .filter(begint_at__gt=at, client__kanaal__in=LIJNEN)
        .order_by("begint_at", "pk")
    )
    free = due.select_for_update(of=("self",), skip_locked=True)
    rows = list(free.select_related("client", "bestuur")[:BATCH])
    with audit.act("herinnerde aan afspraken"):
        told = [row.pk for row in rows if tell_client(row, Wat.HERINNERING, at=at)]
        Afspraak.objects.filter(pk__in=told).update(herinnerd_at=at)
    return len(told)


def _sleutel(afspraak: Afspraak) -> str:
    return f"afspraak:{afspraak.pk}:"
