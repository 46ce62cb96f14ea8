"""A frozen plan as people read it, and two of them word by word beside each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clienten.models import Client
from kern.pieces import Voice
from trajecten.enums import Levensdomein, ReactieSoort, StapSoort, Stem, Uitvoerder
from trajecten.rules.plan.verschil import (
    Itemverschil,
    Soort,
    Stuk,
    Veldverschil,
    Verschil,
    woordverschil,
)
from trajecten.views.plan.kaarten import KLEUR, UITVOERDER_KLEUR, ZEGT

TEKSTEN = {
    "behoeften": "Wat is er nodig",
    "evaluatiewijze": "Hoe we bekijken of het lukt",
    "extra_hulp": "Extra hulp of vergoeding",
}
VELDEN = {
    "tekst": "Wat",
    "domein": "Domein",
    "uitvoerders": "Wie doet het",
    "partner": "Partner",
    "tegen": "Tegen",
    "doel": "Voor welk doel",
    "vervolg": "Volgende stap",
    "akkoord": "Beiden akkoord",
    **TEKSTEN,
}
WOORDEN: dict[str, dict[str, Any]] = {
    "uitvoerders": dict(Uitvoerder.choices),
    "domein": dict(Levensdomein.choices),
    "vervolg": dict(StapSoort.choices),
}


@dataclass(frozen=True, slots=True)
class Woordregel:
    """What one side said about something both do not agree on."""

    voice: Voice
    says: str
    words: str
    asked: date | None


@dataclass(frozen=True, slots=True)
class Bladregel:
    """A goal or step as it was frozen."""

    tekst: str
    movers: Sequence[Voice]
    tegen: date | None
    voorsteller: Voice
    vervolg: str = ""
    woorden: Sequence[Woordregel] = ()


@dataclass(frozen=True, slots=True)
class Bladgroep:
    """A goal with its steps, or the steps without one."""

    doel: Bladregel | None
    stappen: Sequence[Bladregel]


@dataclass(frozen=True, slots=True)
class Inhoudsblad:
    """All of it: what is agreed, by goal; what is not; the texts."""

    groepen: Sequence[Bladgroep]
    zonder_akkoord: Sequence[Bladregel]
    teksten: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Veldregel:
    """One field: how it was and how it is, each with its own words marked."""

    label: str
    was: Sequence[Stuk]
    wordt: Sequence[Stuk]


@dataclass(frozen=True, slots=True)
class Verschilregel:
    """One goal or step that changed."""

    soort: str
    wat: str
    tekst: str
    velden: Sequence[Veldregel]
    # Of what is new or gone as a whole: who, and by when.
    wie: Sequence[Voice] = ()
    tegen: date | None = None


@dataclass(frozen=True, slots=True)
class Verschilblad:
    """What changed, and apart what was done since: that asks for nobody's agreement."""

    gewijzigd: Sequence[Verschilregel]
    gedaan: Sequence[Verschilregel]
    teksten: Sequence[Veldregel]

    @property
    def is_leeg(self) -> bool:
        """Tell whether nothing asks for agreement."""
        return not self.gewijzigd and not self.teksten


WAT = {
    Soort.NIEUW: "Nieuw",
    Soort.WEG: "Weg",
    Soort.GEWIJZIGD: "Gewijzigd",
    Soort.GEDAAN: "Gedaan",
}


def blad_van(inhoud: Mapping[str, Any], client: Client) -> Inhoudsblad:
    """Return a frozen content as a page shows it."""
    agreed, doelen = inhoud["afspraken"], []
    steps: dict[int | None, list[Bladregel]] = {}
    known = {row["id"] for row in agreed if row["soort"] == "doel"}
    for row in agreed:
        if row["soort"] == "doel":
            doelen.append(row)
        else:
            key = row["doel"] if row["doel"] in known else None
            steps.setdefault(key, []).append(_regel(row, client))
    groepen = [Bladgroep(_regel(doel, client), steps.get(doel["id"], [])) for doel in doelen]
    if None in steps:
        groepen.append(Bladgroep(None, steps[None]))
    return Inhoudsblad(
        groepen=groepen,
        zonder_akkoord=[_regel(row, client) for row in inhoud["zonder_akkoord"]],
        teksten=text_lines(inhoud),
    )


