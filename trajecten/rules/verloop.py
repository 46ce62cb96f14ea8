"""Where a traject stands on a day, computed from facts in a fixed order."""

from datetime import date
from enum import StrEnum

from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.termijn import Soort, Termijn


class Verloop(StrEnum):
    """The state of a traject on a day."""

    BEEINDIGD = "beeindigd"
    GEPLAND = "gepland"
    OVER_LIMIET = "over_limiet"
    GESCHORST = "geschorst"
    LOPEND = "lopend"


class Grens(StrEnum):
    """Where a day lies against the last permitted one; no last day is a state of its own."""

    BINNEN = "binnen"
    VOORBIJ = "voorbij"
    GEEN_EINDE = "geen_einde"


def verloop_op(feiten: TrajectFeiten, termijn: Termijn, *, op: date) -> Verloop:
    """Return the state on a day: ended, planned, past its limit, suspended, running."""
    if feiten.einddatum is not None and feiten.einddatum < op:
        return Verloop.BEEINDIGD
    if op < feiten.begindatum:
        return Verloop.GEPLAND
    if termijn.soort is Soort.LIMIET and grens_op(termijn, op=op) is Grens.VOORBIJ:
        return Verloop.OVER_LIMIET
    if any(op in schorsing.periode for schorsing in feiten.schorsingen):
        return Verloop.GESCHORST
    return Verloop.LOPEND


def grens_op(termijn: Termijn, *, op: date) -> Grens:
    """Say whether a day lies before or after the limit, or that there is none to go by."""
    if termijn.uiterste_dag is None:
        return Grens.GEEN_EINDE
    return Grens.VOORBIJ if termijn.uiterste_dag < op else Grens.BINNEN
