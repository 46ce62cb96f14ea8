"""The making of one file out of the reports of a bundle."""

import logging
import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast
from zipfile import ZIP_STORED, ZipFile

from django.utils import timezone

from kern.db.scope import scope
from kern.errors import DomainError
from rapporten import files
from rapporten.enums import BundelStatus, BundelVorm
from rapporten.files import KeptFile
from rapporten.merging import merge_pdfs
from rapporten.models import Bundel, Verslag
from rapporten.namen import bestandsnaam
from toegang.audit import act
from toegang.scope import in_bestuur

logger = logging.getLogger(__name__)

KIND = "bundels"
CLAIM = timedelta(minutes=20)
MAX_POGINGEN = 3
HANDELING = "voegde voortgangsverslagen samen"
NIETS_GELUKT = "Geen enkel verslag van deze reeks is gelukt. Bekijk per verslag waarom."
ONVERWACHT = (
    "De verslagen zijn gemaakt, maar samenvoegen lukte niet. Download ze apart, of probeer opnieuw."
)


def make_bundel(*, bestuur_id: int, bundel_id: int) -> None:
    """Make the file of a bundle when all its reports are made, once."""
    bundel = _claim(bestuur_id, bundel_id)
    if bundel is None:
        return
    try:
        kept = _make(bundel)
    except DomainError as refusal:
        _set_aside(bundel, reason=str(refusal), is_final=True)
    except Exception:
        logger.exception("a bundle could not be made")
        _set_aside(bundel, reason=ONVERWACHT, is_final=bundel.poging >= MAX_POGINGEN)
    else:
        _finish(bundel, kept)


def _claim(bestuur_id: int, bundel_id: int) -> Bundel | None:
    now = timezone.now()
    with in_bestuur(bestuur_id):
        bundel = (
            Bundel.objects.filter(pk=bundel_id, status=BundelStatus.BEZIG)
            .select_for_update(skip_locked=True)
            .first()
        )
        if bundel is None or bundel.verslagen.all().in_the_making().exists():
            return None
        actor = bundel.aangevraagd_door_id
        with scope(bestuur_id=bestuur_id, actor_id=actor), act(HANDELING):
            bundel.status = BundelStatus.BUNDELEN
            bundel.claim_tot = now + CLAIM
            bundel.poging += 1
            bundel.save(update_fields=["status", "claim_tot", "poging"])
    return bundel


def _make(bundel: Bundel) -> KeptFile:
    with in_bestuur(bundel.bestuur_id, actor_id=bundel.aangevraagd_door_id):
        verslagen = list(
            bundel.verslagen.all()
            .ready()
            .select_related("client", "traject__instrument")
            .order_by("client__zoeknaam", "traject_id")
        )
    if not verslagen:
        raise DomainError(NIETS_GELUKT)
    writer = _write_zip if bundel.vorm == BundelVorm.ZIP else _write_pdf
    return files.keep(
        lambda target: writer(target, verslagen),
        bestuur_id=bundel.bestuur_id,
        kind=KIND,
        key=bundel.pk,
        suffix=f".{bundel.vorm}",
    )


def _write_zip(target: IO[bytes], verslagen: Sequence[Verslag]) -> None:
    with ZipFile(target, "w", ZIP_STORED) as bundle:
        for verslag in verslagen:
            with (
                closing(files.open_verified(verslag.bestand, sha256=verslag.sha256)) as source,
                bundle.open(bestandsnaam(verslag), "w") as entry,
            ):
                shutil.copyfileobj(source, entry, files.BLOCK)


def _write_pdf(target: IO[bytes], verslagen: Sequence[Verslag]) -> None:
    with TemporaryFile() as merged:
        merge_pdfs(
            (files.open_verified(v.bestand, sha256=v.sha256) for v in verslagen),
            target=cast(BinaryIO, merged),
            title="Voortgangsverslagen",
        )
        merged.seek(0)
        shutil.copyfileobj(merged, target, files.BLOCK)


def _finish(bundel: Bundel, kept: KeptFile) -> None:
    with in_bestuur(bundel.bestuur_id, actor_id=bundel.aangevraagd_door_id), act(HANDELING):
        done = Bundel.objects.filter(
            pk=bundel.pk, status=BundelStatus.BUNDELEN, poging=bundel.poging
        ).update(
            status=BundelStatus.KLAAR,
            claim_tot=None,
            gereed_at=timezone.now(),
            bestand=kept.name,
            sha256=kept.sha256,
            bytes=kept.size,
            fout="",
        )
    # A bundle that was made before is replaced; its reports are what stays.
    obsolete = bundel.bestand if done else kept.name
    if obsolete:
        files.forget(obsolete)


def _set_aside(bundel: Bundel, *, reason: str, is_final: bool) -> None:
    with in_bestuur(bundel.bestuur_id, actor_id=bundel.aangevraagd_door_id), act(HANDELING):
        Bundel.objects.filter(
            pk=bundel.pk, status=BundelStatus.BUNDELEN, poging=bundel.poging
        ).update(
            status=BundelStatus.MISLUKT if is_final else BundelStatus.BEZIG,
            claim_tot=None,
            fout=reason[:300] if is_final else "",
        )
