"""RMI procedure: when a GPMI is a duty, when a sanction may run, when to report a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kern.periods import ONE_DAY, Period, add_months, last_day_of_month, last_day_of_months
from trajecten.rules.termijn import RegelRij, geldige_regel


@dataclass(frozen=True, slots=True)
class Sanctie:
    """The days on which a sanction may begin, and for how many months at most."""

    start: Period
    max_maanden: int


@dataclass(frozen=True, slots=True)
class Meldtermijnen:
    """By when a decision is reported to the minister, and from when the refund is lost."""

    melden_tegen: date
    verlies_vanaf: date


def gpmi_verplicht(
    laatste_recht_op: date | None, toegekend_op: date, regels: Sequence[RegelRij]
) -> bool:
    """Say whether a grant follows enough months without a right to make a GPMI a duty."""
    if laatste_recht_op is None:
        return True
    regel = geldige_regel(regels, "gpmi.zonder_recht_maanden", op=toegekend_op)
    return toegekend_op > last_day_of_months(laatste_recht_op + ONE_DAY, regel.getal)


def sanctievenster(
    beslist_op: date,
    kennisgeving_op: date,
    regels: Sequence[RegelRij],
    *,
    vorige_inbreuk_op: date | None = None,
) -> Sanctie:
    """Return when a suspension of payment may begin after a breach (GPMI-14)."""
    uiterlijk = geldige_regel(regels, "gpmi.sanctie_uiterste_start_maand", op=beslist_op)
    eerste_van_maand = add_months(beslist_op.replace(day=1), uiterlijk.getal)
    vroegst = kennisgeving_op + ONE_DAY
    code = "gpmi.sanctie_max_maanden"
    if vorige_inbreuk_op is not None:
        venster = geldige_regel(regels, "gpmi.sanctie_herhaling_jaren", op=beslist_op)
        if beslist_op <= last_day_of_months(vorige_inbreuk_op, venster.getal * 12):
            code = "gpmi.sanctie_herhaling_max_maanden"
    maximum = geldige_regel(regels, code, op=beslist_op)
    return Sanctie(Period(vroegst, max(vroegst, eerste_van_maand)), maximum.getal)


def meldtermijnen(beslist_op: date, regels: Sequence[RegelRij]) -> Meldtermijnen:
    """Return the terms that count from the end of the month of the decision (GPMI-17)."""
    maandeinde = last_day_of_month(beslist_op)
    melden = geldige_regel(regels, "rmi.melding_dagen", op=beslist_op)
    verlies = geldige_regel(regels, "rmi.melding_verlies_dagen", op=beslist_op)
    return Meldtermijnen(
        maandeinde + timedelta(days=melden.getal), maandeinde + timedelta(days=verlies.getal)
    )


def toelagepercentage(aandeel: Decimal, regels: Sequence[RegelRij], *, op: date) -> Decimal:
    """Return the subsidy that goes with the share of beneficiaries with a GPMI (GPMI-16)."""
    regel = geldige_regel(regels, "gpmi.toelage_staffel", op=op)
    trappen = [tuple(map(Decimal, trap.split(":"))) for trap in regel.lijst]
    return max(procent for vanaf, procent in trappen if aandeel >= vanaf)
