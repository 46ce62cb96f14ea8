"""The meter of a wijk-werker: what was worked, what is left, and when the cap is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kern.periods import ONE_DAY, Period
from trajecten.rules.termijn import RegelRij, zoek_regel
from wijkwerken.rules.geld import vergoeding_van
from wijkwerken.rules.prestaties import Grenzen, Stand, maand_van, minuten_van

WAARSCHUW_MAAND = "wijkwerken.waarschuwing_uren_maand"
WAARSCHUW_JAAR = "wijkwerken.waarschuwing_uren_jaar"
# The pace of the last quarter tells more than that of a whole year.
TEMPO_DAGEN = 91


@dataclass(frozen=True, slots=True)
class Teller:
    """Minutes in a month or a year, against the cap and the warning of that time."""

    tijdvak: Period
    minuten: int
    plafond: int | None
    waarschuwing: int | None
    cheques: int
    euro: Decimal

    @property
    def over(self) -> int | None:
        """Return the minutes that can still be worked; nothing when there is no cap."""
        return max(self.plafond - self.minuten, 0) if self.plafond is not None else None

    @property
    def is_vol(self) -> bool:
        """Say whether nothing more can be worked."""
        return self.over == 0

    @property
    def is_bijna_vol(self) -> bool:
        """Say whether the warning is reached."""
        return self.waarschuwing is not None and self.minuten >= self.waarschuwing

    @property
    def level(self) -> str:
        """Return how loud this is."""
        if self.is_vol:
            return "nu"
        return "binnenkort" if self.is_bijna_vol else "orde"

    @property
    def word(self) -> str:
        """Return what the level says."""
        if self.is_vol:
            return "Vol"
        return "Bijna vol" if self.is_bijna_vol else "Ruimte"

    @property
    def deel(self) -> float:
        """Return which part of the cap is used."""
        return min(self.minuten / self.plafond, 1.0) if self.plafond else 0.0


@dataclass(frozen=True, slots=True)
class Meter:
    """What one person worked this month and this year, and what may still come."""

    op: date
    maand: Teller
    jaar: Teller
    prognose: date | None
    """The day on which the cap of the year is reached at the pace of the last quarter."""

    @property
    def over(self) -> int | None:
        """Return the minutes that can still be worked this month, both caps counted."""
        grenzen = [over for over in (self.maand.over, self.jaar.over) if over is not None]
        return min(grenzen, default=None)

    @property
    def level(self) -> str:
        """Return the loudest of the two."""
        volgorde = ("nu", "binnenkort", "orde")
        return min(self.maand.level, self.jaar.level, key=volgorde.index)


def maak_meter(stand: Stand, *, begon: date, op: date, regels: Sequence[RegelRij]) -> Meter:
    """Return the meter of what counts, as it stands on the day."""
    grenzen = Grenzen(regels, begon)
    maand, jaar = maand_van(op), grenzen.jaar_van(op)
    teller_jaar = _teller(stand, jaar, grenzen.jaar(op), WAARSCHUW_JAAR, regels, op)
    return Meter(
        op=op,
        maand=_teller(stand, maand, grenzen.maand(op), WAARSCHUW_MAAND, regels, op),
        jaar=teller_jaar,
        prognose=_prognose(stand, teller_jaar, begon=begon, op=op),
    )


def gemiddeld_per_maand(regels: Sequence[RegelRij], *, op: date) -> Decimal | None:
    """Return the hours a month when the year is spread evenly (case H7)."""
    jaar = Grenzen(regels, op).jaar(op)
    return Decimal(jaar) / 60 / 12 if jaar is not None else None


def _teller(
    stand: Stand,
    tijdvak: Period,
    plafond: int | None,
    waarschuwing: str,
    regels: Sequence[RegelRij],
    op: date,
) -> Teller:
    return Teller(
        tijdvak=tijdvak,
        minuten=stand.som(tijdvak),
        plafond=plafond,
        waarschuwing=minuten_van(zoek_regel(regels, waarschuwing, start=op, op=op)),
        cheques=stand.som_cheques(tijdvak),
        euro=vergoeding_van(stand.cheques, tijdvak, regels),
    )


def _prognose(stand: Stand, jaar: Teller, *, begon: date, op: date) -> date | None:
    """Return the day on which the year is full, or nothing when that is not this year."""
    over = jaar.over
    if over is None or not jaar.minuten:
        return None
    if not over:
        return _dag_van_vol(stand, jaar)
    vanaf = max(op - timedelta(days=TEMPO_DAGEN - 1), begon)
    if vanaf > op:
        return None
    tempo = Period(vanaf, op)
    minuten = stand.som(tempo)
    if not minuten:
        return None
    dagen = -(-over * tempo.days // minuten)
    einde = jaar.tijdvak.end
    if einde is None or dagen > (einde - op).days:
        return None
    return op + timedelta(days=dagen)


def _dag_van_vol(stand: Stand, jaar: Teller) -> date | None:
    som = 0
    for dag in sorted(dag for dag in stand.minuten if dag in jaar.tijdvak):
        som += stand.minuten[dag]
        if jaar.plafond is not None and som >= jaar.plafond:
            return dag
    return None


def volgend_jaar(meter: Meter) -> date | None:
    """Return the first day of the next year of hours."""
    return meter.jaar.tijdvak.end + ONE_DAY if meter.jaar.tijdvak.end else None
