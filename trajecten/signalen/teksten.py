"""What a signal says and which one act solves it; rendered from the row, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from kern.belgian_dates import format_due, format_short
from trajecten.enums import SignaalCode
from trajecten.models import Signaal
from trajecten.signalen.nader import Nader, nader_bij
from trajecten.signalen.schalen import FASE_LEIDINGGEVENDE
from trajecten.signalen.zinnen import zin_met

WEEK = timedelta(days=7)


class Moment(StrEnum):
    """Under which heading of the day a signal stands."""

    NU = "nu"
    DEZE_WEEK = "deze_week"
    BINNENKORT = "binnenkort"


class Doel(StrEnum):
    """Of what the key stands in the address of the act."""

    TRAJECT = "traject"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Handeling:
    """The one act that solves a signal: its words and its address."""

    label: str
    url_name: str
    doel: Doel = Doel.TRAJECT
    # The place on the page, when one goal or step is meant.
    anker: str = ""

    def key(self, signaal: Signaal) -> int | None:
        """Return the key that goes into the address."""
        return signaal.traject_id if self.doel is Doel.TRAJECT else signaal.client_id


@dataclass(frozen=True, slots=True)
class Tekst:
    """The sentence before and after the day, and the act."""

    komt: str
    voorbij: str
    handeling: Handeling


TEKSTEN: MappingProxyType[SignaalCode, Tekst] = MappingProxyType(
    {
        SignaalCode.LIMIET_NADERT: Tekst(
            "{traject} loopt af op {dag}, geen vervolgstap afgesproken",
            "{traject} liep af op {dag}, geen vervolgstap afgesproken",
            Handeling("Spreek vervolgstap af", "trajecten:add_stap"),
        ),
        SignaalCode.LIMIET_VOORBIJ: Tekst(
            "{traject} loopt af op {dag}",
            "{traject} liep af op {dag} en is niet beëindigd of verlengd",
            Handeling("Beëindig of verleng", "trajecten:traject"),
        ),
        SignaalCode.EVALUATIE: Tekst(
            "{traject}: evaluatie of herziening tegen {dag}",
            "{traject}: evaluatie of herziening was te houden tegen {dag}",
            Handeling("Noteer evaluatie", "trajecten:add_evaluatie"),
        ),
        SignaalCode.GPMI_ONDERTEKENEN: Tekst(
            "GPMI te ondertekenen tegen {dag}",
            "GPMI was te ondertekenen tegen {dag}",
            Handeling("Noteer handtekening", "trajecten:gpmi", Doel.CLIENT),
        ),
        SignaalCode.GPMI_EVALUATIE: Tekst(
            "Te weinig evaluaties van het GPMI dit jaar, te houden tegen {dag}",
            "Te weinig evaluaties van het GPMI, te houden tegen {dag}",
            Handeling("Noteer evaluatie", "trajecten:gpmi", Doel.CLIENT),
        ),
        SignaalCode.VDAB_INSCHRIJVING: Tekst(
            "Inschrijving bij VDAB in orde te brengen tegen {dag}",
            "Inschrijving bij VDAB was in orde te brengen tegen {dag}",
            Handeling("Noteer inschrijving", "caseload:vdab", Doel.CLIENT),
        ),
        SignaalCode.STAP_TE_LAAT: Tekst(
            "Afgesproken stap tegen {dag}",
            "Stap was afgesproken tegen {dag} en staat nog open",
            Handeling("Werk de stap bij", "trajecten:plan", Doel.CLIENT),
        ),
        SignaalCode.GEEN_EERSTE_CONTACT: Tekst(
            "Nog geen contact genoteerd, verwacht tegen {dag}",
            "Nog geen contact genoteerd, was verwacht tegen {dag}",
            Handeling("Noteer contact", "trajecten:add_logboekitem", Doel.CLIENT),
        ),
        SignaalCode.GEEN_SPILFIGUUR: Tekst(
            "Niemand is spilfiguur sinds {sinds}",
            "Niemand is spilfiguur sinds {sinds}",
            Handeling("Wijs spilfiguur aan", "caseload:add_toewijzing", Doel.CLIENT),
        ),
        SignaalCode.GEEN_TRAJECT: Tekst(
            "In opvolging zonder traject",
            "In opvolging zonder traject, verwacht tegen {dag}",
            Handeling("Start een traject", "trajecten:start", Doel.CLIENT),
        ),
        SignaalCode.STATUUT_BEEINDIGD: Tekst(
            "Statuut eindigt op {dag} terwijl een traject loopt",
            "Statuut eindigde op {dag} terwijl een traject loopt",
            Handeling("Werk statuut bij", "caseload:add_statuut", Doel.CLIENT),
        ),
        SignaalCode.VERLENGING_TE_BESLISSEN: Tekst(
            "Verlenging van {traject} gevraagd op {sinds}, te beslissen vóór {dag}",
            "Verlenging van {traject} gevraagd op {sinds}, niet beslist vóór {dag}",
            Handeling("Beslis", "trajecten:traject"),
        ),
        SignaalCode.CLIENT_WACHT: Tekst(
            "Wacht sinds {sinds} op een antwoord in het plan",
            "Wacht sinds {sinds} op een antwoord in het plan",
            Handeling("Antwoord", "trajecten:plan", Doel.CLIENT),
        ),
        SignaalCode.GEEN_REACTIE: Tekst(
            "Nog geen reactie op het voorstel van {sinds}",
            "Nog geen reactie op het voorstel van {sinds}",
            Handeling("Bekijk het samen", "trajecten:plan", Doel.CLIENT),
        ),
        SignaalCode.VERSIE_WACHT: Tekst(
            "Een versie van het plan wacht sinds {sinds} op akkoord",
            "Een versie van het plan wacht sinds {sinds} op akkoord",
            Handeling("Bekijk het plan", "trajecten:plan", Doel.CLIENT),
        ),
        SignaalCode.AFSPRAAK_OPNIEUW: Tekst(
            "De afspraak van {sinds} ging niet door, nog geen nieuwe dag",
            "De afspraak van {sinds} ging niet door, nog geen nieuwe dag",
            Handeling("Maak een afspraak", "trajecten:plan_afspraak", Doel.CLIENT),
        ),
        SignaalCode.LOGVRAAG: Tekst(
            "Vraag bij het logboek wacht sinds {sinds} op een antwoord",
            "Vraag bij het logboek wacht sinds {sinds} op een antwoord",
            Handeling("Antwoord", "caseload:dossier", Doel.CLIENT, "logboek"),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Signaalregel:
    """A line of the day: who, why, by when, and what to do."""

    signaal: Signaal
    zin: str
    wanneer: str
    moment: Moment
    handeling: Handeling
    voor_leidinggevende: bool


def regel_van(
    signaal: Signaal, *, on: date, met_instrument: bool = True, nader: Nader | None = None
) -> Signaalregel:
    """Return the line of a signal; its client and `traject__instrument` are already loaded.

    `nader` is what `signalen.nader` read; the row may carry it itself. `met_instrument=False`
    leaves out what a measure, or somebody's own words, may tell about her life.
    """
    tekst = TEKSTEN[SignaalCode(signaal.code)]
    dag = signaal.vervaldag
    traject = "Traject"
    if met_instrument and signaal.traject is not None:
        traject = kort(signaal.traject.instrument.naam)
    is_voorbij = dag is not None and dag < on
    algemeen = (tekst.voorbij if is_voorbij else tekst.komt).format(
        traject=traject,
        dag=format_short(dag) if dag else "de uiterste dag",
        sinds=format_short(signaal.sinds),
    )
    eigen = None
    if met_instrument:
        eigen = zin_met(signaal, algemeen, nader or getattr(signaal, "nader", None) or {}, on=on)
    handeling = tekst.handeling
    if eigen and eigen.anker:
        handeling = replace(handeling, anker=eigen.anker)
    return Signaalregel(
        signaal=signaal,
        zin=eigen.zin if eigen else algemeen,
        wanneer=format_due(dag, on) if dag else f"sinds {format_short(signaal.sinds)}",
        moment=moment_van(dag, on=on),
        handeling=handeling,
        voor_leidinggevende=signaal.fase >= FASE_LEIDINGGEVENDE,
    )


def regels_van(
    signalen: Iterable[Signaal], *, on: date, met_instrument: bool = True
) -> list[Signaalregel]:
    """Return the lines in the order of the signals, with what their sentences tell besides."""
    rows = list(signalen)
    nader = nader_bij(rows) if met_instrument else {}
    return [
        regel_van(row, on=on, met_instrument=met_instrument, nader=nader.get(row.pk))
        for row in rows
    ]


def moment_van(vervaldag: date | None, *, on: date) -> Moment:
    """Say under which heading a day stands; what has no day is waiting for somebody now."""
    if vervaldag is None or vervaldag <= on:
        return Moment.NU
    return Moment.DEZE_WEEK if vervaldag <= on + WEEK else Moment.BINNENKORT


def kort(naam: str) -> str:
    """Return the short name between brackets at the end of a full name, or the name itself."""
    voor, haakje, binnen = naam.rpartition("(")
    afkorting = binnen.removesuffix(")")
    return afkorting if haakje and voor and afkorting.isupper() else naam