def text_lines(teksten: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the general texts that were written, each under its label."""
    return [(label, teksten[naam]) for naam, label in TEKSTEN.items() if teksten.get(naam)]


def verschilblad(verschil: Verschil, client: Client, *inhouden: Mapping[str, Any]) -> Verschilblad:
    """Return what changed as a page shows it; `inhouden` are both texts."""
    rows = {
        (row["soort"], row["id"]): _regel(row, client)
        for inhoud in inhouden
        for row in (*inhoud["afspraken"], *inhoud["zonder_akkoord"])
    }
    lines = [(item, _changed(item, rows.get((item.item, item.id)))) for item in verschil.items]
    return Verschilblad(
        gewijzigd=[line for item, line in lines if item.soort is not Soort.GEDAAN],
        gedaan=[line for item, line in lines if item.soort is Soort.GEDAAN],
        teksten=_fields(verschil.teksten),
    )


def voice_of(stem: Stem, client: Client) -> Voice:
    """Return a side with its colour and name."""
    name = client.voornaam or "Cliënt" if stem == Stem.CLIENT else str(stem.label)
    return Voice(KLEUR[stem], name)


def _regel(row: Mapping[str, Any], client: Client) -> Bladregel:
    names = {
        Uitvoerder.CLIENT: client.voornaam or "Cliënt",
        Uitvoerder.PARTNER: row.get("partner") or "Partner",
    }
    movers = [Uitvoerder(value) for value in row["uitvoerders"]]
    return Bladregel(
        tekst=row["tekst"],
        movers=[
            Voice(UITVOERDER_KLEUR[mover], names.get(mover, str(mover.label))) for mover in movers
        ],
        tegen=_day(row["tegen"]),
        voorsteller=voice_of(Stem(row["voorsteller"]), client),
        vervolg=str(StapSoort(row["vervolg"]).label) if row.get("vervolg") else "",
        woorden=[
            Woordregel(
                voice=voice_of(Stem(said["kant"]), client),
                says=ZEGT[ReactieSoort(said["antwoord"])],
                words=said["tekst"],
                asked=_day(said["dag"]),
            )
            for said in row.get("woorden", ())
        ],
    )


def _changed(item: Itemverschil, row: Bladregel | None) -> Verschilregel:
    whole = row if item.soort in {Soort.NIEUW, Soort.WEG} else None
    return Verschilregel(
        soort=item.soort.value,
        wat=f"{WAT[item.soort]}{': doel' if item.item == 'doel' else ''}",
        tekst=item.tekst,
        velden=_fields(item.velden),
        wie=whole.movers if whole else (),
        tegen=whole.tegen if whole else None,
    )


def _fields(velden: Iterable[Veldverschil]) -> list[Veldregel]:
    return [_field(veld) for veld in velden]


def _field(veld: Veldverschil) -> Veldregel:
    stukken = veld.stukken
    if words := WOORDEN.get(veld.naam):
        # What is stored as codes is compared in the words that people read.
        oud, nieuw = (_in_words(text, words) for text in (veld.oud, veld.nieuw))
        stukken = woordverschil(oud, nieuw)
    elif veld.naam == "tegen":
        # A day is one word, not three numbers.
        stukken = tuple(
            Stuk(soort, text)
            for soort, text in ((Soort.WEG, veld.oud), (Soort.NIEUW, veld.nieuw))
            if text
        )
    return Veldregel(
        label=VELDEN[veld.naam],
        was=[stuk for stuk in stukken if stuk.soort is not Soort.NIEUW],
        wordt=[stuk for stuk in stukken if stuk.soort is not Soort.WEG],
    )


def _in_words(text: str, words: Mapping[str, Any]) -> str:
    return ", ".join(str(words.get(code, code)) for code in text.split(", ")) if text else ""


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
