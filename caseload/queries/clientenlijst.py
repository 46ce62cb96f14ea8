"""The list of clients: what may be chosen, and the one queryset behind list, counter and export."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from caseload.enums import Wie
from caseload.queries.kolommen import Kolom, client_text, needed, of_whom, sort_column
from clienten.enums import StatuutSoort, Taal
from clienten.models import Client, Statuut, Toewijzing
from toegang.models import Gebruiker
from trajecten.enums import CONTACTEN, PlanStatus, SignaalCode
from trajecten.models import Akkoord, Doel, Logboekitem, Planversie, Signaal, Stap, Traject
from trajecten.signalen.teksten import kort


@dataclass(frozen=True, slots=True)
class ClientenKeuze:
    """What was chosen of all clients one may see; the address of the list says the same."""

    wie: str = Wie.TEAM
    q: str = ""
    statuut: str = ""
    instrument: str = ""
    signaal: str = ""
    wacht: str = ""

    def params(self) -> dict[str, str]:
        """Return the part of the address that opens exactly this list."""
        chosen = asdict(self)
        return {name: str(value) for name, value in chosen.items() if value or name == "wie"}

    def apply(self, user: Gebruiker, *, on: date) -> QuerySet[Client]:
        """Return the clients meant, without order."""
        found = of_whom(Client.objects.visible_to(user), self.wie, user, on=on)
        if self.q:
            found = found.filter(client_text(self.q))
        if self.statuut:
            current = Statuut.objects.active_on(on).filter(client=OuterRef("pk"))
            found = found.filter(Exists(current.filter(soort=self.statuut)))
        if self.instrument:
            running = Traject.objects.open_on(on).filter(client=OuterRef("pk"))
            found = found.filter(Exists(running.filter(instrument__code=self.instrument)))
        if self.signaal:
            signals = Signaal.objects.filter(client=OuterRef("pk"), code=self.signaal)
            found = found.filter(Exists(signals))
        if self.wacht:
            found = found.filter(_waits(self.wacht))
        return found

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return what can be chosen."""
        return tuple(field.name for field in fields(cls))

    def without(self, name: str) -> Self:
        """Return the choice with one part taken away."""
        return type(self)(**{**asdict(self), name: Wie.TEAM if name == "wie" else ""})


def _waits(stem: str) -> Q:
    """Choose whose plan waits for an answer of this side: a goal, a step or a whole version."""
    turn = Q(client=OuterRef("pk"), status=PlanStatus.VOORGESTELD, wacht_op=stem)
    agreed = Exists(Akkoord.objects.filter(planversie=OuterRef("pk"), stem=stem))
    versions = Planversie.objects.awaiting().filter(~agreed, client=OuterRef("pk"))
    return (
        Q(Exists(Stap.objects.filter(turn)))
        | Q(Exists(Doel.objects.filter(turn)))
        | Q(Exists(versions))
    )


def _spilfiguur(on: date) -> Subquery:
    running = Toewijzing.objects.active_on(on).filter(client=OuterRef("pk"), is_spilfiguur=True)
    name = Concat("gebruiker__voornaam", Value(" "), "gebruiker__familienaam")
    return Subquery(running.annotate(wie=name).values("wie")[:1])


def _statuut(naam: str, on: date) -> Subquery:
    running = Statuut.objects.active_on(on).filter(client=OuterRef("pk"))
    return Subquery(running.order_by("-van").values(naam)[:1])


def _running(on: date) -> QuerySet[Traject]:
    return Traject.objects.open_on(on).filter(client=OuterRef("pk"))


def _signals(on: date) -> QuerySet[Signaal]:
    return Signaal.objects.filter(client=OuterRef("pk")).order_by(
        "-fase", F("vervaldag").asc(nulls_last=True), "pk"
    )


