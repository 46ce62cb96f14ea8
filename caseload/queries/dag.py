"""Vandaag: one's signals, the numbers above them, the months ahead, the load of a team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber, TruncMonth

from caseload.enums import Datumsoort, Groep, TrajectStand, Wie
from caseload.queries.clientenlijst import ClientenKeuze
from caseload.queries.trajectenlijst import TrajectenKeuze
from clienten.models import Client, Toewijzing
from kern.periods import add_months, last_day_of_months
from toegang.enums import Rol
from toegang.models import Bestuur, Gebruiker
from trajecten.enums import SignaalCode, Stem
from trajecten.models import Signaal, Stap
from trajecten.models.signaal import SignaalQuerySet
from trajecten.signalen import Signaalregel, regels_van
from trajecten.signalen.schalen import FASE_LEIDINGGEVENDE
from trajecten.signalen.teksten import WEEK

MONTHS_AHEAD = 24


@dataclass(frozen=True, slots=True)
class Dagdeel:
    """One group of the day: its first lines and how many there are in all."""

    groep: Groep
    aantal: int
    regels: tuple[Signaalregel, ...]


@dataclass(frozen=True, slots=True)
class Maand:
    """The limits that fall in one month."""

    eerste: date
    zonder_stap: int
    met_stap: int

    @property
    def keuze(self) -> dict[str, Any]:
        """Return the period of the list behind the column."""
        return {
            "datum": Datumsoort.LIMIET,
            "stand": TrajectStand.ALLE,
            "van": self.eerste,
            "tot": last_day_of_months(self.eerste, 1),
        }


@dataclass(frozen=True, slots=True)
class Telling:
    """A number and the list it counts: the list is the definition."""

    label: str
    lijst: str
    keuze: ClientenKeuze | TrajectenKeuze
    niveau: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """What one worker carries."""

    gebruiker_id: int
    naam: str
    clienten: int
    trajecten: int
    signalen: int


def leads(user: Gebruiker) -> bool:
    """Tell whether the day shows the whole bestuur."""
    return Rol.LEIDINGGEVENDE in user.rollen


def whose(user: Gebruiker) -> str:
    """Return whose clients a person sees first."""
    return Wie.TEAM if leads(user) else Wie.MIJ


def signals_of(user: Gebruiker, *, on: date, groep: Groep | None = None) -> SignaalQuerySet:
    """Return the signals of one's day: of one's own clients, and for a lead all that are loud."""
    own = Q(client__in=Client.objects.followed_by(user, on=on).values("pk"))
    loud = Q(fase__gte=FASE_LEIDINGGEVENDE) | Q(
        code__in=[SignaalCode.GEEN_SPILFIGUUR, SignaalCode.VERLENGING_TE_BESLISSEN]
    )
    visible = Signaal.objects.visible_to(user).annotate(groep=_group(on))
    if groep is not None:
        visible = visible.filter(groep=groep)
    return visible.filter(own | loud) if leads(user) else visible.filter(own)


def _group(on: date) -> Case:
    """Say under which heading a signal stands, as `trajecten.signalen.moment_van` does."""
    return Case(
        When(Q(vervaldag__isnull=True) | Q(vervaldag__lte=on), then=Value(Groep.NU.value)),
        When(vervaldag__lte=on + WEEK, then=Value(Groep.DEZE_WEEK.value)),
        default=Value(Groep.BINNENKORT.value),
        output_field=CharField(),
    )


# What the law ends stands above what is only late: a list that came in brings many of the latter.
EINDES = (
    SignaalCode.LIMIET_VOORBIJ,
    SignaalCode.LIMIET_NADERT,
    SignaalCode.VERLENGING_TE_BESLISSEN,
)


def _after_limits() -> Case:
    return Case(
        When(Q(code__in=EINDES), then=Value(0)),
        When(~Q(groep=Groep.NU.value), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )


def ordered(signals: SignaalQuerySet) -> SignaalQuerySet:
    """Return signals in the order of the day, with all their sentence needs."""
    return signals.select_related("client", "traject__instrument").order_by(
        _after_limits(), F("vervaldag").asc(nulls_first=True), "-fase", "client__zoeknaam", "pk"
    )


def day_parts(user: Gebruiker, *, on: date, per_group: int) -> list[Dagdeel]:
    """Return the three groups with their first lines, in two queries."""
    order = [
        _after_limits(),
        F("vervaldag").asc(nulls_first=True),
        F("fase").desc(),
        F("pk").asc(),
    ]
    counted = signals_of(user, on=on).annotate(
        nummer=Window(RowNumber(), partition_by=F("groep"), order_by=order),
        aantal=Window(Count("pk"), partition_by=F("groep")),
    )
    lines: dict[str, list[Signaalregel]] = {}
    totals: dict[str, int] = {}
    for line in regels_van(ordered(counted.filter(nummer__lte=per_group)), on=on):
        signal: Any = line.signaal
        lines.setdefault(signal.groep, []).append(line)
        totals[signal.groep] = signal.aantal
    return [Dagdeel(groep, totals.get(groep, 0), tuple(lines.get(groep, ()))) for groep in Groep]


def tellingen(user: Gebruiker) -> list[Telling]:
    """Return what is counted above the day beside its groups."""
    wie = whose(user)
    if not leads(user):
        return [
            Telling(
                "nog geen contact",
                "clienten",
                ClientenKeuze(wie=wie, signaal=SignaalCode.GEEN_EERSTE_CONTACT),
                "binnenkort",
            ),
            Telling(
                "zonder traject",
                "clienten",
                ClientenKeuze(wie=wie, signaal=SignaalCode.GEEN_TRAJECT),
            ),
            *_plan(wie),
        ]
    return [
        *_plan(wie),
        Telling("zonder spilfiguur", "clienten", ClientenKeuze(wie=Wie.NIEMAND), "binnenkort"),
        Telling(
            "nog geen contact",
            "clienten",
            ClientenKeuze(signaal=SignaalCode.GEEN_EERSTE_CONTACT),
            "binnenkort",
        ),
        Telling(
            "verlenging te beslissen",
            "trajecten",
            TrajectenKeuze(signaal=SignaalCode.VERLENGING_TE_BESLISSEN, stand=TrajectStand.ALLE),
            "binnenkort",
        ),
        Telling(
            "over de uiterste dag",
            "trajecten",
            TrajectenKeuze(stand=TrajectStand.VOORBIJ),
            "nu",
        ),
    ]


def _plan(wie: str) -> list[Telling]:
    """Return who waits in the plan: the client for us, and we for the client."""
    wacht = ClientenKeuze(wie=wie, wacht=Stem.OCMW)
    return [
        Telling("cliënt wacht", "clienten", wacht, "binnenkort"),
        Telling("wacht op cliënt", "clienten", ClientenKeuze(wie=wie, wacht=Stem.CLIENT)),
    ]


def count_all(
    wanted: Sequence[Telling], user: Gebruiker, *, on: date, also: Sequence[QuerySet[Any]] = ()
) -> list[int]:
    """Return the sizes of many lists in one query; `also` comes after those wanted."""
    rows = [*(telling.keuze.apply(user, on=on) for telling in wanted), *also]
    counts = {
        f"aantal_{number}": Coalesce(_size(queryset), 0) for number, queryset in enumerate(rows)
    }
    own = Bestuur.objects.filter(pk=user.bestuur.pk if user.bestuur else 0)
    found = own.annotate(**counts).values_list(*counts).first()
    return [int(value) for value in found or [0] * len(rows)]


def _size(queryset: QuerySet[Any]) -> Subquery:
    alone = queryset.order_by().annotate(een=Value(1)).values("een")
    return Subquery(
        alone.annotate(aantal=Count("pk")).values("aantal"), output_field=IntegerField()
    )


def months_ahead(user: Gebruiker, *, on: date) -> list[Maand]:
    """Return the limits of the coming months, with and without an agreed next step."""
    first = on.replace(day=1)
    months = [add_months(first, number) for number in range(MONTHS_AHEAD)]
    keuze = TrajectenKeuze(
        wie=whose(user),
        stand=TrajectStand.ALLE,
        datum=Datumsoort.LIMIET,
        van=first,
        tot=last_day_of_months(first, MONTHS_AHEAD),
    )
    steps = Stap.objects.next_steps().agreed().filter(traject=OuterRef("pk"))
    rows = (
        keuze.apply(user, on=on)
        .annotate(maand=TruncMonth("uiterste_dag"), heeft_stap=Exists(steps))
        .values_list("maand", "heeft_stap")
        .annotate(aantal=Count("pk"))
    )
    counts = {(month, has_step): number for month, has_step, number in rows}
    return [
        Maand(month, counts.get((month, False), 0), counts.get((month, True), 0))
        for month in months
    ]


def team_load(user: Gebruiker, *, on: date) -> list[Last]:
    """Return what each worker of the bestuur carries, the heaviest first, in two queries."""
    every = Toewijzing.objects.visible_to(user).active_on(on)
    open_on = Q(client__trajecten__einddatum__isnull=True) | Q(client__trajecten__einddatum__gte=on)
    running = every.filter(open_on, client__trajecten__begindatum__lte=on)
    loud = every.filter(client__signalen__fase__gte=FASE_LEIDINGGEVENDE)
    carried = _per_worker("trajecten", running).union(_per_worker("signalen", loud), all=True)
    counts = {(what, worker): number for what, worker, number in carried}
    rows = (
        every.values("gebruiker", "gebruiker__voornaam", "gebruiker__familienaam")
        .annotate(clienten=Count("client", distinct=True))
        .order_by("-clienten", "gebruiker__familienaam", "gebruiker")
    )
    return [
        Last(
            gebruiker_id=row["gebruiker"],
            naam=f"{row['gebruiker__voornaam']} {row['gebruiker__familienaam']}".strip(),
            clienten=row["clienten"],
            trajecten=counts.get(("trajecten", row["gebruiker"]), 0),
            signalen=counts.get(("signalen", row["gebruiker"]), 0),
        )
        for row in rows
    ]


def _per_worker(what: str, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, int, int]]:
    counted = rows.annotate(wat=Value(what, output_field=CharField())).values("wat", "gebruiker")
    numbered = counted.annotate(aantal=Count(f"client__{what}", distinct=True))
    found: QuerySet[Any, tuple[str, int, int]] = numbered.values_list("wat", "gebruiker", "aantal")
    return found
