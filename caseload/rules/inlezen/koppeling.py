"""Columns to fields: what was remembered, what reads the same, what nearly does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from caseload.rules.inlezen.grenzen import BestandGeweigerd
from caseload.rules.inlezen.koprij import kop_sleutels
from caseload.rules.inlezen.lezen import is_eigen_kop
from caseload.rules.inlezen.tabel import Tabel
from caseload.rules.inlezen.velden import KOPPEN_PER_VELD, VELD_VAN_KOP, Veld

# Alike enough to propose: one or two letters off in a word of some length.
_ALIKE = 0.86
_SHORTEST_ALIKE = 6
_CELLS_OF_ADDRESS = (Veld.ADRES, Veld.BUS, Veld.POSTCODE)


class Herkomst(StrEnum):
    """Why a column was coupled to its field."""

    GEKOZEN = "gekozen"
    ONTHOUDEN = "onthouden"
    HERKEND = "herkend"
    GELIJKEND = "gelijkend"


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column of the list with the field it fills, if any."""

    index: int
    kop: str
    veld: Veld | None
    herkomst: Herkomst | None


@dataclass(frozen=True, slots=True)
class Koppeling:
    """The columns of a list and the field each of them fills; no field stands twice."""

    kolommen: tuple[Kolom, ...]

    @property
    def velden(self) -> dict[Veld, int]:
        """Return the column index of every coupled field."""
        return {kolom.veld: kolom.index for kolom in self.kolommen if kolom.veld is not None}

    @property
    def niet_gekoppeld(self) -> tuple[Kolom, ...]:
        """Return the columns that will not be read, the program's own ones left out."""
        return tuple(
            kolom for kolom in self.kolommen if kolom.veld is None and not is_eigen_kop(kolom.kop)
        )

    @property
    def te_onthouden(self) -> dict[str, str]:
        """Return heading → field, to be kept for the next list of this office."""
        return {kolom.kop: kolom.veld.value for kolom in self.kolommen if kolom.veld and kolom.kop}


@dataclass(frozen=True, slots=True)
class _Voorstel:
    sterkte: float
    index: int
    veld: Veld
    herkomst: Herkomst


def propose_koppeling(
    tabel: Tabel,
    *,
    onthouden: Mapping[str, str] | None = None,
    gekozen: Mapping[int | str, str] | None = None,
) -> Koppeling:
    """Couple the columns; the choice of the user wins, then memory, then the headings.

    `gekozen` maps a column index (or heading) to a field, or to "" for "do not read".
    """
    keuze = _by_index(tabel.koppen, gekozen or {})
    geheugen = {
        sleutel: veld for kop, veld in (onthouden or {}).items() for sleutel in kop_sleutels(kop)
    }
    voorstellen: list[_Voorstel] = []
    for index, kop in enumerate(tabel.koppen):
        if index not in keuze and not is_eigen_kop(kop):
            voorstellen.extend(_voorstellen(index, kop, geheugen))
    gekoppeld: dict[int, _Voorstel] = {}
    for index, naam in keuze.items():
        veld = _veld(naam)
        if veld is not None and all(ander.veld is not veld for ander in gekoppeld.values()):
            gekoppeld[index] = _Voorstel(9, index, veld, Herkomst.GEKOZEN)
    for voorstel in sorted(voorstellen, key=lambda v: (-v.sterkte, v.index)):
        taken = {ander.veld for ander in gekoppeld.values()}
        if voorstel.index not in gekoppeld and voorstel.veld not in taken:
            gekoppeld[voorstel.index] = voorstel
    _settle_naam(gekoppeld, tabel.koppen)
    _settle_huisnummer(gekoppeld, tabel.koppen)
    return Koppeling(
        tuple(
            Kolom(
                index,
                kop,
                gekoppeld[index].veld if index in gekoppeld else None,
                gekoppeld[index].herkomst if index in gekoppeld else None,
            )
            for index, kop in enumerate(tabel.koppen)
        )
    )


