"""From the bytes of a file to a table with headings and numbered rows."""

from collections.abc import Iterable, Sequence

from caseload.rules.inlezen.codering import decode_text
from caseload.rules.inlezen.csv_lezen import read_records
from caseload.rules.inlezen.grenzen import (
    BestandGeweigerd,
    Grenzen,
    check_kolommen,
    check_rijen,
    dutch_number,
)
from caseload.rules.inlezen.koprij import find_koprij, kop_sleutels
from caseload.rules.inlezen.soort import detect_soort
from caseload.rules.inlezen.tabel import Bestandssoort, Cellen, Rij, Tabel
from caseload.rules.inlezen.tekst import clean, fold, repair_mojibake, restore, tidy
from caseload.rules.inlezen.velden import EIGEN_KOPPEN
from caseload.rules.inlezen.xlsx_lezen import read_werkblad

_STANDAARD = Grenzen()
_TOTALS = ("totaal", "aantal", "total", "som", "einde lijst", "einde van de lijst")


def read_tabel(
    data: bytes, *, grenzen: Grenzen = _STANDAARD, bekende_koppen: Iterable[str] = ()
) -> Tabel:
    """Read a client list, or refuse the file with a Dutch reason.

    `bekende_koppen` are headings this office used before; they help to find the heading row.
    """
    if len(data) > grenzen.max_bytes:
        raise BestandGeweigerd(
            f"Het bestand is groter dan {dutch_number(grenzen.max_bytes // 1_000_000)} MB."
        )
    if not data.strip():
        raise BestandGeweigerd("Het bestand is leeg.")
    bekend = frozenset(sleutel for kop in bekende_koppen for sleutel in kop_sleutels(kop))
    soort = detect_soort(data)
    opmerkingen: list[str] = []
    if soort is Bestandssoort.XLSX:
        werkblad = read_werkblad(data, bekend, grenzen)
        ruw: Sequence[Sequence[str]] = werkblad.rijen
        opmerkingen.extend(werkblad.opmerkingen)
    else:
        records = read_records(decode_text(data), bekend, grenzen)
        ruw = records.rijen
        opmerkingen.extend(_note_on_quotes(records.losse_aanhalingstekens))
    return _build(soort, ruw, bekend, grenzen, opmerkingen)


def _note_on_quotes(rijen: Sequence[int]) -> list[str]:
    if not rijen:
        return []
    waar = ", ".join(str(rij) for rij in rijen[:5]) + (" …" if len(rijen) > 5 else "")
    return [f"Aanhalingstekens sluiten niet op rij {waar}: die rij is aan het regeleinde geknipt."]


def _build(
    soort: Bestandssoort,
    ruw: Sequence[Sequence[str]],
    bekend: frozenset[str],
    grenzen: Grenzen,
    opmerkingen: list[str],
) -> Tabel:
    kop_index = find_koprij(ruw, bekend)
    if kop_index is None:
        kop_index = next((i for i, rij in enumerate(ruw) if _filled(rij) > 1), None)
    if kop_index is None:
        check_kolommen(max((len(rij) for rij in ruw), default=0), grenzen)
        raise BestandGeweigerd("Het bestand bevat geen lijst: er is geen rij met titels gevonden.")
    kop = ruw[kop_index]
    koppen = _trimmed(tuple(tidy(repair_mojibake(cel)) for cel in kop))
    check_kolommen(len(koppen), grenzen)
    rijen, notes = _data_rows(ruw, kop_index, koppen)
    check_rijen(len(rijen), grenzen)
    check_kolommen(max((len(rij.cellen) for rij in rijen), default=0), grenzen)
    if not rijen:
        raise BestandGeweigerd("De lijst heeft een rij met titels, maar geen rijen met cliënten.")
    return Tabel(
        soort=soort,
        koppen=koppen,
        kopregel=kop_index + 1,
        breedte=len(kop),
        rijen=rijen,
        opmerkingen=(*opmerkingen, *notes),
    )


def _data_rows(
    ruw: Sequence[Sequence[str]], kop_index: int, koppen: Cellen
) -> tuple[tuple[Rij, ...], list[str]]:
    titels = tuple(fold(kop) for kop in koppen)
    rijen: list[Rij] = []
    notes: list[str] = []
    for nummer, ruwe_rij in enumerate(ruw[kop_index + 1 :], kop_index + 2):
        cellen = _trimmed(tuple(restore(clean(repair_mojibake(cel))) for cel in ruwe_rij))
        if not cellen:
            continue
        if tuple(fold(cel) for cel in cellen) == titels:
            notes.append(f"Rij {nummer} herhaalt de titels en is overgeslagen.")
        elif _is_total(cellen):
            notes.append(f"Rij {nummer} is een totaalregel en is overgeslagen.")
        else:
            rijen.append(Rij(nummer, cellen))
    return tuple(rijen), notes


def _is_total(cellen: Cellen) -> bool:
    filled = [cel for cel in cellen if cel.strip()]
    return len(filled) <= 2 and fold(filled[0]).startswith(_TOTALS) and len(cellen) > 0


def _filled(rij: Sequence[str]) -> int:
    return sum(1 for cel in rij if cel.strip())


def _trimmed(cellen: Cellen) -> Cellen:
    end = len(cellen)
    while end and not cellen[end - 1].strip():
        end -= 1
    return cellen[:end]


def is_eigen_kop(kop: str) -> bool:
    """Tell whether the column was added by this program to a list of refused rows."""
    return any(sleutel in EIGEN_KOPPEN for sleutel in kop_sleutels(kop))
