"""Money of wijk-werken: in the pocket of the client, counted by the leefloon, paid by the user."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kern.periods import Period, last_day_of_months
from trajecten.rules.termijn import RegelRij, geldige_regel, zoek_regel

CENT = Decimal("0.01")
VERGOEDING = "wijkwerken.vergoeding_eur_uur"
VRIJSTELLING = "wijkwerken.leefloon_vrijstelling_eur_cheque"


def bedrag(waarde: Decimal) -> Decimal:
    """Return the amount in whole cents."""
    return waarde.quantize(CENT, rounding=ROUND_HALF_UP)


def vergoeding(cheques: int, regels: Sequence[RegelRij], *, op: date) -> Decimal:
    """Return what the wijk-werker receives for the cheques of a day (M1, M2)."""
    return bedrag(cheques * Decimal(geldige_regel(regels, VERGOEDING, op=op).waarde))


def vergoeding_van(
    cheques: Mapping[date, int], tijdvak: Period, regels: Sequence[RegelRij]
) -> Decimal:
    """Return what the wijk-werker receives in a period, each day at the rate of that day."""
    gewerkt = {dag: aantal for dag, aantal in cheques.items() if aantal and dag in tijdvak}
    return sum(
        (vergoeding(aantal, regels, op=dag) for dag, aantal in gewerkt.items()), Decimal("0.00")
    )


def kost_gebruiker(cheques: int, chequeprijs: Decimal) -> Decimal:
    """Return what the user pays, at the price of the municipality (M1)."""
    return bedrag(cheques * chequeprijs)


def chequeprijs_opmerking(prijs: Decimal, regels: Sequence[RegelRij], *, op: date) -> str:
    """Warn when a price lies outside the band of the rules (WW-CHQ-PRICE)."""
    laag = zoek_regel(regels, "wijkwerken.cheque_min_eur", start=op, op=op)
    hoog = zoek_regel(regels, "wijkwerken.cheque_max_eur", start=op, op=op)
    if laag is None or hoog is None or Decimal(laag.waarde) <= prijs <= Decimal(hoog.waarde):
        return ""
    van, tot = laag.waarde.replace(".", ","), hoog.waarde.replace(".", ",")
    return f"De prijs van een cheque ligt buiten € {van} tot € {tot}. Kijk hem na."


def gebruiker_per_jaar(regels: Sequence[RegelRij], *, op: date) -> Decimal:
    """Return what a user pays for a year of registration (WW-REG-FEE)."""
    return bedrag(Decimal(geldige_regel(regels, "wijkwerken.gebruiker_eur_jaar", op=op).waarde))


def verplaatsing(km: Decimal, regels: Sequence[RegelRij], *, op: date) -> Decimal:
    """Return what is paid for kilometres (M3)."""
    per_km = Decimal(geldige_regel(regels, "wijkwerken.verplaatsing_eur_km", op=op).waarde)
    return bedrag(km * per_km)


def telt_mee_voor_leefloon(
    cheques: int, per_cheque: Decimal, regels: Sequence[RegelRij], *, op: date
) -> Decimal:
    """Return what the leefloon counts: only what a cheque brings above the exemption of that day.

    That excess gets no exemption of art. 35 (SPI) on top (M4, M5, M6).
    """
    vrij = Decimal(geldige_regel(regels, VRIJSTELLING, op=op).waarde)
    return bedrag(cheques * max(per_cheque - vrij, Decimal(0)))


def telt_mee_in(
    cheques: Mapping[date, int], tijdvak: Period, regels: Sequence[RegelRij]
) -> Decimal:
    """Return what the leefloon counts of a period, each day by the rules of that day."""
    totaal = Decimal("0.00")
    for dag, aantal in cheques.items():
        if aantal and dag in tijdvak:
            per_cheque = Decimal(geldige_regel(regels, VERGOEDING, op=dag).waarde)
            totaal += telt_mee_voor_leefloon(aantal, per_cheque, regels, op=dag)
    return totaal


def cheque_geldig_tot(uitgegeven: date, regels: Sequence[RegelRij]) -> date:
    """Return the last day on which a cheque can be handed in (M9)."""
    regel = geldige_regel(regels, "wijkwerken.cheque_geldig_maanden", op=uitgegeven)
    return last_day_of_months(uitgegeven, regel.getal)


def belastingvermindering(
    betaald: Decimal, regels: Sequence[RegelRij], *, gekocht_op: date
) -> Decimal:
    """Return the tax reduction of a private user for cheques bought on that day (M10)."""
    code = "wijkwerken.belastingvermindering_procent"
    procent = Decimal(geldige_regel(regels, code, op=gekocht_op).waarde)
    return bedrag(betaald * procent / 100)
