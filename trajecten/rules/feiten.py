"""The facts a clock needs, as plain values; assume others with `dataclasses.replace`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kern.periods import Period


@dataclass(frozen=True, slots=True)
class SchorsingFeit:
    """A suspension, open as long as its last day is not known."""

    periode: Period
    reden: str = ""


@dataclass(frozen=True, slots=True)
class VerlengingFeit:
    """An approved extension: the traject may go on up to and including this day."""

    tot: date
    reden: str = ""


@dataclass(frozen=True, slots=True)
class EvaluatieFeit:
    """An evaluation that was held, in person or from a distance."""

    gehouden_op: date
    persoonlijk: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectFeiten:
    """What is known of one traject."""

    begindatum: date
    einddatum: date | None = None
    geplande_einddatum: date | None = None
    beslist_op: date | None = None
    instrument: str = ""
    schorsingen: tuple[SchorsingFeit, ...] = ()
    verlengingen: tuple[VerlengingFeit, ...] = ()
    evaluaties: tuple[EvaluatieFeit, ...] = ()
    pwa_overeenkomst_op: date | None = None
    laatste_prestatie_op: date | None = None
    tewerkstelling_begindatum: date | None = None
    uren_per_week: Decimal | None = None

    @property
    def laatste_evaluatie(self) -> date | None:
        """Return the day of the last evaluation held since the start."""
        gehouden = [item.gehouden_op for item in self.evaluaties]
        return max((dag for dag in gehouden if dag >= self.begindatum), default=None)
