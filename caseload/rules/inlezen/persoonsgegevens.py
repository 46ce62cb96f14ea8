"""The person in a row: name, number, birth date and how to reach her."""

import re
from dataclasses import dataclass
from datetime import date

from caseload.rules.inlezen.datums import read_geboorte
from caseload.rules.inlezen.lezing import Lezing
from caseload.rules.inlezen.personen import (
    read_adres,
    read_email,
    read_geslacht,
    read_naam,
    read_postcode,
    read_taal,
    read_telefoon,
)
from caseload.rules.inlezen.redenen import GEBOORTE_STRIJDIG, NAAM_ONTBREEKT
from caseload.rules.inlezen.tekst import unwrap
from caseload.rules.inlezen.velden import Veld
from clienten.rules.insz import Geboorte, Insz, InszError, check_insz

_LOST_LETTER = re.compile(r"\ufffd|\w\?\w|\w\?$|^\?\w")
_WITHOUT_LETTER = re.compile(r"[\W\d_]*")


@dataclass(frozen=True, slots=True)
class Persoon:
    """Who the row is about."""

    dossiernummer: str
    insz: str
    familienaam: str
    voornaam: str
    geboortedatum: date | None
    geslacht: str
    adres: str
    postcode: str
    gemeente: str
    telefoon: str
    email: str
    taal: str


def read_persoon(lezing: Lezing, *, on: date, voornaam_eerst: bool) -> Persoon:
    """Read the person, noting every reason and remark on the way."""
    familienaam, voornaam = _naam(lezing, voornaam_eerst)
    dossiernummer = unwrap(lezing.text(Veld.DOSSIERNUMMER)).strip()
    insz = _insz(lezing, on)
    geboortedatum = _geboortedatum(lezing, insz, on)
    _check_identity(lezing, dossiernummer)
    postcode, gemeente = read_postcode(lezing.text(Veld.POSTCODE), lezing.text(Veld.GEMEENTE))
    return Persoon(
        dossiernummer=dossiernummer,
        insz=insz.cijfers if insz else "",
        familienaam=familienaam,
        voornaam=voornaam,
        geboortedatum=geboortedatum,
        geslacht=_geslacht(lezing, insz),
        adres=read_adres(
            lezing.text(Veld.ADRES), lezing.text(Veld.HUISNUMMER), lezing.text(Veld.BUS)
        ),
        postcode=postcode,
        gemeente=gemeente,
        telefoon=read_telefoon(lezing.text(Veld.TELEFOON)),
        email=_email(lezing),
        taal=_taal(lezing),
    )


def _naam(lezing: Lezing, voornaam_eerst: bool) -> tuple[str, str]:
    naam = read_naam(
        lezing.text(Veld.FAMILIENAAM),
        lezing.text(Veld.VOORNAAM),
        lezing.text(Veld.VOLLEDIGE_NAAM),
        voornaam_eerst=voornaam_eerst,
    )
    if _WITHOUT_LETTER.fullmatch(naam.familienaam):
        lezing.refuse(NAAM_ONTBREEKT)
    elif not naam.voornaam:
        lezing.remark("voornaam ontbreekt")
    if naam.gesplitst:
        lezing.remark(f"naam gesplitst: familienaam {naam.familienaam}, voornaam {naam.voornaam}")
    for deel in (naam.familienaam, naam.voornaam):
        if _LOST_LETTER.search(deel):
            lezing.remark(f"in de naam {deel} is een letter verloren gegaan")
    return naam.familienaam, naam.voornaam


def _insz(lezing: Lezing, on: date) -> Insz | None:
    text = lezing.text(Veld.INSZ)
    if not text:
        if lezing.has(Veld.INSZ):
            lezing.remark("INSZ ontbreekt")
        return None
    try:
        insz = check_insz(text, on=on)
    except InszError as error:
        lezing.refuse(f"INSZ: {error}")
        return None
    if insz.aangevuld:
        lezing.remark("INSZ: nul vooraan teruggezet")
    return insz


def _geboortedatum(lezing: Lezing, insz: Insz | None, on: date) -> date | None:
    text = lezing.text(Veld.GEBOORTEDATUM)
    given: Geboorte | None = None
    if text:
        given = lezing.attempt(lambda: read_geboorte(text, on=on), None)
        if given is None:
            return None
    from_insz = insz.geboorte if insz else None
    if given and from_insz and from_insz.contradicts(given):
        lezing.refuse(GEBOORTE_STRIJDIG)
        return None
    if given and given.datum:
        return given.datum
    if from_insz and from_insz.datum:
        lezing.remark("geboortedatum genomen uit INSZ")
        return from_insz.datum
    if given:
        lezing.remark(f"geboortedatum onvolledig: {text}")
    return None


def _check_identity(lezing: Lezing, dossiernummer: str) -> None:
    if dossiernummer:
        return
    if not lezing.text(Veld.INSZ) and not lezing.text(Veld.GEBOORTEDATUM):
        lezing.refuse("dossiernummer, INSZ en geboortedatum ontbreken")
    elif lezing.has(Veld.DOSSIERNUMMER):
        lezing.remark("dossiernummer ontbreekt")


def _geslacht(lezing: Lezing, insz: Insz | None) -> str:
    text = lezing.text(Veld.GESLACHT)
    if not text:
        return ""
    geslacht = read_geslacht(text)
    if geslacht is None:
        lezing.remark(f"geslacht niet herkend: {text}")
        return ""
    if insz and geslacht in {"m", "v"} and insz.geslacht not in {"", geslacht}:
        lezing.remark("geslacht wijkt af van INSZ")
    return geslacht


def _email(lezing: Lezing) -> str:
    text = lezing.text(Veld.EMAIL)
    if not text:
        return ""
    email = read_email(text)
    if email is None:
        lezing.remark(f"e-mailadres niet leesbaar: {text}")
    return email or ""


def _taal(lezing: Lezing) -> str:
    text = lezing.text(Veld.TAAL)
    if not text:
        return ""
    taal = read_taal(text)
    if taal is None:
        lezing.remark(f"taal niet herkend: {text}")
    return taal or ""
