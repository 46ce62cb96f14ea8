"""The list of trajecten: what may be chosen, and the one queryset behind list, chart and export."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from caseload.enums import Datumsoort, Stapkeuze, TrajectStand, Wie
from caseload.queries.clientenlijst import fase_niveau
from caseload.queries.kolommen import Kolom, client_text, needed, of_whom, sort_column
from clienten.enums import StatuutSoort
from clienten.models import Client, Statuut, Toewijzing
from kern.belgian_dates import format_short
from kern.words import urgency
from toegang.enums import Rol
from toegang.models import Gebruiker
from trajecten.enums import CONTACTEN, SignaalCode
from trajecten.models import Logboekitem, Signaal, Stap, Traject
from trajecten.models.traject import TrajectQuerySet
from trajecten.signalen.teksten import kort


@dataclass(frozen=True, slots=True)
class TrajectenKeuze:
    """What was chosen of all trajecten one may see; the address of the list says the same."""

    wie: str = Wie.TEAM
    q: str = ""
    instrument: str = ""
    stand: str = TrajectStand.LOPEND
    statuut: str = ""
    signaal: str = ""
    stap: str = ""
    datum: str = ""
    van: date | None = None
    tot: date | None = None

    def params(self) -> dict[str, str]:
        """Return the part of the address that opens exactly this list."""
        chosen = asdict(self)
        always = ("wie", "stand")
        return {
            name: format_short(value) if isinstance(value, date) else str(value)
            for name, value in chosen.items()
            if value or name in always
        }

    def apply(self, user: Gebruiker, *, on: date) -> TrajectQuerySet:
        """Return the trajecten meant, without order."""
        found = self._by_client(Traject.objects.visible_to(user), user, on)
        found = found.filter(_stand(self.stand, on))
        if self.instrument:
            found = found.filter(instrument__code=self.instrument)
        if self.signaal:
            found = found.filter(
                Exists(Signaal.objects.filter(traject=OuterRef("pk"), code=self.signaal))
            )
        if self.stap:
            has_step = Exists(_steps())
            found = found.filter(has_step if self.stap == Stapkeuze.MET else ~has_step)
        if self.datum and (self.van or self.tot):
            found = found.filter(_in_period(self.datum, self.van, self.tot))
        return found

    def _by_client(self, found: TrajectQuerySet, user: Gebruiker, on: date) -> TrajectQuerySet:
        if self.wie != Wie.TEAM:
            clients = of_whom(Client.objects.visible_to(user), self.wie, user, on=on)
            found = found.filter(client__in=clients.values("pk"))
        if self.q:
            found = found.filter(client_text(self.q, prefix="client__"))
        if self.statuut:
            current = Statuut.objects.active_on(on).filter(client=OuterRef("client"))
            found = found.filter(Exists(current.filter(soort=self.statuut)))
        return found

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return what can be chosen."""
        return tuple(field.name for field in fields(cls))

    def without(self, name: str) -> Self:
        """Return the choice with one part taken away."""
        empty: dict[str, Any] = {"wie": Wie.TEAM, "stand": TrajectStand.ALLE}
        values = {**asdict(self), name: empty.get(name, "")}
        if name == "datum":
            values |= {"van": None, "tot": None}
        return type(self)(**values)


def _stand(stand: str, on: date) -> Q:
    unfinished = Q(einddatum__isnull=True)
    return {
        TrajectStand.LOPEND: Q(begindatum__lte=on) & (unfinished | Q(einddatum__gte=on)),
        TrajectStand.VOORBIJ: unfinished & Q(uiterste_dag__lt=on),
        TrajectStand.GEPLAND: unfinished & Q(begindatum__gt=on),
        TrajectStand.BEEINDIGD: Q(einddatum__lt=on),
    }.get(TrajectStand(stand), Q())


def _in_period(datum: str, van: date | None, tot: date | None) -> Q:
    field = {
        Datumsoort.START: "begindatum",
        Datumsoort.EINDE: "einddatum",
        Datumsoort.BESLIST: "beslist_op",
        Datumsoort.LIMIET: "uiterste_dag",
    }.get(Datumsoort(datum))
    if field is None:
        ran = Q(begindatum__lte=tot) if tot else Q()
        return ran & (Q(einddatum__isnull=True) | Q(einddatum__gte=van)) if van else ran
    inside = Q(einddatum__isnull=True) if datum == Datumsoort.LIMIET else Q()
    inside &= Q(**{f"{field}__gte": van}) if van else Q(**{f"{field}__isnull": False})
    return inside & Q(**{f"{field}__lte": tot}) if tot else inside


def _steps() -> QuerySet[Stap]:
    steps = Stap.objects.next_steps().agreed()
    return steps.filter(traject=OuterRef("pk")).order_by("afgesproken_tegen", "pk")


def _signals() -> QuerySet[Signaal]:
    return Signaal.objects.filter(traject=OuterRef("pk")).order_by("-fase", "pk")


def _spilfiguur(on: date) -> Subquery:
    running = Toewijzing.objects.active_on(on).filter(client=OuterRef("client"), is_spilfiguur=True)
    name = Concat("gebruiker__voornaam", Value(" "), "gebruiker__familienaam")
    return Subquery(running.annotate(wie=name).values("wie")[:1])


