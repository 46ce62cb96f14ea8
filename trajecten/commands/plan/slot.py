"""What every change of the plan shares: one at a time, and the second sees what changed."""

from datetime import datetime

from django.utils import timezone

from clienten.models import Client
from kern.errors import DomainError
from trajecten.enums import PlanStatus, Stem
from trajecten.models import Doel, Stap, Stappenplan
from trajecten.queries.plan import Planregel, read_regel
from trajecten.rules.plan.beurt import Uitkomst


class PlanChanged(DomainError):
    """The plan changed after the page was shown; what was typed is still there."""


def lock_plan(client: Client, *, at: datetime) -> Stappenplan:
    """Take the plan of the client for this transaction; the first act makes it."""
    Stappenplan.objects.bulk_create(
        [Stappenplan(bestuur_id=client.bestuur_id, client=client, created_at=at)],
        ignore_conflicts=True,
    )
    return Stappenplan.objects.select_for_update().get(client=client)


def lock_regel(item: Doel | Stap, *, at: datetime, revisie: int | None = None) -> Planregel:
    """Take the plan and return the goal or step as it stands now.

    `revisie` is what the page showed: a later change refuses with the words that stand now.
    """
    lock_plan(item.client, at=at)
    regel = read_regel(type(item), item.client, item.pk)
    if regel is None:
        raise PlanChanged("Dit staat niet meer in het plan.")
    # One object for who asked and who answers: relations that were loaded stay.
    regel.item.client = item.client
    if revisie is not None and regel.item.revisie != revisie:
        raise changed(regel)
    return regel


def changed(regel: Planregel) -> PlanChanged:
    """Return the refusal for who looked at an earlier revision, with the words that stand now."""
    return PlanChanged(
        f"Dit is intussen gewijzigd. Nu staat er: “{regel.item.tekst}”. Kijk het na en kies "
        "opnieuw."
    )


def settle(item: Doel | Stap, uitkomst: Uitkomst, *, at: datetime) -> None:
    """Write the outcome of the rule on the row; nothing is saved yet.

    Agreeing keeps the day both agreed to; a change of day is a new revision of what is agreed.
    """
    waited_on = item.wacht_op
    item.status = PlanStatus(uitkomst.stand)
    item.voorstel_van = Stem(uitkomst.voorstel_van)
    item.wacht_op = Stem(uitkomst.aan_zet) if uitkomst.aan_zet else ""
    if not item.wacht_op:
        item.wacht_sinds = None
    elif item.wacht_op != waited_on:
        item.wacht_sinds = at
    if item.status != PlanStatus.AFGESPROKEN:
        return
    if uitkomst.tegen is None and isinstance(item, Stap):
        raise DomainError("Deze stap heeft nog geen dag. Antwoord met een dag die past.")
    if uitkomst.tegen != item.tegen:
        item.tegen = uitkomst.tegen
        item.revisie += 1
    item.afgesproken_op = timezone.localdate(at)
    item.afgesproken_tegen = uitkomst.tegen


def noun(item: Doel | Stap) -> str:
    """Return how the trail names it."""
    return "een doel" if isinstance(item, Doel) else "een stap"
