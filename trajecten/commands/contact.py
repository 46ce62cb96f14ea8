"""The log: noting what happened, mending one's own words, taking them back the same day."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change
from trajecten.enums import Kring, LogSoort
from trajecten.models import Logaanvulling, Logboekitem, Logvraag, Traject

_BORDERS = ("logboekitem_soort_bekend", "logboekitem_heeft_tekst")
_SHARED = {Kring.CLIENT: "zichtbaar_client", Kring.PARTNER: "zichtbaar_partner"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGegevens:
    """What an entry tells: kind, moment, words, about which traject, and who may read it."""

    soort: LogSoort
    moment: datetime
    tekst: str
    traject: Traject | None = None
    zichtbaar: frozenset[Kring] = frozenset()


class LogitemOvertaken(DomainError):
    """The entry was saved by somebody else, or in another window; `item` holds what stands now."""

    def __init__(self, item: Logboekitem) -> None:
        super().__init__(
            "Deze nota werd intussen gewijzigd. Hieronder staan beide teksten: kies, of voeg ze "
            "samen, en bewaar opnieuw."
        )
        self.item = item


@transaction.atomic
def note_contact(
    *,
    client: Client,
    soort: LogSoort,
    moment: datetime,
    tekst: str,
    by: Gebruiker,
    at: datetime,
    traject: Traject | None = None,
    zichtbaar: frozenset[Kring] = frozenset(),
) -> Logboekitem:
    """Write a contact or a note in the log of the client; the office alone sees it unless told."""
    gegevens = LogGegevens(
        soort=soort, moment=moment, tekst=tekst, traject=traject, zichtbaar=zichtbaar
    )
    _check(gegevens, client_id=client.pk, at=at)
    item = Logboekitem(bestuur_id=client.bestuur_id, client=client, auteur=by)
    _fill(item, gegevens)
    zin = f"noteerde in het logboek: {_wat(item)}"
    with audit.act(zin), refuse_on(Logboekitem, *_BORDERS):
        item.save()
        after_change(client, at=at)
    return item


@transaction.atomic
def change_contact(
    *, item: Logboekitem, gegevens: LogGegevens, revisie: int, by: Gebruiker, at: datetime
) -> Logboekitem:
    """Mend one's own entry; the trail keeps the former words.

    `revisie` is what the form showed: a later version refuses with both texts side by side.
    """
    row = Logboekitem.objects.select_related("client", "auteur").select_for_update(of=("self",))
    item = row.get(pk=item.pk)
    if item.auteur_id != by.pk:
        raise DomainError(
            f"Alleen {item.auteur.naam} wijzigt deze nota. Schrijf er een aanvulling bij."
        )
    _check(gegevens, client_id=item.client_id, at=at)
    if item.revisie != revisie:
        raise LogitemOvertaken(item)
    _fill(item, gegevens)
    item.revisie += 1
    item.gewijzigd_at = at
    with audit.act(f"wijzigde een nota in het logboek: {_wat(item)}"):
        with refuse_on(Logboekitem, *_BORDERS):
            item.save()
        after_change(item.client, at=at)
    return item


@transaction.atomic
def withdraw_contact(*, item: Logboekitem, by: Gebruiker, at: datetime) -> None:
    """Take back one's own note on the day it was written; the trail keeps it."""
    if item.auteur_id != by.pk or timezone.localdate(item.created_at) != timezone.localdate(at):
        raise DomainError(
            "Alleen wie iets noteerde, trekt het dezelfde dag terug. Noteer anders een aanvulling."
        )
    if _has_answers(item):
        raise DomainError("Bij deze nota staat al een vraag of een aanvulling. Ze blijft staan.")
    client = item.client
    with audit.act("trok een nota in het logboek terug"):
        Logboekitem.objects.filter(pk=item.pk).delete()
        after_change(client, at=at)


def _check(gegevens: LogGegevens, *, client_id: int, at: datetime) -> None:
    if not gegevens.tekst.strip():
        raise DomainError("Schrijf op wat er besproken is.")
    if gegevens.moment > at:
        raise DomainError("Dit moment ligt in de toekomst. Noteer het contact wanneer het er was.")
    if gegevens.traject is not None and gegevens.traject.client_id != client_id:
        raise DomainError("Dit traject is van een andere cliënt.")


def _fill(item: Logboekitem, gegevens: LogGegevens) -> None:
    item.soort = gegevens.soort
    item.moment = gegevens.moment
    item.tekst = gegevens.tekst.strip()
    item.traject = gegevens.traject
    for kring, field in _SHARED.items():
        setattr(item, field, kring in gegevens.zichtbaar)


def _wat(item: Logboekitem) -> str:
    dag = format_short(timezone.localdate(item.moment))
    return f"{LogSoort(item.soort).label.lower()} op {dag}"


def _has_answers(item: Logboekitem) -> bool:
    return (
        Logvraag.objects.filter(item=item).exists()
        or Logaanvulling.objects.filter(item=item).exists()
    )
