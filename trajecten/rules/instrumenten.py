"""Whether an instrument may begin on a day, and what takes its place when it may not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kern.belgian_dates import format_short
from trajecten.rules.termijn import Zekerheid


@dataclass(frozen=True, slots=True)
class InstrumentRij:
    """A row of the instrument list; `geldig_tot` is the last day on which it may begin."""

    code: str
    naam: str
    geldig_van: date | None
    geldig_tot: date | None
    is_startbaar: bool = True
    opvolger: str = ""
    zekerheid: Zekerheid = Zekerheid.MIDDEN


@dataclass(frozen=True, slots=True)
class StartOordeel:
    """Whether a start is possible, why not, and the code of the instrument to propose."""

    mag: bool
    reden: str = ""
    voorstel: str = ""


def beoordeel_start(
    instrument: InstrumentRij, begindatum: date, andere: Mapping[str, InstrumentRij] | None = None
) -> StartOordeel:
    """Say whether the instrument may begin on that day (O9, O10)."""
    naam, van, tot = instrument.naam, instrument.geldig_van, instrument.geldig_tot
    if van is not None and begindatum < van:
        return StartOordeel(False, f"{naam} bestaat pas sinds {format_short(van)}.")
    if tot is not None and begindatum > tot:
        reden = f"{naam} is gesloten: de laatste startdag was {format_short(tot)}."
    elif not instrument.is_startbaar:
        reden = f"{naam} kan niet gestart worden."
    else:
        return StartOordeel(True)
    opvolger = (andere or {}).get(instrument.opvolger)
    if opvolger is None or not beoordeel_start(opvolger, begindatum).mag:
        return StartOordeel(False, reden)
    return StartOordeel(False, f"{reden} Kies {opvolger.naam}.", opvolger.code)
