"""Words that are being typed and not yet saved: kept for their writer alone, for a week."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet

if TYPE_CHECKING:
    from toegang.models import Gebruiker

BEWAARTIJD = timedelta(days=7)
# From this age on the writer is told on which day her words go.
WAARSCHUWEN_NA = timedelta(days=5)


def place_of(*, bestuur_id: int, client_id: int, gebruiker_id: int) -> str:
    """Name the place a draft is sealed for; it opens for no other person and no other file."""
    return f"concept:{bestuur_id}:{client_id}:{gebruiker_id}"


class ConceptQuerySet(OfClientQuerySet["Concept"]):
    """Choices of drafts."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return one's own drafts about clients whose file one may see; nobody else's, ever."""
        return super().visible_to(user).filter(gebruiker=user)

    def open_at(self, at: datetime) -> "ConceptQuerySet":
        """Return drafts whose form was not saved yet and whose week is not over."""
        return self.filter(gesloten_at__isnull=True, bewaard_at__gt=at - BEWAARTIJD)

    def for_list(self) -> "ConceptQuerySet":
        """Return the last typed first, with the client."""
        return self.select_related("client").order_by("-bewaard_at", "-pk")


class Concept(OfClient):
    """What one person typed in one form about one client, sealed.

    `formulier` names one opened form: two forms open side by side keep two drafts. When the form
    is saved the words go and the row stays a while, closed, so that a late save of the same form
    does not bring them back.
    """

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    sleutel = models.CharField(max_length=60)
    formulier = models.CharField(max_length=22)
    titel = models.CharField("wat", max_length=80)
    adres = models.CharField(max_length=200)
    inhoud = models.BinaryField(null=True)
    revisie = models.PositiveIntegerField(default=1)
    bewaard_at = models.DateTimeField("bewaard")
    gesloten_at = models.DateTimeField(null=True, blank=True)

    SEALED: ClassVar = ("inhoud",)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gebruiker", "client", "sleutel", "formulier"],
                name="concept_een_per_formulier",
            ),
            models.CheckConstraint(
                name="concept_gesloten_zonder_inhoud",
                condition=Q(gesloten_at__isnull=True, inhoud__isnull=False)
                | Q(gesloten_at__isnull=False, inhoud__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bestuur", "gebruiker", "-bewaard_at"],
                condition=Q(gesloten_at__isnull=True),
                name="concept_open",
            ),
            models.Index(fields=["bestuur", "bewaard_at"], name="concept_oud"),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def verdwijnt_at(self) -> datetime:
        """Return when the draft goes unless it is typed in again."""
        return self.bewaard_at + BEWAARTIJD

    def place(self) -> str:
        """Name the place this draft is sealed for."""
        return place_of(
            bestuur_id=self.bestuur_id, client_id=self.client_id, gebruiker_id=self.gebruiker_id
        )
