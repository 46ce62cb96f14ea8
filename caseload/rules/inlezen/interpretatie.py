"""Rows to verdicts: each row on its own, then doubles within the list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseload.rules.inlezen.dubbels import Dubbels
from caseload.rules.inlezen.grenzen import Grenzen, dutch_number
from caseload.rules.inlezen.instrumenten import BekendInstrument, Instrumentenlijst
from caseload.rules.inlezen.koppeling import Koppeling, check_koppeling
from caseload.rules.inlezen.koprij import kop_sleutels
from caseload.rules.inlezen.lezing import Lezing
from caseload.rules.inlezen.medewerkers import BekendeMedewerker, Medewerkerslijst
from caseload.rules.inlezen.persoonsgegevens import read_persoon
from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.rijen import Aanvaard, Geweigerd
from caseload.rules.inlezen.tabel import Bestandssoort, Tabel
from caseload.rules.inlezen.trajectgegevens import (
    read_gelezen_statuut,
    read_medewerker,
    read_traject,
)
from caseload.rules.inlezen.velden import Veld

_STANDAARD = Grenzen()

# What the columns of the database hold; longer is a cell that slipped into the wrong column.
_LENGTES = (
    ("dossiernummer", 40),
    ("familienaam", 120),
    ("voornaam", 120),
    ("adres", 160),
    ("postcode", 10),
    ("gemeente", 80),
    ("telefoon", 40),
)


@dataclass(frozen=True, slots=True)
class Omgeving:
    """What the bestuur knows, against which a list is read."""

    vandaag: date
    medewerkers: tuple[BekendeMedewerker, ...]
    instrumenten: tuple[BekendInstrument, ...]


def interpret_rijen(
    tabel: Tabel,
    koppeling: Koppeling,
    omgeving: Omgeving,
    *,
    grenzen: Grenzen = _STANDAARD,
) -> Iterator[Aanvaard | Geweigerd]:
    """Yield the verdict on every row, in the order of the list."""
    check_koppeling(koppeling)
    medewerkers = Medewerkerslijst(omgeving.medewerkers)
    instrumenten = Instrumentenlijst(omgeving.instrumenten)
    dubbels = Dubbels()
    voornaam_eerst = _voornaam_eerst(koppeling)
    for rij in tabel.rijen:
        lezing = Lezing(rij, koppeling.velden)
        _check_cellen(lezing, tabel, koppeling, grenzen)
        if lezing.redenen:
            yield Geweigerd(rij, tuple(lezing.redenen))
            continue
        aanvaard = _read(lezing, omgeving, medewerkers, instrumenten, voornaam_eerst)
        if not lezing.redenen:
            try:
                aanvaard = dubbels.admit(aanvaard)
            except RijGeweigerd as reden:
                lezing.refuse(str(reden))
        yield Geweigerd(rij, tuple(lezing.redenen)) if lezing.redenen else aanvaard


def _read(
    lezing: Lezing,
    omgeving: Omgeving,
    medewerkers: Medewerkerslijst,
    instrumenten: Instrumentenlijst,
    voornaam_eerst: bool,
) -> Aanvaard:
    vandaag = omgeving.vandaag
    persoon = read_persoon(lezing, on=vandaag, voornaam_eerst=voornaam_eerst)
    geboren = persoon.geboortedatum
    medewerker = read_medewerker(lezing, medewerkers)
    instrument, start = read_traject(lezing, instrumenten, on=vandaag, geboren=geboren)
    statuut = read_gelezen_statuut(lezing, on=vandaag, geboren=geboren)
    for veld, lengte in _LENGTES:
        if len(getattr(persoon, veld)) > lengte:
            lezing.refuse(f"{veld} is langer dan {lengte} tekens")
    return Aanvaard(
        rijnummer=lezing.rij.nummer,
        dossiernummer=persoon.dossiernummer,
        insz=persoon.insz,
        familienaam=persoon.familienaam,
        voornaam=persoon.voornaam,
        geboortedatum=geboren,
        geslacht=persoon.geslacht,
        adres=persoon.adres,
        postcode=persoon.postcode,
        gemeente=persoon.gemeente,
        telefoon=persoon.telefoon,
        email=persoon.email,
        taal=persoon.taal,
        statuut=statuut,
        medewerker=medewerker,
        instrument=instrument,
        startdatum=start,
        opmerking=lezing.lines(Veld.OPMERKING),
        opmerkingen=tuple(lezing.opmerkingen),
    )


def _check_cellen(lezing: Lezing, tabel: Tabel, koppeling: Koppeling, grenzen: Grenzen) -> None:
    """Refuse a row whose cells shifted, or with a cell that is no fact but a whole text."""
    cellen = lezing.rij.cellen
    if tabel.soort is Bestandssoort.CSV and len(cellen) > tabel.breedte:
        lezing.refuse(f"de rij heeft {len(cellen)} cellen, de titelrij {tabel.breedte}")
    for kolom in koppeling.kolommen:
        if kolom.veld is None or len(lezing.cel(kolom.veld)) <= grenzen.max_tekens:
            continue
        lengte = dutch_number(grenzen.max_tekens)
        lezing.refuse(f"{kolom.kop or kolom.veld.label} is langer dan {lengte} tekens")


def _voornaam_eerst(koppeling: Koppeling) -> bool:
    """Tell from the heading whether full names begin with the first name."""
    for kolom in koppeling.kolommen:
        if kolom.veld is Veld.VOLLEDIGE_NAAM:
            return any(
                sleutel.startswith(("voornaam", "prenom")) for sleutel in kop_sleutels(kolom.kop)
            )
    return False
