"""The agenda of a talk between three: the client adds first, every voice may add."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.afspraken import moment_of, take_afspraak
from trajecten.commands.wie import Wie
from trajecten.enums import AfspraakStatus
from trajecten.models import Afspraak, Agendapunt

MOST = 20


@transaction.atomic
def add_agendapunt(*, afspraak: Afspraak, tekst: str, wie: Wie, at: datetime) -> Agendapunt:
    """Put something on the agenda, in the voice of who wants to talk about it."""
    row = _talk(afspraak)
    if wie.gebruiker is None and (row.status != AfspraakStatus.GEPLAND or row.begint_at <= at):
        raise DomainError("Dit gesprek is al voorbij.")
    if row.agendapunten.count() >= MOST:
        raise DomainError(f"Op een agenda passen {MOST} punten. Maak er nog een afspraak bij.")
    laatste = row.agendapunten.aggregate(laatste=Max("volgorde"))["laatste"]
    punt = Agendapunt(
        bestuur_id=row.bestuur_id,
        client_id=row.client_id,
        afspraak=row,
        stem=wie.stem,
        tekst=" ".join(tekst.split()),
        volgorde=0 if laatste is None else laatste + 1,
        created_at=at,
    )
    zin = wie.zin(f"zette een punt op de agenda van {moment_of(row)}")
    with (
        audit.act(zin),
        refuse_on(Agendapunt, "agendapunt_stem_bekend", "agendapunt_heeft_tekst"),
    ):
        punt.save()
    return punt


@transaction.atomic
def remove_agendapunt(*, punt: Agendapunt, wie: Wie, at: datetime) -> None:
    """Take a point off the agenda; the client takes off only her own, before the talk."""
    row = _talk(punt.afspraak)
    if wie.gebruiker is None and (punt.stem != wie.stem or row.begint_at <= at):
        raise DomainError("Dit punt kunt u niet weghalen.")
    if punt.besproken:
        raise DomainError("Hierover is al iets genoteerd. Het punt blijft staan.")
    with audit.act(wie.zin(f"haalde een punt van de agenda van {moment_of(row)}")):
        Agendapunt.objects.filter(pk=punt.pk).delete()


@transaction.atomic
def note_agendapunt(*, punt: Agendapunt, besproken: str, by: Gebruiker, at: datetime) -> Agendapunt:
    """Write down what was said about a point; it stands in the report that all three get."""
    row = _talk(punt.afspraak)
    punt.besproken = besproken.strip()
    with audit.act(f"noteerde wat besproken is op {moment_of(row)}"):
        punt.save(update_fields=["besproken"])
    return punt


def _talk(afspraak: Afspraak) -> Afspraak:
    row = take_afspraak(afspraak)
    if not row.is_driegesprek:
        raise DomainError("Alleen een gesprek met drie heeft een agenda.")
    if row.status == AfspraakStatus.NIET_DOORGEGAAN:
        raise DomainError("Dit gesprek ging niet door.")
    return row
