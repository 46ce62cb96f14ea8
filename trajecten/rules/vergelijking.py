"""What-if: today's answer beside the answer with assumed facts, in one sentence."""

from dataclasses import dataclass

from kern.belgian_dates import format_short
from trajecten.rules.termijn import Termijn


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """The difference in days (nothing when one of the two has no day) and what it means."""

    nu: Termijn
    dan: Termijn
    dagen: int | None
    zin: str


def vergelijk(nu: Termijn, dan: Termijn) -> Vergelijking:
    """Put two answers of the same clock side by side."""
    if nu.uiterste_dag is None or dan.uiterste_dag is None:
        return Vergelijking(nu, dan, None, _zonder_dag(nu, dan))
    dagen = (dan.uiterste_dag - nu.uiterste_dag).days
    van, naar = format_short(nu.uiterste_dag), format_short(dan.uiterste_dag)
    eenheid = "dag" if abs(dagen) == 1 else "dagen"
    voorbehoud = "ten vroegste " if dan.voorlopig else ""
    if dagen == 0:
        zin = f"De uiterste dag blijft {voorbehoud}{naar}."
    elif dagen > 0:
        zin = f"De uiterste dag schuift {dagen} {eenheid} op: van {van} naar {voorbehoud}{naar}."
    else:
        zin = f"De uiterste dag komt {-dagen} {eenheid} vroeger: van {van} naar {voorbehoud}{naar}."
    return Vergelijking(nu, dan, dagen, zin)


def _zonder_dag(nu: Termijn, dan: Termijn) -> str:
    if dan.uiterste_dag is not None:
        return f"De uiterste dag wordt {format_short(dan.uiterste_dag)}; nu is er geen."
    if nu.uiterste_dag is not None:
        return f"De uiterste dag {format_short(nu.uiterste_dag)} vervalt. {dan.reden_geen_einde}"
    return f"Er is nu geen uiterste dag en dat blijft zo. {dan.reden_geen_einde}".rstrip()
