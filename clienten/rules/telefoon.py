"""Phone numbers that take a text message: Belgian mobile numbers, and foreign ones written out."""

import re

# 045x to 049x are mobile in Belgium (BIPT numbering plan): nine digits after the leading zero.
_BELGIAN_MOBILE = re.compile(r"4[5-9]\d{7}")
# E.164: a country code that does not begin with zero, at most fifteen digits in all.
_ABROAD = re.compile(r"[1-9]\d{7,14}")
_CLUTTER = re.compile(r"[\s./()\-–]")


def mobile(written: str) -> str | None:
    """Return the number as +324…, or nothing when no text message can reach it."""
    plain = _CLUTTER.sub("", written.replace("(0)", ""))
    if plain.startswith("+"):
        return _international(plain[1:])
    if plain.startswith("00"):
        return _international(plain[2:])
    if plain.startswith("0") and _BELGIAN_MOBILE.fullmatch(plain[1:]):
        return f"+32{plain[1:]}"
    return None


def _international(digits: str) -> str | None:
    if digits.startswith("32"):
        national = digits[2:].removeprefix("0")
        return f"+32{national}" if _BELGIAN_MOBILE.fullmatch(national) else None
    return f"+{digits}" if _ABROAD.fullmatch(digits) else None
