"""The hours of one person, month by month: worked, in her pocket, paid by the user."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kern.belgian_dates import MAANDEN
from kern.periods import last_day_of_month
from trajecten.rules.termijn import RegelRij
from wijkwerken.models import Inschrijving, Prestatie
from wijkwerken.queries.uren import prestaties_van
from wijkwerken.rules.geld import kost_gebruiker, telt_mee_in, vergoeding_van, verplaatsing
from wijkwerken.rules.prestaties import Grenzen, Stand, cheques_te_veel, maand_van


@dataclass(slots=True)
class Versie:
    """A performance with what stood there before."""

    prestatie: Prestatie
    eerder: list[Prestatie] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Maandblad:
    """A month of one person, in hours and in euro."""

    maand: date
    prestaties: tuple[Versie, ...]
    ingetrokken: tuple[Prestatie, ...]
    minuten: int
    cheques: int
    dagen: int
    in_de_hand: Decimal
    verplaatsing: Decimal | None
    telt_mee: Decimal
    gebruiker: Decimal
    opmerking: str

    @property
    def naam(self) -> str:
        """Return november 2026."""
        return f"{MAANDEN[self.maand.month - 1]} {self.maand.year}"


def maandbladen(inschrijving: Inschrijving, *, regels: Sequence[RegelRij]) -> tuple[Maandblad, ...]:
    """Return the months of this enrolment in which something was written, the last first."""
    per_maand: dict[date, list[Prestatie]] = {}
    for row in prestaties_van([inschrijving]):
        per_maand.setdefault(row.dag.replace(day=1), []).append(row)
    return tuple(
        _blad(inschrijving, maand, rows, regels) for maand, rows in sorted(per_maand.items())[::-1]
    )


def _blad(
    inschrijving: Inschrijving,
    maand: date,
    rows: Sequence[Prestatie],
    regels: Sequence[RegelRij],
) -> Maandblad:
    geldig = [row for row in rows if row.vervallen_at is None]
    stand = Stand()
    for row in geldig:
        stand.add(row.dag, row.minuten, row.cheques)
    tijdvak, laatste = maand_van(maand), last_day_of_month(maand)
    dagen, km = len(stand.minuten), inschrijving.afstand_km
    grenzen = Grenzen(regels, inschrijving.traject.begindatum)
    return Maandblad(
        maand=maand,
        prestaties=tuple(_versie(row, rows) for row in geldig),
        ingetrokken=_ingetrokken(rows),
        minuten=stand.som(tijdvak),
        cheques=stand.som_cheques(tijdvak),
        dagen=dagen,
        in_de_hand=vergoeding_van(stand.cheques, tijdvak, regels),
        verplaatsing=verplaatsing(km * dagen, regels, op=laatste) if km else None,
        telt_mee=telt_mee_in(stand.cheques, tijdvak, regels),
        gebruiker=kost_gebruiker(stand.som_cheques(tijdvak), inschrijving.organisator.chequeprijs),
        opmerking=cheques_te_veel(stand, laatste, grenzen),
    )


def _versie(row: Prestatie, rows: Sequence[Prestatie]) -> Versie:
    versie, by_key = Versie(row), {other.pk: other for other in rows}
    vorige = row.vervangt_id
    while vorige is not None and vorige in by_key:
        versie.eerder.append(by_key[vorige])
        vorige = by_key[vorige].vervangt_id
    return versie


def _ingetrokken(rows: Sequence[Prestatie]) -> tuple[Prestatie, ...]:
    vervangen = {row.vervangt_id for row in rows}
    return tuple(row for row in rows if row.vervallen_at and row.pk not in vervangen)
