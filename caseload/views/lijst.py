"""What both lists share: choice from the address, columns, order, words and selection."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from caseload.enums import Lijst, TrajectStand
from caseload.forms.filters import ClientenFilter, Filter, TrajectenFilter
from caseload.models import Weergave
from caseload.queries import clientenlijst, dag, trajectenlijst
from caseload.queries.clientenlijst import ClientenKeuze
from caseload.queries.kolommen import Kolom, chosen
from caseload.queries.trajectenlijst import TrajectenKeuze
from caseload.views.tonen import workers_of
from kern.pieces import Cell, FilterWord, Head
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten.models import Instrument

KIES, ALLES, KOLOM, SORT = "kies", "alles", "kolom", "sort"


@dataclass(frozen=True, slots=True)
class Soort:
    """One of the two lists: how it is chosen from, shown and filled."""

    lijst: Lijst
    noun: str
    singular: str
    keuze: type[ClientenKeuze] | type[TrajectenKeuze]
    kolommen: Sequence[Kolom]
    standaard: Sequence[str]
    rows: Callable[..., QuerySet[Any]]

    @property
    def url(self) -> str:
        """Return the address of the list without any choice."""
        return reverse(f"caseload:{self.lijst.value}")


CLIENTEN = Soort(
    Lijst.CLIENTEN,
    "cliënten",
    "cliënt",
    ClientenKeuze,
    clientenlijst.KOLOMMEN,
    clientenlijst.STANDAARD,
    clientenlijst.client_rows,
)
TRAJECTEN = Soort(
    Lijst.TRAJECTEN,
    "trajecten",
    "traject",
    TrajectenKeuze,
    trajectenlijst.KOLOMMEN,
    trajectenlijst.STANDAARD,
    trajectenlijst.traject_rows,
)


@dataclass(slots=True)
class Lijststand:
    """A list as the address asks for it."""

    soort: Soort
    user: Gebruiker
    vandaag: date
    filter: Filter
    keuze: ClientenKeuze | TrajectenKeuze
    kolommen: list[Kolom]
    sort: str
    gekozen: tuple[int, ...] = field(default=())
    alles: bool = False

    @property
    def rows(self) -> QuerySet[Any]:
        """Return every row of the list in its order."""
        return self.soort.rows(self.keuze, self.kolommen, self.sort, self.user, on=self.vandaag)

    @property
    def selection(self) -> QuerySet[Any]:
        """Return the ticked rows, or the whole list where that was asked."""
        return self.rows if self.alles else self.rows.filter(pk__in=self.gekozen)

    def params(self, *, sort: str | None = None) -> list[tuple[str, str]]:
        """Return the parts of the address that make this list again."""
        pairs = list(self.keuze.params().items())
        usual = chosen(
            self.soort.kolommen, (), self.soort.standaard, met_inhoud=sees_content(self.user)
        )
        if self.kolommen != usual:
            pairs += [(KOLOM, kolom.naam) for kolom in self.kolommen]
        order = self.sort if sort is None else sort
        return [*pairs, (SORT, order)] if order else pairs

    def query(self, **changes: str) -> str:
        """Return the address of this list, or of the same list in another order."""
        return f"{self.soort.url}?{urlencode(self.params(**changes))}"


def sees_content(user: Gebruiker) -> bool:
    """Tell whether the user may see more of a client than who she is."""
    return user.may(Permission.TRAJECT_VIEW)


def read_list(request: UserRequest, soort: Soort, data: QueryDict | None = None) -> Lijststand:
    """Return the list that the address (or a form with the same parts) asks for."""
    user, today = request.user, timezone.localdate()
    asked = (data if data is not None else request.GET).copy()
    asked.setdefault("wie", dag.whose(user) if user.may(Permission.DAY_VIEW) else "team")
    if soort.lijst == Lijst.TRAJECTEN:
        asked.setdefault("stand", TrajectStand.LOPEND)
    form = _filter(soort, asked, user)
    names = soort.keuze.names()
    values = {name: value for name, value in form.chosen().items() if name in names}
    return Lijststand(
        soort=soort,
        user=user,
        vandaag=today,
        filter=form,
        keuze=soort.keuze(**values),
        kolommen=chosen(
            soort.kolommen,
            asked.getlist(KOLOM),
            soort.standaard,
            met_inhoud=sees_content(user),
        ),
        sort=asked.get(SORT, ""),
        gekozen=tuple(int(pk) for pk in asked.getlist(KIES) if pk.isdecimal() and len(pk) < 19),
        alles=asked.get(ALLES) == "1",
    )


def _filter(soort: Soort, asked: QueryDict, user: Gebruiker) -> Filter:
    medewerkers = workers_of(user)
    if soort.lijst == Lijst.CLIENTEN and not sees_content(user):
        return ClientenFilter(asked, medewerkers=medewerkers, instrumenten=(), met_inhoud=False)
    instrumenten = list(Instrument.objects.for_list().values_list("code", "naam"))
    made = ClientenFilter if soort.lijst == Lijst.CLIENTEN else TrajectenFilter
    return made(asked, medewerkers=medewerkers, instrumenten=instrumenten)


def heads(stand: Lijststand) -> list[Head]:
    """Return the heads of the table; a click sorts, a second click turns the order round."""
    first = _head(stand, "naam", "Cliënt", sortable=True, number=False)
    return [first] + [
        _head(stand, kolom.naam, kolom.label, sortable=bool(kolom.sort), number=kolom.number)
        for kolom in stand.kolommen
    ]


def _head(stand: Lijststand, naam: str, label: str, *, sortable: bool, number: bool) -> Head:
    if not sortable:
        return Head(label, number=number)
    is_usual = naam == "naam" and not stand.sort and stand.soort is CLIENTEN
    up = stand.sort == naam or is_usual
    down = stand.sort == f"-{naam}"
    return Head(
        label,
        number=number,
        url=stand.query(sort=f"-{naam}" if up else naam),
        sort="ascending" if up else "descending" if down else "",
    )


def cells(stand: Lijststand, row: Any) -> tuple[Cell, ...]:
    """Return the cells of one row."""
    return tuple(
        Cell(
            kolom.tekst(row),
            number=kolom.number,
            level=(kolom.niveau(row, stand.vandaag) if kolom.niveau and kolom.tekst(row) else ""),
        )
        for kolom in stand.kolommen
    )


def filter_words(stand: Lijststand) -> list[FilterWord]:
    """Return what is filtered, as words that can be taken away."""
    words = []
    for name in stand.keuze.params():
        if name in ("van", "tot") or name not in stand.filter.fields:
            continue
        label = _word(stand, stand.filter[name])
        if label:
            other = stand.keuze.without(name)
            query = urlencode(list(other.params().items()))
            words.append(FilterWord(label, f"{stand.soort.url}?{query}"))
    return words


def _word(stand: Lijststand, bound: BoundField) -> str:
    value = getattr(stand.keuze, bound.name)
    if value in ("", "team", TrajectStand.ALLE):
        return ""
    if bound.name == "q":
        return f"“{value}”"
    label = _choice(bound, str(value))
    if bound.name == "datum" and isinstance(stand.keuze, TrajectenKeuze):
        return f"{label} {_period(stand.keuze.van, stand.keuze.tot)}".strip()
    return label


def _choice(bound: BoundField, value: str) -> str:
    found = value
    for key, label in getattr(bound.field, "choices", ()):
        options = label if isinstance(label, list | tuple) else [(key, label)]
        found = next((str(name) for code, name in options if str(code) == value), found)
    return found


def _period(van: date | None, tot: date | None) -> str:
    parts = [f"van {van:%d/%m/%Y}" if van else "", f"t.e.m. {tot:%d/%m/%Y}" if tot else ""]
    return " ".join(part for part in parts if part)


def list_context(stand: Lijststand) -> dict[str, Any]:
    """Return what the template of a list needs besides its page."""
    views = Weergave.objects.visible_to(stand.user).for_list(stand.soort.lijst)
    shown = {kolom.naam for kolom in stand.kolommen}
    met_inhoud = sees_content(stand.user)
    return {
        "stand": stand,
        "filter": stand.filter,
        "woorden": filter_words(stand),
        "hoofden": heads(stand),
        "params": stand.params(),
        "query": urlencode(stand.params()),
        "weergaven": list(views),
        "kolomkeuze": [
            (kolom.naam, kolom.label, kolom.naam in shown)
            for kolom in stand.soort.kolommen
            if met_inhoud or not kolom.is_inhoud
        ],
        "alles_url": f"{stand.soort.url}?{urlencode({'wie': 'team', 'stand': 'alle'})}"
        if stand.soort is TRAJECTEN
        else f"{stand.soort.url}?wie=team",
    }
