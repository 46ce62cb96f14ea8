"""The plans of the demo: each shows one thing that two voices can come to."""

from collections.abc import Callable
from types import MappingProxyType

from caseload.demo.stemmen import OCMW, SAMEN, Gesprek, moment
from clienten.commands.drempels import DrempelGegevens, register_drempel
from clienten.enums import DrempelSoort
from trajecten import commands as trajecten
from trajecten.commands.afspraken import AfspraakGegevens, plan_afspraak
from trajecten.commands.blokkeringen import block_stap
from trajecten.commands.plan import PlanTeksten, write_plan_teksten
from trajecten.commands.sjabloonkeuze import Keuze, propose_sjabloon
from trajecten.commands.uitkomsten import hold_afspraak, miss_afspraak
from trajecten.enums import (
    AfspraakSoort,
    AkkoordKanaal,
    Kring,
    Levensdomein,
    LogSoort,
    ReactieSoort,
    Uitvoerder,
)
from trajecten.models import Afspraak, Sjabloon, Stap
from trajecten.queries.sjablonen import dagen_voor


def olena(plan: Gesprek) -> None:
    """Tell the story of the design: three versions, her wish, our late duty, a barrier."""
    with plan.spreekt(plan.ocmw()):
        write_plan_teksten(
            client=plan.client,
            teksten=PlanTeksten(
                behoeften="Werk met vaste uren, een taalles die past, opvang op woensdag.",
                evaluatiewijze="Drie gesprekken per jaar, waarvan twee aan tafel.",
                extra_hulp="Het OCMW betaalt het theorieboek.",
            ),
            by=plan.by,
            at=plan.op(-190),
        )
    keuken = plan.doel(
        "Werk in de keuken van een woonzorgcentrum",
        wie=plan.thuis(),
        dagen=-190,
        akkoord=plan.ocmw(),
    )
    cv = plan.stap(
        "Cv maken met de begeleider",
        wie=plan.ocmw(),
        dagen=-190,
        tegen=-150,
        uitvoerders=SAMEN,
        doel=keuken,
        akkoord=plan.genoteerd(),
    )
    plan.samen(AkkoordKanaal.BUREAU, dagen=-188, tolk="Oekraïens, telefoontolk")
    plan.gedaan(cv, plan.thuis(), dagen=-152, woord="Klaar! Ook in het Engels.")
    plan.stap(
        "Theorie rijbewijs leren",
        wie=plan.thuis(),
        dagen=-92,
        tegen=23,
        domein=Levensdomein.MOBILITEIT,
        doel=keuken,
        akkoord=plan.ocmw(),
    )
    plan.versie(plan.ocmw(), dagen=-91)
    plan.versie(plan.thuis(), dagen=-90)
    plan.stap(
        "Opvang zoeken voor woensdag",
        wie=plan.thuis(),
        dagen=-45,
        tegen=-5,
        uitvoerders=OCMW,
        domein=Levensdomein.GEZIN,
        akkoord=plan.ocmw(),
    )
    taalles = plan.stap(
        "Taalles op woensdag volgen",
        wie=plan.ocmw(),
        dagen=-44,
        tegen=40,
        domein=Levensdomein.TAAL,
        akkoord=plan.genoteerd(AkkoordKanaal.TELEFOON),
    )
    plan.samen(AkkoordKanaal.PAPIER, dagen=-41)
    _drempel(plan, taalles, DrempelSoort.KINDEROPVANG, "Geen opvang op woensdag", van=-30)
    stage = plan.stap(
        "Drie dagen meelopen in de keuken van Ter Linde",
        wie=plan.ocmw(),
        dagen=-9,
        tegen=14,
        doel=keuken,
        uitvoerders=(Uitvoerder.CLIENT, Uitvoerder.PARTNER),
        partner="Woonzorgcentrum Ter Linde",
    )
    plan.antwoord(
        stage,
        plan.thuis(),
        dagen=-4,
        soort=ReactieSoort.ANDER_TEMPO,
        tekst="liever na de examens",
        liever=45,
    )
    plan.stap(
        "Fiets laten nakijken",
        wie=plan.thuis(),
        dagen=-2,
        tegen=12,
        domein=Levensdomein.MOBILITEIT,
    )
    _afspraak(plan, AfspraakSoort.EVALUATIE, over=9, onderwerp="Hoe loopt het plan?")
    _gedeeld(plan)


