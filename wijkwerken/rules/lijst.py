"""A list of hours from elsewhere: which column is what, and what a row says."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from kern.belgian_dates import DateError, parse_date
from wijkwerken.rules.invoer import UrenOnleesbaar, lees_uren
from wijkwerken.rules.prestaties import duur


class Veld(StrEnum):
    """What a column of the list may hold."""

    DOSSIER = "dossier"
    NAAM = "naam"
    DAG = "dag"
    UREN = "uren"
    VAN = "van"
    TOT = "tot"

    @property
    def label(self) -> str:
        """Return the field in words."""
        return _LABELS[self]


_LABELS = {
    Veld.DOSSIER: "Dossiernummer",
    Veld.NAAM: "Naam",
    Veld.DAG: "Dag",
    Veld.UREN: "Gewerkte uren",
    Veld.VAN: "Van (uur)",
    Veld.TOT: "Tot (uur)",
}
_WOORDEN: dict[Veld, tuple[str, ...]] = {
    Veld.DOSSIER: ("dossier", "dossiernummer", "dossiernr", "nummer"),
    Veld.NAAM: ("naam", "wijkwerker", "werknemer", "naamwijkwerker", "familienaamvoornaam"),
    Veld.DAG: ("dag", "datum", "datumprestatie", "prestatiedatum"),
    Veld.UREN: ("uren", "aantaluren", "gewerkteuren", "duur", "prestatie", "aantal"),
    Veld.VAN: ("van", "beginuur", "start", "begin", "startuur"),
    Veld.TOT: ("tot", "einduur", "einde", "stop"),
}


@dataclass(frozen=True, slots=True)
class Gelezen:
    """A row as it was read: who, which day, how long; or why not."""

    nummer: int
    wie: str = ""
    dossier: str = ""
    dag: date | None = None
    minuten: int = 0
    begin: time | None = None
    fout: str = ""


class RijOnleesbaar(ValueError):
    """A row lacks something, or something in it cannot be read."""


def raad_kolommen(koppen: Sequence[str]) -> dict[int, Veld]:
    """Return which column most likely holds what; each field once."""
    found: dict[int, Veld] = {}
    for nummer, kop in enumerate(koppen):
        kort = sleutel(kop)
        veld = next((veld for veld, woorden in _WOORDEN.items() if kort in woorden), None)
        if veld is not None and veld not in found.values():
            found[nummer] = veld
    return found


def ontbreekt(keuze: Mapping[int, Veld]) -> str:
    """Say which column is missing before a list can be read."""
    velden = list(keuze.values())
    if len(set(velden)) < len(velden):
        return "Kies elk gegeven voor één kolom."
    if Veld.DOSSIER not in velden and Veld.NAAM not in velden:
        return "Kies in welke kolom het dossiernummer of de naam staat."
    if Veld.DAG not in velden:
        return "Kies in welke kolom de dag staat."
    if Veld.UREN not in velden and not {Veld.VAN, Veld.TOT} <= set(velden):
        return "Kies in welke kolom de uren staan, of het begin en het einde."
    return ""


def lees_rij(nummer: int, cellen: Sequence[str], keuze: Mapping[int, Veld]) -> Gelezen:
    """Read a row; what cannot be read stands in it as a sentence."""
    waarden = {veld: cellen[kolom].strip() for kolom, veld in keuze.items() if kolom < len(cellen)}
    wie = waarden.get(Veld.NAAM, "")
    dossier = waarden.get(Veld.DOSSIER, "")
    try:
        if not wie and not dossier:
            raise RijOnleesbaar("Er staat niet wie het is.")
        dag = _dag(waarden.get(Veld.DAG, ""))
        minuten, begin = _hoelang(waarden)
    except (RijOnleesbaar, UrenOnleesbaar) as error:
        return Gelezen(nummer, wie, dossier, fout=str(error))
    return Gelezen(nummer, wie, dossier, dag, minuten, begin)


def _dag(tekst: str) -> date:
    if not tekst:
        raise RijOnleesbaar("De dag ontbreekt.")
    try:
        return parse_date(tekst)
    except DateError as error:
        raise RijOnleesbaar(str(error)) from error


def _hoelang(waarden: Mapping[Veld, str]) -> tuple[int, time | None]:
    minuten = lees_uren(waarden.get(Veld.UREN, ""))
    van, tot = waarden.get(Veld.VAN, ""), waarden.get(Veld.TOT, "")
    begin = _klok(van) if van else None
    if begin is not None and tot:
        gewerkt = duur(begin, _klok(tot))
        if minuten and minuten != gewerkt:
            raise RijOnleesbaar("De uren kloppen niet met het begin en het einde.")
        return gewerkt, begin
    if not minuten:
        raise RijOnleesbaar("Er staan geen uren.")
    return minuten, begin


def _klok(tekst: str) -> time:
    uren, _, minuten = tekst.lower().replace("u", ":").replace("h", ":").partition(":")
    try:
        return time(int(uren), int(minuten[:2] or 0))
    except ValueError as error:
        raise RijOnleesbaar(f"“{tekst[:12]}” is geen uur van de dag.") from error


def sleutel(tekst: str) -> str:
    """Return the text without capitals, accents, blanks and signs, to compare by."""
    plain = unicodedata.normalize("NFKD", tekst.lower())
    return "".join(teken for teken in plain if teken.isalnum())


def naamsleutel(tekst: str) -> str:
    """Return the words of a name in a fixed order: either name may come first."""
    plain = unicodedata.normalize("NFKD", tekst.lower().replace(",", " ").replace("-", " "))
    woorden = "".join(teken for teken in plain if teken.isalnum() or teken.isspace()).split()
    return " ".join(sorted(woorden))
