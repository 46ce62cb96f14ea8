"""What stands in the way of a client, as much as who looks may know."""

from django.utils.translation import gettext_lazy as _

from clienten.enums import DrempelSoort
from clienten.models import Client, Drempel
from toegang.models import Gebruiker
from toegang.permissions import Permission

# Said to the client herself, on paper, and to colleagues who may not know more.
IETS_PERSOONLIJKS = _("iets persoonlijks")


def drempels_of(client: Client, user: Gebruiker) -> list[Drempel]:
    """Return the barriers of a client that was opened for this user: what still stands first.

    Kind and words of what is sensitive are not among it: `reveal_drempel` shows those, and
    writes that down.
    """
    return list(Drempel.objects.visible_to(user).filter(client=client).for_list())


def label_for(soort: str, user: Gebruiker | None) -> str:
    """Return what a barrier is called before this reader; None is the client, or paper."""
    kind = DrempelSoort(soort)
    if kind != DrempelSoort.GEVOELIG:
        return str(kind.label)
    if user is not None and user.may(Permission.GEVOELIG_VIEW):
        return str(kind.label)
    return str(IETS_PERSOONLIJKS)


def gebieden(user: Gebruiker) -> list[str]:
    """Return the areas that were written before at the user's bestuur, to choose from again."""
    rows = Drempel.objects.visible_to(user).exclude(gebied="")
    return list(rows.order_by("gebied").values_list("gebied", flat=True).distinct())


def default_gebied(client: Client) -> str:
    """Return the area of a client as her address says it."""
    return " ".join(part for part in (client.postcode, client.gemeente) if part)