def check_koppeling(koppeling: Koppeling) -> None:
    """Refuse a list whose rows could not be told apart or named."""
    velden = koppeling.velden
    if not velden.keys() & {Veld.FAMILIENAAM, Veld.VOLLEDIGE_NAAM}:
        raise BestandGeweigerd(
            "Geen kolom met de naam gevonden. Duid aan in welke kolom de naam staat."
        )
    if not velden.keys() & {Veld.DOSSIERNUMMER, Veld.INSZ, Veld.GEBOORTEDATUM}:
        raise BestandGeweigerd(
            "Geen kolom met dossiernummer, INSZ of geboortedatum gevonden. "
            "Zonder een van deze drie zijn cliënten niet uit elkaar te houden."
        )
    if Veld.INSTRUMENT in velden and Veld.STARTDATUM not in velden:
        raise BestandGeweigerd(
            "Er is een kolom met trajecten, maar geen kolom met hun startdatum. "
            "Duid de startdatum aan, of kies om de trajecten niet in te lezen."
        )


def _by_index(koppen: Sequence[str], gekozen: Mapping[int | str, str]) -> dict[int, str]:
    keuze: dict[int, str] = {}
    for kolom, naam in gekozen.items():
        if isinstance(kolom, int):
            if 0 <= kolom < len(koppen):
                keuze[kolom] = naam
        elif kolom in koppen:
            keuze[koppen.index(kolom)] = naam
    return keuze


def _veld(naam: str) -> Veld | None:
    try:
        return Veld(naam)
    except ValueError:
        return None


def _voorstellen(index: int, kop: str, geheugen: Mapping[str, str]) -> Iterable[_Voorstel]:
    for sleutel in kop_sleutels(kop):
        if sleutel in geheugen:
            veld = _veld(geheugen[sleutel])
            if veld is not None:
                yield _Voorstel(3, index, veld, Herkomst.ONTHOUDEN)
            return
    for sleutel in kop_sleutels(kop):
        if sleutel in VELD_VAN_KOP:
            veld = VELD_VAN_KOP[sleutel]
            # The headings of a field stand with the clearest first.
            rank = KOPPEN_PER_VELD[veld].index(sleutel)
            yield _Voorstel(2 - rank / 1000, index, veld, Herkomst.HERKEND)
            return
    yield from _alike(index, kop)


def _alike(index: int, kop: str) -> Iterable[_Voorstel]:
    for sleutel in kop_sleutels(kop):
        if len(sleutel) < _SHORTEST_ALIKE:
            continue
        for bekend, veld in VELD_VAN_KOP.items():
            if len(bekend) < _SHORTEST_ALIKE:
                continue
            matcher = SequenceMatcher(a=sleutel, b=bekend, autojunk=False)
            if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
                continue
            if (ratio := matcher.ratio()) >= _ALIKE:
                yield _Voorstel(ratio, index, veld, Herkomst.GELIJKEND)


def _settle_naam(gekoppeld: dict[int, _Voorstel], koppen: Sequence[str]) -> None:
    """A column "Naam" beside one with first names holds the family name."""
    by_veld = {voorstel.veld: voorstel for voorstel in gekoppeld.values()}
    volledig = by_veld.get(Veld.VOLLEDIGE_NAAM)
    if volledig is None or Veld.VOORNAAM not in by_veld or volledig.herkomst is Herkomst.GEKOZEN:
        return
    if Veld.FAMILIENAAM in by_veld:
        del gekoppeld[volledig.index]
    elif not _names_both(koppen[volledig.index]):
        gekoppeld[volledig.index] = _Voorstel(
            volledig.sterkte, volledig.index, Veld.FAMILIENAAM, volledig.herkomst
        )


def _names_both(kop: str) -> bool:
    return any("voornaam" in sleutel or "prenom" in sleutel for sleutel in kop_sleutels(kop))


def _settle_huisnummer(gekoppeld: dict[int, _Voorstel], koppen: Sequence[str]) -> None:
    """A bare "Nr" is a house number only right after the street; elsewhere it counts rows."""
    for index, voorstel in list(gekoppeld.items()):
        if voorstel.veld is not Veld.HUISNUMMER or voorstel.herkomst is not Herkomst.HERKEND:
            continue
        bare = set(kop_sleutels(koppen[index])) & {"nr", "nummer", "numero"}
        before = gekoppeld.get(index - 1)
        if bare and (before is None or before.veld not in _CELLS_OF_ADDRESS):
            del gekoppeld[index]
