"""Days of interim work beside wijk-werken; too many in a window end the right (WW-INTERIM)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands import after_change
from trajecten.commands.follow_up import lock
from trajecten.queries import regels_voor
from wijkwerken.models import Inschrijving, Interimdag
from wijkwerken.rules.interim import TeVeelInterim, te_veel_interim


@transaction.atomic
def note_interimdagen(
    *, inschrijving: Inschrijving, dagen: Collection[date], by: Gebruiker, at: datetime
) -> TeVeelInterim | None:
    """Note days of interim work, also announced ones; return the window that holds too many.

    What happened is never refused for being too much: the worker is told.
    """
    traject = lock(inschrijving.traject)
    if not dagen:
        raise DomainError("Vul minstens één dag in.")
    einde = traject.einddatum
    for dag in sorted(dagen):
        if dag < traject.begindatum or (einde is not None and dag > einde):
            raise DomainError(
                f"{format_short(dag)} valt niet in het wijk-werken "
                f"({_periode(traject.begindatum, einde)})."
            )
    staan = set(_days(inschrijving))
    nieuw = sorted(set(dagen) - staan)
    rows = [
        Interimdag(
            bestuur_id=traject.bestuur_id,
            client_id=traject.client_id,
            inschrijving=inschrijving,
            dag=dag,
        )
        for dag in nieuw
    ]
    aantal = "1 interimdag" if len(rows) == 1 else f"{len(rows)} interimdagen"
    with audit.act(f"noteerde {aantal}"), refuse_on(Interimdag, "interimdag_eenmaal"):
        Interimdag.objects.bulk_create(rows)
        after_change(traject, at=at)
    return te_veel_interim({*staan, *nieuw}, regels_voor(traject.bestuur_id))


@transaction.atomic
def remove_interimdag(*, interimdag: Interimdag, by: Gebruiker, at: datetime) -> None:
    """Take away a day that was noted by mistake; the trail keeps it."""
    traject = lock(interimdag.inschrijving.traject)
    with audit.act(f"verwijderde de interimdag van {format_short(interimdag.dag)}"):
        Interimdag.objects.filter(pk=interimdag.pk).delete()
        after_change(traject, at=at)


def _days(inschrijving: Inschrijving) -> list[date]:
    rows = Interimdag.objects.filter(inschrijving=inschrijving)
    return list(rows.values_list("dag", flat=True))


def _periode(van: date, tot: date | None) -> str:
    begin = format_short(van)
    return f"{begin} t.e.m. {format_short(tot)}" if tot else f"vanaf {begin}"
