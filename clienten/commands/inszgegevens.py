"""The national number: giving, replacing and showing it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clienten.access import open_client
from clienten.models import Client, Insznummer
from clienten.rules.insz import Geboorte, InszError, check_insz, format_insz
from kern.errors import DomainError, refuse_on
from toegang.audit import act
from toegang.models import Gebruiker

SCHERM = "rijksregisternummer"


def checked_insz(insz: str, geboortedatum: date | None, *, on: date) -> str:
    """Return the eleven digits, or refuse a number that cannot be this person's."""
    try:
        read = check_insz(insz, on=on)
    except InszError as error:
        raise DomainError(f"Rijksregisternummer: {error}.") from error
    born = geboortedatum
    if born and read.geboorte.contradicts(Geboorte(born.year, born.month, born.day)):
        raise DomainError("De geboortedatum is een andere dan die in het rijksregisternummer.")
    return read.cijfers


def add_first_insz(client: Client, cijfers: str, *, on: date) -> Insznummer:
    """Seal the number of a client who has none."""
    with refuse_on(Insznummer, "insznummer_uniek", "insznummer_een_lopend"):
        return Insznummer.objects.create(
            bestuur_id=client.bestuur_id,
            client=client,
            van=on,
            **Insznummer.sealed(cijfers, bestuur_id=client.bestuur_id),
        )


@transaction.atomic
def set_insz(*, client: Client, insz: str, by: Gebruiker, at: datetime) -> Insznummer:
    """Give the client a number; a former one (a BIS number, say) stays in the file."""
    today = timezone.localdate(at)
    cijfers = checked_insz(insz, client.geboortedatum, on=today)
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    current = Insznummer.objects.filter(client=client, tot__isnull=True).first()
    known = Insznummer.objects.matching(cijfers, bestuur_id=client.bestuur_id).first()
    if known is not None and known.client_id == client.pk and known.tot is None:
        raise DomainError("Dit is al het rijksregisternummer van deze cliënt.")
    with act("gaf een ander rijksregisternummer" if current else "gaf het rijksregisternummer"):
        if current is not None:
            current.tot = max(current.van, today - timedelta(days=1))
            current.save(update_fields=["tot"])
        if known is not None and known.client_id == client.pk:
            known.tot = None
            known.save(update_fields=["tot"])
            return known
        return add_first_insz(client, cijfers, on=today)


@transaction.atomic
def reveal_insz(*, client_pk: int, by: Gebruiker, at: datetime) -> str:
    """Return the number as it stands on the card, and write down that it was shown."""
    client = open_client(by, client_pk, scherm=SCHERM, at=at)
    number = Insznummer.objects.filter(client=client, tot__isnull=True).first()
    if number is None:
        raise DomainError("Van deze cliënt is geen rijksregisternummer bekend.")
    return format_insz(number.reveal())
