"""Taking over a list of hours: each row by itself, and the same list twice counts once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from kern.errors import DomainError
from toegang import audit
from toegang.models import Gebruiker
from wijkwerken.commands.boek import Boek, PrestatieGegevens, in_words, keep_days, open_boeken
from wijkwerken.models import Prestatie


@dataclass(frozen=True, slots=True)
class Lijstrij:
    """A row of the list with the enrolment it belongs to."""

    nummer: int
    inschrijving_id: int
    gegevens: PrestatieGegevens


@dataclass(slots=True)
class Overgenomen:
    """How many rows were kept, which were there already, and which were refused and why."""

    bewaard: int = 0
    bekend: int = 0
    geweigerd: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def take_over_lijst(
    *, rijen: Sequence[Lijstrij], by: Gebruiker, at: datetime, proef: bool = False
) -> Overgenomen:
    """Record the rows that can be recorded; with `proef` only judge them, and write nothing."""
    uitkomst = Overgenomen()
    if not rijen:
        return uitkomst
    boeken = open_boeken(
        {rij.inschrijving_id for rij in rijen},
        dagen={rij.gegevens.dag for rij in rijen},
        by=by,
        at=at,
    )
    sleutels, dagen = _bekend(rijen)
    gedaan: dict[int, list[Lijstrij]] = {}
    for rij in sorted(rijen, key=lambda rij: (rij.gegevens.dag, rij.nummer)):
        boek = boeken[rij.inschrijving_id]
        if (boek.inschrijving.client_id, rij.gegevens.sleutel) in sleutels:
            uitkomst.bekend += 1
            continue
        try:
            _check_dag(rij, dagen)
            boek.enter(rij.gegevens)
        except DomainError as refusal:
            uitkomst.geweigerd[rij.nummer] = str(refusal)
        else:
            gedaan.setdefault(rij.inschrijving_id, []).append(rij)
    for key, rows in gedaan.items():
        if proef:
            uitkomst.bewaard += len(rows)
        else:
            _write(boeken[key], rows, uitkomst)
    return uitkomst


def _write(boek: Boek, rows: Sequence[Lijstrij], uitkomst: Overgenomen) -> None:
    aantal = "1 rij" if len(rows) == 1 else f"{len(rows)} rijen"
    try:
        with audit.act(f"nam {in_words(boek.nieuw)} wijk-werken over uit een lijst, {aantal}"):
            boek.write()
            keep_days([boek], by=boek.by, at=boek.at)
    except DomainError as refusal:
        uitkomst.geweigerd |= {rij.nummer: str(refusal) for rij in rows}
    else:
        uitkomst.bewaard += len(rows)


def _bekend(
    rijen: Sequence[Lijstrij],
) -> tuple[set[tuple[int, str]], dict[tuple[int, date], list[Prestatie]]]:
    """Return what was taken over before, and what stands on the same days."""
    keys = {rij.gegevens.sleutel for rij in rijen if rij.gegevens.sleutel}
    earlier = Prestatie.objects.filter(sleutel__in=keys).values_list("client_id", "sleutel")
    dagen: dict[tuple[int, date], list[Prestatie]] = {}
    rows = Prestatie.objects.valid().filter(
        inschrijving__in={rij.inschrijving_id for rij in rijen},
        dag__in={rij.gegevens.dag for rij in rijen},
    )
    for row in rows:
        dagen.setdefault((row.inschrijving_id, row.dag), []).append(row)
    return set(earlier), dagen


def _check_dag(rij: Lijstrij, dagen: dict[tuple[int, date], list[Prestatie]]) -> None:
    staat_er = dagen.get((rij.inschrijving_id, rij.gegevens.dag), [])
    if staat_er:
        raise DomainError(
            f"Op deze dag staat al {in_words(staat_er)}. Verbeter het daar als het anders is."
        )
