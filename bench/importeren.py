"""`python -m bench.importeren`: a list of 5,000 clients from upload to files, and back.

The list is invented, with the dirt of real ones; it goes through the same commands as the
screen, as the application role, in a bestuur of its own. What was taken in is taken back.
"""

import argparse
import io
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

from bench.omgeving import machine, prepare
from bench.tabel import table

NIS, WORKERS = "99998", 40
FAMILIENAMEN = ("Peeters", "Janssens", "El Amrani", "Yılmaz", "Kovalenko", "De Smet", "Nguyen")
VOORNAMEN = ("Lies", "Çiğdem", "Olena", "Mohamed", "Véronique", "Jan", "Thi", "Fatima")
TRAJECTEN = ("TWE", "wijk-werken", "activeringstraject", "AMA welzijn", "")
STATUTEN = ("leefloon cat. 1", "leefloon cat 2", "Leefloon gezin", "werkzoekende", "eq. leefloon")
KOPPEN = (
    "Dossiernr;Rijksregisternr;Naam;Voornaam;Geboortedatum;Geslacht;Adres;Postcode;Gemeente;GSM;"
    "Statuut;Statuut sinds;Medewerker;Traject;Start traject"
)


def make_list(rijen: int, on: date) -> list[list[str]]:
    """Return invented rows; one in twenty-five has something that must be refused."""
    chance = random.Random(rijen)
    made = []
    for number in range(1, rijen + 1):
        born = date(1962, 1, 1) + timedelta(days=chance.randrange(44 * 365))
        start = on - timedelta(days=chance.randrange(20, 420))
        row = [
            f"B-{number:05d}",
            _insz(born, 951 + number % 46),
            f"{chance.choice(FAMILIENAMEN)} {number}",
            chance.choice(VOORNAMEN),
            chance.choice((f"{born:%d/%m/%Y}", f"{born:%d-%m-%y}", born.isoformat())),
            chance.choice("MVx"),
            f"Kerkstraat {number % 200}",
            "3020",
            "Herent",
            f"0489 {number % 90 + 10} {number % 80 + 10} {number % 70 + 10}",
            chance.choice(STATUTEN),
            f"{start:%d/%m/%Y}",
            f" bench{number % WORKERS:02d} ",
            "",
            "",
        ]
        if instrument := chance.choice(TRAJECTEN):
            row[13:] = [instrument, f"{start:%d/%m/%Y}"]
        if number % 25 == 0:
            row[12] = "iemand anders"
        made.append(row)
    seen: set[str] = set()
    for row in made:
        # Few order numbers are never issued: a double number is left out.
        if row[1] in seen:
            row[1] = ""
        seen.add(row[1])
    return made


def as_csv(rows: list[list[str]]) -> bytes:
    """Return the list as a Belgian spreadsheet saves it."""
    lines = [KOPPEN, *(";".join(row) for row in rows)]
    return "\r\n".join(lines).encode("utf-8-sig")


