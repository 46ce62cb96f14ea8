"""From a goal or step with its answers to the card that shows both voices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.pieces import Act, Answer, StepCard, Voice
from kern.words import amount_of_time, weekday_short
from toegang.models import Gebruiker
from trajecten.commands.redactie import may_redact
from trajecten.enums import (
    AkkoordKanaal,
    PlanStatus,
    ReactieSoort,
    Redigeerbaar,
    Stem,
    Uitvoerder,
)
from trajecten.models import Doel, Reactie, Stap
from trajecten.queries.drempels import WachtOp, blocked_by
from trajecten.queries.plan import Planregel
from trajecten.rules.plan.beurt import Kant, mag_intrekken
from trajecten.views.plan.opening import address, anchor
from trajecten.views.plan.zicht import Zicht

KLEUR = {Stem.CLIENT: "client", Stem.OCMW: "petrol", Stem.PARTNER: "rest"}
UITVOERDER_KLEUR = {
    Uitvoerder.CLIENT: "client",
    Uitvoerder.MEDEWERKER: "petrol",
    Uitvoerder.OCMW: "petrol",
    Uitvoerder.PARTNER: "rest",
}
HOE = {
    AkkoordKanaal.LINK: "via de eigen link",
    AkkoordKanaal.BUREAU: "aan het bureau",
    AkkoordKanaal.PAPIER: "op papier",
    AkkoordKanaal.TELEFOON: "aan de telefoon",
}
ZEGT = {
    ReactieSoort.AKKOORD: "gaat akkoord",
    ReactieSoort.ANDER_TEMPO: "wil een andere dag",
    ReactieSoort.NIET_AKKOORD: "gaat niet akkoord",
}


@dataclass(frozen=True, slots=True)
class Kaarten:
    """Makes cards of one client's plan for one reader."""

    client: Client
    today: date
    may_change: bool = False
    may_see_trajecten: bool = False
    # Who may take words out of a text again.
    reader: Gebruiker | None = None
    zicht: Zicht = field(default_factory=Zicht)
    waits: Mapping[int, tuple[WachtOp, ...]] = field(default_factory=dict)
    # Where the goal is not the head above the card, the card names it.
    with_doel: bool = False

    def card(self, regel: Planregel) -> StepCard:
        """Return the card of one goal or step."""
        item = regel.item
        movers = self.movers(item)
        level, word = self.stand(item)
        return StepCard(
            voice=movers[0].voice,
            mover=movers[0].who,
            movers=movers,
            text=item.tekst,
            kicker=self._kicker(item),
            proposer=self.name(Stem(item.voorsteller)),
            proposer_voice=KLEUR[Stem(item.voorsteller)],
            due=item.geldt_tegen if item.is_open else None,
            due_note=_other_day(item),
            state=word,
            level=level,
            blocked_by=blocked_by(self.waits.get(item.pk, ())) if isinstance(item, Stap) else "",
            answers=self.answers(regel),
            earlier=self.earlier(regel),
            details=self._details(item),
            links=self._links(item),
            explanation=item.toelichting if isinstance(item, Stap) else "",
            closing=self._closing(item),
            anchor=anchor(item),
            acts=self._acts(regel) if self.may_change else (),
            more=self._more(regel) if self.may_change else (),
        )

    def line(self, item: Doel | Stap, waits_for: str = "") -> StepCard:
        """Return a goal or step in one line: who, what, by when, where it stands."""
        movers = self.movers(item)
        level, word = self.stand(item)
        return StepCard(
            voice=movers[0].voice,
            mover=movers[0].who,
            movers=movers,
            text=item.tekst,
            due=item.geldt_tegen,
            state=word,
            level=level,
            blocked_by=waits_for,
            anchor=anchor(item),
        )

    def name(self, stem: Stem) -> str:
        """Return how a side is called on this page."""
        if stem == Stem.CLIENT:
            return self.client.voornaam or "Cliënt"
        return str(stem.label)

    def movers(self, item: Doel | Stap) -> list[Voice]:
        """Return who moves, each in the colour of her side."""
        names = {
            Uitvoerder.CLIENT: self.name(Stem.CLIENT),
            Uitvoerder.MEDEWERKER: item.gebruiker.naam if item.gebruiker else "Begeleider",
            Uitvoerder.OCMW: "OCMW",
            Uitvoerder.PARTNER: item.partner or "Partner",
        }
        movers = [Uitvoerder(value) for value in item.uitvoerders]
        return [Voice(UITVOERDER_KLEUR[mover], names[mover]) for mover in movers]

    def stand(self, item: Doel | Stap) -> tuple[str, str]:
        """Return the level and the word for where it stands; late is late whoever moves."""
        if item.is_late(self.today):
            days = (self.today - item.geldt_tegen).days if item.geldt_tegen else 0
            return "nu", f"Te laat, {amount_of_time(days)}"
        if item.status == PlanStatus.VOORGESTELD:
            side = Stem(item.wacht_op)
            level = "client" if side == Stem.CLIENT else "binnenkort"
            named = self.name(side) if side == Stem.CLIENT else "het OCMW"
            # What was agreed before is not proposed again: it is talked about.
            word = "In bespreking" if item.afgesproken_op else "Voorgesteld"
            return level, f"{word}, wacht op {named}"
        levels = {PlanStatus.GEDAAN: "orde", PlanStatus.AFGESPROKEN: "petrol"}
        status = PlanStatus(item.status)
        return levels.get(status, "rest"), str(status.label)

    def answers(self, regel: Planregel) -> list[Answer]:
        """Return the two answers side by side, none where both simply agree; then partners."""
        item, said = regel.item, _counting(regel)
        partners = [self.answer(row) for row in regel.van_partner]
        if _is_settled(item, said):
            return partners
        both = [self._answer_of(stem, item, said) for stem in (Stem.CLIENT, Stem.OCMW)]
        return both + partners

    def earlier(self, regel: Planregel) -> list[Answer]:
        """Return what was answered before, newest first."""
        said = _counting(regel)
        shown = [*([] if _is_settled(regel.item, said) else _shown(said)), *regel.van_partner]
        return [self.answer(row) for row in reversed(regel.reacties) if row not in shown]

    def answer(self, row: Reactie) -> Answer:
        """Return one answer as the page shows it."""
        return Answer(
            voice=KLEUR[Stem(row.stem)],
            who=row.partner or self.name(Stem(row.stem)),
            says=ZEGT[ReactieSoort(row.soort)],
            words=row.tekst,
            asked=row.dag,
            how=_how(row),
            act=self._take_out(Redigeerbaar.REACTIE, row) if row.tekst else None,
        )

    def _answer_of(self, stem: Stem, item: Doel | Stap, said: Sequence[Reactie]) -> Answer:
        last = next((row for row in reversed(said) if row.stem == stem), None)
        if last is not None:
            return self.answer(last)
        who, day = self.name(stem), item.afgesproken_op
        if day and item.status == PlanStatus.AFGESPROKEN:
            return Answer(KLEUR[stem], who, "ging akkoord", how=f"op {format_short(day)}")
        if item.voorstel_van == stem and item.wacht_op != stem:
            first = item.revisie == 1
            at = item.created_at if first else item.wacht_sinds
            return Answer(
                KLEUR[stem],
                who,
                "stelt dit voor" if first else "stelt deze wijziging voor",
                how=format_short(timezone.localdate(at)) if at else "",
            )
        return Answer(KLEUR[stem], who, "antwoordde nog niet")

    def _kicker(self, item: Doel | Stap) -> str:
        if isinstance(item, Doel):
            return "Doel"
        if item.vervolg and item.traject:
            return f"Volgende stap na {item.traject.instrument.naam}: {item.get_vervolg_display()}"
        return f"Voor het doel: {item.doel.tekst}" if self.with_doel and item.doel else ""

    def _details(self, item: Doel | Stap) -> list[str]:
        found = [item.get_domein_display()]
        if item.afgesproken_op and item.is_open:
            found.append(f"afgesproken op {format_short(item.afgesproken_op)}")
        elif item.wacht_sinds:
            days = (self.today - timezone.localdate(item.wacht_sinds)).days
            found.append("vandaag voorgesteld" if days < 1 else f"wacht al {amount_of_time(days)}")
        if item.partner and Uitvoerder.PARTNER not in item.uitvoerders:
            found.append(f"met {item.partner}")
        if isinstance(item, Stap) and item.instrument and item.traject_id is None:
            found.append(f"instrument: {item.instrument.naam}")
        return found

    def _links(self, item: Doel | Stap) -> list[Act]:
        if item.traject_id is None or not self.may_see_trajecten:
            return []
        label = item.traject.instrument.naam if isinstance(item, Stap) and item.traject else ""
        url = reverse("trajecten:traject", args=[item.traject_id])
        return [Act(f"hangt aan {label or 'een traject'}", url)]

    def _closing(self, item: Doel | Stap) -> str:
        if item.is_open or item.afgesloten_op is None:
            return ""
        wat = "Gedaan" if item.status == PlanStatus.GEDAAN else "Niet meer nodig"
        door = self.name(Stem(item.afgesloten_door)) if item.afgesloten_door else ""
        zin = f"{wat}, {format_short(item.afgesloten_op)}{f', {door}' if door else ''}"
        return f"{zin}: “{item.slotwoord}”" if item.slotwoord else zin

    def _act(self, label: str, name: str, regel: Planregel, icon: str = "", **sent: Any) -> Act:
        """Return a button that sends, or a way to a form; both remember how one looked."""
        url, query = address(name, regel), self.zicht.query()
        if sent:
            fields = (*sent.items(), ("revisie", regel.item.revisie), ("zicht", query))
            return Act(label, url, icon, is_post=True, fields=fields, about=regel.item.tekst)
        carried = f"?zicht={quote(query, safe='')}" if query else ""
        return Act(label, url + carried, icon, about=regel.item.tekst)

    def _acts(self, regel: Planregel) -> list[Act]:
        item = regel.item
        if not item.is_open:
            return [self._act("Zet weer open", "reopen", regel, "ongedaan", weer="ja")]
        if item.wacht_op == Stem.OCMW:
            return self._our_turn(regel)
        if item.wacht_op == Stem.CLIENT:
            who = self.name(Stem.CLIENT)
            return [self._act(f"Noteer het antwoord van {who}", "note", regel, "persoon")]
        if item.status == PlanStatus.AFGESPROKEN:
            return [self._act("Gedaan", "finish", regel, "vink", woord="")]
        return [self._act("Wijzig het voorstel", "change", regel, "potlood")]

    def _our_turn(self, regel: Planregel) -> list[Act]:
        acts = []
        day = regel.gevraagde_dag
        if may_agree(regel, Stem.OCMW):
            label = f"Akkoord met {weekday_short(day)}" if day else "Akkoord"
            acts.append(self._act(label, "react", regel, "vink", soort="akkoord"))
        acts.append(self._act("Ander antwoord" if acts else "Antwoord", "react", regel))
        if regel.nu:
            acts.append(self._act("Laat als niet afgesproken", "leave", regel, laat="ja"))
        return acts

    def _more(self, regel: Planregel) -> list[Act]:
        item = regel.item
        if not item.is_open:
            return self._take_out_of(item)
        acts = [self._act("Wijzig", "change", regel, "potlood")]
        if item.wacht_op != Stem.CLIENT:
            who = self.name(Stem.CLIENT)
            acts.append(self._act(f"Noteer een antwoord van {who}", "note", regel, "persoon"))
        if item.wacht_op != Stem.OCMW and item.voorstel_van != Stem.OCMW:
            acts.append(self._act("Antwoord namens het OCMW", "react", regel, "gebouw"))
        acts.append(self._act("Noteer wat de partner zegt", "partner", regel, "partners"))
        acts.append(self._act("Gedaan, met een woord erbij", "finish", regel, "vink"))
        if isinstance(item, Stap):
            acts += _waits(item)
        acts += self._take_out_of(item)
        acts.append(self._act("Niet meer nodig", "drop", regel, "sluit"))
        return acts

    def _take_out_of(self, item: Doel | Stap) -> list[Act]:
        """Return the ways to take words out of each text of a goal or step."""
        if isinstance(item, Doel):
            soort, slot = Redigeerbaar.DOEL, Redigeerbaar.DOEL_SLOT
        else:
            soort, slot = Redigeerbaar.STAP, Redigeerbaar.STAP_SLOT
        found = [self._take_out(soort, item)]
        if isinstance(item, Stap) and item.toelichting:
            uitleg = "Laat woorden weg uit de uitleg"
            found.append(self._take_out(Redigeerbaar.TOELICHTING, item, uitleg))
        if item.slotwoord:
            found.append(self._take_out(slot, item, "Laat woorden weg uit het slotwoord"))
        return [act for act in found if act]

    def _take_out(
        self, soort: Redigeerbaar, row: Doel | Stap | Reactie, label: str = "Laat woorden weg"
    ) -> Act | None:
        if not self.may_change or self.reader is None or not may_redact(self.reader, soort, row):
            return None
        url = reverse("trajecten:redactie", args=[soort.value, row.pk])
        return Act(label, url, "sluit", about=row.tekst[:60])


