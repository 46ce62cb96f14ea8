"""Asking for reports, one or many, asking again, and stopping."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from rapporten import bundling, files, rendering, tasks
from rapporten.enums import IN_DE_MAAK, BundelStatus, BundelVorm, VerslagStatus
from rapporten.models import Bundel, Verslag
from rapporten.models.verslag import MAX_POGINGEN
from rapporten.rules.periode import bezwaar_tegen
from toegang.audit import act
from toegang.models import Gebruiker
from trajecten.models import Traject

MAX_PER_BUNDEL = 1000
QUEUED_FOR = timedelta(minutes=1)
# A queue that moves is left alone for this long; its messages are on their way.
QUEUED_AT_MOST = timedelta(minutes=10)
# The sweeper comes every two minutes; leftovers on the disk can wait for the first of the hour.
SWEEP_MINUTES = 2
AFGEBROKEN = (
    "Het maken van dit verslag is drie keer afgebroken. Er is niets verloren. Probeer het opnieuw."
)
BUNDEL_AFGEBROKEN = "Het samenvoegen is drie keer afgebroken. Download de verslagen apart."


@transaction.atomic
def request_verslag(
    *, traject: Traject, van: date, tot: date, by: Gebruiker, at: datetime
) -> Verslag:
    """Ask for the progress report of a traject over a period."""
    bezwaar = bezwaar_tegen(
        van=van, tot=tot, begindatum=traject.begindatum, today=timezone.localdate(at)
    )
    if bezwaar:
        raise DomainError(bezwaar)
    zin = f"vroeg een voortgangsverslag van {format_short(van)} t.e.m. {format_short(tot)}"
    with act(zin), refuse_on(Verslag, "verslag_een_in_de_maak", "verslag_periode_volgorde"):
        verslag = Verslag.objects.create(**_new(traject, van=van, tot=tot, by=by, at=at))
    _offer(verslag.bestuur_id, [verslag.pk])
    return verslag


@transaction.atomic
def request_bundel(
    *,
    trajecten: Sequence[Traject],
    van: date,
    tot: date,
    vorm: BundelVorm,
    by: Gebruiker,
    at: datetime,
) -> Bundel:
    """Ask for the reports of a selection over one period, and for one file of them all."""
    _check_selection(trajecten, van=van, tot=tot, at=at)
    zin = f"vroeg {len(trajecten)} voortgangsverslagen t.e.m. {format_short(tot)}"
    with act(zin), refuse_on(Bundel, "bundel_periode_volgorde"):
        bundel = Bundel.objects.create(
            bestuur_id=trajecten[0].bestuur_id,
            vorm=vorm,
            periode_van=van,
            periode_tot=tot,
            aangevraagd_door=by,
            aangevraagd_at=at,
        )
        verslagen = Verslag.objects.bulk_create(
            Verslag(
                **_new(t, van=min(max(van, t.begindatum), tot), tot=tot, by=by, at=at),
                bundel=bundel,
            )
            for t in trajecten
        )
    _offer(bundel.bestuur_id, [verslag.pk for verslag in verslagen])
    return bundel


@transaction.atomic
def retry_verslag(*, verslag: Verslag, by: Gebruiker, at: datetime) -> Verslag:
    """Try a report that failed or was stopped again, with three new attempts."""
    row = Verslag.objects.select_for_update(of=("self",)).get(pk=verslag.pk)
    if row.status not in {VerslagStatus.MISLUKT, VerslagStatus.GESTOPT}:
        raise DomainError("Dit verslag is klaar of wordt al gemaakt. Vraag anders een nieuw aan.")
    with act("vroeg het verslag opnieuw"), refuse_on(Verslag, "verslag_een_in_de_maak"):
        _reset(row, at=at)
    if row.bundel_id is not None:
        _reopen(row.bundel_id)
    _offer(row.bestuur_id, [row.pk])
    return row


@transaction.atomic
def retry_bundel(*, bundel: Bundel, by: Gebruiker, at: datetime) -> Bundel:
    """Try everything in a bundle that did not succeed again, and make its file anew."""
    row = Bundel.objects.select_for_update().get(pk=bundel.pk)
    failed = list(
        row.verslagen.filter(status__in=[VerslagStatus.MISLUKT, VerslagStatus.GESTOPT])
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if row.is_open or (row.status == BundelStatus.KLAAR and not failed):
        raise DomainError("Er is niets dat opnieuw moet.")
    with act("vroeg de verslagen die niet lukten opnieuw"):
        for verslag in failed:
            _reset(verslag, at=at)
        _reopen(row.pk)
    if failed:
        _offer(row.bestuur_id, [verslag.pk for verslag in failed])
    else:
        _offer_bundel(row)
    return row


@transaction.atomic
def stop_bundel(*, bundel: Bundel, by: Gebruiker, at: datetime) -> Bundel:
    """Stop making the reports that still wait; what is ready stays in the archive."""
    row = Bundel.objects.select_for_update().get(pk=bundel.pk)
    if row.status != BundelStatus.BEZIG:
        raise DomainError("Deze reeks is al klaar of wordt net samengevoegd.")
    with act("stopte het maken van verslagen"):
        row.verslagen.filter(status__in=IN_DE_MAAK).update(
            status=VerslagStatus.GESTOPT, claim_tot=None
        )
        row.status = BundelStatus.GESTOPT
        row.save(update_fields=["status"])
    return row


@transaction.atomic
def resume_verslagen(*, bestuur_id: int, at: datetime) -> int:
    """Offer again what nobody works on any more; return how many reports and bundles."""
    if at.minute < SWEEP_MINUTES:
        for kind in (rendering.KIND, bundling.KIND):
            files.sweep(bestuur_id=bestuur_id, kind=kind)
    if not _has_open_work():
        return 0
    with act("nam het maken van verslagen weer op"):
        _abandon_claims(at)
        waiting = list(_overdue(at))
        Verslag.objects.filter(pk__in=waiting).update(aangeboden_at=at)
    if waiting:
        _offer(bestuur_id, waiting)
    complete = [
        bundel
        for bundel in Bundel.objects.filter(status=BundelStatus.BEZIG).order_by("pk")
        if not bundel.verslagen.all().in_the_making().exists()
    ]
    for bundel in complete:
        _offer_bundel(bundel)
    return len(waiting) + len(complete)


def _has_open_work() -> bool:
    """Say whether there is anything to look at; hundreds of besturen have nothing."""
    bundels = Bundel.objects.filter(status__in=[BundelStatus.BEZIG, BundelStatus.BUNDELEN])
    return Verslag.objects.all().in_the_making().exists() or bundels.exists()


def _new(
    traject: Traject, *, van: date, tot: date, by: Gebruiker, at: datetime
) -> dict[str, object]:
    return {
        "bestuur_id": traject.bestuur_id,
        "client_id": traject.client_id,
        "traject": traject,
        "periode_van": van,
        "periode_tot": tot,
        "aangevraagd_door": by,
        "aangevraagd_at": at,
        "aangeboden_at": at,
    }


def _check_selection(trajecten: Sequence[Traject], *, van: date, tot: date, at: datetime) -> None:
    if not trajecten:
        raise DomainError("Duid eerst de trajecten aan waarvan u een verslag wilt.")
    if len(trajecten) > MAX_PER_BUNDEL:
        raise DomainError(f"Kies hoogstens {MAX_PER_BUNDEL} trajecten tegelijk.")
    today = timezone.localdate(at)
    for traject in trajecten:
        bezwaar = bezwaar_tegen(van=van, tot=tot, begindatum=traject.begindatum, today=today)
        if bezwaar:
            raise DomainError(f"{traject.client}: {bezwaar}")


def _reset(verslag: Verslag, *, at: datetime) -> None:
    verslag.status = VerslagStatus.AANGEVRAAGD
    verslag.poging = 0
    verslag.fout = ""
    verslag.aangeboden_at = at
    verslag.save(update_fields=["status", "poging", "fout", "aangeboden_at"])


def _reopen(bundel_id: int) -> None:
    Bundel.objects.filter(pk=bundel_id).exclude(status=BundelStatus.BUNDELEN).update(
        status=BundelStatus.BEZIG, poging=0, fout=""
    )


def _abandon_claims(at: datetime) -> None:
    """Give back what a maker took and never finished; after three times it has failed."""
    abandoned = Verslag.objects.all().abandoned_at(at)
    abandoned.filter(poging__gte=MAX_POGINGEN).update(
        status=VerslagStatus.MISLUKT, claim_tot=None, fout=AFGEBROKEN
    )
    # Offered long ago as far as the queue is concerned: it must not wait another minute.
    abandoned.update(
        status=VerslagStatus.AANGEVRAAGD, claim_tot=None, aangeboden_at=at - QUEUED_AT_MOST * 2
    )
    bundels = Bundel.objects.filter(status=BundelStatus.BUNDELEN, claim_tot__lt=at)
    bundels.filter(poging__gte=bundling.MAX_POGINGEN).update(
        status=BundelStatus.MISLUKT, claim_tot=None, fout=BUNDEL_AFGEBROKEN
    )
    bundels.update(status=BundelStatus.BEZIG, claim_tot=None)


def _overdue(at: datetime) -> Iterable[int]:
    """Return the reports to offer again; those in a queue that moves are not offered twice."""
    moves = Verslag.objects.all().ready().filter(gereed_at__gte=at - QUEUED_FOR).exists()
    since = at - (QUEUED_AT_MOST if moves else QUEUED_FOR)
    return Verslag.objects.all().waiting_since(since).order_by("pk").values_list("pk", flat=True)


def _offer(bestuur_id: int, verslag_ids: Sequence[int]) -> None:
    """Put reports in the queue once the rows are there."""

    def send() -> None:
        # Without a broker the first one fails after a while; the sweeper does the rest.
        for key in verslag_ids:
            tasks.render_verslag.delay(bestuur_id=bestuur_id, verslag_id=key)

    transaction.on_commit(send, robust=True)


def _offer_bundel(bundel: Bundel) -> None:
    def send() -> None:
        tasks.make_bundel.delay(bestuur_id=bundel.bestuur_id, bundel_id=bundel.pk)

    transaction.on_commit(send, robust=True)
