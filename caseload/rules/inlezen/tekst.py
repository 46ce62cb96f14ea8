"""Text of a cell: folded for comparing, tidied for keeping."""

import re
import unicodedata

# Zero-width and direction marks: invisible on screen, deadly for comparing.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122]")
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')
# What `neutralise` put before a dangerous first character.
_NEUTRALISED = re.compile(r"^'(?=\s*[=+\-@\t\r])")
_DANGEROUS = re.compile(r"^\s*[=+\-@]|^[\t\r]")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})

_NOTHING_SIGNS = re.compile(r"[\s\-–—_./\\*?]*")
_NOTHING_WORDS = frozenset({"nvt", "n v t", "niet van toepassing", "null", "none", "nihil"})


def fold(text: str) -> str:
    """Return lower-case words without accents, dots and doubled blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain).strip()


def squeeze(text: str) -> str:
    """Return the folded text without any blank."""
    return fold(text).replace(" ", "")


def tidy(text: str) -> str:
    """Return the text on one line, without stray blanks or invisible characters."""
    return _BLANKS.sub(" ", clean(text)).strip()


def clean(text: str) -> str:
    """Return the text without characters that can be neither seen nor stored."""
    return _CONTROL.sub("", _INVISIBLE.sub("", text))


def is_nothing(text: str) -> bool:
    """Tell whether a cell stands for "not filled in": blank, a dash, n.v.t."""
    return bool(_NOTHING_SIGNS.fullmatch(text)) or fold(text) in _NOTHING_WORDS


def repair_mojibake(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 on its way here ("RenÃ©")."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def unwrap(text: str) -> str:
    """Take the text out of ="0123", the trick by which exports keep leading zeros."""
    match = _TEXT_FORMULA.match(text.strip())
    return match.group(1) if match else text


def neutralise(text: str) -> str:
    """Keep a spreadsheet from running the cell: an apostrophe before = + - @ and tab."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def restore(text: str) -> str:
    """Take away the apostrophe that `neutralise` put there."""
    return _NEUTRALISED.sub("", text)
