"""From what queries return to what the pieces show: addresses, words, colours."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from clienten.models import Client
from kern.pieces import Act
from kern.words import urgency
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten.models import Signaal
from trajecten.signalen import Signaalregel
from trajecten.signalen.schalen import FASE_LEIDINGGEVENDE


@dataclass(frozen=True, slots=True)
class Regel:
    """A signal line as the piece wants it."""

    level: str
    word: str
    due: date | None
    client: str
    client_url: str
    reason: str
    act: Act | None
    more: tuple[Act, ...]


def address(name: str, *args: object) -> str:
    """Return the address of a screen, empty while that screen does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def file_url(user: Gebruiker, client_pk: int) -> str:
    """Return where this user finds the client: the file, or the card of the reception desk."""
    name = "caseload:dossier" if user.may(Permission.CLIENT_OPEN) else "caseload:balie"
    return reverse(name, args=[client_pk])


def workers_of(user: Gebruiker) -> list[Gebruiker]:
    """Return who may follow clients today where the user works."""
    bestuur_id = user.bestuur.pk if user.bestuur else 0
    workers = Gebruiker.objects.following_clients_at(bestuur_id, on=timezone.localdate())
    return list(workers.for_list())


def acts(*wanted: tuple[str, str, str]) -> tuple[Act, ...]:
    """Return the acts (label, address, icon) that have an address."""
    return tuple(Act(label, url, icon) for label, url, icon in wanted if url)


def regels(lines: Iterable[Signaalregel], user: Gebruiker, *, on: date) -> list[Regel]:
    """Return signal lines to show."""
    return [_regel(line, user, on) for line in lines]


def regels_in_dossier(lines: Iterable[Signaalregel], user: Gebruiker, *, on: date) -> list[Regel]:
    """Return the lines of one client on her own page: what it is stands where her name stood."""
    shown = []
    for line in lines:
        regel = _regel(line, user, on)
        here = file_url(user, line.signaal.client_id)
        traject = line.signaal.traject_id
        shown.append(
            replace(
                regel,
                client=line.signaal.get_code_display(),
                client_url=address("trajecten:traject", traject) if traject else here,
                more=tuple(act for act in regel.more if act.url != here),
            )
        )
    return shown


def _regel(line: Signaalregel, user: Gebruiker, on: date) -> Regel:
    signaal = line.signaal
    client: Client = signaal.client
    level, word = _urgency(signaal, on)
    act_url = address(line.handeling.url_name, line.handeling.key(signaal))
    if act_url and line.handeling.anker:
        act_url += f"#{line.handeling.anker}"
    traject_url = address("trajecten:traject", signaal.traject_id) if signaal.traject_id else ""
    return Regel(
        level=level,
        word=word,
        due=signaal.vervaldag,
        client=client.naam,
        client_url=file_url(user, client.pk),
        reason=f"{line.zin}.",
        act=Act(line.handeling.label, act_url) if act_url else None,
        more=acts(
            ("Open het traject", traject_url if traject_url != act_url else "", "trajecten"),
            ("Noteer contact", address("trajecten:add_logboekitem", client.pk), "telefoon"),
            ("Open het dossier", file_url(user, client.pk), "persoon"),
        ),
    )


def _urgency(signaal: Signaal, on: date) -> tuple[str, str]:
    if signaal.vervaldag is None:
        return ("nu" if signaal.fase >= FASE_LEIDINGGEVENDE else "binnenkort", "Open")
    how = urgency(signaal.vervaldag, on)
    # A day far away is calm, but what a signal asks for is never in order yet.
    return ("rest", "Later") if how.level == "orde" else (how.level, how.word)
