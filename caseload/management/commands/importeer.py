"""`manage.py importeer`: read an OCMW's own list, tell what becomes of each row, and take it in."""

import json
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from caseload.enums import ImportStatus
from caseload.imports.commands import choose_koppeling, offer_import, start_import
from caseload.imports.verwerking import work_on
from caseload.imports.voorbeeld import Voorbeeld, make_voorbeeld, remembered_koppen
from caseload.models import Import
from caseload.rules.inlezen.grenzen import BestandGeweigerd, Grenzen, dutch_number
from caseload.rules.inlezen.koppeling import Koppeling, propose_koppeling
from caseload.rules.inlezen.lezen import read_tabel
from caseload.rules.inlezen.tabel import Tabel
from caseload.rules.inlezen.uitkomst import NEAR_DAYS, uitkomst_as_dict
from kern.belgian_dates import DateError, format_short, parse_date
from kern.errors import DomainError
from toegang.models import Aanstelling, Bestuur, Gebruiker
from toegang.permissions import Permission
from toegang.queries import workplaces
from toegang.scope import in_bestuur


class Refused(ValueError):
    """The list cannot be read or taken in at all; the message says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What is asked: which list, for whom, by whom, on which day."""

    naam: str
    data: bytes
    bestuur: Bestuur
    by: Gebruiker
    op: date

    @property
    def at(self) -> datetime:
        """Return the moment of the work: now, or the same hour on the day asked for."""
        now = timezone.localtime()
        return now.replace(year=self.op.year, month=self.op.month, day=self.op.day)


