"""What stands around a plan of the demo: barriers, appointments, shared entries of the log."""

from caseload.demo.stemmen import Gesprek, moment
from clienten.commands.drempels import DrempelGegevens, register_drempel
from clienten.enums import DrempelSoort
from trajecten import commands as trajecten
from trajecten.commands.afspraken import AfspraakGegevens, plan_afspraak
from trajecten.commands.blokkeringen import block_stap
from trajecten.enums import AfspraakSoort, Kring, LogSoort
from trajecten.models import Afspraak, Stap


def zet_drempel(plan: Gesprek, stap: Stap, soort: DrempelSoort, wat: str, *, van: int) -> None:
    """Note a barrier, and let a step wait for it."""
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


def maak_afspraak(
    plan: Gesprek, soort: AfspraakSoort, *, over: int, gemaakt: int = -3, onderwerp: str = ""
) -> Afspraak:
    """Make an appointment so many days from today; nobody is written to."""
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


def deel_log(plan: Gesprek) -> None:
    """Note two talks that the client reads along."""
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
