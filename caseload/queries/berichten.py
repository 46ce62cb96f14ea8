"""Messages to clients that did not leave, or perhaps not, and that nobody made up for since."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from caseload.enums import Wie
from caseload.queries.kolommen import of_whom
from clienten.enums import BerichtStatus
from clienten.models import Bericht, Client
from clienten.models.bericht import BerichtQuerySet
from toegang.models import Gebruiker
from trajecten.enums import CONTACTEN
from trajecten.models import Logboekitem

TERUG = timedelta(days=30)
NIET_AANGEKOMEN = (BerichtStatus.MISLUKT, BerichtStatus.ONBEKEND)
# What a list never reads: the words are between us and the client.
INHOUD = ("tekst", "onderwerp")


def niet_aangekomen(user: Gebruiker, wie: str, *, at: datetime) -> BerichtQuerySet:
    """Return them of the last thirty days, newest first, without their words.

    One is made up for by a contact noted afterwards, or by a later one of its kind that left.
    """
    clients = of_whom(
        Client.objects.visible_to(user),
        wie if wie in {Wie.MIJ, Wie.TEAM} else Wie.TEAM,
        user,
        on=timezone.localdate(at),
    )
    later = Bericht.objects.filter(
        client=OuterRef("client"), soort=OuterRef("soort"), status=BerichtStatus.VERZONDEN
    ).filter(aangemaakt_at__gt=OuterRef("aangemaakt_at"))
    spoken = Logboekitem.objects.filter(
        client=OuterRef("client"), soort__in=CONTACTEN, created_at__gt=OuterRef("aangemaakt_at")
    ).filter(moment__gt=OuterRef("aangemaakt_at"))
    rows = Bericht.objects.visible_to(user).filter(
        client__in=clients.order_by().values("pk"),
        status__in=NIET_AANGEKOMEN,
        aangemaakt_at__gte=at - TERUG,
        aangemaakt_at__lte=at,
    )
    return (
        rows.exclude(Exists(later))
        .exclude(Exists(spoken))
        .select_related("client")
        .defer(*INHOUD)
        .order_by(F("aangemaakt_at").desc(), "-pk")
    )
