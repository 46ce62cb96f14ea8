"""Recording hours, correcting them by a new version, and taking them back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from kern.belgian_dates import format_short
from kern.errors import DomainError
from toegang import audit
from toegang.models import Gebruiker
from wijkwerken.commands.boek import (
    VERANDERD,
    Boek,
    PrestatieGegevens,
    in_words,
    keep_days,
    open_boeken,
)
from wijkwerken.models import Inschrijving, Opdracht, Prestatie
from wijkwerken.rules.prestaties import in_maand, uren_in_woorden

__all__ = [
    "Bewaard",
    "Cel",
    "Maandkeuze",
    "PrestatieGegevens",
    "correct_prestatie",
    "record_maand",
    "record_prestatie",
    "withdraw_prestatie",
]


@dataclass(frozen=True, slots=True)
class Bewaard:
    """The rows that were written, and what deserves a look."""

    rijen: list[Prestatie]
    opmerkingen: tuple[str, ...] = ()


@transaction.atomic
def record_prestatie(
    *, inschrijving: Inschrijving, gegevens: PrestatieGegevens, by: Gebruiker, at: datetime
) -> Bewaard:
    """Record hours on a day; past midnight they count on two days."""
    _check(gegevens)
    boek = open_boeken([inschrijving.pk], dagen=[gegevens.dag], by=by, at=at)[inschrijving.pk]
    if gegevens.sleutel:
        eerder = Prestatie.objects.filter(
            client=inschrijving.client_id, sleutel=gegevens.sleutel
        ).first()
        if eerder is not None:
            return Bewaard([eerder])
    boek.enter(gegevens)
    dag = format_short(gegevens.dag)
    with audit.act(f"noteerde {uren_in_woorden(gegevens.minuten)} wijk-werken op {dag}"):
        boek.write()
        keep_days([boek], by=by, at=at)
    return Bewaard(boek.nieuw, tuple(boek.opmerkingen))


@transaction.atomic
def correct_prestatie(
    *, prestatie: Prestatie, gegevens: PrestatieGegevens, by: Gebruiker, at: datetime
) -> Bewaard:
    """Put other hours in the place of these; the old ones stay readable as an older version."""
    _check(gegevens)
    sleutel = prestatie.inschrijving_id
    dagen = [prestatie.dag, gegevens.dag]
    boek = open_boeken([sleutel], dagen=dagen, by=by, at=at)[sleutel]
    oud = _with_group(prestatie)
    boek.enter(gegevens, vervangt=oud)
    zin = (
        f"verbeterde de uren wijk-werken van {format_short(prestatie.dag)}: {in_words(oud)} werd "
        f"{uren_in_woorden(gegevens.minuten)}"
    )
    if gegevens.dag != oud[0].dag:
        zin += f" op {format_short(gegevens.dag)}"
    with audit.act(zin):
        boek.write()
        keep_days([boek], by=by, at=at)
    return Bewaard(boek.nieuw, tuple(boek.opmerkingen))


@transaction.atomic
def withdraw_prestatie(*, prestatie: Prestatie, by: Gebruiker, at: datetime) -> None:
    """Take hours back: they stay readable and count no longer."""
    sleutel = prestatie.inschrijving_id
    boek = open_boeken([sleutel], dagen=[prestatie.dag], by=by, at=at)[sleutel]
    oud = _with_group(prestatie)
    boek.take_away(oud)
    with audit.act(f"trok {in_words(oud)} wijk-werken van {format_short(prestatie.dag)} in"):
        boek.write()
        keep_days([boek], by=by, at=at)


@dataclass(frozen=True, slots=True)
class Cel:
    """What was typed in one cell of the grid; no minutes takes the hours back.

    `gezien` is the row the grid showed there, so that nobody overwrites what she did not see.
    """

    sleutel: str
    inschrijving_id: int
    dag: date
    minuten: int
    opdracht: Opdracht | None = None
    gezien: int | None = None


@dataclass(slots=True)
class Maandkeuze:
    """What became of the cells: kept, or refused with the reason, each by itself."""

    bewaard: dict[str, Prestatie | None] = field(default_factory=dict)
    geweigerd: dict[str, str] = field(default_factory=dict)
    opmerkingen: dict[int, tuple[str, ...]] = field(default_factory=dict)


@transaction.atomic
def record_maand(*, cellen: Sequence[Cel], by: Gebruiker, at: datetime) -> Maandkeuze:
    """Record a whole grid: each cell stands by itself, and one refusal holds up no other."""
    uitkomst = Maandkeuze()
    if not cellen:
        return uitkomst
    boeken = open_boeken(
        {cel.inschrijving_id for cel in cellen}, dagen={cel.dag for cel in cellen}, by=by, at=at
    )
    staat = _staat_er(cellen)
    van_boek: dict[int, list[Cel]] = {}
    # What makes room comes first: hours moved to another day fit under the cap.
    for cel in sorted(cellen, key=lambda cel: (_is_more(cel, staat), cel.dag)):
        try:
            _enter(boeken[cel.inschrijving_id], cel, staat.get(_plaats(cel), []))
        except DomainError as refusal:
            uitkomst.geweigerd[cel.sleutel] = str(refusal)
        else:
            van_boek.setdefault(cel.inschrijving_id, []).append(cel)
    for key, gedaan in van_boek.items():
        _write(boeken[key], gedaan, uitkomst)
    return uitkomst


def _write(boek: Boek, cellen: Sequence[Cel], uitkomst: Maandkeuze) -> None:
    if not boek.nieuw and not boek.weg:
        return
    dagen = "1 dag" if len(cellen) == 1 else f"{len(cellen)} dagen"
    zin = f"noteerde uren wijk-werken {in_maand(cellen[0].dag)}, {dagen}"
    try:
        with audit.act(zin):
            boek.write()
            keep_days([boek], by=boek.by, at=boek.at)
    except DomainError as refusal:
        uitkomst.geweigerd |= {cel.sleutel: str(refusal) for cel in cellen}
        return
    geschreven = {(row.opdracht_id, row.dag): row for row in boek.nieuw}
    for cel in cellen:
        opdracht_id = cel.opdracht.pk if cel.opdracht else None
        uitkomst.bewaard[cel.sleutel] = geschreven.get((opdracht_id, cel.dag))
    if boek.opmerkingen:
        uitkomst.opmerkingen[boek.inschrijving.pk] = tuple(boek.opmerkingen)


_Plaats = tuple[int, int | None, date]


def _plaats(cel: Cel) -> _Plaats:
    return cel.inschrijving_id, cel.opdracht.pk if cel.opdracht else None, cel.dag


def _staat_er(cellen: Sequence[Cel]) -> dict[_Plaats, list[Prestatie]]:
    rows = Prestatie.objects.valid().filter(
        inschrijving__in={cel.inschrijving_id for cel in cellen},
        dag__in={cel.dag for cel in cellen},
    )
    found: dict[_Plaats, list[Prestatie]] = {}
    for row in rows.order_by("pk"):
        found.setdefault((row.inschrijving_id, row.opdracht_id, row.dag), []).append(row)
    return found


def _is_more(cel: Cel, staat: dict[_Plaats, list[Prestatie]]) -> bool:
    return cel.minuten > sum(row.minuten for row in staat.get(_plaats(cel), []))


def _enter(boek: Boek, cel: Cel, rows: list[Prestatie]) -> None:
    if len(rows) > 1 or any(row.groep for row in rows):
        raise DomainError("Hier staan meer prestaties samen. Wijzig ze bij de persoon.")
    if [row.pk for row in rows] != ([cel.gezien] if cel.gezien else []):
        if sum(row.minuten for row in rows) == cel.minuten:
            return  # Somebody wrote the same, or the same form came twice.
        nu = in_words(rows) if rows else "niets"
        raise DomainError(f"Intussen gewijzigd: er staat nu {nu}. Kijk na en bewaar opnieuw.")
    if not cel.minuten:
        boek.take_away(rows)
        return
    gegevens = PrestatieGegevens(dag=cel.dag, minuten=cel.minuten, opdracht=cel.opdracht)
    boek.enter(gegevens, vervangt=rows)


def _check(gegevens: PrestatieGegevens) -> None:
    if gegevens.minuten <= 0:
        raise DomainError("Vul in hoelang er gewerkt werd.")
    if gegevens.minuten > 24 * 60:
        raise DomainError("Een prestatie duurt hoogstens 24 uur. Verdeel ze over de dagen.")


def _with_group(prestatie: Prestatie) -> list[Prestatie]:
    """Return the row with what hangs with it past midnight, all still valid."""
    rows = Prestatie.objects.valid().filter(inschrijving=prestatie.inschrijving_id)
    if prestatie.groep is not None:
        rows = rows.filter(groep=prestatie.groep)
    else:
        rows = rows.filter(pk=prestatie.pk)
    found = list(rows.order_by("dag", "pk"))
    if not found:
        raise DomainError(VERANDERD)
    return found
