"""One page with every piece, filled with invented people: to look at, and to copy from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kern.belgian_dates import MAANDEN
from kern.charts import Column
from kern.forms import DateField, LayoutForm
from kern.gallery_plan import steps
from kern.pieces import (
    Act,
    Cell,
    Counter,
    Fact,
    FilterWord,
    Head,
    Stage,
    Tab,
    TableRow,
)
from kern.timeline import Lane, Mark, Span

TODAY = date(2026, 11, 22)
HERE = "#"


@dataclass(frozen=True, slots=True)
class ExampleRule:
    """The part of a rule that an explanation shows."""

    bron: str
    zekerheid: str
    eigen: bool = False


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A line of an explanation."""

    tekst: str
    dag: date | None = None
    dagen: int | None = None
    regel: ExampleRule | None = None


@dataclass(frozen=True, slots=True)
class ExampleTermijn:
    """The shape of every clock."""

    naam: str
    uiterste_dag: date | None
    uitleg: tuple[ExampleLine, ...] = ()
    voorlopig: bool = False
    opmerkingen: tuple[str, ...] = ()
    reden_geen_einde: str = ""


@dataclass(frozen=True, slots=True)
class ExampleDraft:
    """What a page shows of words that came back."""

    wanneer: str
    verdwijnt_op: date
    velden: Mapping[str, str]
    andere: int = 0
    concept_pk: int = 0
    adres: str = HERE


class ExampleForm(LayoutForm):
    """Each kind of field once."""

    van = DateField(label="Eerste dag van de schorsing", help_text="Bijvoorbeeld 1/12/2026.")
    tot = DateField(label="Laatste dag", required=False)
    reden = forms.ChoiceField(
        label="Reden",
        choices=[("", "Kies een reden"), ("ziekte", "Ziekte"), ("moederschap", "Moederschapsrust")],
    )
    kanaal = forms.ChoiceField(
        label="Hoe verwittigen we Olena?",
        widget=forms.RadioSelect,
        choices=[("sms", "Met een sms"), ("brief", "Met een brief"), ("niet", "Ze weet het al")],
    )
    attest = forms.BooleanField(label="Het attest is ontvangen", required=False)
    toelichting = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea)


def gallery(request: HttpRequest) -> HttpResponse:
    """Show all pieces; needs no database."""
    return render(request, "kern/gallery.html", examples())


def examples() -> dict[str, Any]:
    """Return everything the page shows."""
    return {
        "today": TODAY,
        "counters": _counters(),
        "signals": _signals(),
        "clocks": _clocks(),
        "lanes": lanes(),
        "columns": columns(),
        "series": ["zonder vervolgstap", "met vervolgstap"],
        "steps": steps(),
        "facts": _facts(),
        "heads": _heads(),
        "rows": _rows(),
        "filter_words": [
            FilterWord("Instrument: TWE", HERE),
            FilterWord("Einde binnen 90 dagen", HERE),
        ],
        "page": _page(),
        "tabs": [
            Tab("Overzicht", HERE, active=True),
            Tab("Trajecten", HERE, count=2),
            Tab("Logboek", HERE, count=14),
            Tab("Wie keek", HERE),
        ],
        "crumbs": [Act("Cliënten", HERE), Act("Kovalenko Olena", HERE)],
        "form": ExampleForm(),
        "draft": ExampleDraft("09:40", date(2026, 11, 29), {"tekst": "Olena belt."}),
        "wrong_form": _wrong_form(),
        "stages": [
            Stage("Bestand", done=True),
            Stage("Kolommen", active=True),
            Stage("Voorbeeld"),
            Stage("Klaar"),
        ],
        "people": ["Benali Amina", "De Smet Pieter"],
        "bulk": [Act("Maak verslagen", HERE, icon="verslag"), Act("Wijs toe", HERE)],
        "start_import": Act("Importeer een lijst", HERE, icon="upload"),
        "levels": [
            ("nu", "Te laat"),
            ("binnenkort", "Binnenkort"),
            ("orde", "In orde"),
            ("rest", "Afgesloten"),
        ],
    }


