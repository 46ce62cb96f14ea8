"""The step plan of one client as pages, papers and commands read it, in four queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef

from clienten.models import Client
from kern.db.bundle import objects_from, rows_of
from trajecten.enums import PlanStatus, ReactieSoort, Stem
from trajecten.models import Akkoord, Doel, Planversie, Reactie, Stap, Stappenplan
from trajecten.rules.plan.beurt import Antwoord, Kant, Laatste, Stand, Zaak
from trajecten.rules.plan.inhoud import (
    DOEL,
    DOEL_VELDEN,
    PLAN_VELDEN,
    STAP,
    STAP_VELDEN,
    Item,
    Woord,
    hash_of,
    inhoud_van,
    is_leeg,
)
from trajecten.rules.plan.verschil import Verschil, verschil

_REACTIE = (
    *("id", "revisie", "stem", "soort", "tekst", "dag", "kanaal", "tolk", "partner", "at"),
    *("gebruiker_id", "gebruiker__voornaam", "gebruiker__familienaam"),
)
_AKKOORD = (
    *("id", "stem", "at", "kanaal", "taal", "tolk"),
    *("gebruiker_id", "gebruiker__voornaam", "gebruiker__familienaam"),
)


@dataclass(frozen=True, slots=True)
class Planregel:
    """One goal or step with what was said about it, oldest first.

    Client and OCMW decide; what a partner says stands beside it (`van_partner`).
    """

    item: Doel | Stap
    reacties: tuple[Reactie, ...] = ()

    @property
    def soort(self) -> str:
        """Return "doel" or "stap"."""
        return DOEL if isinstance(self.item, Doel) else STAP

    @property
    def van_beiden(self) -> tuple[Reactie, ...]:
        """Return what client and OCMW answered, about whatever revision."""
        return tuple(row for row in self.reacties if row.stem != Stem.PARTNER)

    @property
    def nu(self) -> tuple[Reactie, ...]:
        """Return their answers to the revision that stands."""
        return tuple(row for row in self.van_beiden if row.revisie == self.item.revisie)

    @property
    def van_partner(self) -> tuple[Reactie, ...]:
        """Return the last word of each partner about the revision that stands."""
        last = {
            row.partner.casefold(): row
            for row in self.reacties
            if row.stem == Stem.PARTNER and row.revisie == self.item.revisie
        }
        return tuple(last.values())

    @property
    def is_betwist(self) -> bool:
        """Tell whether one side did not agree with how it stands now."""
        return self.as_item.valt_buiten and (self.item.status == PlanStatus.ONEENS or bool(self.nu))

    def laatste_van(self, stem: Stem) -> Reactie | None:
        """Return what this side said last, about whatever revision."""
        return next((row for row in reversed(self.reacties) if row.stem == stem), None)

    @property
    def gevraagde_dag(self) -> date | None:
        """Return the other day that was asked for and not answered yet."""
        last = self.nu[-1] if self.nu else None
        if last is None or last.soort != ReactieSoort.ANDER_TEMPO:
            return None
        return last.dag

    @property
    def zaak(self) -> Zaak:
        """Return what the rule of turns needs to know."""
        last = self.nu[-1] if self.nu else None
        return Zaak(
            stand=Stand(self.item.status),
            voorstel_van=Kant(self.item.voorstel_van),
            aan_zet=Kant(self.item.wacht_op) if self.item.wacht_op else None,
            tegen=self.item.tegen,
            laatste=Laatste(Kant(last.stem), Antwoord(last.soort), last.dag) if last else None,
        )

    @property
    def as_item(self) -> Item:
        """Return what the content of the plan takes from it."""
        return Item(
            soort=self.soort,
            id=self.item.pk,
            stand=Stand(self.item.status),
            voorsteller=self.item.voorsteller,
            velden=velden_van(self.item),
            woorden=tuple(
                Woord(row.stem, Antwoord(row.soort), row.tekst, row.dag) for row in self.nu
            ),
        )


@dataclass(frozen=True, slots=True)
class Versieblad:
    """A version with who agreed to it, oldest first."""

    versie: Planversie
    akkoorden: tuple[Akkoord, ...]

    def akkoord_van(self, stem: Stem) -> Akkoord | None:
        """Return how this side agreed, or None while it did not."""
        return next((row for row in self.akkoorden if row.stem == stem), None)


@dataclass(frozen=True)
class Plan:
    """Everything of the plan of one client; the draft as it stands and what both agreed to."""

    client: Client
    stappenplan: Stappenplan | None
    doelen: tuple[Planregel, ...]
    stappen: tuple[Planregel, ...]
    van_kracht: Versieblad | None
    voorgelegd: Versieblad | None
    inhoud: dict[str, Any]
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        """Prove the draft once."""
        object.__setattr__(self, "hash", hash_of(self.inhoud))

    @property
    def regels(self) -> tuple[Planregel, ...]:
        """Return goals and steps together."""
        return (*self.doelen, *self.stappen)

    @property
    def is_leeg(self) -> bool:
        """Tell whether nothing is there to agree to."""
        return is_leeg(self.inhoud)

    @property
    def verschil(self) -> Verschil | None:
        """Return what changed since the version in force; None when there is none."""
        if self.van_kracht is None:
            return None
        return self.verschil_met(self.van_kracht.versie)

    def verschil_met(self, versie: Planversie) -> Verschil:
        """Return what changed since a version."""
        gedaan = {
            (regel.soort, regel.item.pk)
            for regel in self.regels
            if regel.item.status == PlanStatus.GEDAAN
        }
        return verschil(versie.inhoud, self.inhoud, gedaan=gedaan)

    @property
    def is_van_kracht(self) -> bool:
        """Tell whether the draft is exactly what both agreed to."""
        return self.van_kracht is not None and self.van_kracht.versie.hash == self.hash

    def wacht_op(self, stem: Stem) -> tuple[Planregel, ...]:
        """Return what waits for an answer of this side, longest first."""
        waiting = [regel for regel in self.regels if regel.item.wacht_op == stem]
        return tuple(sorted(waiting, key=lambda regel: (regel.item.wacht_sinds, regel.item.pk)))

    def stappen_van(self, doel: Doel | None) -> tuple[Planregel, ...]:
        """Return the steps under a goal, or those without one."""
        key = doel.pk if doel else None
        return tuple(
            regel
            for regel in self.stappen
            if isinstance(regel.item, Stap) and regel.item.doel_id == key
        )


def read_plan(client: Client) -> Plan:
    """Read the plan of a client who was reached by `open_client` or by her own link."""
    doelen = _regels(Doel, _read(Doel, client, "gebruiker", "voorgesteld_door"))
    people, hangs = ("gebruiker", "voorgesteld_door"), ("doel", "traject__instrument", "instrument")
    stappen = _regels(Stap, _read(Stap, client, *people, *hangs))
    stappenplan = Stappenplan.objects.owned_by(client).first()
    versies = _versies(client)
    return Plan(
        client=client,
        stappenplan=stappenplan,
        doelen=doelen,
        stappen=stappen,
        van_kracht=next((blad for blad in versies if blad.versie.van_kracht_at), None),
        voorgelegd=next((blad for blad in versies if not blad.versie.van_kracht_at), None),
        inhoud=inhoud_van(
            (regel.as_item for regel in (*doelen, *stappen)), plan_teksten(stappenplan)
        ),
    )


def read_regel(model: type[Doel] | type[Stap], client: Client, pk: int) -> Planregel | None:
    """Read one goal or step of a client with its answers."""
    rows = _regels(model, _read(model, client, "gebruiker", "voorgesteld_door").filter(pk=pk))
    return rows[0] if rows else None


def versies_of(client: Client) -> list[Versieblad]:
    """Return every version that ever came into force or was put forward, newest first."""
    rows = Planversie.objects.owned_by(client).order_by("-nummer").annotate(akkoorden_=_akkoorden())
    return [_blad(row) for row in rows]


def plan_teksten(stappenplan: Stappenplan | None) -> dict[str, str]:
    """Return the texts of the plan that are part of what is agreed."""
    if stappenplan is None:
        return {}
    return {naam: getattr(stappenplan, naam) for naam in PLAN_VELDEN}


def teksten_hash(stappenplan: Stappenplan | None) -> str:
    """Return the proof of these texts: what a page showed, and whether they changed since."""
    teksten = plan_teksten(stappenplan)
    return hash_of({naam: teksten.get(naam, "") for naam in PLAN_VELDEN})


def velden_van(item: Doel | Stap) -> dict[str, Any]:
    """Return the agreed fields of a goal or step, by name."""
    if isinstance(item, Doel):
        return {naam: getattr(item, naam) for naam in DOEL_VELDEN}
    return {naam: item.doel_id if naam == "doel" else getattr(item, naam) for naam in STAP_VELDEN}


def _read(model: Any, client: Client, *relations: str) -> Any:
    key = "doel" if model is Doel else "stap"
    reacties = Reactie.objects.filter(**{key: OuterRef("pk")}).order_by("at", "pk")
    return (
        model.objects.owned_by(client)
        .select_related(*relations)
        .annotate(reacties_=rows_of(reacties, *_REACTIE))
        .order_by("tegen", "pk")
    )


def _regels(model: type[Doel] | type[Stap], rows: Iterable[Any]) -> tuple[Planregel, ...]:
    return tuple(Planregel(row, tuple(objects_from(Reactie, row.reacties_))) for row in rows)


def _akkoorden() -> Any:
    return rows_of(
        Akkoord.objects.filter(planversie=OuterRef("pk")).order_by("at", "pk"), *_AKKOORD
    )


def _versies(client: Client) -> Sequence[Versieblad]:
    rows = (
        (Planversie.objects.owned_by(client).in_force() | _awaiting(client))
        .annotate(akkoorden_=_akkoorden())
        .order_by("-nummer")
    )
    return [_blad(row) for row in rows]


def _awaiting(client: Client) -> Any:
    return Planversie.objects.owned_by(client).awaiting()


def _blad(row: Any) -> Versieblad:
    return Versieblad(row, tuple(objects_from(Akkoord, row.akkoorden_)))
