"""Whose turn it is: what an answer does to a proposal, and what each side may do.

Client and OCMW steer together; neither imposes a step (anchor D-1). A partner speaks along and
decides nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kant(StrEnum):
    """The sides; the same words as `enums.Stem`."""

    CLIENT = "client"
    OCMW = "ocmw"
    PARTNER = "partner"


class Stand(StrEnum):
    """Where a goal or step stands; the same words as `enums.PlanStatus`."""

    VOORGESTELD = "voorgesteld"
    AFGESPROKEN = "afgesproken"
    ONEENS = "oneens"
    GEDAAN = "gedaan"
    VERVALLEN = "vervallen"


class Antwoord(StrEnum):
    """What a side answers; the same words as `enums.ReactieSoort`."""

    AKKOORD = "akkoord"
    ANDER_TEMPO = "ander_tempo"
    NIET_AKKOORD = "niet_akkoord"


OPEN = frozenset({Stand.VOORGESTELD, Stand.AFGESPROKEN, Stand.ONEENS})
ANDERE = {Kant.CLIENT: Kant.OCMW, Kant.OCMW: Kant.CLIENT}


class NietAanZet(Exception):
    """This side cannot do that now; the text says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Laatste:
    """The last answer to the revision that stands now."""

    kant: Kant
    antwoord: Antwoord
    dag: date | None = None


@dataclass(frozen=True, slots=True)
class Zaak:
    """What decides about an answer: where it stands, whose proposal it is, what was said last."""

    stand: Stand
    voorstel_van: Kant
    aan_zet: Kant | None
    tegen: date | None
    laatste: Laatste | None = None


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What follows; `tegen` is the day both agreed to, when they did."""

    stand: Stand
    voorstel_van: Kant
    aan_zet: Kant | None
    tegen: date | None


def na_antwoord(zaak: Zaak, kant: Kant, antwoord: Antwoord) -> Uitkomst:
    """Return what an answer of one side leads to, or raise `NietAanZet`.

    Who asked for another day is answered like who proposed: agreeing takes that day over.
    """
    if zaak.stand not in OPEN:
        raise NietAanZet("Dit staat niet meer open. Er is niets om op te antwoorden.")
    if kant is Kant.PARTNER:
        return Uitkomst(zaak.stand, zaak.voorstel_van, zaak.aan_zet, zaak.tegen)
    if zaak.stand is Stand.AFGESPROKEN:
        return _terugkomen(zaak, kant, antwoord)
    if antwoord is Antwoord.AKKOORD:
        return _akkoord(zaak, kant)
    if zaak.aan_zet is not kant and zaak.voorstel_van is kant:
        raise NietAanZet(
            "Dit wacht op een antwoord van de andere kant. Wijzig het voorstel als u iets anders "
            "wilt."
        )
    return Uitkomst(Stand.VOORGESTELD, zaak.voorstel_van, ANDERE[kant], zaak.tegen)


def _akkoord(zaak: Zaak, kant: Kant) -> Uitkomst:
    """Agree to what the other side proposes; nobody agrees to an own proposal against a refusal."""
    laatste = zaak.laatste
    tegen = zaak.tegen
    if laatste is not None and laatste.kant is not kant and laatste.dag is not None:
        tegen = laatste.dag
    elif zaak.voorstel_van is kant:
        raise NietAanZet(
            "De andere kant ging niet akkoord met dit voorstel, of zei nog niets. Wijzig het, "
            "trek het in, of laat het als niet afgesproken staan."
        )
    return Uitkomst(Stand.AFGESPROKEN, zaak.voorstel_van, None, tegen)


def _terugkomen(zaak: Zaak, kant: Kant, antwoord: Antwoord) -> Uitkomst:
    """Let somebody come back on what was agreed: from then on only the other side holds to it."""
    if antwoord is Antwoord.AKKOORD:
        raise NietAanZet("Dit is al afgesproken.")
    return Uitkomst(Stand.VOORGESTELD, ANDERE[kant], ANDERE[kant], zaak.tegen)


def na_wijziging(zaak: Zaak, kant: Kant) -> Uitkomst:
    """Return what a change of what is agreed leads to: a proposal to the other side."""
    if zaak.stand not in OPEN:
        raise NietAanZet("Dit staat niet meer open. Zet het eerst weer open.")
    if kant is Kant.PARTNER:
        raise NietAanZet("Een partner wijzigt het plan niet zelf.")
    return Uitkomst(Stand.VOORGESTELD, kant, ANDERE[kant], zaak.tegen)


def na_laten_staan(zaak: Zaak, kant: Kant) -> Uitkomst:
    """Return what follows when one side leaves it at the disagreement; it stays visible."""
    if zaak.stand is not Stand.VOORGESTELD or zaak.aan_zet is not kant:
        raise NietAanZet("Hierover is er geen meningsverschil dat op u wacht.")
    if zaak.laatste is None or zaak.laatste.antwoord is Antwoord.AKKOORD:
        raise NietAanZet("De andere kant zei nog niets. Antwoord eerst.")
    return Uitkomst(Stand.ONEENS, zaak.voorstel_van, None, zaak.tegen)


def mag_afvinken(kant: Kant, uitvoerders: Collection[str]) -> bool:
    """Tell whether a side may say that it is done: who moves, and the OCMW for everybody."""
    return kant is Kant.OCMW or kant.value in uitvoerders


def mag_intrekken(kant: Kant, voorsteller: Kant, *, ooit_afgesproken: bool) -> bool:
    """Tell whether a side may let it lapse: what was agreed either side, a proposal its own."""
    if kant is Kant.PARTNER:
        return False
    return ooit_afgesproken or kant is voorsteller
