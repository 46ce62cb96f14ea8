"""One shape for every clock, and the picking of the dated rule rows it uses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kern.belgian_dates import format_short


class Overgang(StrEnum):
    """Whom a new version of a rule touches."""

    NIEUWE_STARTS = "nieuwe_starts"
    OOK_LOPENDE = "ook_lopende"


class Zekerheid(StrEnum):
    """How sure we are of a rule: read in the law, on an official page, or nowhere."""

    HOOG = "H"
    MIDDEN = "M"
    LAAG = "L"


class Soort(StrEnum):
    """What a Termijn means, so that nobody takes a reminder for the end of a right."""

    LIMIET = "limiet"  # last permitted day of the traject
    HERBEOORDELING = "herbeoordeling"  # the right goes on, but must be looked at again by then
    ACTIE = "actie"  # somebody must do something by then
    VROEGSTE = "vroegste"  # not before this day
    VENSTER = "venster"  # last day of a window


@dataclass(frozen=True, slots=True)
class RegelRij:
    """A row of the rule table, handed in as a plain value; only approved rows come in."""

    code: str
    waarde: str
    eenheid: str
    geldig_van: date | None
    geldig_tot: date | None
    overgang: Overgang
    bron: str
    zekerheid: Zekerheid
    eigen: bool = False

    @property
    def getal(self) -> int:
        """Return the value of a row that holds a whole number."""
        return int(self.waarde)

    @property
    def dag(self) -> date:
        """Return the value of a row that holds a day."""
        return date.fromisoformat(self.waarde)

    @property
    def lijst(self) -> tuple[str, ...]:
        """Return the values of a row that holds a list."""
        return tuple(part.strip() for part in self.waarde.split(",") if part.strip())

    @property
    def vanaf(self) -> date:
        """Return the first day, the earliest possible one when the row has none."""
        return self.geldig_van or date.min

    def geldt_op(self, dag: date) -> bool:
        """Say whether the day lies inside the validity of the row."""
        return self.vanaf <= dag and (self.geldig_tot is None or dag <= self.geldig_tot)


@dataclass(frozen=True, slots=True)
class Uitlegregel:
    """A line of the sum behind a date."""

    tekst: str
    dag: date | None = None
    dagen: int | None = None
    regel: RegelRij | None = None


@dataclass(frozen=True, slots=True)
class Termijn:
    """What a clock says: a day, or why there is none, with the sum and the rules behind it."""

    klok: str
    naam: str
    uiterste_dag: date | None
    voorlopig: bool
    uitleg: tuple[Uitlegregel, ...]
    regels: tuple[RegelRij, ...]
    zekerheid: Zekerheid
    opmerkingen: tuple[str, ...]
    reden_geen_einde: str = ""
    soort: Soort = Soort.LIMIET
    waarschuw_op: date | None = None

    @property
    def blokkeert(self) -> bool:
        """Say whether this clock may refuse an act; with a rule of certainty L it only warns."""
        return self.uiterste_dag is not None and self.zekerheid is not Zekerheid.LAAG


def bereikte_dag(uitleg: Sequence[Uitlegregel]) -> date:
    """Return the day that a sum reaches on its last line."""
    dag = uitleg[-1].dag
    if dag is None:
        raise ValueError("the last line of a sum has a day")
    return dag


class RegelOntbreekt(LookupError):
    """No row of the rule table applies; the clock cannot be computed."""

    def __init__(self, code: str, op: date) -> None:
        super().__init__(f"Er is geen regel “{code}” die geldt op {format_short(op)}.")
        self.code, self.op = code, op


def zwakste(regels: Iterable[RegelRij]) -> Zekerheid:
    """Return the weakest certainty; a sum without any rule is as weak as can be."""
    volgorde = list(Zekerheid)
    gevonden = [volgorde.index(regel.zekerheid) for regel in regels]
    return volgorde[max(gevonden)] if gevonden else Zekerheid.LAAG


def maak_termijn(
    klok: str,
    naam: str,
    uitleg: Sequence[Uitlegregel],
    *,
    soort: Soort = Soort.LIMIET,
    voorlopig: bool = False,
    opmerkingen: Iterable[str] = (),
    waarschuw_op: date | None = None,
) -> Termijn:
    """Build a Termijn whose day is the day of the last line of its sum."""
    regels = tuple(dict.fromkeys(lijn.regel for lijn in uitleg if lijn.regel is not None))
    return Termijn(
        klok=klok,
        naam=naam,
        uiterste_dag=bereikte_dag(uitleg),
        voorlopig=voorlopig,
        uitleg=tuple(uitleg),
        regels=regels,
        zekerheid=zwakste(regels),
        opmerkingen=tuple(opmerkingen),
        soort=soort,
        waarschuw_op=waarschuw_op,
    )


def zonder_einde(
    klok: str,
    naam: str,
    reden: str,
    *,
    uitleg: Sequence[Uitlegregel] = (),
    soort: Soort = Soort.LIMIET,
    opmerkingen: Iterable[str] = (),
) -> Termijn:
    """Build a Termijn without a day: neither expired nor safe, it says why."""
    regels = tuple(dict.fromkeys(lijn.regel for lijn in uitleg if lijn.regel is not None))
    return Termijn(
        klok=klok,
        naam=naam,
        uiterste_dag=None,
        voorlopig=False,
        uitleg=tuple(uitleg),
        regels=regels,
        zekerheid=zwakste(regels),
        opmerkingen=tuple(opmerkingen),
        reden_geen_einde=reden,
        soort=soort,
    )


def zoek_regel(regels: Iterable[RegelRij], code: str, *, start: date, op: date) -> RegelRij | None:
    """Return the row that applies on `op` to something that started on `start`, if any.

    The row in force on the start counts, until a row that also touches running files begins.
    A row of the bestuur itself wins over the general one.
    """
    van_code = [regel for regel in regels if regel.code == code]
    bij_start = [regel for regel in van_code if regel.geldt_op(start)]
    later = [
        regel
        for regel in van_code
        if regel.overgang is Overgang.OOK_LOPENDE and start < regel.vanaf <= op
    ]
    kandidaten = [*bij_start, *later]
    eigen = [regel for regel in kandidaten if regel.eigen]
    return max(eigen or kandidaten, key=lambda regel: regel.vanaf, default=None)


def kies_regel(regels: Iterable[RegelRij], code: str, *, start: date, op: date) -> RegelRij:
    """Return the row that applies, or raise RegelOntbreekt."""
    regel = zoek_regel(regels, code, start=start, op=op)
    if regel is None:
        raise RegelOntbreekt(code, start)
    return regel


def geldige_regel(regels: Iterable[RegelRij], code: str, *, op: date) -> RegelRij:
    """Return the row in force on a day, for facts that happen on one day."""
    return kies_regel(regels, code, start=op, op=op)


def wisseldagen(regels: Iterable[RegelRij], codes: Iterable[str], *, na: date) -> Iterator[date]:
    """Yield, in order, the days after `na` on which a rule changes for running files too."""
    gezocht = frozenset(codes)
    dagen = {
        regel.vanaf
        for regel in regels
        if regel.code in gezocht and regel.overgang is Overgang.OOK_LOPENDE and regel.vanaf > na
    }
    yield from sorted(dagen)


def veronderstel(regels: Iterable[RegelRij], code: str, waarde: str) -> tuple[RegelRij, ...]:
    """Return the rules as if `code` had this value for everyone: the what-if of a rule."""
    rest = []
    voorbeeld = None
    for regel in regels:
        if regel.code == code:
            voorbeeld = regel
        else:
            rest.append(regel)
    eenheid = voorbeeld.eenheid if voorbeeld else ""
    aanname = RegelRij(
        code,
        waarde,
        eenheid,
        None,
        None,
        Overgang.NIEUWE_STARTS,
        "veronderstelling",
        Zekerheid.LAAG,
    )
    return (*rest, aanname)


def met_opmerking(termijn: Termijn, *opmerkingen: str) -> Termijn:
    """Return the Termijn with more remarks."""
    return replace(termijn, opmerkingen=(*termijn.opmerkingen, *opmerkingen))