def oneens(plan: Gesprek) -> None:
    """Let her say no in own words; the disagreement stays beside what was agreed."""
    plan.stap(
        "Elke maandag vacatures bekijken",
        wie=plan.ocmw(),
        dagen=-60,
        tegen=30,
        akkoord=plan.thuis(),
    )
    nacht = plan.stap("Solliciteren voor nachtwerk", wie=plan.ocmw(), dagen=-60, tegen=25)
    plan.antwoord(
        nacht,
        plan.thuis(),
        dagen=-57,
        soort=ReactieSoort.NIET_AKKOORD,
        tekst="Mijn kinderen zijn dan alleen thuis. Overdag wil ik wel.",
    )
    plan.oneens(nacht, dagen=-55)
    plan.versie(plan.ocmw(), dagen=-54)
    plan.versie(plan.thuis(), dagen=-53)


def voorstel(plan: Gesprek) -> None:
    """Let her own proposals wait for us, too long already."""
    plan.doel("Zelfstandig naar het werk rijden", wie=plan.thuis(), dagen=-11)
    plan.stap(
        "Infodag zorgkundige bezoeken",
        wie=plan.thuis(),
        dagen=-11,
        tegen=20,
        domein=Levensdomein.OPLEIDING,
    )


def stil(plan: Gesprek) -> None:
    """Let our proposals wait for her, with time enough."""
    plan.stap("Inschrijven bij interim De Brug", wie=plan.ocmw(), dagen=-24, tegen=10)
    plan.stap(
        "Attest van de school opvragen",
        wie=plan.ocmw(),
        dagen=-24,
        tegen=15,
        uitvoerders=OCMW,
    )


def versie_wacht_op_ons(plan: Gesprek) -> None:
    """Let her agree to the whole plan first."""
    plan.stap(
        "Avondles Frans volgen",
        wie=plan.ocmw(),
        dagen=-30,
        tegen=60,
        domein=Levensdomein.OPLEIDING,
        akkoord=plan.thuis(),
    )
    plan.versie(plan.thuis(), dagen=-9)


def versie_wacht_op_haar(plan: Gesprek) -> None:
    """Put a version before her that she did not answer yet."""
    plan.stap(
        "Kennismaken in de kringwinkel",
        wie=plan.thuis(),
        dagen=-30,
        tegen=21,
        akkoord=plan.ocmw(),
    )
    plan.versie(plan.ocmw(), dagen=-19)


def geblokkeerd(plan: Gesprek) -> None:
    """Let a bus that does not run stand in the way, and nobody's fault."""
    stap = plan.stap(
        "Beginnen om 6 uur in het distributiecentrum",
        wie=plan.ocmw(),
        dagen=-50,
        tegen=-8,
        akkoord=plan.thuis(),
    )
    plan.samen(AkkoordKanaal.TELEFOON, dagen=-49)
    _drempel(plan, stap, DrempelSoort.MOBILITEIT, "Geen bus vóór 7 uur", van=-28)


def klaar(plan: Gesprek) -> None:
    """Show a plan that runs as it should, by her link."""
    papieren = plan.stap(
        "Papieren voor het contract bezorgen",
        wie=plan.ocmw(),
        dagen=-100,
        tegen=-80,
        akkoord=plan.thuis(),
    )
    kledij = plan.stap(
        "Werkkledij en vervoer regelen",
        wie=plan.ocmw(),
        dagen=-100,
        tegen=-70,
        uitvoerders=OCMW,
        domein=Levensdomein.MOBILITEIT,
        akkoord=plan.thuis(),
    )
    plan.stap(
        "Halfweg bekijken wat ik al kan",
        wie=plan.thuis(),
        dagen=-100,
        tegen=50,
        uitvoerders=SAMEN,
        akkoord=plan.ocmw(),
    )
    plan.versie(plan.ocmw(), dagen=-99)
    plan.versie(plan.thuis(), dagen=-98)
    plan.gedaan(papieren, plan.thuis(), dagen=-85)
    plan.gedaan(kledij, plan.ocmw(), dagen=-71, woord="Abonnement is aangevraagd.")


def ons_werk_te_laat(plan: Gesprek) -> None:
    """Let a duty of the OCMW redden exactly like one of hers."""
    plan.stap(
        "Wachtlijst sociale huur nakijken",
        wie=plan.thuis(),
        dagen=-40,
        tegen=-17,
        uitvoerders=OCMW,
        domein=Levensdomein.WONEN,
        akkoord=plan.ocmw(),
    )
    gemist = _afspraak(plan, AfspraakSoort.GESPREK, over=-3, gemaakt=-12)
    with plan.spreekt(plan.ocmw()):
        miss_afspraak(afspraak=gemist, by=plan.by, at=plan.op(-2))


