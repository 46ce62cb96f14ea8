"""What every row about a client shares: its bestuur, and the same rule for who sees it."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from clienten.models.client import Client
    from toegang.models import Gebruiker

M = TypeVar("M", bound=models.Model, covariant=True)


class OfClientQuerySet(models.QuerySet[M]):
    """Choices of rows that hang on a client."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return rows of the user's bestuur; those of a restricted file only for who is named."""
        return self.filter(bestuur=user.bestuur).filter(
            Q(client__afgeschermd=False) | Exists(named(user, client=OuterRef("client")))
        )

    def owned_by(self, client: "Client") -> Self:
        """Return the client's own rows: the one way in for what she herself sees."""
        return self.filter(bestuur=client.bestuur_id, client=client)


def named(user: "Gebruiker", *, client: OuterRef) -> models.QuerySet[models.Model]:
    """Return the naming of this worker for this restricted file."""
    from clienten.models.client import Machtiging

    return Machtiging.objects.filter(client=client, gebruiker=user)


class OfClient(models.Model):
    """A row that hangs on a client; the database keeps it in the client's bestuur."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