class Command(BaseCommand):
    """Read a list as the screen does; without --toepassen nothing is written."""

    help = "Leest een lijst met cliënten in en zegt wat er van elke rij wordt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the bestuur and the day."""
        parser.add_argument("bestand", nargs="?", default="", help="CSV of XLSX")
        parser.add_argument("--bestuur", default="", metavar="NIS")
        parser.add_argument("--op", default="", metavar="DAG", help="de dag van vandaag")
        parser.add_argument("--toepassen", action="store_true", help="neem de rijen echt over")
        parser.add_argument(
            "--door",
            default="",
            metavar="GEBRUIKER",
            help="wie overneemt; anders de leidinggevende van het bestuur",
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what becomes of the rows, or refuse with exit code 2 and one line."""
        try:
            opdracht = _opdracht(options)
            voorbeeld = _voorbeeld(opdracht)
            asked = options["toepassen"]
            lijst = _apply(opdracht) if asked and voorbeeld.plannen else None
        except (Refused, BestandGeweigerd, DomainError) as refusal:
            self._refuse(str(refusal))
        if options["json"]:
            self.stdout.write(json.dumps(_as_dict(voorbeeld), ensure_ascii=False))
        else:
            self.stdout.write("\n".join([*_as_text(voorbeeld), _ending(lijst, asked)]))

    def _refuse(self, text: str) -> NoReturn:
        self.stderr.write(" ".join(text.split()))
        sys.exit(2)


def _opdracht(options: dict[str, Any]) -> Opdracht:
    if not options["bestand"]:
        raise Refused("Geef het bestand, bijvoorbeeld: importeer lijst.csv --bestuur 24038.")
    bestuur = Bestuur.objects.filter(nis=options["bestuur"]).first()
    if bestuur is None:
        raise Refused(f"Er is geen bestuur met NIS-code {options['bestuur'] or '(leeg)'}.")
    op = _day(options["op"])
    path = Path(options["bestand"])
    return Opdracht(path.name, _bytes(path), bestuur, _acting(bestuur, options["door"], op), op)


def _day(text: str) -> date:
    today = timezone.localdate()
    if not text:
        return today
    try:
        return parse_date(text, today=today)
    except DateError as error:
        raise Refused(f"--op {text}: {error}") from error


def _bytes(path: Path) -> bytes:
    most = Grenzen().max_bytes
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Refused(f"Het bestand {path.name} is niet te openen.") from error
    if len(data) > most:
        raise Refused(f"Het bestand is groter dan {dutch_number(most // 1_000_000)} MB.")
    return data


def _acting(bestuur: Bestuur, naam: str, op: date) -> Gebruiker:
    """Return who takes the list in: the person named, or the first who may, leads first."""
    rows = Aanstelling.objects.active_on(op).filter(bestuur=bestuur, gebruiker__is_active=True)
    if naam:
        rows = rows.filter(gebruiker__gebruikersnaam__iexact=naam)
    people = sorted(
        {row.gebruiker: row.rol for row in rows.select_related("gebruiker")}.items(),
        key=lambda item: (item[1] != "leidinggevende", item[0].pk),
    )
    for gebruiker, _ in people:
        places = workplaces(gebruiker, on=op)
        gebruiker.work_in(bestuur, places[bestuur])
        if gebruiker.may(Permission.IMPORT_RUN):
            return gebruiker
    if naam:
        raise Refused(f"{naam} mag bij {bestuur} geen lijsten importeren.")
    raise Refused(f"Niemand mag bij {bestuur} op {format_short(op)} lijsten importeren.")


def _read(opdracht: Opdracht) -> tuple[Tabel, Koppeling]:
    koppen = remembered_koppen(opdracht.bestuur.pk)
    tabel = read_tabel(opdracht.data, bekende_koppen=koppen)
    return tabel, propose_koppeling(tabel, onthouden=koppen)


def _voorbeeld(opdracht: Opdracht) -> Voorbeeld:
    with in_bestuur(opdracht.bestuur.pk, actor_id=opdracht.by.pk):
        return make_voorbeeld(
            *_read(opdracht), bestuur_id=opdracht.bestuur.pk, by=opdracht.by, op=opdracht.op
        )


def _apply(opdracht: Opdracht) -> Import:
    """Go the way of the screen, step by step, and do the work here."""
    who: dict[str, Any] = {"by": opdracht.by, "at": opdracht.at}
    here = {**who, "in_background": False}
    bestuur_id = opdracht.bestuur.pk
    with in_bestuur(bestuur_id, actor_id=opdracht.by.pk):
        lijst = offer_import(
            bestuur=opdracht.bestuur, naam=opdracht.naam, data=opdracht.data, op=opdracht.op, **who
        )
        tabel, koppeling = _read(opdracht)
        keuze = {kolom.index: kolom.veld or "" for kolom in koppeling.kolommen}
        choose_koppeling(lijst=lijst, koppen=list(tabel.koppen), keuze=keuze, **here)
    work_on(import_id=lijst.pk, bestuur_id=bestuur_id, at=opdracht.at)
    with in_bestuur(bestuur_id, actor_id=opdracht.by.pk):
        start_import(lijst=lijst, **here)
    work_on(import_id=lijst.pk, bestuur_id=bestuur_id, at=opdracht.at)
    with in_bestuur(bestuur_id):
        lijst = Import.objects.get(pk=lijst.pk)
    if lijst.status != ImportStatus.KLAAR:
        raise Refused(lijst.fout or "De lijst kon niet overgenomen worden.")
    return lijst


def _as_dict(voorbeeld: Voorbeeld) -> dict[str, object]:
    kennis = voorbeeld.kennis
    return uitkomst_as_dict(voorbeeld.uitkomst, vandaag=kennis.op, uiterste_dag=kennis.uiterste_dag)


def _as_text(voorbeeld: Voorbeeld) -> list[str]:
    uitkomst, answer = voorbeeld.uitkomst, _as_dict(voorbeeld)
    near = int(str(answer[f"binnen_{NEAR_DAYS}_dagen"]))
    lines = [
        f"{_count(len(voorbeeld.rijen), 'rij', 'rijen')} gelezen op "
        f"{format_short(voorbeeld.kennis.op)}: {answer['aanvaard']} aanvaard, "
        f"{len(uitkomst.geweigerd)} geweigerd.",
        f"{_count(near, 'traject bereikt zijn', 'trajecten bereiken hun')} uiterste dag binnen "
        f"{NEAR_DAYS} dagen.",
    ]
    lines += [f"  rij {rij.rijnummer}: {'; '.join(rij.redenen)}" for rij in uitkomst.geweigerd]
    if uitkomst.met_opmerking:
        lines.append("Kijk na:")
        lines += [
            f"  rij {rij.rijnummer}: {'; '.join(rij.opmerkingen)}" for rij in uitkomst.met_opmerking
        ]
    return lines


def _ending(lijst: Import | None, asked: bool) -> str:
    if lijst is not None:
        done = lijst.tellers
        return (
            f"Overgenomen: {_count(done['nu_gedaan_nieuw'], 'nieuwe cliënt', 'nieuwe cliënten')}, "
            f"{done['nu_gedaan_traject']} keer een traject erbij, {done['nu_gedaan_aangevuld']} "
            f"aangevuld; {_count(done['nu_dubbel'], 'rij stond', 'rijen stonden')} er al."
        )
    if asked:
        return "Geen enkele rij is aanvaard: er is niets overgenomen."
    return "Er is niets bewaard. Voeg --toepassen toe om de rijen over te nemen."


def _count(aantal: int, one: str, many: str) -> str:
    return f"{aantal} {one if aantal == 1 else many}"
