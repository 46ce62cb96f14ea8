"""A report ready for paper: the gathered content with the words that only print needs."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kern.belgian_dates import format_short as short
from kern.timeline import Span
from rapporten.inhoud import VerslagInhoud, in_vieren
from trajecten.rules.termijn import RegelRij, Soort, Termijn, Zekerheid

ZEKERHEID = {
    Zekerheid.HOOG: "zeker",
    Zekerheid.MIDDEN: "redelijk zeker",
    Zekerheid.LAAG: "onzeker",
}
AANLOOP = {
    Soort.LIMIET: "t.e.m.",
    Soort.HERBEOORDELING: "tegen",
    Soort.ACTIE: "tegen",
    Soort.VROEGSTE: "niet vóór",
    Soort.VENSTER: "t.e.m.",
}
BELEID = {
    "hard_cap": "verschuift niet",
    "extend_by_union_days": "verschuift met elke dag",
}
# Sources begin with the number of our own register of rules, which says nothing to a reader.
REGISTER = re.compile(r"^[A-Z0-9]+(?:[-_][A-Z0-9]+)+(?:/[A-Z0-9-]+)*[;,:]\s*")


@dataclass(frozen=True, slots=True)
class Uitlegzin:
    """A line of the sum, with its source in words."""

    tekst: str
    dag: date | None
    bron: str


@dataclass(frozen=True, slots=True)
class OpTeVolgen:
    """Another clock of the traject, in a line."""

    naam: str
    wanneer: str
    zekerheid: str


@dataclass(frozen=True, slots=True)
class Regelzin:
    """A rule that was used, with its version and source."""

    code: str
    waarde: str
    sinds: str
    bron: str
    zekerheid: str


@dataclass(frozen=True, slots=True)
class Stuk:
    """Everything the templates of `pdf/` need."""

    inhoud: VerslagInhoud
    nummer: str
    zegel: str
    vandaag: date
    stand: str
    uitleg: tuple[Uitlegzin, ...]
    op_te_volgen: tuple[OpTeVolgen, ...]
    regels: tuple[Regelzin, ...]

    @property
    def kenmerk(self) -> str:
        """The seal as people can compare it."""
        return in_vieren(self.zegel)

    @property
    def titel(self) -> str:
        """The title of the document."""
        return f"Voortgangsverslag {self.inhoud.persoon.naam}"

    @property
    def omschrijving(self) -> str:
        """What the document is about."""
        inhoud = self.inhoud
        return f"{inhoud.traject.instrument}, {short(inhoud.van)} t.e.m. {short(inhoud.tot)}"

    @property
    def titel_tijdlijn(self) -> str:
        """What the picture shows, for who cannot see it."""
        sporen = ", ".join(lane.label for lane in self.inhoud.lanes)
        return (
            f"Tijdlijn van {self.inhoud.persoon.naam}: {sporen}. De tabel hieronder zegt hetzelfde."
        )

    @property
    def pauzes(self) -> tuple[Span, ...]:
        """The suspensions, for the bar of the clock."""
        return tuple(Span(pauze.van, pauze.tot) for pauze in self.inhoud.pauzes)


def maak_stuk(inhoud: VerslagInhoud, *, nummer: str = "") -> Stuk:
    """Dress the content for paper."""
    moment = timezone.localtime(inhoud.gegevens_at)
    limiet = inhoud.limiet
    return Stuk(
        inhoud=inhoud,
        nummer=nummer,
        zegel=inhoud.mark(),
        vandaag=moment.date(),
        stand=f"Gegevens van {short(moment.date())} om {moment.hour} u {moment.minute:02}",
        uitleg=_uitleg(limiet) if limiet else (),
        op_te_volgen=tuple(_op_te_volgen(klok) for klok in inhoud.andere_klokken),
        regels=tuple(_regelzin(regel) for regel in inhoud.regels),
    )


def _uitleg(klok: Termijn) -> tuple[Uitlegzin, ...]:
    return tuple(
        Uitlegzin(
            tekst=lijn.tekst,
            dag=lijn.dag,
            bron=f"{_bron(lijn.regel)} ({_sinds(lijn.regel)}, {ZEKERHEID[lijn.regel.zekerheid]})"
            if lijn.regel
            else "",
        )
        for lijn in klok.uitleg
    )


def _op_te_volgen(klok: Termijn) -> OpTeVolgen:
    dag = "" if klok.uiterste_dag is None else short(klok.uiterste_dag)
    return OpTeVolgen(klok.naam, f"{AANLOOP[klok.soort]} {dag}", ZEKERHEID[klok.zekerheid])


def _regelzin(regel: RegelRij) -> Regelzin:
    return Regelzin(
        code=regel.code,
        waarde=BELEID.get(regel.waarde) or f"{regel.waarde} {regel.eenheid}".strip(),
        sinds="altijd" if regel.geldig_van is None else short(regel.geldig_van),
        bron=_bron(regel),
        zekerheid=ZEKERHEID[regel.zekerheid],
    )


def _bron(regel: RegelRij) -> str:
    bron = REGISTER.sub("", regel.bron)
    bron = bron[:1].upper() + bron[1:]
    return f"{bron}, keuze van het bestuur" if regel.eigen else bron


def _sinds(regel: RegelRij) -> str:
    return "altijd geldig" if regel.geldig_van is None else f"geldt sinds {short(regel.geldig_van)}"
