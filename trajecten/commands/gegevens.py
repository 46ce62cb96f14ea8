"""What a command about a traject is told, as plain values."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from toegang.models import Gebruiker
from trajecten.enums import AkkoordKanaal, Eindreden, StapSoort, Uitvoerder
from trajecten.models import Traject


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectGegevens:
    """The facts of a traject that people fill in."""

    begindatum: date
    beslist_op: date | None = None
    geplande_einddatum: date | None = None
    is_nec_haalbaar: bool | None = None
    pwa_overeenkomst_op: date | None = None
    laatste_prestatie_op: date | None = None
    tewerkstelling_begindatum: date | None = None
    uren_per_week: Decimal | None = None

    @classmethod
    def of(cls, traject: Traject) -> "TrajectGegevens":
        """Return the facts as they are stored."""
        return cls(**{field.name: getattr(traject, field.name) for field in fields(cls)})

    def as_columns(self) -> dict[str, Any]:
        """Return the facts by column name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StapGegevens:
    """A next step: what, who moves, by when, and how the client agreed (None: not yet)."""

    soort: StapSoort
    tekst: str
    uitvoerder: Uitvoerder
    tegen: date
    kanaal: AkkoordKanaal | None
    partner: str = ""
    gebruiker: Gebruiker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EindGegevens:
    """Why and when a traject ends, and what comes next."""

    einddatum: date
    eindreden: Eindreden
    toelichting: str = ""
    stap: StapGegevens | None = None
    volgend_traject: Traject | None = None
