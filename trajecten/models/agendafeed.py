"""The secret address at which a worker's own calendar reads her appointments."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class AgendafeedQuerySet(models.QuerySet["Agendafeed"]):
    """Choices of addresses."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return one's own addresses where one works now."""
        return self.filter(bestuur=user.bestuur, gebruiker=user)

    def in_use(self) -> Self:
        """Return what was not withdrawn."""
        return self.filter(ingetrokken_at__isnull=True)


class Agendafeed(models.Model):
    """One address, of which only the hash is kept; a new one takes the place of the old."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("toegang.Gebruiker", on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(editable=False)
    ingetrokken_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AgendafeedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "hash"],
                name="agendafeed_hash_uniek",
                violation_error_message="Dit adres bestaat al.",
            ),
            models.UniqueConstraint(
                fields=["bestuur", "gebruiker"],
                condition=Q(ingetrokken_at__isnull=True),
                name="agendafeed_een_adres",
                violation_error_message="Er is al een adres in gebruik.",
            ),
        ]

    def __str__(self) -> str:
        return f"Agenda van {self.gebruiker}"
