"""What the pages of an import are given."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from caseload.enums import Gevolg, ImportStatus, RijStatus
from caseload.forms.importeren import BestandForm
from caseload.imports.commands import BEWAARDAGEN
from caseload.imports.terugdraaien import obstacles
from caseload.models import Import, Importrij
from caseload.queries.importeren import FIRST, is_done, regels_of, rows_of
from kern.pieces import Counter, Stage
from toegang.http import UserRequest
from trajecten.models import Instrument

PER_PAGE = 50
LISTED = 20
SOORTEN = {
    "geweigerd": "Geweigerde rijen",
    "opmerking": "Rijen met een opmerking",
    "blijft": "Rijen die bleven staan",
    "wacht": "Rijen die nog over te nemen zijn",
    Gevolg.NIEUW.value: "Nieuwe cliënten",
    Gevolg.TRAJECT.value: "Bekende cliënten met een traject erbij",
    Gevolg.AANGEVULD.value: "Bekende cliënten, aangevuld",
    Gevolg.ONGEWIJZIGD.value: "Bekende cliënten, ongewijzigd",
}
# Kind of row, the name under which it is counted, how loud the number is.
_STRAKS = (
    (Gevolg.NIEUW.value, "gevolg_nieuw", "orde"),
    (Gevolg.TRAJECT.value, "gevolg_traject", "orde"),
    (Gevolg.AANGEVULD.value, "gevolg_aangevuld", "orde"),
    (Gevolg.ONGEWIJZIGD.value, "gevolg_ongewijzigd", ""),
    ("opmerking", "opmerking", "binnenkort"),
    ("geweigerd", "geweigerd", "nu"),
)
_NU = (
    (Gevolg.NIEUW.value, "nu_gedaan_nieuw", "orde"),
    (Gevolg.TRAJECT.value, "nu_gedaan_traject", "orde"),
    (Gevolg.AANGEVULD.value, "nu_gedaan_aangevuld", "orde"),
    (Gevolg.ONGEWIJZIGD.value, "nu_dubbel", ""),
    ("opmerking", "nu_opmerking", "binnenkort"),
    ("geweigerd", "nu_geweigerd", "nu"),
)
LABELS = {
    ImportStatus.GEKOPPELD: "De rijen worden gelezen",
    ImportStatus.BEZIG: "De rijen worden overgenomen",
    ImportStatus.TERUGDRAAIEN: "De rijen worden teruggedraaid",
}


def start_context(request: UserRequest, form: BestandForm) -> dict[str, Any]:
    """Return the form and the imports before it."""
    rows = Import.objects.visible_to(request.user).for_list()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {"form": form, "page": page, "stages": stages_of(None), "bewaardagen": BEWAARDAGEN}


def stages_of(lijst: Import | None, *, kolommen: bool = False) -> list[Stage]:
    """Return the stages of an import and where this one is."""
    at = 0
    if lijst is not None:
        done = lijst.status in (ImportStatus.KLAAR, ImportStatus.TERUGGEDRAAID)
        at = 4 if done else 3 if lijst.started_at else 1 if kolommen else 2
    names = ("Bestand", "Kolommen", "Nakijken", "Overnemen")
    return [Stage(name, active=at == i, done=at > i) for i, name in enumerate(names)]


def page_context(request: UserRequest, lijst: Import) -> dict[str, Any]:
    """Return what the page of an import needs, whatever its stage."""
    context: dict[str, Any] = {
        "lijst": lijst,
        "stages": stages_of(lijst),
        "tellers": lijst.tellers,
        "counters": counters_of(lijst),
        "kan_terug": can_roll_back(lijst),
        "kan_verder": lijst.status in (ImportStatus.ONDERBROKEN, ImportStatus.MISLUKT)
        and lijst.started_at is not None
        and lijst.gewist_at is None,
        "kan_weg": lijst.started_at is None,
    }
    if not is_done(lijst):
        return context | progress_context(request, lijst)
    names = _instrument_names()
    refused = list(rows_of(lijst, "geweigerd")[:FIRST])
    taken = list(rows_of(lijst, "")[:FIRST])
    return context | {
        "geweigerd": regels_of(refused, request.user, names),
        "aanvaard": regels_of(taken, request.user, names),
        "blijft": regels_of(_staying(lijst), request.user, names),
        "eerste": FIRST,
    }


def counters_of(lijst: Import) -> list[Counter]:
    """Return the numbers above the tables; each opens the rows it counts."""
    tellers, begun = lijst.tellers, lijst.started_at is not None
    if not tellers or (begun and "nu_toegepast" not in tellers):
        return []
    names = _NU if begun else _STRAKS
    parts = [(soort, tellers.get(name, 0), level) for soort, name, level in names]
    if begun and tellers["nu_aanvaard"]:
        parts.append(("wacht", tellers["nu_aanvaard"], "rest"))
    url = reverse("caseload:import_rijen", args=[lijst.pk])
    return [
        Counter(_label(soort, count, begun), count, f"{url}?soort={soort}", level)
        for soort, count, level in parts
    ]


def _label(soort: str, aantal: int, begun: bool) -> str:
    if soort == Gevolg.NIEUW:
        return "nieuwe cliënt" if aantal == 1 else "nieuwe cliënten"
    if soort == Gevolg.ONGEWIJZIGD:
        return "stonden er al" if begun else "staan er al"
    return {
        Gevolg.TRAJECT.value: "traject erbij",
        Gevolg.AANGEVULD.value: "aangevuld",
        "opmerking": "met opmerking",
        "geweigerd": "geweigerd",
        "wacht": "nog over te nemen",
    }[soort]


def progress_context(request: UserRequest, lijst: Import) -> dict[str, Any]:
    """Return the bar: how far, how long still, how to stop."""
    total, done = lijst.te_verwerken or lijst.rijen, lijst.verwerkt
    if lijst.status == ImportStatus.TERUGDRAAIEN:
        left = Importrij.objects.filter(
            lijst=lijst, status=RijStatus.TOEGEPAST, nummer__lt=lijst.verwerkt
        ).count()
        done = max(0, total - left)
    elif lijst.status == ImportStatus.GEKOPPELD:
        total, done = lijst.rijen, 0
    stop = reverse("caseload:import_stop", args=[lijst.pk])
    return {
        "name": "import",
        "label": LABELS.get(ImportStatus(lijst.status), "Klaar"),
        "done": done,
        "total": total,
        "left": _left(lijst, done, total),
        "poll_url": reverse("caseload:import_voortgang", args=[lijst.pk]),
        "cancel_url": stop if lijst.status == ImportStatus.BEZIG else "",
        "is_done": False,
        "failed": 0,
        "failed_url": "",
    }


def _left(lijst: Import, done: int, total: int) -> str:
    if lijst.status != ImportStatus.BEZIG or not done or lijst.started_at is None:
        return ""
    passed = (timezone.now() - lijst.started_at).total_seconds()
    seconds = round(passed / done * (total - done))
    if seconds < 60:
        return "nog minder dan een minuut"
    minutes = round(seconds / 60)
    return "nog ongeveer een minuut" if minutes == 1 else f"nog ongeveer {minutes} minuten"


def rows_context(request: UserRequest, lijst: Import, soort: str) -> dict[str, Any]:
    """Return one page of the rows of a kind."""
    page = Paginator(rows_of(lijst, soort), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "lijst": lijst,
        "soort": soort,
        "titel": SOORTEN.get(soort, "Aanvaarde rijen"),
        "page": page,
        "regels": regels_of(list(page.object_list), request.user, _instrument_names()),
    }


def confirm_context(lijst: Import) -> dict[str, Any]:
    """Return the sentence before a list is taken in."""
    tellers = lijst.tellers
    lines = []
    if nieuw := tellers.get("gevolg_nieuw", 0):
        lines.append(
            _count(nieuw, "nieuwe cliënt krijgt", "nieuwe cliënten krijgen") + " een dossier."
        )
    if trajecten := tellers.get("trajecten", 0):
        lines.append(_count(trajecten, "traject start", "trajecten starten") + ".")
    if bekend := tellers.get("gevolg_traject", 0) + tellers.get("gevolg_aangevuld", 0):
        lines.append(
            _count(bekend, "bekende cliënt wordt", "bekende cliënten worden")
            + " aangevuld; wat al in het dossier staat, blijft."
        )
    if gelijk := tellers.get("gevolg_ongewijzigd", 0):
        lines.append(_count(gelijk, "rij staat", "rijen staan") + " er al en verandert niets.")
    if geweigerd := tellers.get("geweigerd", 0):
        lines.append(
            _count(geweigerd, "geweigerde rij blijft", "geweigerde rijen blijven")
            + " buiten; u kunt ze ophalen, verbeteren en opnieuw aanbieden."
        )
    rijen = _count(lijst.te_verwerken, "rij", "rijen")
    return {
        "lijst": lijst,
        "stages": stages_of(lijst),
        "sentence": f"U neemt {rijen} over uit {lijst.bestandsnaam}.",
        "lines": lines,
        "act_label": f"Neem {rijen} over",
        "back_url": reverse("caseload:import", args=[lijst.pk]),
    }


def can_roll_back(lijst: Import) -> bool:
    """Tell whether there is something to take back."""
    stopped = (ImportStatus.KLAAR, ImportStatus.ONDERBROKEN, ImportStatus.MISLUKT)
    if lijst.status not in stopped or lijst.started_at is None:
        return False
    return Importrij.objects.filter(lijst=lijst, status=RijStatus.TOEGEPAST).exists()


def roll_back_context(lijst: Import) -> dict[str, Any]:
    """Return what goes, what stays and why."""
    rows = list(
        Importrij.objects.filter(lijst=lijst, status=RijStatus.TOEGEPAST)
        .defer("inhoud")
        .order_by("nummer")
    )
    in_the_way = obstacles(lijst, rows)
    free = [row for row in rows if row.pk not in in_the_way]
    clients = sum(row.gevolg == Gevolg.NIEUW for row in free)
    trajecten = sum("traject" in row.gemaakt for row in free)
    lines = [
        _count(clients, "nieuw dossier verdwijnt", "nieuwe dossiers verdwijnen") + ".",
        _count(trajecten, "traject verdwijnt", "trajecten verdwijnen") + ".",
        "Het spoor van wat gebeurde, blijft bewaard.",
    ]
    return {
        "lijst": lijst,
        "sentence": f"U draait {_count(len(free), 'rij', 'rijen')} van {lijst.bestandsnaam} terug.",
        "lines": lines,
        "blijft": [(row.nummer, in_the_way[row.pk]) for row in rows if row.pk in in_the_way][
            :LISTED
        ],
        "aantal_blijft": len(in_the_way),
        "aantal_terug": len(free),
        "act_label": f"Draai {_count(len(free), 'rij', 'rijen')} terug",
        "back_url": reverse("caseload:import", args=[lijst.pk]),
    }


def _staying(lijst: Import) -> list[Importrij]:
    if lijst.status != ImportStatus.TERUGGEDRAAID:
        return []
    return list(rows_of(lijst, "blijft")[:FIRST])


def _instrument_names() -> dict[str, str]:
    return dict(Instrument.objects.values_list("code", "naam"))


def _count(aantal: int, one: str, many: str) -> str:
    return f"{aantal} {one if aantal == 1 else many}"
