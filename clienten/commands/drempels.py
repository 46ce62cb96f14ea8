"""What stands in the way of a client: noted, changed, solved, open again.

A step that waits for a barrier is one layer up; whoever solves a barrier for a worker calls
`trajecten.commands.blokkeringen`, which lets those steps go first.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from clienten.access import open_client
from clienten.enums import GEVOELIGE_SOORTEN, DrempelSoort, DrempelStand
from clienten.models import Client, Drempel, GevoeligeDrempel
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang.audit import act
from toegang.models import Gebeurtenis, Gebruiker
from toegang.permissions import Permission

SCHERM_GEVOELIG = "gevoelige drempel"
MAG_NIET = (
    "Dit is gevoelig. Kies “Gevoelig” zonder woorden; een collega die het mag zien, vult aan."
)
_RULES = ("drempel_soort_bekend", "drempel_stand_bekend", "drempel_einde_na_begin")
_WORDS = ("omschrijving", "actie", "wie")


class IntussenGewijzigd(DomainError):
    """Somebody else saved this barrier first."""


@dataclass(frozen=True, slots=True)
class DrempelGegevens:
    """What is filled in about a barrier.

    `soort` is the true kind, or `gevoelig` when who writes may not say more; then the words
    stay empty and what stands in the compartment stays as it is. `is_gevoelig` puts any kind
    into the compartment.
    """

    soort: DrempelSoort
    van: date
    stand: DrempelStand = DrempelStand.OPEN
    omschrijving: str = ""
    actie: str = ""
    wie: str = ""
    gebied: str = ""
    eigenaar: Gebruiker | None = None
    is_gevoelig: bool = False

    @property
    def hoort_binnen(self) -> bool:
        """Tell whether kind and words belong in the compartment."""
        return self.soort in GEVOELIGE_SOORTEN or (
            self.is_gevoelig and self.soort != DrempelSoort.GEVOELIG
        )

    @property
    def buiten(self) -> DrempelSoort:
        """Return the kind that colleagues may read."""
        return DrempelSoort.GEVOELIG if self.hoort_binnen else self.soort


@transaction.atomic
def register_drempel(
    *, client: Client, gegevens: DrempelGegevens, by: Gebruiker, at: datetime
) -> Drempel:
    """Note what stands in the way of the client."""
    _check(gegevens, by, at)
    drempel = Drempel(bestuur_id=client.bestuur_id, client=client)
    _fill(drempel, gegevens, at)
    with act(f"noteerde een drempel: {drempel}"), refuse_on(Drempel, *_RULES):
        drempel.save(force_insert=True)
        if gegevens.hoort_binnen:
            _write_inside(drempel, gegevens, at)
    return drempel


@transaction.atomic
def change_drempel(
    *, drempel: Drempel, gegevens: DrempelGegevens, versie: str = "", by: Gebruiker, at: datetime
) -> Drempel:
    """Change a barrier that is not solved; kind and words move to the side where they belong."""
    row = lock_drempel(drempel, versie=versie)
    if row.tot is not None:
        day = format_short(row.tot)
        raise DomainError(f"Deze drempel is opgelost op {day}. Heropen hem eerst.")
    _check(gegevens, by, at)
    if row.is_gevoelig and gegevens.soort != DrempelSoort.GEVOELIG:
        _check_may_open(by)
    with act(f"wijzigde een drempel: {gegevens.buiten.label}"), refuse_on(Drempel, *_RULES):
        _move(row, gegevens, at)
    return row


@transaction.atomic
def close_drempel(*, drempel: Drempel, op: date, by: Gebruiker, at: datetime) -> Drempel:
    """Write that a barrier is solved since a day; no step may wait for it any more."""
    row = lock_drempel(drempel)
    if row.tot is not None:
        raise DomainError(f"Deze drempel is al opgelost op {format_short(row.tot)}.")
    if op > timezone.localdate(at):
        raise DomainError("Kies vandaag of een dag die voorbij is.")
    row.stand, row.tot, row.gewijzigd_at = DrempelStand.OPGELOST, op, at
    with (
        act(f"loste een drempel op: {row}"),
        refuse_on(
            Drempel,
            "drempel_einde_na_begin",
            blokkering_drempel_houdt_tegen="Er wacht nog een stap op deze drempel.",
        ),
    ):
        row.save()
    return row


@transaction.atomic
def reopen_drempel(*, drempel: Drempel, by: Gebruiker, at: datetime) -> Drempel:
    """Let a solved barrier stand in the way again; steps wait only after being told so."""
    row = lock_drempel(drempel)
    if not row.is_opgelost:
        raise DomainError("Deze drempel staat nog open.")
    row.stand, row.tot, row.gewijzigd_at = DrempelStand.OPEN, None, at
    with act(f"heropende een drempel: {row}"):
        row.save()
    return row


@transaction.atomic
def reveal_drempel(*, drempel: Drempel, by: Gebruiker, at: datetime) -> GevoeligeDrempel | None:
    """Return what stands in the compartment, and write down that it was shown."""
    _check_may_open(by)
    open_client(by, drempel.client_id, scherm=SCHERM_GEVOELIG, at=at)
    return GevoeligeDrempel.objects.visible_to(by).filter(drempel=drempel).first()


def lock_drempel(drempel: Drempel, *, versie: str = "") -> Drempel:
    """Take the row for this transaction; `versie` is what the page showed (`versie_of`)."""
    row = Drempel.objects.select_for_update(of=("self",)).get(pk=drempel.pk)
    if versie and versie != versie_of(row):
        raise IntussenGewijzigd(
            f"Intussen gewijzigd{_by_whom(row)}. Wat u invulde staat er nog: kijk het na en "
            "bewaar opnieuw."
        )
    return row


def versie_of(drempel: Drempel) -> str:
    """Return what tells one state of a barrier from the next."""
    return drempel.gewijzigd_at.isoformat()


def _by_whom(row: Drempel) -> str:
    trail = Gebeurtenis.objects.filter(
        bestuur=row.bestuur_id, client_id=row.client_id, tabel=Drempel._meta.db_table, rij_id=row.pk
    )
    last = trail.select_related("actor").order_by("-pk").first()
    if last is None or last.actor is None:
        return ""
    return f" door {last.actor.naam} om {timezone.localtime(last.at):%H:%M}"


def _check(gegevens: DrempelGegevens, by: Gebruiker, at: datetime) -> None:
    if gegevens.van > timezone.localdate(at):
        raise DomainError("Kies vandaag of een dag die voorbij is.")
    if gegevens.stand == DrempelStand.OPGELOST:
        raise DomainError("Zeg eerst wat er speelt; los de drempel daarna op.")
    if gegevens.hoort_binnen:
        _check_may_open(by)
    elif gegevens.soort == DrempelSoort.GEVOELIG and any(
        (gegevens.omschrijving, gegevens.actie, gegevens.wie)
    ):
        raise DomainError("Schrijf bij “Gevoelig” geen woorden: die ziet iedereen in het dossier.")


def _check_may_open(by: Gebruiker) -> None:
    if not by.may(Permission.GEVOELIG_VIEW):
        raise DomainError(MAG_NIET)


def _fill(row: Drempel, gegevens: DrempelGegevens, at: datetime) -> None:
    words = dict.fromkeys(_WORDS, "") if gegevens.hoort_binnen else _words(gegevens)
    for name, value in words.items():
        setattr(row, name, value)
    row.soort = gegevens.buiten
    row.eigenaar = gegevens.eigenaar
    row.gebied = _known_spelling(row.bestuur_id, gegevens.gebied)
    row.stand, row.van, row.gewijzigd_at = gegevens.stand, gegevens.van, at


def _move(row: Drempel, gegevens: DrempelGegevens, at: datetime) -> None:
    """Write both sides, in the order in which the key between them allows it."""
    leaves = row.is_gevoelig and gegevens.buiten != DrempelSoort.GEVOELIG
    if leaves:
        GevoeligeDrempel.objects.filter(drempel=row).delete()
    _fill(row, gegevens, at)
    row.save()
    if gegevens.hoort_binnen:
        _write_inside(row, gegevens, at)


def _write_inside(row: Drempel, gegevens: DrempelGegevens, at: datetime) -> None:
    inside = {"soort": gegevens.soort, **_words(gegevens), "gewijzigd_at": at}
    key = {"bestuur_id": row.bestuur_id, "client_id": row.client_id}
    GevoeligeDrempel.objects.update_or_create(
        drempel=row, defaults=inside, create_defaults=key | inside
    )


def _words(gegevens: DrempelGegevens) -> dict[str, str]:
    return {name: getattr(gegevens, name).strip() for name in _WORDS}


def _known_spelling(bestuur_id: int, gebied: str) -> str:
    """Return the area as it was written before, so that one area is counted once."""
    written = " ".join(gebied.split())
    if not written:
        return ""
    known = Drempel.objects.filter(bestuur=bestuur_id, gebied__iexact=written).order_by("pk")
    return known.values_list("gebied", flat=True).first() or written
