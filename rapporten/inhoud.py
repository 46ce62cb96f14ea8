"""What stands in a progress report: plain values, gathered once and then only printed."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256

from kern.timeline import Lane
from trajecten.rules.termijn import RegelRij, Termijn

# Goes up with every change of what the report says; it stands in the row of each report.
INHOUD_VERSIE = 1


@dataclass(frozen=True, slots=True)
class Persoon:
    """Who the report is about."""

    naam: str
    geboortedatum: date | None
    dossiernummer: str
    insz: str
    statuut: str
    statuut_sinds: date | None


@dataclass(frozen=True, slots=True)
class Notitie:
    """A log entry as it is printed."""

    moment: datetime
    soort: str
    auteur: str
    tekst: str
    is_ingekort: bool


@dataclass(frozen=True, slots=True)
class Pauze:
    """A suspension."""

    van: date
    tot: date | None
    reden: str
    toelichting: str


@dataclass(frozen=True, slots=True)
class Uitstel:
    """An extension, asked or decided."""

    tot: date
    status: str
    reden: str
    gevraagd_op: date
    beslist_op: date | None
    beslist_door: str
    motivering: str


@dataclass(frozen=True, slots=True)
class Evaluatiemoment:
    """An evaluation that was held; `haalbaar` is what was thought then of a regular job."""

    dag: date
    waarvan: str
    wijze: str
    is_in_persoon: bool
    haalbaar: bool | None
    tekst: str
    door: str
    in_periode: bool


@dataclass(frozen=True, slots=True)
class Stap:
    """An agreed step."""

    tekst: str
    soort: str
    wie: str
    is_van_client: bool
    tegen: date | None
    status: str
    afgesproken_op: date | None
    afgesloten_op: date | None


@dataclass(frozen=True, slots=True)
class Trajectgegevens:
    """The traject with its dates."""

    instrument: str
    rechtsgrond: str
    begindatum: date
    beslist_op: date | None
    gepland_einde: date | None
    einddatum: date | None
    eindreden: str
    haalbaar: bool | None


@dataclass(frozen=True, slots=True)
class VerslagInhoud:
    """The whole report; `mark` is its seal."""

    bestuur: str
    gemeente: str
    persoon: Persoon
    traject: Trajectgegevens
    begeleider: str
    van: date
    tot: date
    limiet: Termijn | None
    geen_limiet: str
    andere_klokken: tuple[Termijn, ...]
    pauzes: tuple[Pauze, ...]
    uitstellen: tuple[Uitstel, ...]
    lanes: tuple[Lane, ...]
    notities: tuple[Notitie, ...]
    weggelaten: int
    evaluaties: tuple[Evaluatiemoment, ...]
    stappen: tuple[Stap, ...]
    gegevens_at: datetime

    @property
    def regels(self) -> tuple[RegelRij, ...]:
        """The rules behind every clock of the report, each once."""
        klokken = (() if self.limiet is None else (self.limiet,)) + self.andere_klokken
        return tuple(dict.fromkeys(regel for klok in klokken for regel in klok.regels))

    @property
    def evaluaties_in_periode(self) -> tuple[Evaluatiemoment, ...]:
        """What was evaluated in the period."""
        return tuple(item for item in self.evaluaties if item.in_periode)

    @property
    def haalbaarheid(self) -> tuple[Evaluatiemoment, ...]:
        """How the view on a regular job changed over the whole traject."""
        return tuple(item for item in self.evaluaties if item.haalbaar is not None)

    @property
    def open_stappen(self) -> tuple[Stap, ...]:
        """What was agreed and is still to be done."""
        return tuple(stap for stap in self.stappen if stap.afgesloten_op is None)

    @property
    def afgesloten_stappen(self) -> tuple[Stap, ...]:
        """What was done or dropped in the period."""
        return tuple(stap for stap in self.stappen if stap.afgesloten_op is not None)

    def mark(self) -> str:
        """Return the hash of everything the report says, whatever it looks like."""
        said = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return sha256(said.encode()).hexdigest()


def in_vieren(mark: str) -> str:
    """Return the first sixteen digits of a hash as people can compare them: 3F9A-12BC-…"""
    head = mark[:16].upper()
    return "-".join(head[start : start + 4] for start in range(0, len(head), 4))
