"""The story of Olena Kovalenko, whose own way in is printed when the demo starts."""

from caseload.demo.rondom import deel_log, maak_afspraak, zet_drempel
from caseload.demo.stemmen import OCMW, SAMEN, Gesprek
from clienten.enums import DrempelSoort
from trajecten.commands.plan import PlanTeksten, write_plan_teksten
from trajecten.enums import AfspraakSoort, AkkoordKanaal, Levensdomein, ReactieSoort, Uitvoerder
from trajecten.models import Doel


def olena(plan: Gesprek) -> None:
    """Tell the story of the design: three versions, her wish, our late duty, a barrier."""
    _teksten(plan)
    keuken = _begin(plan)
    _later(plan, keuken)
    _nu(plan, keuken)
    deel_log(plan)


def _teksten(plan: Gesprek) -> None:
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


def _begin(plan: Gesprek) -> Doel:
    """Agree on what she wants and on the first step, at the desk, with an interpreter."""
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
    return keuken


def _later(plan: Gesprek, keuken: Doel) -> None:
    """Agree twice more, by her link and on paper; childcare then stands in the way."""
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
    zet_drempel(plan, taalles, DrempelSoort.KINDEROPVANG, "Geen opvang op woensdag", van=-30)


def _nu(plan: Gesprek, keuken: Doel) -> None:
    """Let her ask for another day and propose something herself; both wait for us."""
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
    maak_afspraak(plan, AfspraakSoort.EVALUATIE, over=9, onderwerp="Hoe loopt het plan?")
