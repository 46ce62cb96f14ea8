"""How loud a signal speaks: phases by the number of days until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from trajecten.rules.termijn import RegelRij, geldige_regel

DREMPELS = "signaal.limiet_dagen"
LEIDINGGEVENDE = "signaal.leidinggevende_dagen"


class Fase(IntEnum):
    """The steps in which a limit comes nearer; 1 to 5 are the phases of a signal."""

    GEEN_EINDE = -1
    VER = 0
    VOORUITZICHT = 1
    NADEREND = 2
    DRINGEND = 3
    LAATSTE_DAGEN = 4
    VOORBIJ = 5


AANTAL_DREMPELS = int(Fase.LAATSTE_DAGEN)


@dataclass(frozen=True, slots=True)
class Drempels:
    """The days before a limit on which each phase begins, and when a team lead joins."""

    dagen: tuple[int, ...]
    leidinggevende: int

    def fase(self, dagen_te_gaan: int | None) -> Fase:
        """Return the phase for a number of days to go; on the threshold itself it has begun."""
        if dagen_te_gaan is None:
            return Fase.GEEN_EINDE
        if dagen_te_gaan < 0:
            return Fase.VOORBIJ
        return Fase(sum(dagen_te_gaan <= drempel for drempel in self.dagen))

    def fase_op(self, uiterste_dag: date | None, *, op: date) -> Fase:
        """Return the phase of a limit as seen on a day."""
        return self.fase(None if uiterste_dag is None else (uiterste_dag - op).days)

    def ook_leidinggevende(self, dagen_te_gaan: int | None) -> bool:
        """Say whether the team lead sees the signal too."""
        return dagen_te_gaan is not None and dagen_te_gaan <= self.leidinggevende


def drempels(regels: Sequence[RegelRij], *, op: date) -> Drempels:
    """Return the thresholds in force on a day, widest first."""
    rij = geldige_regel(regels, DREMPELS, op=op)
    dagen = tuple(sorted((int(deel) for deel in rij.lijst), reverse=True))
    if len(dagen) != AANTAL_DREMPELS:
        raise ValueError(f"{DREMPELS} needs {AANTAL_DREMPELS} thresholds, not {len(dagen)}")
    return Drempels(dagen, geldige_regel(regels, LEIDINGGEVENDE, op=op).getal)
