"""Answering a proposal: agree, ask for another day, or disagree in own words."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from trajecten.commands.follow_up import after_change
from trajecten.commands.plan.slot import changed, lock_regel, noun, settle
from trajecten.commands.wie import Wie
from trajecten.enums import ReactieSoort, Stem
from trajecten.models import Doel, Reactie, Stap
from trajecten.queries.plan import Planregel
from trajecten.rules.plan.beurt import Antwoord, Kant, NietAanZet, na_antwoord, na_laten_staan

_ZIN = {
    ReactieSoort.AKKOORD: "ging akkoord met {wat}: {tekst}",
    ReactieSoort.ANDER_TEMPO: "vroeg een andere dag voor {wat}: {tekst}",
    ReactieSoort.NIET_AKKOORD: "ging niet akkoord met {wat}: {tekst}",
}
TEKST_MAX = 2000
PARTNER_MAX = 80


@transaction.atomic
def react(
    *,
    item: Doel | Stap,
    soort: ReactieSoort,
    wie: Wie,
    at: datetime,
    revisie: int,
    tekst: str = "",
    dag: date | None = None,
) -> Reactie:
    """Answer the proposal that the page showed (`revisie`); the same answer twice counts once.

    What a partner says is kept beside it: the goal or step stays as it was.
    """
    if soort not in ReactieSoort.values:
        raise DomainError("Kies uit de lijst.")
    regel = lock_regel(item, at=at)
    reactie = _reactie(regel, ReactieSoort(soort), wie, at, revisie, tekst, dag)
    if said := _same(regel, reactie):
        return said
    if regel.item.revisie != revisie:
        raise changed(regel)
    _check(reactie, at=at)
    try:
        uitkomst = na_antwoord(regel.zaak, Kant(wie.stem), Antwoord(soort))
    except NietAanZet as nee:
        raise DomainError(str(nee)) from nee
    row = regel.item
    zin = _ZIN[ReactieSoort(soort)].format(wat=noun(row), tekst=row.tekst)
    names = (
        "reactie_ander_tempo_met_dag",
        "reactie_niet_akkoord_met_woorden",
        "reactie_partner_heeft_naam",
    )
    with audit.act(wie.zin(zin)), refuse_on(Reactie, *names):
        reactie.save()
        if wie.stem != Stem.PARTNER:
            settle(row, uitkomst, at=at)
            row.save()
            after_change(row.client, at=at)
    return reactie


@transaction.atomic
def leave_disagreed(*, item: Doel | Stap, wie: Wie, at: datetime, revisie: int) -> Doel | Stap:
    """Leave it at the disagreement: it stays visible, is printed, and blocks nothing else."""
    regel = lock_regel(item, at=at, revisie=revisie)
    try:
        uitkomst = na_laten_staan(regel.zaak, Kant(wie.stem))
    except NietAanZet as nee:
        raise DomainError(str(nee)) from nee
    row = regel.item
    with audit.act(wie.zin(f"liet {noun(row)} als niet afgesproken staan: {row.tekst}")):
        settle(row, uitkomst, at=at)
        row.save()
        after_change(row.client, at=at)
    return row


def _reactie(
    regel: Planregel,
    soort: ReactieSoort,
    wie: Wie,
    at: datetime,
    revisie: int,
    tekst: str,
    dag: date | None,
) -> Reactie:
    row = regel.item
    return Reactie(
        bestuur_id=row.bestuur_id,
        client=row.client,
        doel=row if isinstance(row, Doel) else None,
        stap=row if isinstance(row, Stap) else None,
        revisie=revisie,
        stem=wie.stem,
        soort=soort,
        tekst=tekst.strip(),
        # A day belongs to asking for another pace only.
        dag=dag if soort == ReactieSoort.ANDER_TEMPO else None,
        kanaal=wie.kanaal,
        tolk=wie.tolk.strip(),
        partner=" ".join(wie.partner.split()),
        gebruiker=wie.gebruiker,
        at=at,
    )


def _same(regel: Planregel, reactie: Reactie) -> Reactie | None:
    last = regel.reacties[-1] if regel.reacties else None
    if last is None:
        return None
    told = ("revisie", "stem", "partner", "soort", "tekst", "dag")
    return last if all(getattr(last, name) == getattr(reactie, name) for name in told) else None


def _check(reactie: Reactie, *, at: datetime) -> None:
    if len(reactie.partner) > PARTNER_MAX:
        raise DomainError(f"Schrijf de naam korter, met hoogstens {PARTNER_MAX} tekens.")
    if len(reactie.tekst) > TEKST_MAX:
        raise DomainError(f"Schrijf het korter, met hoogstens {TEKST_MAX} tekens.")
    if reactie.soort == ReactieSoort.NIET_AKKOORD and not reactie.tekst:
        raise DomainError("Zeg in eigen woorden waarom.")
    if reactie.soort != ReactieSoort.ANDER_TEMPO:
        return
    if reactie.dag is None:
        raise DomainError("Zeg welke dag beter past.")
    if reactie.dag < timezone.localdate(at):
        raise DomainError(
            f"{format_short(reactie.dag)} is al voorbij. Kies vandaag of een latere dag."
        )
