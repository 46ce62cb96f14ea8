"""Which steps wait for a barrier: of one client, and on the board of everybody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from clienten.enums import DrempelSoort, DrempelStand
from clienten.models import Client, Drempel, Toewijzing
from clienten.queries.drempels import label_for
from kern.db.bundle import objects_from, rows_of
from toegang.audit import who_and_what
from toegang.models import Gebeurtenis, Gebruiker
from trajecten.models import Blokkering, Stap
from trajecten.models.blokkering import BlokkeringQuerySet
from trajecten.rules.wachten import wachttijd


@dataclass(frozen=True, slots=True)
class WachtOp:
    """What a step waits for, in words that the reader may know."""

    drempel_pk: int
    label: str
    sinds: date
    is_gevoelig: bool = False

    def wachttijd_op(self, day: date) -> str:
        """Return how long the step waits on a day, in full weeks."""
        return wachttijd(self.sinds, op=day)


def wacht_op(client: Client, user: Gebruiker | None) -> dict[int, tuple[WachtOp, ...]]:
    """Return for each waiting step of a client what it waits for, longest first, in one query.

    Without a user the reader is the client, or whoever holds the printed plan.
    """
    rows = _rows_of(client, user).select_related("drempel").order_by("van", "pk")
    waits: dict[int, list[WachtOp]] = defaultdict(list)
    for row in rows:
        waits[row.stap_id].append(
            WachtOp(
                drempel_pk=row.drempel_id,
                label=label_for(row.drempel.soort, user),
                sinds=row.van,
                is_gevoelig=row.drempel.is_gevoelig,
            )
        )
    return {stap: tuple(found) for stap, found in waits.items()}


def blocked_by(waits: tuple[WachtOp, ...]) -> str:
    """Return the words on a step card."""
    return ", ".join(dict.fromkeys(wait.label for wait in waits))


def steps_to_block(client: Client, user: Gebruiker, *, drempel_pk: int) -> QuerySet[Stap]:
    """Return the open steps of a client that do not wait for this barrier yet."""
    waiting = Blokkering.objects.filter(drempel=drempel_pk, tot__isnull=True)
    steps = Stap.objects.visible_to(user).open().filter(client=client)
    return steps.exclude(pk__in=waiting.values("stap")).order_by(
        F("tegen").asc(nulls_last=True), "pk"
    )


def _rows_of(client: Client, user: Gebruiker | None) -> BlokkeringQuerySet:
    rows = (
        Blokkering.objects.owned_by(client)
        if user is None
        else Blokkering.objects.visible_to(user).filter(client=client)
    )
    return rows.waiting()


_LEVELS = {
    DrempelStand.OPEN: "binnenkort",
    DrempelStand.AANPAK: "petrol",
    DrempelStand.OPGELOST: "orde",
    DrempelStand.BLIJFT: "rest",
}


@dataclass(frozen=True, slots=True)
class Drempelregel:
    """A barrier of a client with the steps that wait for it."""

    drempel: Drempel
    wachtend: tuple[Blokkering, ...] = ()

    @property
    def level(self) -> str:
        """Return how loud its stand is."""
        return _LEVELS[DrempelStand(self.drempel.stand)]


@dataclass(frozen=True, slots=True)
class Drempelblok:
    """The barriers of a client as her file shows them."""

    staan: tuple[Drempelregel, ...]
    opgelost: tuple[Drempelregel, ...]


def blok_annotations() -> dict[str, ArraySubquery]:
    """Return what brings the barriers of a client along in the query that reads the client."""
    drempels = Drempel.objects.filter(client=OuterRef("pk")).order_by(
        F("tot").desc(nulls_first=True), "van", "pk"
    )
    wachtend = Blokkering.objects.filter(client=OuterRef("pk")).waiting()
    return {
        "drempels_": rows_of(
            drempels,
            *("id", "soort", "omschrijving", "actie", "wie", "gebied", "stand", "van", "tot"),
            *("eigenaar_id", "eigenaar__voornaam", "eigenaar__familienaam"),
        ),
        "wachtend_": rows_of(
            wachtend.order_by("stap__afgesproken_tegen", "pk"),
            *("id", "drempel_id", "van", "stap_id", "stap__tekst"),
        ),
    }


def blok_from(row: Any) -> Drempelblok:
    """Return the barriers that came along with a client."""
    waits: dict[int, list[Blokkering]] = defaultdict(list)
    for wait in objects_from(Blokkering, row.wachtend_):
        waits[wait.drempel_id].append(wait)
    rows = [
        Drempelregel(drempel, tuple(waits[drempel.pk]))
        for drempel in objects_from(Drempel, row.drempels_)
    ]
    return Drempelblok(
        staan=tuple(row for row in rows if not row.drempel.is_opgelost),
        opgelost=tuple(row for row in rows if row.drempel.is_opgelost),
    )


def drempelblok(client: Client, user: Gebruiker) -> Drempelblok:
    """Return what stands in the way of a client and what was solved, in one query."""
    clients = Client.objects.visible_to(user).annotate(**blok_annotations())
    return blok_from(clients.get(pk=client.pk))


def waits_for(drempel: Drempel, user: Gebruiker) -> tuple[Blokkering, ...]:
    """Return every wait for one barrier, past and present, newest first."""
    rows = Blokkering.objects.visible_to(user).filter(drempel=drempel).select_related("stap")
    return tuple(rows.order_by(F("tot").desc(nulls_first=True), "-van", "pk"))


@dataclass(frozen=True, slots=True)
class Voorval:
    """One act on a barrier: when, who, what."""

    at: datetime
    wie: str
    zin: str


def history_of(drempel: Drempel, waits: Iterable[Blokkering], user: Gebruiker) -> list[Voorval]:
    """Return what was done to a barrier and to the steps that waited for it, newest first."""
    trail = Gebeurtenis.objects.visible_to(user).filter(client_id=drempel.client_id)
    own = Q(tabel=Drempel._meta.db_table, rij_id=drempel.pk)
    steps = Q(tabel=Blokkering._meta.db_table, rij_id__in=[wait.pk for wait in waits])
    found: dict[tuple[int, str], Voorval] = {}
    for row in trail.filter(own | steps).select_related("actor").order_by("-pk")[:HISTORY]:
        who, what = who_and_what(row.actor.naam if row.actor else "", row.handeling)
        act = (row.transactie, row.handeling)
        found.setdefault(act, Voorval(row.at, who, what))
    return list(found.values())


IK, TEAM = "ik", "team"
HISTORY = 100
# Kinds in the order of the form, not of the alphabet.
_AS_LISTED = Case(
    *(When(drempel__soort=soort, then=Value(place)) for place, soort in enumerate(DrempelSoort)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Bordkeuze:
    """What was chosen of the waiting steps one may see; the address of the board says the same."""

    wie: str = TEAM
    soort: str = ""
    gebied: str = ""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return what can be chosen."""
        return tuple(field.name for field in fields(cls))

    def params(self) -> dict[str, str]:
        """Return the part of the address that opens exactly this board."""
        return {name: value for name, value in asdict(self).items() if value}

    def without(self, name: str) -> Self:
        """Return the choice with one part taken away."""
        return type(self)(**{**asdict(self), name: TEAM if name == "wie" else ""})

    def apply(self, user: Gebruiker, *, on: date) -> BlokkeringQuerySet:
        """Return the waits meant: by kind, the longest wait of each kind first."""
        rows = Blokkering.objects.visible_to(user).waiting()
        if self.wie == IK:
            followed = Toewijzing.objects.active_on(on).filter(gebruiker=user).values("client")
            rows = rows.filter(Q(client__in=followed) | Q(drempel__eigenaar=user))
        if self.soort:
            rows = rows.filter(drempel__soort=self.soort)
        if self.gebied:
            rows = rows.filter(drempel__gebied=self.gebied)
        return rows.select_related("client", "stap__gebruiker", "drempel__eigenaar").order_by(
            _AS_LISTED, "van", "pk"
        )


def count_by_kind(rows: BlokkeringQuerySet) -> dict[DrempelSoort, int]:
    """Return how many steps wait for each kind, over all pages of the board, in one query."""
    counted = rows.order_by().values_list("drempel__soort").annotate(aantal=Count("pk"))
    return {DrempelSoort(soort): aantal for soort, aantal in counted}
