"""Finding the row with the headings, below whatever title stands above it."""

import re
from collections.abc import Sequence

from caseload.rules.inlezen.tekst import squeeze
from caseload.rules.inlezen.velden import EIGEN_KOPPEN, VELD_VAN_KOP

_SEARCH_ROWS = 40
_ASIDE = re.compile(r"[(\[{].*?[)\]}]")
# A heading is short; a sentence that starts with "Naam" is a title.
_LONGEST_HEADING = 60


def kop_sleutels(kop: str) -> tuple[str, ...]:
    """Return the forms under which a heading is looked up, with and without its aside."""
    if len(kop) > _LONGEST_HEADING:
        return ()
    forms = (squeeze(kop), squeeze(_ASIDE.sub(" ", kop)))
    return tuple(dict.fromkeys(form for form in forms if form))


def score_koprij(cellen: Sequence[str], bekende_koppen: frozenset[str]) -> int:
    """Count the cells that are known headings, each field once."""
    found: set[str] = set()
    for cel in cellen:
        for sleutel in kop_sleutels(cel):
            if sleutel in bekende_koppen or sleutel in EIGEN_KOPPEN:
                found.add(sleutel)
            elif sleutel in VELD_VAN_KOP:
                found.add(VELD_VAN_KOP[sleutel])
    return len(found)


def find_koprij(rijen: Sequence[Sequence[str]], bekende_koppen: frozenset[str]) -> int | None:
    """Return the index of the heading row; None where no row looks like one."""
    best, best_score = None, 1
    for index, rij in enumerate(rijen[:_SEARCH_ROWS]):
        score = score_koprij(rij, bekende_koppen)
        if score > best_score:
            best, best_score = index, score
    return best
