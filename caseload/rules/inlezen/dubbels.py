"""Rows of one list that claim to be the same person."""

from dataclasses import dataclass, field, replace

from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.rijen import Aanvaard
from caseload.rules.inlezen.tekst import squeeze


@dataclass(slots=True)
class Dubbels:
    """The rows taken in so far, by what identifies their person."""

    _by_insz: dict[str, Aanvaard] = field(default_factory=dict)
    _by_dossier: dict[str, Aanvaard] = field(default_factory=dict)
    _by_naam: dict[tuple[str, str, object], Aanvaard] = field(default_factory=dict)
    _trajecten: set[tuple[int, str, object]] = field(default_factory=set)

    def admit(self, rij: Aanvaard) -> Aanvaard:
        """Return the row, tied to an earlier one of the same client; refuse a double."""
        insz_rij = self._by_insz.get(rij.insz) if rij.insz else None
        dossier_rij = self._by_dossier.get(dossier_sleutel(rij.dossiernummer))
        naam_rij = self._by_naam.get(_naam_sleutel(rij)) if _is_nameless(rij) else None
        eerdere = insz_rij or dossier_rij or naam_rij
        if eerdere is None:
            self._remember(rij)
            return rij
        if not self._is_next_traject(rij, eerdere):
            wat = "INSZ" if insz_rij else "dossiernummer" if dossier_rij else "cliënt"
            raise RijGeweigerd(f"{wat} staat ook op rij {eerdere.rijnummer}")
        eerste = eerdere.zelfde_client_als or eerdere.rijnummer
        self._trajecten.add((eerste, rij.instrument, rij.startdatum))
        return replace(
            rij,
            zelfde_client_als=eerste,
            opmerkingen=(*rij.opmerkingen, f"nog een traject van de cliënt op rij {eerste}"),
        )

    def _is_next_traject(self, rij: Aanvaard, eerdere: Aanvaard) -> bool:
        """The same person on two rows is fine when each brings a traject of its own."""
        same_insz = not rij.insz or not eerdere.insz or rij.insz == eerdere.insz
        same_dossier = (
            not rij.dossiernummer
            or not eerdere.dossiernummer
            or dossier_sleutel(rij.dossiernummer) == dossier_sleutel(eerdere.dossiernummer)
        )
        eerste = eerdere.zelfde_client_als or eerdere.rijnummer
        return (
            bool(rij.instrument)
            and same_insz
            and same_dossier
            and _naam_sleutel(rij) == _naam_sleutel(eerdere)
            and (eerste, rij.instrument, rij.startdatum) not in self._trajecten
        )

    def _remember(self, rij: Aanvaard) -> None:
        if rij.insz:
            self._by_insz[rij.insz] = rij
        if rij.dossiernummer:
            self._by_dossier[dossier_sleutel(rij.dossiernummer)] = rij
        self._by_naam[_naam_sleutel(rij)] = rij
        self._trajecten.add((rij.rijnummer, rij.instrument, rij.startdatum))


def dossier_sleutel(dossiernummer: str) -> str:
    """Return the number as it is compared: blanks and capitals do not count."""
    return "".join(dossiernummer.casefold().split())


def _is_nameless(rij: Aanvaard) -> bool:
    """Without a number of any kind, name and birth date must tell people apart."""
    return not rij.insz and not rij.dossiernummer


def _naam_sleutel(rij: Aanvaard) -> tuple[str, str, object]:
    return squeeze(rij.familienaam), squeeze(rij.voornaam), rij.geboortedatum