def _counters() -> list[Counter]:
    return [
        Counter("nu", 3, HERE, "nu"),
        Counter("deze week", 7, HERE, "binnenkort"),
        Counter("wacht op cliënt", 2, HERE, "client"),
        Counter("wacht op partner", 4, HERE),
        Counter("zonder spilfiguur", 0, HERE),
    ]


def _signals() -> list[Mapping[str, Any]]:
    more = [
        Act("Open het traject", HERE, icon="trajecten"),
        Act("Noteer contact", HERE, icon="telefoon"),
    ]
    return [
        {
            "level": "nu",
            "word": "Te laat",
            "due": date(2026, 11, 19),
            "client": "Benali Amina",
            "reason": "TWE liep af op 19/11 en er is geen vervolgstap afgesproken.",
            "act": Act("Spreek vervolgstap af", HERE),
            "more": more,
        },
        {
            "level": "nu",
            "word": "Vandaag",
            "due": date(2026, 11, 22),
            "client": "De Smet Pieter",
            "reason": "GPMI-evaluatie 3 van 3: nog één gesprek in persoon nodig.",
            "act": Act("Plan gesprek", HERE),
            "more": more,
        },
        {
            "level": "binnenkort",
            "word": "Binnenkort",
            "due": date(2026, 12, 1),
            "client": "Nguyễn Thị Hoà",
            "reason": "Wijk-werken eindigt over 9 dagen en er is geen vervolgstap afgesproken.",
            "act": Act("Spreek vervolgstap af", HERE),
            "more": more,
        },
    ]


def _clocks() -> list[Mapping[str, Any]]:
    decree = ExampleRule("Decreet tijdelijke werkervaring, art. 5", "H")
    own = ExampleRule("Beslissing van de raad van 12/01/2026", "L", eigen=True)
    start = date(2026, 3, 2)
    running = ExampleTermijn(
        naam="Tijdelijke werkervaring",
        uiterste_dag=date(2028, 6, 1),
        uitleg=(
            ExampleLine("Start van de werkervaringsovereenkomst", dag=start),
            ExampleLine("+ 24 maanden", dag=date(2028, 3, 1), regel=decree),
            ExampleLine(
                "+ 92 dagen schorsing (1/07/2026 t.e.m. 30/09/2026)",
                dag=date(2028, 6, 1),
                regel=own,
            ),
        ),
        opmerkingen=("Of een schorsing de termijn verlengt, staat niet vast. Reken zelf na.",),
    )
    late = ExampleTermijn(
        naam="Wijk-werken",
        uiterste_dag=date(2026, 11, 19),
        uitleg=(
            ExampleLine("Start van het wijk-werken", dag=date(2025, 11, 20)),
            ExampleLine("+ 12 maanden", dag=date(2026, 11, 19), regel=decree),
        ),
    )
    near = ExampleTermijn(
        naam="Activeringstraject",
        uiterste_dag=date(2027, 1, 14),
        voorlopig=True,
        uitleg=(
            ExampleLine("Start van het traject", dag=date(2025, 7, 15)),
            ExampleLine("+ 18 maanden", dag=date(2027, 1, 14), regel=decree),
        ),
    )
    return [
        {
            "termijn": running,
            "begin": start,
            "pauses": [Span(date(2026, 7, 1), date(2026, 9, 30), "schorsing")],
        },
        {"termijn": near, "begin": date(2025, 7, 15), "pauses": []},
        {"termijn": late, "begin": date(2025, 11, 20), "pauses": []},
    ]


