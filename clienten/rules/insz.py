"""INSZ: the rijksregisternummer or BIS-nummer of a person, read, checked, compared and masked."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from stdnum.be import nn, ssn
from stdnum.exceptions import InvalidChecksum, ValidationError

LENGTH = 11
# Eleven digits lose at most five zeros: 00.00.0d is the shortest start that is ever issued.
SHORTEST = 6

_SEPARATORS = re.compile(r"[\s.\-–—/_·•:]+")
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$")
_TRAILING_ZERO = re.compile(r"^(\d+)[.,]0$")


class InszSoort(StrEnum):
    """Which register the number belongs to."""

    RIJKSREGISTER = "rijksregister"
    BIS = "bis"


class InszError(ValueError):
    """The text is no INSZ; the message says why, in Dutch, to be put after "INSZ: "."""


@dataclass(frozen=True, slots=True)
class Geboorte:
    """What a number tells about the birth date; a part that was unknown at issue is None."""

    jaar: int | None
    maand: int | None
    dag: int | None

    @property
    def datum(self) -> date | None:
        """Return the birth date if all its parts are known."""
        if self.jaar is None or self.maand is None or self.dag is None:
            return None
        return date(self.jaar, self.maand, self.dag)

    def contradicts(self, other: "Geboorte") -> bool:
        """Tell whether a part that both know differs."""
        pairs = (
            (self.jaar, other.jaar),
            (self.maand, other.maand),
            (self.dag, other.dag),
        )
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)


@dataclass(frozen=True, slots=True)
class Insz:
    """A checked number with what can be read from it."""

    cijfers: str
    soort: InszSoort
    geboorte: Geboorte
    geslacht: str
    """`m` or `v`, empty where the number does not tell."""
    aangevuld: bool
    """Leading zeros were put back."""


def normalise_insz(text: str) -> str:
    """Return the eleven digits written in any usual way, with eaten leading zeros put back."""
    return _digits(text).zfill(LENGTH)


def _digits(text: str) -> str:
    text = text.strip().lstrip("'’").strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    if _SCIENTIFIC.match(text):
        digits = _digits_of_scientific(text)
    else:
        whole = _TRAILING_ZERO.match(text)
        digits = whole.group(1) if whole else _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        raise InszError("bevat andere tekens dan cijfers")
    if not SHORTEST <= len(digits) <= LENGTH:
        meervoud = "" if len(digits) == 1 else "s"
        raise InszError(f"telt {len(digits)} cijfer{meervoud}, niet {LENGTH}")
    return digits


def _digits_of_scientific(text: str) -> str:
    mantissa, _, exponent = text.replace(",", ".").lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    if decimals < int(exponent):
        # 8,5E+10 may stand for many numbers: the spreadsheet dropped the rest.
        raise InszError("Excel heeft cijfers afgerond")
    return str(int(Decimal(text.replace(",", "."))))


def check_insz(text: str, *, on: date) -> Insz:
    """Return the checked number, or refuse one that cannot have been issued by the given day."""
    gelezen = _digits(text)
    cijfers = gelezen.zfill(LENGTH)
    try:
        ssn.validate(cijfers)
        jaar, maand = nn.get_birth_year(cijfers), nn.get_birth_month(cijfers)
    except InvalidChecksum as error:
        raise InszError("controlegetal klopt niet") from error
    except ValidationError as error:
        raise InszError("de geboortedatum erin bestaat niet") from error
    datum = nn.get_birth_date(cijfers)
    geboorte = Geboorte(jaar, maand, datum.day if datum else None)
    if (jaar is not None and jaar > on.year) or (datum is not None and datum > on):
        raise InszError("de geboortedatum erin ligt in de toekomst")
    is_bis = int(cijfers[2:4]) >= 20
    # BIS numbers with month + 20 were issued without knowing the sex.
    has_geslacht = not is_bis or int(cijfers[2:4]) >= 40
    return Insz(
        cijfers=cijfers,
        soort=InszSoort.BIS if is_bis else InszSoort.RIJKSREGISTER,
        geboorte=geboorte,
        geslacht=("m" if int(cijfers[6:9]) % 2 else "v") if has_geslacht else "",
        aangevuld=len(gelezen) < LENGTH,
    )


def format_insz(cijfers: str) -> str:
    """Return the number as it stands on the identity card: 85.07.30-033.28."""
    c = cijfers
    return f"{c[:2]}.{c[2:4]}.{c[4:6]}-{c[6:9]}.{c[9:]}"


def mask_insz(cijfers: str) -> str:
    """Return the number with all but the check digits hidden: ••.••.••-•••.28."""
    return f"••.••.••-•••.{cijfers[9:]}"