def as_xlsx(rows: list[list[str]]) -> bytes:
    """Return the list as a workbook."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Cliënten")
    for number, row in enumerate([KOPPEN.split(";"), *rows]):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value)
    book.close()
    return out.getvalue()


def _insz(born: date, order: int) -> str:
    base = f"{born:%y%m%d}{order:03d}"
    control = 97 - int(("2" if born.year >= 2000 else "") + base) % 97
    return f"{base[:2]}.{base[2:4]}.{base[4:6]}-{base[6:]}.{control:02d}"


def timed(seconds: dict[str, float], name: str, work: Callable[[], object]) -> object:
    """Do the work and note how long it took."""
    began = time.perf_counter()
    done = work()
    seconds[name] = round(time.perf_counter() - began, 2)
    return done


def make_office(on: date):
    """Return the bestuur of the measurement and who works with it."""
    from toegang.enums import Rol
    from toegang.models import Aanstelling, Bestuur, Gebruiker

    bestuur, _ = Bestuur.objects.get_or_create(
        nis=NIS, defaults={"naam": "OCMW Meting", "gemeente": "Meting"}
    )
    lead = None
    for number in range(WORKERS):
        worker, made = Gebruiker.objects.get_or_create(
            gebruikersnaam=f"bench{number:02d}",
            defaults={"voornaam": "Bench", "familienaam": f"Nummer {number}"},
        )
        rol = Rol.MAATSCHAPPELIJK_WERKER if number else Rol.LEIDINGGEVENDE
        if made:
            Aanstelling.objects.create(
                gebruiker=worker, bestuur=bestuur, rol=rol, van=on - timedelta(days=900)
            )
        if not number:
            lead = worker
            lead.work_in(bestuur, frozenset({rol}))
    return bestuur, lead


def measure(rijen: int, *, on: date) -> dict[str, object]:
    """Take the list in as CSV, again as XLSX, and take everything back."""
    from caseload.rules.inlezen.koppeling import propose_koppeling
    from caseload.rules.inlezen.lezen import read_tabel

    bestuur, lead = make_office(on)
    rows = make_list(rijen, on)
    answer: dict[str, object] = {"rijen": rijen}
    for soort, data in (("csv", as_csv(rows)), ("xlsx nogmaals", as_xlsx(rows))):
        seconds: dict[str, float] = {}
        tabel = timed(seconds, "lezen_van_het_bestand", lambda data=data: read_tabel(data))
        koppeling = propose_koppeling(tabel)
        answer[soort] = take_in(bestuur, lead, data, koppeling, on, seconds)
    answer["piekgeheugen_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return answer


def take_in(bestuur, lead, data, koppeling, on, seconds):
    """Go the way of the screen and note each part."""
    from django.utils import timezone

    from caseload.imports import commands
    from caseload.imports.verwerking import work_on
    from caseload.models import Import
    from toegang.scope import in_bestuur

    who = {"by": lead, "at": timezone.now()}
    keuze = {kolom.index: kolom.veld or "" for kolom in koppeling.kolommen}
    koppen = [kolom.kop for kolom in koppeling.kolommen]

    def in_scope(command: Callable[..., object], **values: object) -> object:
        with in_bestuur(bestuur.pk, actor_id=lead.pk):
            return command(**who, **values)

    def work() -> None:
        work_on(import_id=lijst.pk, bestuur_id=bestuur.pk)

    offer = {"bestuur": bestuur, "naam": "meting.csv", "data": data, "op": on}
    lijst = timed(seconds, "aanbieden", lambda: in_scope(commands.offer_import, **offer))
    chosen = {"lijst": lijst, "koppen": koppen, "keuze": keuze, "in_background": False}
    in_scope(commands.choose_koppeling, **chosen)
    timed(seconds, "voorbeeld", work)
    in_scope(commands.start_import, lijst=lijst, in_background=False)
    timed(seconds, "overnemen", work)
    seconds["samen"] = round(sum(seconds.values()), 2)
    with in_bestuur(bestuur.pk):
        done = Import.objects.get(pk=lijst.pk)
    figures: dict[str, object] = dict(seconds)
    figures["uitkomst"] = {k: v for k, v in done.tellers.items() if k.startswith("nu_")}
    return figures


def take_back(bestuur, lead) -> dict[str, object]:
    """Take back what the first list made, so that the next measurement begins empty."""
    from django.utils import timezone

    from caseload.imports import commands
    from caseload.imports.verwerking import work_on
    from caseload.models import Import
    from toegang.scope import in_bestuur

    seconds: dict[str, float] = {}
    with in_bestuur(bestuur.pk, actor_id=lead.pk):
        done = Import.objects.filter(status__in=["klaar", "mislukt", "onderbroken"])
        first = done.filter(tellers__nu_toegepast__gt=0).latest("pk")
        commands.roll_back_import(lijst=first, by=lead, at=timezone.now())
    timed(seconds, "terugdraaien", lambda: work_on(import_id=first.pk, bestuur_id=bestuur.pk))
    with in_bestuur(bestuur.pk):
        tellers = Import.objects.get(pk=first.pk).tellers
    return {**seconds, "bleef_staan": tellers["nu_toegepast"]}


def leave_nothing(bestuur) -> None:
    """Take away the office, so that other measurements count only their own besturen."""
    from caseload.models import Import, Kolomkoppeling
    from toegang.models import Aanstelling, Gebruiker
    from toegang.scope import in_bestuur

    with in_bestuur(bestuur.pk):
        Import.objects.all().delete()
        Kolomkoppeling.objects.all().delete()
        staff = list(
            Aanstelling.objects.filter(bestuur=bestuur).values_list("gebruiker", flat=True)
        )
        Aanstelling.objects.filter(bestuur=bestuur).delete()
        Gebruiker.objects.filter(pk__in=staff).delete()
        bestuur.delete()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.importeren", description=__doc__)
    parser.add_argument("--rijen", type=int, default=5_000)
    parser.add_argument("--op", type=date.fromisoformat, default=date(2026, 11, 22))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    prepare()
    answer: dict[str, object] = {"machine": machine()}
    answer |= measure(options.rijen, on=options.op)
    bestuur, lead = make_office(options.op)
    answer["terug"] = take_back(bestuur, lead)
    leave_nothing(bestuur)
    print(json.dumps(answer, indent=2) if options.json else table(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
