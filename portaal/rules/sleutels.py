"""How a token and a short code are written and read: pure text.

Both begin with the bestuur, so that the scope of the database can be set before anything is looked
up. Neither the prefix nor the number behind it is a secret.
"""

import re
from dataclasses import dataclass

# Without 0, O, 1, I and L: what is read from paper and typed on a phone is not taken for another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX_LENGTH = 2
CODE_LENGTH = 8
_TOKEN = re.compile(rf"([{ALPHABET}]{{2,6}})-([A-Za-z0-9_-]{{20,64}})")
_CODE = re.compile(rf"([{ALPHABET}]{{2,6}})([{ALPHABET}]{{{CODE_LENGTH}}})")


@dataclass(frozen=True, slots=True)
class Gelezen:
    """What was read: at which bestuur to look, and the whole in its one spelling."""

    bestuur_id: int
    sleutel: str


def prefix(bestuur_id: int) -> str:
    """Write the number of a bestuur in letters that are easy to type."""
    base, rest, written = len(ALPHABET), bestuur_id, ""
    while rest:
        rest, digit = divmod(rest, base)
        written = ALPHABET[digit] + written
    return written.rjust(PREFIX_LENGTH, ALPHABET[0])


def write_token(bestuur_id: int, secret: str) -> str:
    """Return the token as it stands in the address."""
    return f"{prefix(bestuur_id)}-{secret}"


def read_token(text: str) -> Gelezen | None:
    """Return what the token says, or nothing when it cannot be one."""
    found = _TOKEN.fullmatch(text)
    if found is None:
        return None
    return Gelezen(_number(found[1]), text)


def write_code(bestuur_id: int, secret: str) -> str:
    """Return the short code as it stands on paper: groups with a dash between."""
    return f"{prefix(bestuur_id)}-{secret[:4]}-{secret[4:]}"


def read_code(text: str) -> Gelezen | None:
    """Return what somebody typed, whatever dashes, blanks and small letters."""
    plain = re.sub(r"[\s.\-–_/]", "", text).upper()
    found = _CODE.fullmatch(plain)
    if found is None:
        return None
    return Gelezen(_number(found[1]), write_code(_number(found[1]), found[2]))


def _number(written: str) -> int:
    number = 0
    for letter in written:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number
