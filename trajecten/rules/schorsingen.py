"""Whether and how far suspensions move the last day: a policy per rule row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kern.belgian_dates import format_short
from kern.periods import Period, clip_all, union_of_days
from trajecten.rules.feiten import SchorsingFeit
from trajecten.rules.termijn import RegelRij, Uitlegregel, zoek_regel


class Beleid(StrEnum):
    """What a suspension does to the last day."""

    HARD_CAP = "hard_cap"
    UNIE = "extend_by_union_days"
    LIJST = "extend_listed_reasons"


@dataclass(slots=True)
class Telling:
    """The running sum of one traject's suspensions."""

    klok: str
    venster: Period
    dag: date
    moment: date
    op: date
    lijnen: list[Uitlegregel] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)
    voorlopig: bool = False

    def regel(self, regels: Sequence[RegelRij], deel: str) -> RegelRij | None:
        """Return the rule of this clock about suspensions that applies, if there is one."""
        code = f"{self.klok}.schorsing_{deel}"
        return zoek_regel(regels, code, start=self.venster.begin, op=self.moment)

    def voeg_toe(self, tekst: str, dagen: int, regel: RegelRij | None) -> None:
        """Add a line that moves the day by a number of days."""
        self.dag += timedelta(days=dagen)
        self.lijnen.append(Uitlegregel(tekst, self.dag, dagen, regel))


def tel_schorsingen(
    telling: Telling, schorsingen: Sequence[SchorsingFeit], regels: Sequence[RegelRij]
) -> Telling:
    """Add the suspensions inside the traject to the sum, as the policy in force says."""
    binnen = [item for item in schorsingen if item.periode.overlaps(telling.venster)]
    if not binnen:
        return telling
    regel = telling.regel(regels, "beleid")
    beleid = Beleid(regel.waarde) if regel is not None else Beleid.HARD_CAP
    if beleid is Beleid.HARD_CAP:
        telling.voeg_toe("Schorsingen verschuiven de uiterste dag niet", 0, regel)
        return telling
    plafond = None
    if beleid is Beleid.LIJST:
        binnen = _op_de_lijst(telling, binnen, telling.regel(regels, "redenen"))
        plafond = telling.regel(regels, "plafond_dagen")
    _schuif_op(telling, binnen, regel, plafond)
    return telling


def _op_de_lijst(
    telling: Telling, schorsingen: Iterable[SchorsingFeit], regel: RegelRij | None
) -> list[SchorsingFeit]:
    redenen = regel.lijst if regel is not None else ()
    opsomming = ", ".join(reden.replace("_", " ") for reden in redenen) or "geen enkele reden"
    telling.voeg_toe(f"Alleen deze redenen verschuiven de dag: {opsomming}", 0, regel)
    mee = [item for item in schorsingen if item.reden in redenen]
    for item in schorsingen:
        if item.reden not in redenen:
            dag = format_short(item.periode.begin)
            telling.opmerkingen.append(f"De schorsing vanaf {dag} telt niet mee: andere reden.")
    return mee


def _schuif_op(
    telling: Telling,
    schorsingen: Iterable[SchorsingFeit],
    regel: RegelRij | None,
    plafond: RegelRij | None,
) -> None:
    periodes = [item.periode for item in schorsingen]
    begonnen = (item.closed_on(telling.op) for item in periodes if _begonnen(item, telling.op))
    over = plafond.getal if plafond is not None else None
    for periode in union_of_days(clip_all(begonnen, telling.venster)):
        if periode.begin > telling.dag:
            dag = format_short(periode.begin)
            telling.opmerkingen.append(
                f"De schorsing vanaf {dag} begint na de uiterste dag en telt niet mee."
            )
            break
        dagen = periode.days if over is None else min(periode.days, over)
        telling.voeg_toe(_dagen_schorsing(dagen, periode), dagen, regel)
        if over is not None and plafond is not None:
            over -= dagen
            if over == 0:
                telling.voeg_toe(f"Plafond van {plafond.waarde} dagen bereikt", 0, plafond)
                break
    if over != 0:
        _merk_open(telling, periodes)


def _dagen_schorsing(dagen: int, periode: Period) -> str:
    eenheid = "dag" if dagen == 1 else "dagen"
    van, tot = format_short(periode.begin), format_short(periode.end or periode.begin)
    return f"+ {dagen} {eenheid} schorsing ({van} t.e.m. {tot})"


def _begonnen(periode: Period, op: date) -> bool:
    return periode.end is not None or periode.begin <= op


def _merk_open(telling: Telling, periodes: Iterable[Period]) -> None:
    if telling.venster.end is not None:
        return
    if any(item.is_open and item.begin <= telling.dag for item in periodes):
        telling.voorlopig = True
        dag = format_short(telling.dag)
        telling.opmerkingen.append(
            f"Ten vroegste {dag}: de dag schuift op zolang de schorsing duurt."
        )
