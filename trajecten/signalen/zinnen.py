"""Sentences of signals that quote the plan: her words, whose step it is, the planned talk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from kern.belgian_dates import format_short
from trajecten.enums import VAN_HET_OCMW, ReactieSoort, SignaalCode, Stem, Uitvoerder
from trajecten.models import Signaal
from trajecten.signalen.nader import Nader

WOORDEN_MAX = 90
_PLAN = {"v": "in haar plan", "m": "in zijn plan"}


@dataclass(frozen=True, slots=True)
class Zin:
    """A sentence, and the place in the plan it is about."""

    zin: str
    anker: str = ""


def zin_met(signaal: Signaal, algemeen: str, nader: Nader, *, on: date) -> Zin | None:
    """Return the sentence that tells more, or None when the general one says it all."""
    make = _ZINNEN.get(SignaalCode(signaal.code))
    return make(signaal, algemeen, nader, on) if make and nader else None


def _client_wacht(signaal: Signaal, algemeen: str, nader: Nader, on: date) -> Zin | None:
    found = [(soort, item) for soort, item in nader.items() if item]
    if not found:
        return None
    soort, item = min(found, key=lambda pair: str(pair[1]["sinds"]))
    plan = _PLAN.get(signaal.client.geslacht, "in het plan")
    zin = f"{_gezegd(item, plan)}, {_dagen(signaal.sinds, on)}"
    return Zin(zin, f"{soort}-{item['id']}")


def _gezegd(item: dict[str, Any], plan: str) -> str:
    said = item["antwoord"]
    if said is None:
        return f"stelt {plan} voor: “{_kort(item['tekst'])}”"
    if said["tekst"]:
        return f"zegt {plan}: “{_kort(said['tekst'])}”"
    if said["soort"] == ReactieSoort.ANDER_TEMPO:
        return f"vraagt {plan} een andere dag, {format_short(date.fromisoformat(said['dag']))}"
    return f"antwoordde {plan} op “{_kort(item['tekst'])}”"


def _stap_te_laat(signaal: Signaal, algemeen: str, nader: Nader, on: date) -> Zin:
    wie = " en ".join(_wie(signaal, word, nader["partner"]) for word in nader["uitvoerders"])
    dag = format_short(signaal.vervaldag) if signaal.vervaldag else "een vroegere dag"
    zin = f"{wie}: {_kort(nader['tekst'])}, afgesproken tegen {dag}"
    if nader["wacht"]:
        zin += ", wacht op een drempel"
    return Zin(zin, f"stap-{nader['id']}")


def _wie(signaal: Signaal, word: str, partner: str) -> str:
    if word == Uitvoerder.CLIENT:
        return signaal.client.voornaam or "Cliënt"
    if word in VAN_HET_OCMW:
        return "OCMW"
    return partner or "Partner"


def _limiet_nadert(signaal: Signaal, algemeen: str, nader: Nader, on: date) -> Zin:
    begin = algemeen.removesuffix("geen vervolgstap afgesproken")
    if nader["wacht_op"] == Stem.OCMW:
        return Zin(f"{begin}de cliënt wacht op uw antwoord over de vervolgstap")
    return Zin(f"{begin}vervolgstap voorgesteld, de cliënt antwoordde nog niet")


def _versie_wacht(signaal: Signaal, algemeen: str, nader: Nader, on: date) -> Zin:
    versie = f"versie {nader['nummer']} van het plan"
    if nader["is_van_client"]:
        return Zin(f"ging akkoord met {versie}, {_dagen(signaal.sinds, on)}")
    return Zin(f"kreeg {versie} op {format_short(signaal.sinds)} en zei nog niet ja of nee")


def _evaluatie(signaal: Signaal, algemeen: str, nader: Nader, on: date) -> Zin:
    moment = timezone.localtime(datetime.fromisoformat(nader["begint_at"]))
    return Zin(f"{algemeen}, gesprek gepland op {format_short(moment.date())}")


def _dagen(sinds: date, on: date) -> str:
    days = (on - sinds).days
    if days <= 0:
        return "sinds vandaag"
    return "wacht 1 dag op antwoord" if days == 1 else f"wacht {days} dagen op antwoord"


def _kort(tekst: str) -> str:
    line = " ".join(tekst.split()).rstrip(".")
    if len(line) <= WOORDEN_MAX:
        return line
    return line[:WOORDEN_MAX].rsplit(" ", 1)[0] + " …"


_ZINNEN: MappingProxyType[SignaalCode, Callable[[Signaal, str, Nader, date], Zin | None]] = (
    MappingProxyType(
        {
            SignaalCode.CLIENT_WACHT: _client_wacht,
            SignaalCode.STAP_TE_LAAT: _stap_te_laat,
            SignaalCode.LIMIET_NADERT: _limiet_nadert,
            SignaalCode.VERSIE_WACHT: _versie_wacht,
            SignaalCode.EVALUATIE: _evaluatie,
            SignaalCode.GPMI_EVALUATIE: _evaluatie,
        }
    )
)
