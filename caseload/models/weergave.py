"""Named views: the filters, order and columns of a list, kept under a name of one's own."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from caseload.enums import Lijst

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class WeergaveQuerySet(models.QuerySet["Weergave"]):
    """Choices of named views."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return one's own views at the bestuur where one works now."""
        return self.filter(bestuur=user.bestuur, gebruiker=user)

    def for_list(self, lijst: Lijst) -> Self:
        """Return the views of one list by name."""
        return self.filter(lijst=lijst).order_by("naam", "pk")


class Weergave(models.Model):
    """A list as one person likes to see it."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("toegang.Gebruiker", on_delete=models.CASCADE, related_name="+")
    lijst = models.CharField(max_length=20, choices=Lijst)
    naam = models.CharField("naam", max_length=60)
    filters = models.CharField(max_length=1000, blank=True, default="")

    objects = WeergaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "gebruiker", "lijst", "naam"],
                name="weergave_naam_uniek",
                violation_error_message="U hebt al een weergave met die naam.",
            ),
            models.CheckConstraint(
                name="weergave_heeft_naam",
                condition=~models.Q(naam="") & models.Q(lijst__in=Lijst.values),
                violation_error_message="Geef de weergave een naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam
