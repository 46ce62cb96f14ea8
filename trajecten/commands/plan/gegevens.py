"""What a command about the plan is told, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from toegang.models import Gebruiker
from trajecten.enums import Levensdomein, PlanStapSoort, StapSoort, Uitvoerder
from trajecten.models import Doel, Instrument, Stap, Traject


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGegevens:
    """What a goal and a step share: what, who moves, by when."""

    tekst: str
    uitvoerders: Sequence[Uitvoerder]
    tegen: date | None = None
    domein: Levensdomein = Levensdomein.WERK
    gebruiker: Gebruiker | None = None
    partner: str = ""
    traject: Traject | None = None

    def as_columns(self) -> dict[str, Any]:
        """Return the values by column, cleaned of stray spaces and doubles."""
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in columns.items():
            if isinstance(value, str):
                columns[name] = value.strip()
        chosen = {str(mover) for mover in self.uitvoerders}
        # A word that is not in the list stays in, so that the database refuses it.
        columns["uitvoerders"] = [word for word in Uitvoerder.values if word in chosen] + sorted(
            chosen - set(Uitvoerder.values)
        )
        columns["tekst"] = " ".join(self.tekst.split())
        return columns


@dataclass(frozen=True, slots=True, kw_only=True)
class DoelGegevens(ItemGegevens):
    """A goal as it is proposed."""

    @classmethod
    def of(cls, doel: Doel) -> "DoelGegevens":
        """Return the goal as it is stored."""
        return cls(**{field.name: getattr(doel, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStapGegevens(ItemGegevens):
    """A step as it is proposed; `vervolg` only for the next step after a traject."""

    doel: Doel | None = None
    instrument: Instrument | None = None
    soort: PlanStapSoort = PlanStapSoort.GEWOON
    vervolg: StapSoort | str = ""
    toelichting: str = ""

    @classmethod
    def of(cls, stap: Stap) -> "PlanStapGegevens":
        """Return the step as it is stored."""
        return cls(**{field.name: getattr(stap, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTeksten:
    """What the GPMI contract tells besides goals and steps (KB 3/10/2016 art. 11)."""

    behoeften: str = ""
    evaluatiewijze: str = ""
    extra_hulp: str = ""
