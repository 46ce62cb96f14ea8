"""The plan as the client reads it: what waits for her, what she does, what the OCMW does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from clienten.models import Client
from portaal.queries.versie import Wijziging, read_verschil
from trajecten.enums import VAN_HET_OCMW, PlanStatus, Stem, Uitvoerder
from trajecten.models import Doel, Stap
from trajecten.queries.drempels import blocked_by, wacht_op
from trajecten.queries.plan import Plan, Planregel, read_plan, read_regel
from trajecten.rules.plan.beurt import (
    OPEN,
    Antwoord,
    Kant,
    NietAanZet,
    Uitkomst,
    mag_afvinken,
    na_antwoord,
    na_laten_staan,
)

DONE_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Regel:
    """One goal or step on her page, with what it waits for in words she may read."""

    regel: Planregel
    is_late: bool
    wacht_op: str = ""

    @property
    def item(self) -> Doel | Stap:
        """Return the goal or step itself."""
        return self.regel.item

    @property
    def soort(self) -> str:
        """Return "doel" or "stap"."""
        return self.regel.soort

    @property
    def is_van_haar(self) -> bool:
        """Tell whether she proposed it."""
        return self.item.voorsteller == Stem.CLIENT

    @property
    def doet_ze(self) -> bool:
        """Tell whether she moves."""
        return Uitvoerder.CLIENT in self.item.uitvoerders

    @property
    def stem(self) -> str:
        """Return whose colour it bears: of who moves once agreed, of who proposed before."""
        hers = self.doet_ze if self.is_afgesproken and not self.item.wacht_op else self.is_van_haar
        return Stem.CLIENT.value if hers else Stem.OCMW.value

    @property
    def is_afgesproken(self) -> bool:
        """Tell whether both agreed to it once, also while a change is proposed."""
        return self.item.afgesproken_op is not None

    @property
    def andere_dag(self) -> date | None:
        """Return the day she asked for and that the OCMW did not answer yet."""
        return self.regel.gevraagde_dag if self.item.wacht_op == Stem.OCMW else None

    @property
    def kan_klaar(self) -> bool:
        """Tell whether she may say that it is done."""
        return self.item.is_open and mag_afvinken(Kant.CLIENT, self.item.uitvoerders)

    @property
    def kan_weer_open(self) -> bool:
        """Tell whether she may undo that it is done."""
        said_it = self.item.afgesloten_door == Stem.CLIENT
        return self.item.status == PlanStatus.GEDAAN and said_it and self.doet_ze

    @property
    def kan_wijzigen(self) -> bool:
        """Tell whether it is her own proposal, which the OCMW did not agree to yet."""
        open_ = self.item.status in (PlanStatus.VOORGESTELD, PlanStatus.ONEENS)
        return open_ and self.is_van_haar and not self.is_afgesproken

    @property
    def kan_akkoord(self) -> bool:
        """Tell whether there is something of the other side to agree to, with a day."""
        outcome = self._after(Antwoord.AKKOORD)
        if outcome is None:
            return False
        return isinstance(self.item, Doel) or outcome.tegen is not None

    @property
    def kan_andere_dag(self) -> bool:
        """Tell whether she may ask for another day."""
        return self._after(Antwoord.ANDER_TEMPO) is not None

    @property
    def kan_niet_akkoord(self) -> bool:
        """Tell whether she may disagree."""
        return self._after(Antwoord.NIET_AKKOORD) is not None

    @property
    def kan_laten(self) -> bool:
        """Tell whether she may leave it at the disagreement."""
        return _allowed(lambda: na_laten_staan(self.regel.zaak, Kant.CLIENT)) is not None

    @property
    def akkoord_dag(self) -> date | None:
        """Return the day she would agree to."""
        outcome = self._after(Antwoord.AKKOORD)
        return outcome.tegen if outcome else None

    def _after(self, antwoord: Antwoord) -> Uitkomst | None:
        if self.regel.zaak.stand not in OPEN:
            return None
        return _allowed(lambda: na_antwoord(self.regel.zaak, Kant.CLIENT, antwoord))


def _allowed(rule: Callable[[], Uitkomst]) -> Uitkomst | None:
    try:
        return rule()
    except NietAanZet:
        return None


@dataclass(frozen=True, slots=True)
class MijnPlan:
    """Her plan in the order in which she reads it; everything stands in one place only."""

    plan: Plan
    wacht_op_mij: tuple[Regel, ...]
    doelen: tuple[Regel, ...]
    ik_doe: tuple[Regel, ...]
    ocmw_doet: tuple[Regel, ...]
    ander_doet: tuple[Regel, ...]
    wacht_op_ocmw: tuple[Regel, ...]
    oneens: tuple[Regel, ...]
    gedaan: tuple[Regel, ...]

    @property
    def kan_akkoord(self) -> bool:
        """Tell whether there is a plan that she did not agree to yet."""
        return not (self.plan.is_leeg or self.plan.is_van_kracht or self.is_van_haar_gezien)

    @property
    def is_van_haar_gezien(self) -> bool:
        """Tell whether she agreed to exactly this plan, and the OCMW not yet."""
        waiting = self.plan.voorgelegd
        if waiting is None or waiting.versie.hash != self.plan.hash:
            return False
        return waiting.akkoord_van(Stem.CLIENT) is not None

    @property
    def ocmw_zei_ja(self) -> bool:
        """Tell whether the OCMW agreed to exactly this plan, and she not yet."""
        waiting = self.plan.voorgelegd
        if waiting is None or waiting.versie.hash != self.plan.hash:
            return False
        return waiting.akkoord_van(Stem.OCMW) is not None

    @property
    def is_leeg(self) -> bool:
        """Tell whether nothing at all was ever proposed."""
        return not self.plan.regels


def my_plan(client: Client, *, on: date) -> MijnPlan:
    """Read her plan, in five queries whatever its size."""
    return arrange(read_plan(client), client, on=on)


def arrange(plan: Plan, client: Client, *, on: date) -> MijnPlan:
    """Put every goal and step of a plan in its place."""
    waits = wacht_op(client, None)
    groups: dict[str, list[Regel]] = {name: [] for name in _GROUPS}
    for regel in plan.regels:
        words = blocked_by(waits.get(regel.item.pk, ())) if regel.soort == "stap" else ""
        row = Regel(regel, regel.item.is_late(on), words)
        groups[_group(row)].append(row)
    turn = {regel.item: nr for nr, regel in enumerate(plan.wacht_op(Stem.CLIENT))}
    groups["wacht_op_mij"].sort(key=lambda row: turn[row.item])
    groups["gedaan"].sort(key=lambda row: (row.item.afgesloten_op or on, row.item.pk), reverse=True)
    return MijnPlan(plan, **{name: tuple(rows) for name, rows in groups.items()})


_GROUPS = (
    "wacht_op_mij",
    "doelen",
    "ik_doe",
    "ocmw_doet",
    "ander_doet",
    "wacht_op_ocmw",
    "oneens",
    "gedaan",
)


def _group(row: Regel) -> str:
    item = row.item
    if not item.is_open:
        return "gedaan"
    if item.status == PlanStatus.ONEENS:
        return "oneens"
    if item.wacht_op == Stem.CLIENT:
        return "wacht_op_mij"
    if not row.is_afgesproken:
        return "wacht_op_ocmw"
    if row.soort == "doel":
        return "doelen"
    if row.doet_ze:
        return "ik_doe"
    return "ocmw_doet" if _any(item.uitvoerders, VAN_HET_OCMW) else "ander_doet"


def _any(found: Iterable[str], wanted: Iterable[str]) -> bool:
    return bool(set(found) & set(wanted))


def changes_of(client: Client, regel: Regel) -> Wijziging | None:
    """Return what changed in a goal or step since both agreed, or nothing when nothing did."""
    if not regel.is_afgesproken or not regel.item.is_open:
        return None
    verschil = read_plan(client).verschil
    found = read_verschil(verschil).items if verschil else ()
    wanted = (regel.soort, regel.item.pk, "gewijzigd")
    return next((row for row in found if (row.item, row.pk, row.soort) == wanted), None)


def my_item(client: Client, soort: str, pk: int, *, on: date) -> Regel | None:
    """Return one goal or step of her plan, or nothing when it is not hers."""
    regel = read_regel(Doel if soort == "doel" else Stap, client, pk)
    if regel is None:
        return None
    waits = wacht_op(client, None) if soort == "stap" else {}
    return Regel(regel, regel.item.is_late(on), blocked_by(waits.get(pk, ())))