def uit_sjabloon(plan: Gesprek) -> None:
    """Take a template over; she answers each line herself."""
    with plan.spreekt(plan.ocmw()):
        if plan.traject is None:
            return
        gevonden = Sjabloon.objects.visible_to(plan.by).in_use()
        sjabloon = gevonden.filter(instrument=plan.traject.instrument).first()
        if sjabloon is None:
            return
        regels = list(sjabloon.regels.order_by("nummer"))
        dagen = dagen_voor(regels, plan.traject, on=plan.dag(-6))
        keuzes = [
            Keuze(
                regel=regel,
                tekst=regel.tekst,
                tegen=max(day, plan.vandaag) if (day := dagen[regel.nummer]) else None,
                partner=regel.partner,
            )
            for regel in regels
        ]
        propose_sjabloon(
            client=plan.client,
            keuzes=keuzes,
            by=plan.by,
            at=plan.op(-6),
            sleutel="demo",
            traject=plan.traject,
        )


def aan_tafel(plan: Gesprek) -> None:
    """Agree at the desk, and change a day since: the version in force stays beside it."""
    stap = plan.stap(
        "Twee keer per week oefenen voor het examen",
        wie=plan.thuis(),
        dagen=-35,
        tegen=20,
        domein=Levensdomein.OPLEIDING,
        akkoord=plan.ocmw(),
    )
    plan.samen(AkkoordKanaal.BUREAU, dagen=-34)
    plan.antwoord(
        stap,
        plan.thuis(),
        dagen=-1,
        soort=ReactieSoort.ANDER_TEMPO,
        tekst="Ik werk nu ook op zaterdag.",
        liever=50,
    )
    gehouden = _afspraak(plan, AfspraakSoort.HUISBEZOEK, over=-6, gemaakt=-15)
    with plan.spreekt(plan.ocmw()):
        hold_afspraak(afspraak=gehouden, by=plan.by, at=plan.op(-6).replace(hour=17))
    _afspraak(plan, AfspraakSoort.GESPREK, over=4, onderwerp="Samen het rooster bekijken")


PLANNEN: MappingProxyType[str, Callable[[Gesprek], None]] = MappingProxyType(
    {
        "olena": olena,
        "oneens": oneens,
        "voorstel": voorstel,
        "stil": stil,
        "versie_ons": versie_wacht_op_ons,
        "versie_haar": versie_wacht_op_haar,
        "geblokkeerd": geblokkeerd,
        "klaar": klaar,
        "te_laat": ons_werk_te_laat,
        "sjabloon": uit_sjabloon,
        "tafel": aan_tafel,
    }
)


def _drempel(plan: Gesprek, stap: Stap, soort: DrempelSoort, wat: str, *, van: int) -> None:
    with plan.spreekt(plan.ocmw()):
        drempel = register_drempel(
            client=plan.client,
            gegevens=DrempelGegevens(
                soort=soort,
                van=plan.dag(van),
                omschrijving=wat,
                actie="Nagevraagd bij de dienst; antwoord verwacht deze maand.",
                eigenaar=plan.by,
            ),
            by=plan.by,
            at=plan.op(van),
        )
        block_stap(stap=stap, drempel=drempel, van=plan.dag(van), by=plan.by, at=plan.op(van))


def _afspraak(
    plan: Gesprek, soort: AfspraakSoort, *, over: int, gemaakt: int = -3, onderwerp: str = ""
) -> Afspraak:
    with plan.spreekt(plan.ocmw()):
        return plan_afspraak(
            client=plan.client,
            gegevens=AfspraakGegevens(
                soort=soort,
                begint_at=moment(plan.dag(over), hour=14),
                duur=45,
                medewerker=plan.by,
                plaats="Sociaal huis, lokaal 3",
                onderwerp=onderwerp,
                traject=None,
            ),
            by=plan.by,
            at=plan.op(gemaakt),
            laat_weten=False,
        )


def _gedeeld(plan: Gesprek) -> None:
    with plan.spreekt(plan.ocmw()):
        for dagen, soort, tekst in (
            (-6, LogSoort.TELEFOON, "Gebeld over de stage. U kijkt welke dagen passen."),
            (-41, LogSoort.GESPREK, "Plan samen gelezen en op papier getekend."),
        ):
            trajecten.note_contact(
                client=plan.client,
                soort=soort,
                moment=plan.op(dagen),
                tekst=tekst,
                by=plan.by,
                at=moment(plan.dag(dagen), hour=17),
                zichtbaar=frozenset({Kring.CLIENT}),
            )
