"""The digests: one a day for who follows clients, one a week for who leads.

They name clients by their initials, and no measure, income or number: a mailbox is no file.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from caseload.enums import Groep, MailSoort
from caseload.models import Dagmail
from caseload.queries.dag import ordered, signals_of
from clienten.models import Client
from toegang.audit import act
from toegang.enums import Rol
from toegang.models import Aanstelling, Gebruiker
from toegang.scope import each_bestuur, in_bestuur
from trajecten.signalen import Signaalregel, regel_van

logger = logging.getLogger(__name__)
# Who follows clients gets the day, who leads gets the week; who does both gets both.
DAGELIJKS = frozenset({Rol.MAATSCHAPPELIJK_WERKER, Rol.TRAJECTBEGELEIDER})
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Lijn:
    """A line of the mail."""

    initialen: str
    regel: Signaalregel


@dataclass(frozen=True, slots=True)
class Deel:
    """A heading of the mail, its lines, and how many more there are."""

    naam: str
    aantal: int
    lijnen: tuple[Lijn, ...]

    @property
    def overige(self) -> int:
        """Count what did not fit."""
        return self.aantal - len(self.lijnen)


@dataclass(frozen=True, slots=True)
class Bestemming:
    """A person, as what she is written to, and the day or week the mail is about."""

    gebruiker: Gebruiker
    soort: MailSoort
    dag: date


def send_all(*, on: date, at: datetime) -> int:
    """Send every digest that is due and was not sent; return how many left.

    The connection is opened before the first mail is taken in hand: when the mail server does
    not answer nothing is marked, and the next run tries again.
    """
    sent = 0
    with get_connection() as post:
        for bestuur_id in each_bestuur():
            for bestemming in _due(bestuur_id, on):
                sent += send_digest(bestuur_id, bestemming, on=on, at=at, post=post)
    return sent


def send_digest(
    bestuur_id: int, bestemming: Bestemming, *, on: date, at: datetime, post: BaseEmailBackend
) -> bool:
    """Send one digest, at most once however many processes try; tell whether it left."""
    with in_bestuur(bestuur_id):
        mail = compose(bestemming, on=on)
        if mail is None:
            return False
        message, aantal = mail
        taken = _take(bestuur_id, bestemming, aantal, at)
    if taken is None:
        return False
    message.connection = post
    try:
        message.send()
    except OSError:
        # It may have left: the row stays, nobody gets it twice. The next mail needs a fresh line.
        logger.exception("a digest was not accepted by the mail server")
        post.close()
        post.open()
        return False
    with in_bestuur(bestuur_id), act(f"verstuurde de {bestemming.soort.label.lower()}"):
        Dagmail.objects.filter(pk=taken).update(verzonden_at=timezone.now())
    return True


def compose(bestemming: Bestemming, *, on: date) -> tuple[EmailMultiAlternatives, int] | None:
    """Return the mail and its number of signals, or nothing when there is nothing to say."""
    delen = _parts(bestemming.gebruiker, on=on)
    aantal = sum(deel.aantal for deel in delen)
    if not aantal:
        return None
    context: dict[str, Any] = {
        "gebruiker": bestemming.gebruiker,
        "bestuur": bestemming.gebruiker.bestuur,
        "delen": delen,
        "is_week": bestemming.soort == MailSoort.WEEK,
        "url": settings.SITE_URL.rstrip("/") + reverse("caseload:vandaag"),
    }
    wat = ", ".join(f"{deel.aantal} {deel.naam.lower()}" for deel in delen)
    message = EmailMultiAlternatives(
        subject=f"{'Deze week' if context['is_week'] else 'Vandaag'}: {wat}",
        body=render_to_string("caseload/mail/dagmail.txt", context),
        to=[bestemming.gebruiker.email],
    )
    message.attach_alternative(render_to_string("caseload/mail/dagmail.html", context), "text/html")
    return message, aantal


def initials(client: Client) -> str:
    """Return the initials of a client, first name first."""
    return "".join(f"{part[0].upper()}." for part in (client.voornaam, client.familienaam) if part)


def _parts(gebruiker: Gebruiker, *, on: date) -> list[Deel]:
    # Any: the heading of a signal is an annotation that the model does not know.
    signalen: Any = signals_of(gebruiker, on=on)
    aantallen: Mapping[str, int] = dict(
        signalen.order_by().values_list("groep").annotate(Count("pk"))
    )
    lijnen: dict[str, list[Lijn]] = {}
    lines: Any = ordered(signalen)[:MOST_LINES]
    for signaal in lines:
        regel = regel_van(signaal, on=on, met_instrument=False)
        lijnen.setdefault(signaal.groep, []).append(Lijn(initials(signaal.client), regel))
    return [
        Deel(str(groep.label), aantallen[groep], tuple(lijnen.get(groep, ())))
        for groep in Groep
        if groep in aantallen
    ]


def _due(bestuur_id: int, on: date) -> Iterator[Bestemming]:
    """Yield who has an address, works here on the day, and did not get her mail yet."""
    monday = on - timedelta(days=on.weekday())
    with in_bestuur(bestuur_id):
        done = set(
            Dagmail.objects.filter(bestuur=bestuur_id, dag__in={on, monday}).values_list(
                "gebruiker", "soort", "dag"
            )
        )
        rows = list(
            Aanstelling.objects.active_on(on)
            .filter(bestuur=bestuur_id, gebruiker__is_active=True)
            .exclude(gebruiker__email="")
            .select_related("gebruiker", "bestuur")
            .order_by("gebruiker", "pk")
        )
    rollen: dict[Gebruiker, set[Rol]] = {}
    for row in rows:
        rollen.setdefault(row.gebruiker, set()).add(Rol(row.rol))
    for gebruiker, held in rollen.items():
        bestuur = next(row.bestuur for row in rows if row.gebruiker == gebruiker)
        if (own := held & DAGELIJKS) and (gebruiker.pk, MailSoort.DAG, on) not in done:
            gebruiker.work_in(bestuur, frozenset(own))
            yield Bestemming(gebruiker, MailSoort.DAG, on)
        if Rol.LEIDINGGEVENDE in held and (gebruiker.pk, MailSoort.WEEK, monday) not in done:
            gebruiker.work_in(bestuur, frozenset({Rol.LEIDINGGEVENDE}))
            yield Bestemming(gebruiker, MailSoort.WEEK, monday)


def _take(bestuur_id: int, bestemming: Bestemming, aantal: int, at: datetime) -> int | None:
    """Take the mail in hand; nothing when another process was first."""
    try:
        with transaction.atomic():
            row = Dagmail.objects.create(
                bestuur_id=bestuur_id,
                gebruiker=bestemming.gebruiker,
                soort=bestemming.soort,
                dag=bestemming.dag,
                aantal=aantal,
                aangemaakt_at=at,
            )
    except IntegrityError:
        return None
    return row.pk
