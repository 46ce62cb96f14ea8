"""The GPMI contract from decision to signature, and the evaluations of it or of a traject."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change
from trajecten.models import Gpmi
from trajecten.queries import regels_voor
from trajecten.rules.gpmi import vroegste_handtekening

_refuse = partial(
    refuse_on,
    Gpmi,
    "gpmi_een_lopend",
    "gpmi_einde_na_beslissing",
    "gpmi_ondertekend_na_ontwerp",
)


@transaction.atomic
def register_gpmi(
    *,
    client: Client,
    beslist_op: date,
    by: Gebruiker,
    at: datetime,
    ontwerp_op: date | None = None,
    ondertekend_op: date | None = None,
) -> Gpmi:
    """Open a GPMI from the decision on the right; draft and signature may be known already."""
    _not_in_future(at, beslist_op, ontwerp_op, ondertekend_op)
    gpmi = Gpmi(
        bestuur_id=client.bestuur_id,
        client=client,
        beslist_op=beslist_op,
        ontwerp_op=ontwerp_op,
        ondertekend_op=ondertekend_op,
    )
    _controleer_bedenktijd(gpmi)
    with audit.act(f"opende een GPMI, beslissing van {format_short(beslist_op)}"), _refuse():
        gpmi.save()
        after_change(client, at=at)
    return gpmi


@transaction.atomic
def hand_over_gpmi(*, gpmi: Gpmi, ontwerp_op: date, by: Gebruiker, at: datetime) -> Gpmi:
    """Write down when the client got the draft; from then on she may think."""
    row = _locked(gpmi)
    _not_in_future(at, ontwerp_op)
    if row.ondertekend_op is not None:
        raise DomainError(f"Dit GPMI is al getekend op {format_short(row.ondertekend_op)}.")
    row.ontwerp_op = ontwerp_op
    return _save(row, f"gaf het ontwerp van het GPMI op {format_short(ontwerp_op)}", at)


@transaction.atomic
def sign_gpmi(*, gpmi: Gpmi, ondertekend_op: date, by: Gebruiker, at: datetime) -> Gpmi:
    """Write down the signature; not before the days to think have passed."""
    row = _locked(gpmi)
    _not_in_future(at, ondertekend_op)
    if row.ondertekend_op is not None:
        raise DomainError(f"Dit GPMI is al getekend op {format_short(row.ondertekend_op)}.")
    if row.ontwerp_op is None:
        raise DomainError(
            "Wie tekent, kreeg eerst het ontwerp en bedenktijd (RMI-wet art. 6 §3). Vul in wanneer "
            "het ontwerp overhandigd is."
        )
    row.ondertekend_op = ondertekend_op
    _controleer_bedenktijd(row)
    return _save(row, f"liet het GPMI tekenen op {format_short(ondertekend_op)}", at)


@transaction.atomic
def unsign_gpmi(*, gpmi: Gpmi, by: Gebruiker, at: datetime) -> Gpmi:
    """Take back a signature that was noted by mistake."""
    row = _locked(gpmi)
    if row.evaluaties.exists():
        raise DomainError("Er zijn al evaluaties van dit GPMI: de handtekening blijft staan.")
    row.ondertekend_op = None
    return _save(row, "nam de handtekening van het GPMI terug", at)


@transaction.atomic
def end_gpmi(*, gpmi: Gpmi, einddatum: date, by: Gebruiker, at: datetime) -> Gpmi:
    """End the contract on its last day."""
    row = _locked(gpmi)
    if row.einddatum is not None:
        raise DomainError(f"Dit GPMI eindigde al op {format_short(row.einddatum)}.")
    _not_in_future(at, einddatum)
    row.einddatum = einddatum
    return _save(row, f"beëindigde het GPMI op {format_short(einddatum)}", at)


def _locked(gpmi: Gpmi) -> Gpmi:
    return Gpmi.objects.select_related("client").select_for_update(of=("self",)).get(pk=gpmi.pk)


def _save(gpmi: Gpmi, zin: str, at: datetime) -> Gpmi:
    with audit.act(zin), _refuse():
        gpmi.save()
        after_change(gpmi.client, at=at)
    return gpmi


def _controleer_bedenktijd(gpmi: Gpmi) -> None:
    if gpmi.ontwerp_op is None or gpmi.ondertekend_op is None:
        return
    termijn = vroegste_handtekening(gpmi.ontwerp_op, regels_voor(gpmi.bestuur_id))
    vroegste = termijn.uiterste_dag
    if termijn.blokkeert and vroegste is not None and gpmi.ondertekend_op < vroegste:
        raise DomainError(
            f"Het ontwerp is van {format_short(gpmi.ontwerp_op)}: tekenen kan vanaf "
            f"{format_short(vroegste)}, na de bedenktijd ({termijn.regels[0].bron})."
        )


def _not_in_future(at: datetime, *days: date | None) -> None:
    today = timezone.localdate(at)
    if any(day is not None and day > today for day in days):
        raise DomainError("Deze dag ligt in de toekomst. Vul ze in wanneer het gebeurd is.")