EXPRESSIONS: dict[str, Callable[[date], Combinable]] = {
    "stap_tekst": lambda on: Subquery(_steps().values("tekst")[:1]),
    "stap_tegen": lambda on: Subquery(_steps().values("afgesproken_tegen")[:1]),
    "spilfiguur_naam": _spilfiguur,
    "statuut_soort": lambda on: Subquery(
        Statuut.objects.active_on(on).filter(client=OuterRef("client")).values("soort")[:1]
    ),
    "signaal_code": lambda on: Subquery(_signals().values("code")[:1]),
    "signaal_fase": lambda on: Subquery(_signals().values("fase")[:1]),
    "dagen_te_gaan": lambda on: F("uiterste_dag") - Value(on),
    "contact_at": lambda on: Subquery(
        Logboekitem.objects.filter(client=OuterRef("client"), soort__in=CONTACTEN)
        .order_by("-moment")
        .values("moment")[:1]
    ),
}


def _days_left(row: Any) -> int | None:
    if row.einddatum is not None or row.dagen_te_gaan is None:
        return None
    days: int = row.dagen_te_gaan.days
    return days


def _limit_level(row: Any, today: date) -> str:
    if row.einddatum is not None or row.uiterste_dag is None:
        return ""
    return "nu" if row.uiterste_dag < today else ""


def _step_level(row: Any, today: date) -> str:
    if row.stap_tekst or row.einddatum is not None:
        return ""
    return {"nu": "nu", "binnenkort": "binnenkort"}.get(urgency(row.uiterste_dag, today).level, "")


KOLOMMEN: tuple[Kolom, ...] = (
    Kolom(
        "instrument", "Instrument", lambda row: kort(row.instrument.naam), sort="instrument__naam"
    ),
    Kolom("start", "Start", lambda row: row.begindatum, sort="begindatum"),
    Kolom(
        "limiet",
        "Uiterste dag",
        lambda row: row.uiterste_dag,
        sort="uiterste_dag",
        niveau=_limit_level,
    ),
    Kolom(
        "nog", "Nog (dagen)", _days_left, nodig=("dagen_te_gaan",), sort="uiterste_dag", number=True
    ),
    Kolom(
        "stap",
        "Volgende stap",
        lambda row: row.stap_tekst or ("" if row.einddatum else "Geen afgesproken"),
        nodig=("stap_tekst",),
        niveau=_step_level,
    ),
    Kolom(
        "stap_tegen",
        "Stap tegen",
        lambda row: row.stap_tegen,
        nodig=("stap_tegen",),
        sort="stap_tegen",
    ),
    Kolom(
        "spilfiguur",
        "Spilfiguur",
        lambda row: row.spilfiguur_naam or "",
        nodig=("spilfiguur_naam",),
        sort="spilfiguur_naam",
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
        "statuut",
        "Statuut",
        lambda row: str(StatuutSoort(row.statuut_soort).label) if row.statuut_soort else "",
        nodig=("statuut_soort",),
        sort="statuut_soort",
    ),
    Kolom("beslist", "Beslist op", lambda row: row.beslist_op, sort="beslist_op"),
    Kolom("einde", "Werkelijk einde", lambda row: row.einddatum, sort="einddatum"),
    Kolom("eindreden", "Reden van het einde", lambda row: row.get_eindreden_display()),
    Kolom(
        "contact",
        "Laatste contact",
        lambda row: row.contact_at,
        nodig=("contact_at",),
        sort="contact_at",
    ),
)
STANDAARD = ("instrument", "start", "limiet", "nog", "stap", "spilfiguur")


def _own_words_only(text: Subquery, user: Gebruiker, on: date) -> Case:
    """Show what was agreed with one's own clients, and of others only that it was."""
    own = Client.objects.followed_by(user, on=on).values("pk")
    return Case(
        When(client__in=own, then=text),
        When(Exists(_steps()), then=Value("Afgesproken")),
        default=Value(""),
        output_field=CharField(),
    )


def traject_rows(
    keuze: TrajectenKeuze, kolommen: Sequence[Kolom], sort: str, user: Gebruiker, *, on: date
) -> QuerySet[Traject]:
    """Return the rows of the list in its order, with what the columns need."""
    found = keuze.apply(user, on=on).select_related("client", "instrument")
    extra = needed(kolommen, EXPRESSIONS, on=on)
    if "stap_tekst" in extra and Rol.LEIDINGGEVENDE not in user.rollen:
        extra["stap_tekst"] = _own_words_only(extra["stap_tekst"], user, on)
    found = found.annotate(**extra)
    kolom, is_down = sort_column(kolommen, sort)
    if kolom is not None:
        by = F(kolom.sort)
        order = by.desc(nulls_last=True) if is_down else by.asc(nulls_last=True)
        return found.order_by(order, "client__zoeknaam", "pk")
    if sort in ("naam", "-naam"):
        return found.order_by(sort.replace("naam", "client__zoeknaam"), "pk")
    return found.order_by(F("uiterste_dag").asc(nulls_last=True), "client__zoeknaam", "pk")
