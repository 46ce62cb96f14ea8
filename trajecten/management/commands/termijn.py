"""`manage.py termijn`: the last legal day of a traject from bare facts, with its sum.

Arbeidsmatige activiteiten have no last day: there `uiterste_dag` is the day by which the right
must be looked at again.
"""

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from kern.belgian_dates import DateError, format_short, parse_date
from kern.periods import Period
from toegang.models import Bestuur
from toegang.scope import in_bestuur
from trajecten.queries import instrument_rijen, klok_van, regels_voor
from trajecten.rules.feiten import SchorsingFeit, TrajectFeiten, VerlengingFeit
from trajecten.rules.instrumenten import InstrumentRij, beoordeel_start
from trajecten.rules.klokken import klok_for
from trajecten.rules.schorsingen import Beleid
from trajecten.rules.termijn import RegelRij, Soort, Termijn, veronderstel

BELEIDEN = (Beleid.HARD_CAP, Beleid.UNIE)


class Refused(ValueError):
    """What was asked cannot be computed; the message says why, in Dutch."""


class Command(BaseCommand):
    """Compute one clock and print its day, its sum and the rules used."""

    help = "Rekent de uiterste dag van een traject uit, met uitleg en regels."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an instrument and the facts of a traject."""
        parser.add_argument("instrument", nargs="?", default="", help="twe, wijkwerken, ama_se …")
        parser.add_argument("--start", default="", metavar="DAG")
        parser.add_argument(
            "--schorsing", nargs="+", action="extend", default=[], metavar="VAN:TOT"
        )
        parser.add_argument("--verlenging", nargs="+", action="extend", default=[], metavar="DAG")
        parser.add_argument("--beleid", default="", metavar="hard_cap|extend_by_union_days")
        parser.add_argument("--op", default="", metavar="DAG", help="de dag van vandaag")
        parser.add_argument("--bestuur", default="", metavar="NIS")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or refuse with exit code 2 and one line."""
        today = timezone.localdate()
        try:
            op = _day(options["op"], "--op", today) if options["op"] else today
            feiten = _feiten(options, op)
            instrument, klok = _instrument(options["instrument"], feiten.begindatum)
            regels = _regels(options["bestuur"])
            beleid = options["beleid"]
            if beleid:
                regels = _met_beleid(regels, klok, beleid)
            termijn, *_ = klok_for(klok)(feiten, regels, op=op)
        except Refused as refusal:
            self._refuse(str(refusal))
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(termijn), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_as_text(instrument, termijn)))

    def _refuse(self, text: str) -> NoReturn:
        self.stderr.write(" ".join(text.split()))
        sys.exit(2)


def _day(text: str, what: str, today: date) -> date:
    try:
        return parse_date(text, today=today)
    except DateError as error:
        raise Refused(f"{what} {text}: {error}") from error


def _feiten(options: dict[str, Any], op: date) -> TrajectFeiten:
    if not options["start"]:
        raise Refused("Geef de start van het traject, bijvoorbeeld --start 2026-03-02.")
    start = _day(options["start"], "--start", op)
    schorsingen = tuple(_schorsing(text, op) for text in options["schorsing"])
    verlengingen = [_day(text, "--verlenging", op) for text in options["verlenging"]]
    te_vroeg = [dag for dag in verlengingen if dag < start]
    if te_vroeg:
        raise Refused(f"De verlenging t.e.m. {format_short(te_vroeg[0])} ligt vóór de start.")
    return TrajectFeiten(
        begindatum=start,
        instrument=options["instrument"],
        schorsingen=schorsingen,
        verlengingen=tuple(VerlengingFeit(dag) for dag in verlengingen),
    )


def _schorsing(text: str, op: date) -> SchorsingFeit:
    van, scheiding, tot = text.partition(":")
    if not scheiding:
        raise Refused(f"--schorsing {text}: schrijf de eerste en de laatste dag als VAN:TOT.")
    begin = _day(van, "--schorsing", op)
    einde = _day(tot, "--schorsing", op) if tot.strip() else None
    if einde is not None and einde < begin:
        raise Refused(f"--schorsing {text}: de laatste dag ligt vóór de eerste dag.")
    return SchorsingFeit(Period(begin, einde))


def _instrument(code: str, start: date) -> tuple[InstrumentRij, str]:
    rijen = instrument_rijen()
    gevonden = rijen.get(code.strip().lower())
    if gevonden is None:
        raise Refused(f"Instrument “{code}” bestaat niet. Kies uit: {', '.join(sorted(rijen))}.")
    oordeel = beoordeel_start(gevonden, start, rijen)
    if not oordeel.mag:
        raise Refused(oordeel.reden)
    return gevonden, klok_van(gevonden.code)


def _regels(nis: str) -> tuple[RegelRij, ...]:
    if not nis:
        return regels_voor(None)
    bestuur = Bestuur.objects.filter(nis=nis).first()
    if bestuur is None:
        raise Refused(f"Er is geen bestuur met NIS-code {nis}.")
    with in_bestuur(bestuur.pk):
        return regels_voor(bestuur.pk)


def _met_beleid(regels: Sequence[RegelRij], klok: str, beleid: str) -> tuple[RegelRij, ...]:
    if beleid not in BELEIDEN:
        raise Refused(f"--beleid {beleid}: kies {' of '.join(BELEIDEN)}.")
    return veronderstel(regels, f"{klok}.schorsing_beleid", beleid)


def _as_json(termijn: Termijn) -> dict[str, Any]:
    uitleg = [
        {
            "tekst": lijn.tekst,
            "dag": _iso(lijn.dag),
            "dagen": lijn.dagen,
            "regel": lijn.regel.code if lijn.regel else None,
        }
        for lijn in termijn.uitleg
    ]
    if termijn.uiterste_dag is None:
        reden = termijn.reden_geen_einde
        uitleg.append({"tekst": reden, "dag": None, "dagen": None, "regel": None})
    return {
        "uiterste_dag": _iso(termijn.uiterste_dag),
        "uitleg": uitleg,
        "regels": [_regel_json(regel) for regel in termijn.regels],
    }


def _regel_json(regel: RegelRij) -> dict[str, Any]:
    return {
        "code": regel.code,
        "waarde": regel.waarde,
        "eenheid": regel.eenheid,
        "geldig_van": _iso(regel.geldig_van),
        "geldig_tot": _iso(regel.geldig_tot),
        "overgang": regel.overgang.value,
        "bron": regel.bron,
        "zekerheid": regel.zekerheid.value,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _as_text(instrument: InstrumentRij, termijn: Termijn) -> list[str]:
    wat = "Uiterste dag" if termijn.soort is Soort.LIMIET else termijn.naam
    dag = termijn.uiterste_dag
    vroegst = "ten vroegste " if termijn.voorlopig else ""
    antwoord = f"{vroegst}{format_short(dag)}" if dag else termijn.reden_geen_einde
    lijnen = [instrument.naam, f"{wat}: {antwoord}", ""]
    breed = max((len(lijn.tekst) for lijn in termijn.uitleg), default=0)
    for lijn in termijn.uitleg:
        bereikt = format_short(lijn.dag) if lijn.dag else ""
        lijnen.append(f"  {lijn.tekst.ljust(breed)}  {bereikt}".rstrip())
        if lijn.regel is not None:
            lijnen.append(f"      {lijn.regel.bron} (zekerheid {lijn.regel.zekerheid.value})")
    return [*lijnen, *(f"Let op: {opmerking}" for opmerking in termijn.opmerkingen)]
