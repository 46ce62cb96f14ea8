"""Taking words out of a text about a client: they go everywhere, the trace of it stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError, transaction
from django.db.models import F

from clienten.models.tenant import OfClient
from kern.errors import DomainError
from toegang import audit
from toegang.models import Gebruiker
from toegang.permissions import Permission
from toegang.redactie import MARK, take_out
from trajecten.enums import RedactieReden, Redigeerbaar
from trajecten.models import (
    Afspraak,
    Agendapunt,
    Doel,
    Evaluatie,
    Logaanvulling,
    Logboekitem,
    Logvraag,
    Planversie,
    Reactie,
    Redactie,
    Schorsing,
    Stap,
    Stappenplan,
)
from trajecten.rules.plan.inhoud import DOEL, STAP, staat_elders

SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Tekst:
    """Where a kind of text stands, and which column names who wrote it."""

    model: type[OfClient]
    kolom: str
    schrijver: str
    # A text of the plan may stand in its frozen versions too.
    in_plan: bool = False

    @property
    def tabel(self) -> str:
        """Name the table."""
        return self.model._meta.db_table


TEKSTEN: dict[Redigeerbaar, Tekst] = {
    Redigeerbaar.LOGBOEK: Tekst(Logboekitem, "tekst", "auteur_id"),
    Redigeerbaar.AANVULLING: Tekst(Logaanvulling, "tekst", "auteur_id"),
    Redigeerbaar.LOGVRAAG: Tekst(Logvraag, "vraag", "gesteld_door_id"),
    Redigeerbaar.LOGANTWOORD: Tekst(Logvraag, "antwoord", "beantwoord_door_id"),
    Redigeerbaar.EVALUATIE: Tekst(Evaluatie, "verslag", "door_id"),
    Redigeerbaar.DOEL: Tekst(Doel, "tekst", "voorgesteld_door_id", in_plan=True),
    Redigeerbaar.STAP: Tekst(Stap, "tekst", "voorgesteld_door_id", in_plan=True),
    Redigeerbaar.TOELICHTING: Tekst(Stap, "toelichting", "voorgesteld_door_id", in_plan=True),
    Redigeerbaar.REACTIE: Tekst(Reactie, "tekst", "gebruiker_id", in_plan=True),
    Redigeerbaar.PLANVERSIE: Tekst(Planversie, "inhoud", ""),
    # What nobody signed is cleaned by a leidinggevende.
    Redigeerbaar.DOEL_SLOT: Tekst(Doel, "slotwoord", ""),
    Redigeerbaar.STAP_SLOT: Tekst(Stap, "slotwoord", ""),
    Redigeerbaar.BEHOEFTEN: Tekst(Stappenplan, "behoeften", "", in_plan=True),
    Redigeerbaar.EVALUATIEWIJZE: Tekst(Stappenplan, "evaluatiewijze", "", in_plan=True),
    Redigeerbaar.EXTRA_HULP: Tekst(Stappenplan, "extra_hulp", "", in_plan=True),
    Redigeerbaar.AFSPRAAK: Tekst(Afspraak, "notitie", "medewerker_id"),
    Redigeerbaar.AFSPRAAK_REDEN: Tekst(Afspraak, "reden", "medewerker_id"),
    Redigeerbaar.BESPROKEN: Tekst(Agendapunt, "besproken", ""),
    Redigeerbaar.SCHORSING: Tekst(Schorsing, "toelichting", ""),
}


def may_redact(user: Gebruiker, tekstsoort: Redigeerbaar, row: Any) -> bool:
    """Tell whether the user wrote this text, or leads the team."""
    schrijver = TEKSTEN[tekstsoort].schrijver
    own = bool(schrijver) and getattr(row, schrijver) == user.pk
    return own or user.may(Permission.TEKST_REDACT)


def check_passage(*, tekstsoort: Redigeerbaar, row: Any, passage: str) -> str:
    """Return the passage as it stands in the text, or refuse."""
    wanted = passage.strip()
    if len(wanted) < SHORTEST:
        raise DomainError("Neem minstens drie tekens over.")
    if wanted in MARK:
        raise DomainError("Deze woorden zijn al weggelaten.")
    text = getattr(row, TEKSTEN[tekstsoort].kolom)
    # A browser sends its own line ends; the text keeps those of whoever wrote it.
    plain = wanted.replace("\r\n", "\n")
    for spelled in (wanted, plain, plain.replace("\n", "\r\n")):
        if not isinstance(text, str) or spelled in text:
            return spelled
    raise DomainError("Deze woorden staan niet in de tekst. Neem ze letterlijk over.")


@transaction.atomic
def redact(
    *,
    tekstsoort: Redigeerbaar,
    row: Any,
    passage: str,
    reden: RedactieReden,
    by: Gebruiker,
    at: datetime,
) -> Redactie:
    """Replace a passage by "[weggelaten]" in the text, its history, and frozen plan versions.

    Who did it, when and why stays; the words do not.
    """
    if not may_redact(by, tekstsoort, row):
        raise DomainError("Alleen wie dit schreef, of een leidinggevende, haalt er woorden uit.")
    wanted = check_passage(tekstsoort=tekstsoort, row=row, passage=passage)
    waarom = RedactieReden(reden).label.lower()
    with audit.act(f"liet woorden weg, reden: {waarom}"):
        if not _take_out(TEKSTEN[tekstsoort], row.pk, wanted, waarom):
            raise DomainError("Deze woorden staan niet in de tekst. Neem ze letterlijk over.")
        if TEKSTEN[tekstsoort].in_plan:
            _from_versions(row, wanted, waarom, by)
        if tekstsoort == Redigeerbaar.LOGBOEK:
            # A form that still shows the words is told so when it is saved.
            Logboekitem.objects.filter(pk=row.pk).update(revisie=F("revisie") + 1)
        return Redactie.objects.create(
            bestuur_id=row.bestuur_id,
            client_id=row.client_id,
            tekstsoort=tekstsoort,
            rij_id=row.pk,
            reden=reden,
            door=by,
            at=at,
        )


def _take_out(tekst: Tekst, pk: int, passage: str, reden: str) -> int:
    try:
        with transaction.atomic():
            return take_out(
                tabel=tekst.tabel, rij_id=pk, kolom=tekst.kolom, passage=passage, reden=reden
            )
    except DataError as error:
        raise DomainError(
            f"Met {MARK} erbij wordt deze tekst te lang. Neem een langer stuk over."
        ) from error


def _from_versions(row: Any, passage: str, reden: str, by: Gebruiker) -> None:
    """Take the passage out of frozen versions; out of the words of others only for who leads."""
    versies = Planversie.objects.filter(client=row.client_id).order_by("pk")
    for versie in versies:
        if not by.may(Permission.TEKST_REDACT) and _is_of_others(versie, row, passage):
            raise DomainError(
                f"In versie {versie.nummer} van het plan staan deze woorden ook in wat een ander "
                "schreef. Neem een langer stuk over, of vraag het aan een leidinggevende."
            )
        _take_out(TEKSTEN[Redigeerbaar.PLANVERSIE], versie.pk, passage, reden)


def _is_of_others(versie: Planversie, row: Any, passage: str) -> bool:
    if isinstance(row, Reactie):
        ding = (DOEL, row.doel_id) if row.doel_id else (STAP, row.stap_id or 0)
        return staat_elders(versie.inhoud, passage, ding=ding, kant=row.stem)
    ding = (DOEL if isinstance(row, Doel) else STAP, row.pk)
    return staat_elders(versie.inhoud, passage, ding=ding)
