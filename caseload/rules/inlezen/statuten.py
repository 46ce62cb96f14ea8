"""The text in the column "Statuut" to a kind and, for leefloon, a category; never guessed."""

import re
from dataclasses import dataclass
from datetime import date

from caseload.rules.inlezen.tekst import fold

LEEFLONEN = ("leefloon", "equivalent_leefloon", "aanvullend_leefloon")

# The texts are folded; the longest that fits is taken out first.
_SOORTEN: dict[str, tuple[str, ...]] = {
    "equivalent_leefloon": (
        "equivalent leefloon", "equivalent aan leefloon", "eq leefloon", "eql", "equiv leefloon",
        "equivalentleefloon", "leefloon equivalent", "ell", "eqll", "eq ll", "equivalent lfl",
        "financiele steun equivalent leefloon", "financiele steun", "equivalent",
        "financiele maatschappelijke hulp", "steun equivalent leefloon", "levensgeld",
    ),
    "aanvullend_leefloon": (
        "aanvullend leefloon", "leefloon aanvullend", "aanv leefloon", "leefloon aanv",
        "leefloon in aanvulling",
    ),
    "leefloon": (
        "leefloon", "leefloongerechtigde", "leefloongerechtigd", "leefloner", "lfl", "ll", "rmi",
        "recht op maatschappelijke integratie", "revenu d integration", "ris", "lefl", "leefln",
    ),
    "artikel_60": (
        "art 60", "artikel 60", "art60", "artikel60", "tewerkgesteld art 60", "art 60 7",
        "tewerkgesteld artikel 60", "artikel 60 7", "tewerkgesteld art 60 7",
    ),
    "artikel_61": (
        "art 61", "artikel 61", "art61", "artikel61", "tewerkgesteld art 61",
        "tewerkgesteld artikel 61",
    ),
    "werkzoekende": (
        "werkzoekende", "werkzoekend", "uvw", "uitkeringsgerechtigde volledig werkloze",
        "uitkeringsgerechtigd volledig werkloze", "werkloos", "werkloze", "werkloosheid",
        "werkloosheidsuitkering", "werkzoekende met uitkering", "rva", "uitkering rva",
        "uvw werkzoekende", "werkzoekende uvw", "werkloosheidsuitkering rva", "dop",
    ),
    "inschakelingsuitkering": ("inschakelingsuitkering", "biu", "wachtuitkering"),
    "nwwz": (
        "nwwz", "niet werkende werkzoekende", "werkzoekende zonder uitkering",
        "nwwz zonder uitkering", "vrij ingeschreven werkzoekende", "vrij ingeschreven",
        "werkzoekende nwwz", "niet werkend werkzoekend",
    ),
    "ziekte": (
        "ziekte", "ziek", "ziv", "ziekte uitkering", "ziekteuitkering", "arbeidsongeschikt",
        "arbeidsongeschiktheid", "mutualiteit", "riziv", "invaliditeit", "invalide", "ziekenfonds",
        "uitkering ziekenfonds", "primaire arbeidsongeschiktheid", "ziekte of invaliditeit",
        "ziekte invaliditeit", "ziekteverzekering",
    ),
    "ivt_it": (
        "ivt", "it", "ivt it", "ivt en it", "inkomensvervangende tegemoetkoming",
        "integratietegemoetkoming", "tegemoetkoming handicap", "fod",
        "tegemoetkoming voor personen met een handicap",
    ),
    "student": ("student", "studente"),
    "geen": ("geen", "geen inkomen", "zonder inkomen", "geen uitkering", "zonder uitkering"),
}  # fmt: skip

_CATEGORIEEN: dict[str, int] = {
    "samenwonende": 1, "samenwonend": 1, "samenw": 1, "samenwoner": 1, "sw": 1,
    "alleenstaande": 2, "alleenstaand": 2, "alleenst": 2, "alleenwonend": 2,
    "alleenwonende": 2, "dakloze": 2, "dakloos": 2,
    "gezin": 3, "gezinslast": 3, "gezinslasten": 3, "persoon met gezin ten laste": 3,
    "met gezin ten laste": 3, "gezin ten laste": 3, "persoon met gezinslast": 3,
    "met gezinslast": 3, "met gezin": 3, "met kinderlast": 3, "kinderlast": 3,
    "persoon met gezin": 3, "met kinderen ten laste": 3,
}  # fmt: skip
_NUMBERS = {"1": 1, "2": 2, "3": 3, "i": 1, "ii": 2, "iii": 3}
_CATEGORY_WORD = r"(?:categorie|categ|cat|code|barema|type)"
_NUMBERED = re.compile(rf"(?:\b{_CATEGORY_WORD} ?(1|2|3|iii|ii|i)\b|(?<=\s)(1|2|3)$)")
_GLUED = re.compile(r"\b(leefloon|lfl|ll|cat|categorie)(\d)\b")
_FILLERS = re.compile(r"\b(?:als|een|van|voor|met|tarief|bedrag)\b")

_BY_TEXT = {tekst: soort for soort, teksten in _SOORTEN.items() for tekst in teksten}


@dataclass(frozen=True, slots=True)
class GelezenStatuut:
    """A standing as the list tells it; without `sinds` the list did not say since when."""

    soort: str
    categorie: int | None = None
    sinds: date | None = None


def read_statuut(text: str, categorie_text: str = "") -> tuple[str, int | None, str] | None:
    """Return kind, category and a remark; None where the text is not fully understood."""
    rest, found = _take_categorie(fold(text))
    soort = _BY_TEXT.get(rest) or _BY_TEXT.get(" ".join(_FILLERS.sub(" ", rest).split()))
    if categorie_text.strip():
        found |= _categorie_alone(categorie_text)
    opmerking = ""
    if soort is None and not rest and found and not _names_household(text):
        # Only leefloon has categories, but the list does not say the word.
        soort, opmerking = "leefloon", "statuut gelezen als leefloon: alleen de categorie staat er"
    if soort is None:
        return None
    if soort not in LEEFLONEN:
        return soort, None, ""
    if len(found) > 1:
        return soort, None, "categorie leefloon tegenstrijdig: niet ingevuld"
    return soort, next(iter(found), None), opmerking


def _categorie_alone(text: str) -> set[int]:
    plain = fold(text)
    return {_NUMBERS[plain]} if plain in _NUMBERS else _take_categorie(plain)[1]


def _names_household(text: str) -> bool:
    """ "Alleenstaande" alone may be about the household and not about the income."""
    return any(re.search(rf"\b{woord}\b", fold(text)) for woord in _CATEGORIEEN)


def _take_categorie(plain: str) -> tuple[str, set[int]]:
    """Split the folded text in what is left and the categories it names."""
    plain = _GLUED.sub(r"\1 \2", plain)
    found: set[int] = set()
    for match in _NUMBERED.finditer(plain):
        found.add(_NUMBERS[match.group(1) or match.group(2)])
    plain = _NUMBERED.sub(" ", plain)
    for woord in sorted(_CATEGORIEEN, key=len, reverse=True):
        pattern = rf"\b{woord}\b"
        if re.search(pattern, plain):
            found.add(_CATEGORIEEN[woord])
            plain = re.sub(pattern, " ", plain)
    return " ".join(plain.split()), found
