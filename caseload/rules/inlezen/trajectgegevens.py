"""What a row says beside the person: standing, worker and traject."""

from datetime import date

from caseload.rules.inlezen.datums import read_datum, read_startdatum
from caseload.rules.inlezen.instrumenten import (
    BekendInstrument,
    Instrumentenlijst,
    check_opening,
)
from caseload.rules.inlezen.lezing import Lezing
from caseload.rules.inlezen.medewerkers import Medewerkerslijst
from caseload.rules.inlezen.statuten import GelezenStatuut, read_statuut
from caseload.rules.inlezen.velden import Veld
from kern.belgian_dates import format_short


def read_medewerker(lezing: Lezing, medewerkers: Medewerkerslijst) -> str:
    """Return the user name; empty where the row names nobody."""
    text = lezing.text(Veld.MEDEWERKER)
    if text:
        return lezing.attempt(lambda: medewerkers.find(text), "")
    if lezing.has(Veld.MEDEWERKER):
        lezing.remark("geen medewerker vermeld")
    return ""


def read_traject(
    lezing: Lezing, instrumenten: Instrumentenlijst, *, on: date, geboren: date | None
) -> tuple[str, date | None]:
    """Return the code of the instrument and the start; both empty without a traject."""
    if not lezing.has(Veld.INSTRUMENT):
        return "", None
    instrument, unknown = _instrument(lezing, instrumenten)
    start_text = lezing.text(Veld.STARTDATUM)
    if not start_text:
        if instrument is not None:
            lezing.refuse("startdatum ontbreekt")
        return "", None
    start = lezing.attempt(lambda: read_startdatum(start_text, on=on, geboren=geboren), None)
    if instrument is None and not unknown:
        lezing.refuse("traject ontbreekt")
    if instrument is None or start is None:
        return "", None
    lezing.attempt(lambda: check_opening(instrument, start), None)
    if start > on:
        lezing.remark(f"traject start pas op {format_short(start)}")
    return instrument.code, start


def _instrument(
    lezing: Lezing, instrumenten: Instrumentenlijst
) -> tuple[BekendInstrument | None, bool]:
    """Return the instrument, and whether the row names one that is not known."""
    text = lezing.text(Veld.INSTRUMENT)
    if not text:
        return None, False
    refused = len(lezing.redenen)
    instrument = lezing.attempt(lambda: instrumenten.find(text), None)
    return instrument, len(lezing.redenen) > refused


def read_gelezen_statuut(
    lezing: Lezing, *, on: date, geboren: date | None
) -> GelezenStatuut | None:
    """Return the standing; one that is not understood is left out with a remark."""
    sinds = _sinds(lezing, on, geboren)
    text, categorie = lezing.text(Veld.STATUUT), lezing.text(Veld.STATUUT_CATEGORIE)
    if not text and not categorie:
        return None
    gelezen = read_statuut(text, categorie)
    if gelezen is None:
        lezing.remark(f"statuut niet herkend en niet ingevuld: {text or categorie}")
        return None
    soort, nummer, opmerking = gelezen
    if opmerking:
        lezing.remark(opmerking)
    if sinds is None and lezing.has(Veld.STATUUT_SINDS):
        lezing.remark("statuut zonder begindatum")
    return GelezenStatuut(soort, nummer, sinds)


def _sinds(lezing: Lezing, on: date, geboren: date | None) -> date | None:
    text = lezing.text(Veld.STATUUT_SINDS)
    if not text:
        return None
    sinds = lezing.attempt(lambda: read_datum(text, "statuut sinds", latest=on), None)
    if sinds is None:
        return None
    if geboren is not None and sinds < geboren:
        lezing.refuse("statuut sinds ligt vóór de geboorte")
    if sinds > on:
        lezing.remark(f"statuut begint pas op {format_short(sinds)}")
    return sinds
