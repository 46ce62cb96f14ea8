"""The seeded rules, and a way to write one more."""

from datetime import date

from kern.periods import Period
from trajecten.reference import regel_rijen
from trajecten.rules.feiten import SchorsingFeit
from trajecten.rules.termijn import Overgang, RegelRij, Zekerheid

D = date.fromisoformat
REGELS = regel_rijen()


def maak_regel(
    code: str,
    waarde: object,
    van: str | None = None,
    *,
    tot: str | None = None,
    eenheid: str = "maanden",
    overgang: Overgang = Overgang.NIEUWE_STARTS,
    zekerheid: Zekerheid = Zekerheid.MIDDEN,
    eigen: bool = False,
) -> RegelRij:
    """Write a rule row."""
    return RegelRij(
        code=code,
        waarde=str(waarde),
        eenheid=eenheid,
        geldig_van=D(van) if van else None,
        geldig_tot=D(tot) if tot else None,
        overgang=overgang,
        bron="test",
        zekerheid=zekerheid,
        eigen=eigen,
    )


def geschorst(van: str, tot: str | None = None, reden: str = "ziekte") -> SchorsingFeit:
    """Write a suspension."""
    return SchorsingFeit(Period(D(van), D(tot) if tot else None), reden)