def lanes() -> list[Lane]:
    """Return the history of one invented client."""
    return [
        Lane(
            "Leefloon",
            bars=[Span(date(2023, 5, 1), None, "Leefloon, categorie 2", "rest")],
            note="sinds 1/05/2023",
        ),
        Lane(
            "GPMI",
            bars=[Span(date(2023, 8, 1), None, "GPMI", "petrol")],
            dots=[
                Mark(date(2024, 1, 15), "Evaluatie", "petrol"),
                Mark(date(2025, 2, 3), "Evaluatie", "petrol"),
                Mark(date(2026, 5, 20), "Evaluatie", "petrol"),
            ],
        ),
        Lane(
            "Wijk-werken",
            bars=[Span(date(2024, 9, 2), date(2025, 9, 1), "Wijk-werken")],
            note="gestopt: ander traject",
        ),
        Lane(
            "Tijdelijke werkervaring",
            bars=[Span(date(2026, 3, 2), date(2028, 6, 1), "Tijdelijke werkervaring")],
            pauses=[Span(date(2026, 7, 1), date(2026, 9, 30), "Schorsing: ziekte")],
            marks=[Mark(date(2028, 6, 1), "uiterste dag 1/06/2028", "petrol")],
            dots=[Mark(date(2026, 6, 2), "Evaluatie", "petrol")],
        ),
        Lane(
            "Stappen van Olena",
            bars=[Span(date(2026, 5, 1), date(2027, 2, 28), "Rijbewijs halen", "client")],
        ),
    ]


def columns() -> list[Column]:
    """Return the ends of 24 months."""
    amounts = [4, 6, 9, 14, 11, 5, 3, 2, 4, 7, 5, 3, 3, 4, 6, 2, 1, 0, 2, 3, 5, 2, 1, 1]
    open_ends = [3, 4, 5, 6, 4, 1, 1, 1, 1, 2, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    found, month = [], TODAY.replace(day=1)
    for amount, without in zip(amounts, open_ends, strict=True):
        name = MAANDEN[month.month - 1]
        found.append(
            Column(
                label=f"{name} {month.year}",
                short=name[:1],
                group=str(month.year),
                values=(without, amount - without),
                url=f"#{month:%Y-%m}",
            )
        )
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def _facts() -> list[Fact]:
    return [
        Fact("Geboortedatum", "14/02/1992", note="34 jaar"),
        Fact("Taal", "Oekraïens", note="Nederlands A2"),
        Fact("Spilfiguur", "An Peeters", note="sinds 2/03/2026"),
        Fact("Telefoon", "0470 12 34 56", note="liefst sms"),
        Fact("E-mail", add=Act("voeg toe", HERE)),
        Fact("Statuut", "Leefloon, categorie 2", note="sinds 1/05/2023"),
    ]


def _heads() -> list[Head]:
    return [
        Head("Cliënt", url=HERE, sort="ascending"),
        Head("Instrument", url=HERE),
        Head("Uiterste dag", url=HERE),
        Head("Nog", number=True),
        Head("Volgende stap"),
    ]


def _rows() -> list[TableRow]:
    data = [
        ("Benali Amina", "2026/0142", "TWE", "19/11/2026", "–3", "nu", "Geen afgesproken"),
        (
            "De Smet Pieter",
            "2025/0871",
            "Wijk-werken",
            "01/12/2026",
            "9",
            "",
            "Sollicitatie bakkerij",
        ),
        ("Kovalenko Olena", "2023/0310", "TWE", "01/06/2028", "557", "", "Rijbewijs theorie"),
        (
            "Nguyễn Thị Hoà",
            "2026/0017",
            "Activeringstraject",
            "14/01/2027",
            "53",
            "binnenkort",
            "Geen afgesproken",
        ),
    ]
    return [
        TableRow(
            name=name,
            note=number,
            url=HERE,
            cells=(
                Cell(instrument),
                Cell(day),
                Cell(left, number=True),
                Cell(step, level=level),
            ),
        )
        for name, number, instrument, day, left, level, step in data
    ]


def _page() -> Page[int]:
    return Paginator(range(1, 1201), 50).page(7)


def _wrong_form() -> ExampleForm:
    form = ExampleForm(
        {"van": "31/02/2026", "tot": "", "reden": "", "kanaal": ""}, auto_id="fout_%s"
    )
    form.is_valid()
    return form
