"""Weeks lost to barriers, for who leads and for the bestuur: on screen and as a sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clienten.enums import DrempelSoort
from kern import spreadsheets
from kern.belgian_dates import format_short
from kern.pieces import Tab
from kern.spreadsheets import Value
from rapporten.forms import WekenForm
from rapporten.queries.weken import weken_verloren
from rapporten.rules.kwartalen import Telperiode, telperiodes
from rapporten.rules.weken import MINSTENS, Getoond, Tel, houd_kleine_achter
from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission

HEADS = ("Periode", "Drempel", "Gebied", "Mensen", "Weken")
NIET_GETOOND = "niet getoond"
ALLE_GEBIEDEN = "alle gebieden"
GEEN_GEBIED = "gebied niet ingevuld"


@dataclass(frozen=True, slots=True)
class Telregel:
    """A line of the count; without a tel it is kept back."""

    soort: str
    gebied: str
    tel: Tel | None
    is_deel: bool = False

    @property
    def mensen(self) -> int | str:
        """Return the people, or that they are not told."""
        return NIET_GETOOND if self.tel is None else self.tel.mensen

    @property
    def weken(self) -> int | str:
        """Return the whole weeks, or that they are not told."""
        return NIET_GETOOND if self.tel is None else self.tel.weken


@dataclass(frozen=True, slots=True)
class Overzicht:
    """The count of a period as it may leave the team."""

    periode: Telperiode
    naam: str
    regels: tuple[Telregel, ...]
    totaal: Telregel | None


@require_safe
@requires(Permission.DREMPEL_REPORT)
def weken(request: UserRequest) -> TemplateResponse:
    """Show how many people and weeks stood still, by kind of barrier and area."""
    overzicht = _read(request)
    query = f"?periode={overzicht.periode.code}"
    context = {
        "form": WekenForm(
            {"periode": overzicht.periode.code}, periodes=telperiodes(timezone.localdate())
        ),
        "overzicht": overzicht,
        "minstens": MINSTENS,
        "tabs": tabs(request.user, "rapporten:weken"),
        "excel_url": reverse("rapporten:weken_export", args=["xlsx"]) + query,
        "csv_url": reverse("rapporten:weken_export", args=["csv"]) + query,
    }
    return TemplateResponse(request, "rapporten/weken.html", context)


@require_safe
@requires(Permission.DREMPEL_REPORT)
def weken_export(request: UserRequest, vorm: str) -> HttpResponse:
    """Give the same count as a spreadsheet."""
    overzicht = _read(request)
    values = _values(overzicht)
    if vorm == "csv":
        content, kind = spreadsheets.as_csv(HEADS, values), spreadsheets.CSV_TYPE
    else:
        content = spreadsheets.as_xlsx("Weken verloren", HEADS, values)
        kind = spreadsheets.XLSX_TYPE
    disposition = f'attachment; filename="drempels-{overzicht.periode.code}.{vorm}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def tabs(user: Gebruiker, active: str) -> list[Tab]:
    """Return the sections of the reports; one section needs no tabs."""
    if not user.may(Permission.DREMPEL_REPORT):
        return []
    sections = (("Verslagen", "rapporten:archief"), ("Wachten op drempels", "rapporten:weken"))
    return [Tab(label, reverse(name), active=name == active) for label, name in sections]


def _read(request: UserRequest) -> Overzicht:
    today = timezone.localdate()
    periodes = telperiodes(today)
    asked = request.GET.get("periode", "")
    periode = next((item for item in periodes if item.code == asked), periodes[0])
    bestuur_id = request.user.bestuur.pk if request.user.bestuur else 0
    shown = houd_kleine_achter(weken_verloren(bestuur_id, periode.dagen, vandaag=today))
    regels = tuple(_lines(shown))
    total = Telregel("Alle drempels", ALLE_GEBIEDEN, shown.totaal) if regels else None
    return Overzicht(periode, _name(periode, today), regels, total)


def _name(periode: Telperiode, today: date) -> str:
    end = periode.dagen.end
    runs = end is not None and end > today
    return f"{periode.naam} (t.e.m. {format_short(today)})" if runs else periode.naam


def _lines(shown: Getoond) -> Iterator[Telregel]:
    for soort in DrempelSoort:
        if soort not in shown.per_soort:
            continue
        label = str(soort.label)
        yield Telregel(label, ALLE_GEBIEDEN, shown.per_soort[soort])
        if soort == DrempelSoort.GEVOELIG:
            continue
        areas = sorted(place for place in shown.per_plaats if place[0] == soort)
        # What has no area comes last.
        for place in sorted(areas, key=lambda place: (not place[1], place[1].casefold())):
            yield Telregel(label, place[1] or GEEN_GEBIED, shown.per_plaats[place], is_deel=True)


def _values(overzicht: Overzicht) -> Iterator[list[Value]]:
    total = [overzicht.totaal] if overzicht.totaal else []
    for regel in (*overzicht.regels, *total):
        yield [overzicht.naam, regel.soort, regel.gebied, regel.mensen, regel.weken]
