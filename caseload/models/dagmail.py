"""Mails about the day: one row each, so that none goes out twice."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from caseload.enums import MailSoort

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class DagmailQuerySet(models.QuerySet["Dagmail"]):
    """Choices of digests."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return one's own digests at the bestuur where one works now."""
        return self.filter(bestuur=user.bestuur, gebruiker=user)


class Dagmail(models.Model):
    """One digest for one person, taken in hand before it is sent.

    A row without `verzonden_at` was taken by a process that was stopped: whether its mail left
    is not known, and nobody gets it twice.
    """

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("toegang.Gebruiker", on_delete=models.CASCADE, related_name="+")
    soort = models.CharField(max_length=10, choices=MailSoort)
    # The day itself, or the Monday of the week.
    dag = models.DateField()
    aantal = models.PositiveIntegerField()
    aangemaakt_at = models.DateTimeField()
    verzonden_at = models.DateTimeField(null=True, blank=True)

    objects = DagmailQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "gebruiker", "soort", "dag"],
                name="dagmail_eenmaal",
                violation_error_message="Deze mail is al verstuurd.",
            ),
            models.CheckConstraint(
                name="dagmail_soort_bekend",
                condition=Q(soort__in=MailSoort.values),
                violation_error_message="Kies een soort uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van {self.dag:%d/%m/%Y}"