def may_agree(regel: Planregel, stem: Stem) -> bool:
    """Tell whether this side can simply say yes: to words of the other side, with a day."""
    item, said = regel.item, regel.nu[-1] if regel.nu else None
    if said is not None and said.stem != stem and said.dag is not None:
        return True
    has_day = item.tegen is not None or isinstance(item, Doel)
    return has_day and item.voorstel_van != stem


def speaks_for_drop(item: Doel | Stap) -> Stem:
    """Return whose act it is when a worker lets this lapse."""
    agreed = item.afgesproken_op is not None
    may = mag_intrekken(Kant.OCMW, Kant(item.voorsteller), ooit_afgesproken=agreed)
    return Stem.OCMW if may else Stem.CLIENT


def _waits(item: Stap) -> Iterable[Act]:
    # The screens about barriers are found by name, if they are there.
    try:
        return [
            Act("Wacht op een drempel", reverse("trajecten:wait_stap", args=[item.pk]), "pauze")
        ]
    except NoReverseMatch:
        return []


def _counting(regel: Planregel) -> Sequence[Reactie]:
    """Return the answers that led to how it stands now.

    Who agreed to another day made a new revision of it: what was said just before counts too.
    """
    if regel.nu or not regel.van_beiden:
        return regel.nu
    last = regel.van_beiden[-1]
    if last.soort != ReactieSoort.AKKOORD or last.revisie != regel.item.revisie - 1:
        return ()
    return tuple(row for row in regel.van_beiden if row.revisie == last.revisie)


