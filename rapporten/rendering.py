"""The making of one report: claim it, gather, render, keep the file, and only then say so.

Whatever kills the maker between two of these steps leaves a row that is picked up again and at
most a file that no row names.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kern.db.scope import scope
from kern.errors import DomainError
from kern.pdf import render_pdf
from rapporten import files
from rapporten.afdruk import maak_stuk
from rapporten.enums import VerslagStatus
from rapporten.files import KeptFile
from rapporten.inhoud import INHOUD_VERSIE
from rapporten.models import Verslag
from rapporten.models.verslag import MAX_POGINGEN
from rapporten.queries import inhoud_van
from toegang.audit import act
from toegang.scope import in_bestuur

logger = logging.getLogger(__name__)

KIND = "verslagen"
TEMPLATE = "pdf/voortgangsverslag.html"
# Rendering takes about a second; whoever has not come back by then is gone.
CLAIM = timedelta(minutes=5)
ONVERWACHT = (
    "Het verslag kon drie keer niet gemaakt worden. Er is niets verloren. Probeer het opnieuw; "
    "lukt het dan nog niet, meld dan het nummer van dit verslag aan uw beheerder."
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make this report now, at this attempt."""

    bestuur_id: int
    actor_id: int
    verslag_id: int
    bundel_id: int | None
    poging: int


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and of which moment it speaks."""

    file: KeptFile
    mark: str
    gegevens_at: datetime


def render_verslag(*, bestuur_id: int, verslag_id: int) -> int | None:
    """Make one report once, however often it is asked; return its bundle when that is complete."""
    claim = _claim(bestuur_id, verslag_id)
    if claim is None:
        return None
    try:
        made = _make(claim)
    except DomainError as refusal:
        _set_aside(claim, reason=str(refusal), is_final=True)
    except Exception:
        logger.exception("a report could not be made")
        _set_aside(claim, reason=ONVERWACHT, is_final=claim.poging >= MAX_POGINGEN)
    else:
        _finish(claim, made)
    return _completed_bundel(claim)


def _claim(bestuur_id: int, verslag_id: int) -> Claim | None:
    now = timezone.now()
    with in_bestuur(bestuur_id):
        verslag = (
            Verslag.objects.filter(pk=verslag_id, status=VerslagStatus.AANGEVRAAGD)
            .select_for_update(of=("self",), skip_locked=True)
            .first()
        )
        if verslag is None:
            return None
        claim = Claim(
            bestuur_id=bestuur_id,
            actor_id=verslag.aangevraagd_door_id,
            verslag_id=verslag_id,
            bundel_id=verslag.bundel_id,
            poging=verslag.poging + 1,
        )
        with (
            scope(bestuur_id=bestuur_id, actor_id=claim.actor_id),
            act("begon een voortgangsverslag te maken"),
        ):
            Verslag.objects.filter(pk=verslag_id).update(
                status=VerslagStatus.BEZIG, poging=claim.poging, claim_tot=now + CLAIM
            )
    return claim


def _make(claim: Claim) -> Made:
    with in_bestuur(claim.bestuur_id, actor_id=claim.actor_id):
        verslag = Verslag.objects.select_related("aangevraagd_door").get(pk=claim.verslag_id)
        inhoud = inhoud_van(verslag, at=timezone.now())
    stuk = maak_stuk(inhoud, nummer=verslag.nummer)
    pdf = render_pdf(TEMPLATE, {"stuk": stuk})
    if claim.poging > 1:
        files.forget_attempts(bestuur_id=claim.bestuur_id, kind=KIND, key=claim.verslag_id)
    kept = files.keep(
        lambda target: target.write(pdf),
        bestuur_id=claim.bestuur_id,
        kind=KIND,
        key=claim.verslag_id,
        suffix=".pdf",
    )
    return Made(file=kept, mark=stuk.zegel, gegevens_at=inhoud.gegevens_at)


def _finish(claim: Claim, made: Made) -> None:
    with (
        in_bestuur(claim.bestuur_id, actor_id=claim.actor_id),
        act("maakte een voortgangsverslag"),
    ):
        done = _claimed(claim).update(
            status=VerslagStatus.KLAAR,
            claim_tot=None,
            gereed_at=timezone.now(),
            gegevens_at=made.gegevens_at,
            bestand=made.file.name,
            sha256=made.file.sha256,
            bytes=made.file.size,
            inhoud_versie=INHOUD_VERSIE,
            inhoud_sha256=made.mark,
            fout="",
        )
    if not done:
        # Somebody else took over while this attempt dawdled, or it was stopped.
        files.forget(made.file.name)


def _set_aside(claim: Claim, *, reason: str, is_final: bool) -> None:
    status = VerslagStatus.MISLUKT if is_final else VerslagStatus.AANGEVRAAGD
    with (
        in_bestuur(claim.bestuur_id, actor_id=claim.actor_id),
        act("kon een voortgangsverslag niet maken"),
    ):
        _claimed(claim).update(
            status=status,
            claim_tot=None,
            aangeboden_at=timezone.now(),
            fout=reason[:300] if is_final else "",
        )


def _claimed(claim: Claim) -> QuerySet[Verslag]:
    return Verslag.objects.filter(
        pk=claim.verslag_id, status=VerslagStatus.BEZIG, poging=claim.poging
    )


def _completed_bundel(claim: Claim) -> int | None:
    if claim.bundel_id is None:
        return None
    with in_bestuur(claim.bestuur_id):
        waiting = Verslag.objects.filter(bundel=claim.bundel_id).in_the_making().exists()
    return None if waiting else claim.bundel_id
