"""Names, sex, address, phone, mail and language as a list writes them."""

import re
from dataclasses import dataclass

from caseload.rules.inlezen.tekst import fold, squeeze, tidy, unwrap

_WOORDEN_VOOR_GESLACHT = {
    "m": "m man mannelijk mannelijke heer dhr deheer male h homme masculin mr jongen meneer",
    "v": "v vrouw vrouwelijk vrouwelijke mevr mevrouw mw f female femme feminin mme meisje",
    "x": "x anders nonbinair divers",
}
_GESLACHTEN = {
    woord: code for code, woorden in _WOORDEN_VOOR_GESLACHT.items() for woord in woorden.split()
}
_TALEN = {
    "nl": "nederlands ned dutch neerlandais vlaams nld",
    "fr": "frans francais french fra",
    "en": "engels english anglais eng",
    "ar": "arabisch arabic arabe ara",
    "tr": "turks turkish turc tur",
    "uk": "oekraiens ukrainian ua ukr",
    "ru": "russisch russian russe rus",
    "es": "spaans spanish espagnol spa",
    "pt": "portugees portugese portuguese por",
    "pl": "pools polish polonais pol",
    "ro": "roemeens romanian roumain ron",
    "bg": "bulgaars bulgarian bulgare bul",
    "fa": "farsi dari perzisch persian fas",
    "ps": "pasjtoe pashto pasjto pasthu pus",
    "so": "somali somalisch som",
    "ti": "tigrinya tigrigna tir",
}  # fmt: skip
_TAALCODES = {woord: code for code, woorden in _TALEN.items() for woord in (code, *woorden.split())}

_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")
_POSTCODE = re.compile(r"(?:[bB][\s\-]*)?([1-9]\d{3})(?:[.,]0)?")
_POSTCODE_GEMEENTE = re.compile(r"(?:[bB][\s\-]*)?([1-9]\d{3})\s*[-,]?\s+(\D.*)")
_PHONE_SIGNS = re.compile(r"[\s./\-()]+")
# Zones of two digits; all others have three.
_BIG_ZONES = ("02", "03", "04", "09")
_PARTICLES = frozenset(
    {
        *("van", "de", "den", "der", "het", "ter", "ten", "te", "vande", "vanden", "vander"),
        *("von", "el", "al", "ben", "bin", "ould", "du", "le", "la", "da", "di", "dos", "das"),
        *("del", "abu", "abd", "ait", "d", "t"),
    }
)


@dataclass(frozen=True, slots=True)
class Naam:
    """A name in its two parts, and whether it had to be cut."""

    familienaam: str
    voornaam: str
    gesplitst: bool = False


def read_naam(familienaam: str, voornaam: str, volledig: str, *, voornaam_eerst: bool) -> Naam:
    """Return the name; a full name is cut at its comma, its capitals, or its last word."""
    last, first, full = tidy(familienaam), tidy(voornaam), tidy(volledig)
    if last or not full:
        return Naam(last, first)
    if first:
        return Naam(_without(full, first), first, gesplitst=True)
    if "," in full:
        last, _, first = (part.strip() for part in full.partition(","))
        return Naam(last, first)
    words = full.split()
    if len(words) == 1:
        return Naam(full, "")
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    others = [word for word in words if word not in capitals]
    if capitals and others and (words == capitals + others or words == others + capitals):
        return Naam(" ".join(capitals), " ".join(others), gesplitst=True)
    cut = _cut_first(words) if voornaam_eerst else (words[:-1], words[-1:])
    return Naam(" ".join(cut[0]), " ".join(cut[1]), gesplitst=True)


def _without(full: str, first: str) -> str:
    """Take the first name, that has a column of its own, out of the full name."""
    for pattern in (rf"^{re.escape(first)}\s+", rf"[\s,]+{re.escape(first)}$"):
        rest = re.sub(pattern, "", full, flags=re.IGNORECASE)
        if rest != full and rest.strip(" ,"):
            return rest.strip(" ,")
    return full


def _cut_first(words: list[str]) -> tuple[list[str], list[str]]:
    """ "Jan Van den Broeck": the family name begins at its particle, else after one word."""
    for index, word in enumerate(words[1:], 1):
        if fold(word) in _PARTICLES:
            return words[index:], words[:index]
    return words[1:], words[:1]


def read_geslacht(text: str) -> str | None:
    """Return m, v or x; None where the text is not understood."""
    return _GESLACHTEN.get(squeeze(text))


def read_taal(text: str) -> str | None:
    """Return the language code; None where the text is not understood."""
    words = fold(text).split()
    codes = {_TAALCODES[word] for word in words if word in _TAALCODES}
    return codes.pop() if len(codes) == 1 and len(words) <= 2 else None


def read_email(text: str) -> str | None:
    """Return the address in lower case; None where it cannot be one."""
    written = tidy(text).removeprefix("mailto:").strip("<> ")
    return written.lower() if _EMAIL.fullmatch(written) and len(written) <= 254 else None


def read_telefoon(text: str) -> str:
    """Return a Belgian number in its usual groups; any other text as it stands."""
    written = tidy(unwrap(text))
    digits = _PHONE_SIGNS.sub("", written)
    for prefix in ("+32", "0032"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
    if not (digits.isascii() and digits.isdigit()):
        return written
    if not digits.startswith("0") and len(digits) in {8, 9}:
        # A spreadsheet that took the number for a number ate its first zero.
        digits = f"0{digits}"
    return _grouped(digits) or written


def _grouped(digits: str) -> str:
    if len(digits) == 10 and digits.startswith("04"):
        return f"{digits[:4]} {digits[4:6]} {digits[6:8]} {digits[8:]}"
    if len(digits) != 9 or not digits.startswith("0"):
        return ""
    if digits.startswith(_BIG_ZONES):
        return f"{digits[:2]} {digits[2:5]} {digits[5:7]} {digits[7:]}"
    return f"{digits[:3]} {digits[3:5]} {digits[5:7]} {digits[7:]}"


def read_adres(straat: str, huisnummer: str, bus: str) -> str:
    """Return street, number and box on one line."""
    straat, huisnummer, bus = tidy(straat), tidy(huisnummer), tidy(bus)
    parts = [straat]
    if huisnummer and not straat.endswith(f" {huisnummer}"):
        parts.append(huisnummer)
    if bus:
        parts.append(bus if fold(bus).startswith(("bus", "b ")) else f"bus {bus}")
    return " ".join(part for part in parts if part)


def read_postcode(postcode: str, gemeente: str) -> tuple[str, str]:
    """Return postcode and municipality, also where both stand in one cell."""
    postcode, gemeente = tidy(unwrap(postcode)), tidy(gemeente)
    if match := _POSTCODE.fullmatch(postcode):
        postcode = match.group(1)
    elif match := _POSTCODE_GEMEENTE.fullmatch(postcode):
        postcode, gemeente = match.group(1), gemeente or match.group(2)
    if not postcode and (match := _POSTCODE_GEMEENTE.fullmatch(gemeente)):
        postcode, gemeente = match.group(1), match.group(2)
    return postcode, gemeente