def _is_settled(item: Doel | Stap, said: Sequence[Reactie]) -> bool:
    """Tell whether both simply agree: nobody said a word or asked for another day."""
    return item.status != PlanStatus.VOORGESTELD and all(
        row.soort == ReactieSoort.AKKOORD and not row.tekst for row in said
    )


def _shown(said: Sequence[Reactie]) -> list[Reactie]:
    return list({row.stem: row for row in said}.values())


def _other_day(item: Doel | Stap) -> str:
    if not item.is_open or item.afgesproken_tegen is None or item.tegen == item.afgesproken_tegen:
        return ""
    proposed = weekday_short(item.tegen) if item.tegen else "geen dag"
    return f"Afgesproken: {weekday_short(item.afgesproken_tegen)}. Nu voorgesteld: {proposed}."


def _how(row: Reactie) -> str:
    parts = [format_short(timezone.localdate(row.at))]
    if row.stem != Stem.OCMW:
        parts.append(HOE[AkkoordKanaal(row.kanaal)])
    if row.tolk:
        parts.append(f"tolk: {row.tolk}")
    if row.gebruiker:
        noted = "genoteerd door " if row.stem != Stem.OCMW else ""
        parts.append(f"{noted}{row.gebruiker.naam}")
    return ", ".join(parts)