EXPRESSIONS = {
    "spilfiguur_naam": _spilfiguur,
    "statuut_soort": lambda on: _statuut("soort", on),
    "statuut_categorie": lambda on: _statuut("categorie", on),
    "instrumenten": lambda on: ArraySubquery(
        _running(on).order_by("begindatum", "pk").values("instrument__naam")
    ),
    "eerste_limiet": lambda on: Subquery(
        _running(on)
        .filter(einddatum__isnull=True, uiterste_dag__isnull=False)
        .order_by("uiterste_dag")
        .values("uiterste_dag")[:1]
    ),
    "signaal_code": lambda on: Subquery(_signals(on).values("code")[:1]),
    "signaal_fase": lambda on: Subquery(_signals(on).values("fase")[:1]),
    "contact_at": lambda on: Subquery(
        Logboekitem.objects.filter(client=OuterRef("pk"), soort__in=CONTACTEN)
        .order_by("-moment")
        .values("moment")[:1]
    ),
}


def _statuut_text(row: Any) -> str:
    if not row.statuut_soort:
        return ""
    label = str(StatuutSoort(row.statuut_soort).label)
    return f"{label}, cat. {row.statuut_categorie}" if row.statuut_categorie else label


def fase_niveau(fase: int | None) -> str:
    """Return the colour of a signal's loudness; the word stands beside it."""
    return "" if fase is None else "nu" if fase >= 4 else "binnenkort" if fase >= 3 else "rest"


KOLOMMEN: tuple[Kolom, ...] = (
    Kolom(
        "spilfiguur",
        "Spilfiguur",
        lambda row: row.spilfiguur_naam or "",
        nodig=("spilfiguur_naam",),
        sort="spilfiguur_naam",
        is_inhoud=False,
    ),
    Kolom(
        "statuut",
        "Statuut",
        _statuut_text,
        nodig=("statuut_soort", "statuut_categorie"),
        sort="statuut_soort",
    ),
    Kolom(
        "trajecten",
        "Lopende trajecten",
        lambda row: ", ".join(kort(naam) for naam in row.instrumenten),
        nodig=("instrumenten",),
    ),
    Kolom(
        "limiet",
        "Uiterste dag",
        lambda row: row.eerste_limiet,
        nodig=("eerste_limiet",),
        sort="eerste_limiet",
        niveau=lambda row, today: "nu" if row.eerste_limiet and row.eerste_limiet < today else "",
    ),
    Kolom(
        "signaal",
        "Vraagt aandacht",
        lambda row: str(SignaalCode(row.signaal_code).label) if row.signaal_code else "",
        nodig=("signaal_code", "signaal_fase"),
        sort="signaal_fase",
        niveau=lambda row, today: fase_niveau(row.signaal_fase),
    ),
    Kolom(
        "contact",
        "Laatste contact",
        lambda row: row.contact_at,
        nodig=("contact_at",),
        sort="contact_at",
    ),
    Kolom(
        "geboortedatum",
        "Geboortedatum",
        lambda row: row.geboortedatum,
        sort="geboortedatum",
        is_inhoud=False,
    ),
    Kolom("gemeente", "Gemeente", lambda row: row.gemeente, sort="gemeente", is_inhoud=False),
    Kolom("telefoon", "Telefoon", lambda row: row.telefoon, is_inhoud=False),
    Kolom("taal", "Taal", lambda row: str(Taal(row.taal).label), sort="taal", is_inhoud=False),
)
STANDAARD = ("spilfiguur", "statuut", "trajecten", "limiet", "signaal", "contact")


def client_rows(
    keuze: ClientenKeuze, kolommen: Sequence[Kolom], sort: str, user: Gebruiker, *, on: date
) -> QuerySet[Client]:
    """Return the rows of the list in its order, with what the columns need."""
    found = keuze.apply(user, on=on).annotate(**needed(kolommen, EXPRESSIONS, on=on))
    kolom, is_down = sort_column(kolommen, sort)
    if kolom is None:
        return found.order_by("-zoeknaam" if sort == "-naam" else "zoeknaam", "pk")
    order = F(kolom.sort).desc(nulls_last=True) if is_down else F(kolom.sort).asc(nulls_last=True)
    return found.order_by(order, "zoeknaam", "pk")
