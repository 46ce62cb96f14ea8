"""The plans of the demo: each shows one thing that two voices can come to."""

from collections.abc import Callable
from types import MappingProxyType

from caseload.demo.olena import olena
from caseload.demo.rondom import maak_afspraak, zet_drempel
from caseload.demo.stemmen import OCMW, SAMEN, Gesprek
from clienten.enums import DrempelSoort
from trajecten.commands.sjabloonkeuze import Keuze, propose_sjabloon
from trajecten.commands.uitkomsten import hold_afspraak, miss_afspraak
from trajecten.enums import (
    AfspraakSoort,
    AkkoordKanaal,
    Levensdomein,
    ReactieSoort,
)
from trajecten.models import Sjabloon
from trajecten.queries.sjablonen import dagen_voor


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
    zet_drempel(plan, stap, DrempelSoort.MOBILITEIT, "Geen bus vóór 7 uur", van=-28)


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
    gemist = maak_afspraak(plan, AfspraakSoort.GESPREK, over=-3, gemaakt=-12)
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
    gehouden = maak_afspraak(plan, AfspraakSoort.HUISBEZOEK, over=-6, gemaakt=-15)
    with plan.spreekt(plan.ocmw()):
        hold_afspraak(afspraak=gehouden, by=plan.by, at=plan.op(-6).replace(hour=17))
    maak_afspraak(plan, AfspraakSoort.GESPREK, over=4, onderwerp="Samen het rooster bekijken")


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
