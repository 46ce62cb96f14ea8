"""Coming in, being inside, and leaving. Wrong answers are counted, so nothing here raises."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Max

from clienten.models import Client
from portaal.enums import GebruikSoort
from portaal.models import Portaalgebruik, Portaallink, Portaalsessie
from portaal.rules.sleutels import Gelezen
from portaal.rules.termijnen import MEESTE_FOUT_PER_DAG, MEESTE_POGINGEN, OPENING_STIL
from portaal.sleutels import confirmation_digest, digest, new_token
from portaal.talen import supported
from toegang.audit import act

# The moment somebody was last seen is written at most once in this while.
SCHRIJF_ELKE = timedelta(minutes=1)


class Uitslag(StrEnum):
    """What came of trying to enter."""

    BINNEN = "binnen"
    FOUT = "fout"
    GEBLOKKEERD = "geblokkeerd"
    DICHT = "dicht"


@dataclass(frozen=True, slots=True)
class Factor:
    """What only the client knows or holds: her birth date, or a code that was sent to her."""

    geboortedatum: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Poging:
    """The outcome, and when somebody is in: the stay and the secret for the cookie."""

    uitslag: Uitslag
    sessie: Portaalsessie | None = None
    geheim: str = ""


def log(link: Portaallink, soort: GebruikSoort, *, at: datetime) -> None:
    """Write what happened at the door."""
    Portaalgebruik.objects.create(
        bestuur_id=link.bestuur_id, client_id=link.client_id, link=link, soort=soort, at=at
    )


@transaction.atomic
def log_opening(*, link: Portaallink, at: datetime) -> None:
    """Write that the link was opened, once in a while however often a scanner looks."""
    recent = Portaalgebruik.objects.owned_by(link.client).filter(
        link=link, soort=GebruikSoort.GEOPEND, at__gt=at - OPENING_STIL
    )
    if not recent.exists():
        log(link, GebruikSoort.GEOPEND, at=at)


@transaction.atomic
def enter(
    *, link: Portaallink, factor: Factor, taal: str, at: datetime, hervat: bool = False
) -> Poging:
    """Begin a stay when the second factor is right; count it when it is not."""
    # Guesses at all her links wait for one another, so that none is left out of the count.
    Client.objects.select_for_update(of=("self",), no_key=True).get(
        pk=link.client_id, bestuur=link.bestuur_id
    )
    link = (
        Portaallink.objects.select_related("client")
        .select_for_update(of=("self",))
        .get(pk=link.pk, bestuur=link.bestuur_id)
    )
    if link.ingetrokken_at is not None or link.vervalt_at <= at:
        return Poging(Uitslag.DICHT)
    if link.geblokkeerd_at is not None:
        return Poging(Uitslag.GEBLOKKEERD)
    if not _is_right(link, factor, at):
        return Poging(_count_wrong(link, at))
    link.pogingen = 0
    link.bevestiging_hash = ""
    link.laatst_gebruikt_at = at
    with act("de cliënt kwam binnen in het portaal"):
        link.save(update_fields=["pogingen", "bevestiging_hash", "laatst_gebruikt_at"])
        log(link, GebruikSoort.VERLOPEN if hervat else GebruikSoort.BINNEN, at=at)
        return _begin(link, taal, at)


@transaction.atomic
def resume(*, sessie: Portaalsessie, factor: Factor, at: datetime) -> Poging:
    """Begin anew, in the same language, after being away too long; the old stay is over."""
    poging = enter(link=sessie.link, factor=factor, taal=sessie.taal, at=at, hervat=True)
    if poging.sessie is not None:
        Portaalsessie.objects.filter(pk=sessie.pk, bestuur=sessie.bestuur_id).update(
            geeindigd_at=at
        )
    return poging


def _is_right(link: Portaallink, factor: Factor, at: datetime) -> bool:
    born = link.client.geboortedatum
    if born is not None:
        return factor.geboortedatum == born
    if not link.bevestiging_hash or link.bevestiging_tot is None or link.bevestiging_tot <= at:
        return False
    given = confirmation_digest(link.bestuur_id, link.pk, factor.code)
    return hmac.compare_digest(given, link.bevestiging_hash)


def _count_wrong(link: Portaallink, at: datetime) -> Uitslag:
    link.pogingen += 1
    log(link, GebruikSoort.FOUT, at=at)
    is_guessed = _is_guessed(link, at)
    if is_guessed or link.pogingen >= MEESTE_POGINGEN:
        link.geblokkeerd_at = at
        log(link, GebruikSoort.GEBLOKKEERD, at=at)
    with act("te veel foute pogingen blokkeerden de link van de cliënt"):
        link.save(update_fields=["pogingen", "geblokkeerd_at"])
        if is_guessed:
            live = Portaallink.objects.owned_by(link.client).live_at(at)
            live.filter(geblokkeerd_at__isnull=True).update(geblokkeerd_at=at)
    return Uitslag.GEBLOKKEERD if link.geblokkeerd_at else Uitslag.FOUT


def _is_guessed(link: Portaallink, at: datetime) -> bool:
    """Tell whether all her links together had too many wrong answers since a worker gave one."""
    given = Portaallink.objects.owned_by(link.client).filter(gemaakt_door__isnull=False)
    last = given.aggregate(last=Max("gemaakt_at"))["last"] or link.gemaakt_at
    wrong = Portaalgebruik.objects.owned_by(link.client).filter(
        soort=GebruikSoort.FOUT, at__gt=max(at - timedelta(days=1), last)
    )
    return wrong.count() >= MEESTE_FOUT_PER_DAG


def _begin(link: Portaallink, taal: str, at: datetime) -> Poging:
    # Always a new secret: one that was planted before is worth nothing.
    geheim = new_token(link.bestuur_id)
    sessie = Portaalsessie.objects.create(
        bestuur_id=link.bestuur_id,
        client_id=link.client_id,
        link=link,
        geheim_hash=digest("sessie", Gelezen(link.bestuur_id, geheim)),
        taal=taal or supported(link.client.taal),
        begonnen_at=at,
        gezien_at=at,
    )
    sessie.client, sessie.link = link.client, link
    return Poging(Uitslag.BINNEN, sessie, geheim)


def touch(*, sessie: Portaalsessie, at: datetime) -> None:
    """Remember that the client is still there."""
    if at - sessie.gezien_at >= SCHRIJF_ELKE:
        Portaalsessie.objects.filter(pk=sessie.pk, bestuur=sessie.bestuur_id).update(gezien_at=at)


@transaction.atomic
def choose_language(*, sessie: Portaalsessie, taal: str) -> None:
    """Speak another language for the rest of the stay."""
    with act("de cliënt koos een andere taal in het portaal"):
        sessie.taal = supported(taal)
        sessie.save(update_fields=["taal"])


@transaction.atomic
def end_stay(*, sessie: Portaalsessie, at: datetime) -> None:
    """End the stay at once."""
    if sessie.geeindigd_at is not None:
        return
    sessie.geeindigd_at = at
    with act("de cliënt verliet het portaal"):
        sessie.save(update_fields=["geeindigd_at"])
        log(sessie.link, GebruikSoort.WEG, at=at)
