"""The numbers the statement needs, taken from the rule rows in force on a day."""

import logging
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from trajecten.rules.fasen import drempels
from trajecten.rules.gpmi import MAANDEN_IN_GPMI_JAAR
from trajecten.rules.termijn import RegelRij, geldige_regel, zoek_regel
from trajecten.rules.vdab import inschrijven_tegen

logger = logging.getLogger(__name__)
ONE_DAY = timedelta(days=1)
# From this phase on the team lead sees a signal too; the thresholds of a limit agree (tested).
FASE_LEIDINGGEVENDE = 3
NA_DREMPELS = 5
LUIDER_DREMPELS = 3

INSCHRIJVEN = ("vdab.inschrijving_maanden", "vdab.peildag", "vdab.bestand_dagen")
ENKELE = {
    "evaluatie_dagen": "signaal.evaluatie_dagen",
    "gpmi_dagen": "signaal.gpmi_dagen",
    "vdab_dagen": "signaal.vdab_dagen",
    "eerste_contact_dagen": "signaal.eerste_contact_dagen",
    "geen_traject_dagen": "signaal.geen_traject_dagen",
    "antwoord_dagen": "signaal.antwoord_dagen",
    "reactie_dagen": "signaal.reactie_dagen",
}


def parameters(regels: Sequence[RegelRij], *, op: date) -> dict[str, Any]:
    """Return the parameters of the statement: thresholds and values per stretch of days.

    An own rule that cannot be read must not silence a bestuur: then the general ones count.
    """
    try:
        return _parameters(regels, op)
    except ValueError:
        general = [regel for regel in regels if not regel.eigen]
        if len(general) == len(regels):
            raise
        logger.exception("an own rule about signals cannot be read; the general ones count")
        return _parameters(general, op)


def _parameters(regels: Sequence[RegelRij], op: date) -> dict[str, Any]:
    values: dict[str, Any] = {"dag": op, "maanden_per_jaar": MAANDEN_IN_GPMI_JAAR}
    for naam, code in ENKELE.items():
        values[naam] = geldige_regel(regels, code, op=op).getal
    for nummer, dagen in enumerate(drempels(regels, op=op).dagen, start=1):
        values[f"limiet_{nummer}"] = dagen
    for nummer, dagen in enumerate(
        _reeks(regels, "signaal.luider_dagen", LUIDER_DREMPELS, op, dalend=True), start=2
    ):
        values[f"luider_{nummer}"] = dagen
    for nummer, dagen in enumerate(
        _reeks(regels, "signaal.na_dagen", NA_DREMPELS, op, dalend=False), start=1
    ):
        values[f"na_{nummer}"] = dagen
    values |= _stukken(regels, "tekenen", "gpmi.tekenen_maanden")
    values |= _stukken(regels, "per_jaar", "gpmi.evaluaties_per_jaar")
    values |= _stukken(regels, "persoonlijk", "gpmi.evaluaties_persoonlijk")
    return values | _inschrijving(regels)


def _reeks(
    regels: Sequence[RegelRij], code: str, aantal: int, op: date, *, dalend: bool
) -> list[int]:
    dagen = sorted((int(deel) for deel in geldige_regel(regels, code, op=op).lijst), reverse=dalend)
    if len(dagen) != aantal:
        raise ValueError(f"{code} needs {aantal} thresholds, not {len(dagen)}")
    return dagen


def _stukken(regels: Sequence[RegelRij], naam: str, code: str) -> dict[str, Any]:
    """Cut time where a version begins or ends: on each piece the value is one and the same."""
    rijen = []
    for begin, einde in _stretches(_breuken(regels, (code,))):
        regel = zoek_regel(regels, code, start=begin, op=begin)
        if regel is not None:
            rijen.append((begin, einde, regel.getal))
    return {
        f"{naam}_van": [rij[0] for rij in rijen],
        f"{naam}_tot": [rij[1] for rij in rijen],
        f"{naam}_waarde": [rij[2] for rij in rijen],
    }


def _stretches(begins: Sequence[date]) -> list[tuple[date, date]]:
    eindes = [dag - ONE_DAY for dag in begins[1:]] + [date.max]
    return list(zip(begins, eindes, strict=True))


def _breuken(regels: Sequence[RegelRij], codes: Sequence[str]) -> list[date]:
    dagen = {date.min}
    for regel in regels:
        if regel.code in codes:
            dagen.add(regel.vanaf)
            if regel.geldig_tot is not None and regel.geldig_tot < date.max:
                dagen.add(regel.geldig_tot + ONE_DAY)
    return sorted(dagen)


def _inschrijving(regels: Sequence[RegelRij]) -> dict[str, Any]:
    """Return per stretch either months after the decision or one fixed last day."""
    peildagen = {regel.dag + ONE_DAY for regel in regels if regel.code == "vdab.peildag"}
    vans, tots, maanden, vast = [], [], [], []
    for begin, einde in _stretches(sorted({*_breuken(regels, INSCHRIJVEN), *peildagen})):
        uitleg = inschrijven_tegen(begin, regels)
        if uitleg is None:
            continue
        regel = uitleg[-1].regel
        is_vast = regel is not None and regel.code == "vdab.bestand_dagen"
        vans.append(begin)
        tots.append(einde)
        maanden.append(0 if is_vast or regel is None else regel.getal)
        vast.append(uitleg[-1].dag if is_vast else None)
    return {"vdab_van": vans, "vdab_tot": tots, "vdab_maanden": maanden, "vdab_vast": vast}
