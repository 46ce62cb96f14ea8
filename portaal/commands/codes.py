"""A code for who wants in and whose birth date is not known."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from clienten.commands import send_bericht
from clienten.enums import BerichtKanaal, BerichtSoort
from portaal.commands.binnen import log
from portaal.enums import GebruikSoort
from portaal.models import Portaalgebruik, Portaallink
from portaal.rules.termijnen import (
    BEVESTIGING_GELDIG,
    BEVESTIGING_PAUZE,
    MEESTE_CODES_PER_DAG,
)
from portaal.sleutels import confirmation_digest, new_confirmation
from portaal.uitgifte import code_lines, in_language_of
from toegang.audit import act


@transaction.atomic
def send_confirmation(*, link: Portaallink, at: datetime) -> bool:
    """Send six digits to the number or address on file; tell whether there is one.

    Rather along another line than the link itself. Asked again too soon, the first code stands.
    """
    link = (
        Portaallink.objects.select_related("client")
        .select_for_update(of=("self",))
        .get(pk=link.pk, bestuur=link.bestuur_id)
    )
    lines = code_lines(link.client)
    if not lines or link.client.geboortedatum is not None:
        return False
    if _is_recent(link, at) or _is_enough(link, at):
        return True
    kanaal = next((line for line in lines if line.value != link.kanaal), lines[0])
    code = new_confirmation()
    link.bevestiging_hash = confirmation_digest(link.bestuur_id, link.pk, code)
    link.bevestiging_tot = at + BEVESTIGING_GELDIG
    with act("de cliënt vroeg een code om binnen te komen"):
        link.save(update_fields=["bevestiging_hash", "bevestiging_tot"])
        log(link, GebruikSoort.CODE_GESTUURD, at=at)
        _post(link, kanaal, code, at)
    return True


def _is_recent(link: Portaallink, at: datetime) -> bool:
    if not link.bevestiging_hash or link.bevestiging_tot is None:
        return False
    return at < link.bevestiging_tot - BEVESTIGING_GELDIG + BEVESTIGING_PAUZE


def _is_enough(link: Portaallink, at: datetime) -> bool:
    sent = Portaalgebruik.objects.owned_by(link.client).filter(
        soort=GebruikSoort.CODE_GESTUURD, at__gt=at - timedelta(days=1)
    )
    return sent.count() >= MEESTE_CODES_PER_DAG


def _post(link: Portaallink, kanaal: BerichtKanaal, code: str, at: datetime) -> None:
    with in_language_of(link.client):
        tekst = gettext("Uw code is %(code)s. Ze werkt een kwartier. Geef ze aan niemand.")
        onderwerp = gettext("Uw code")
    send_bericht(
        client=link.client,
        soort=BerichtSoort.CODE,
        kanaal=kanaal,
        onderwerp=onderwerp,
        tekst=tekst % {"code": code},
        sleutel=f"portaalcode:{link.pk}:{int(at.timestamp())}",
        at=at,
        vertrouwelijk=True,
    )
