"""The next step: what comes after this traject, who moves, and by when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.enums import StapEigenaar, StapSoort, StapStatus
from trajecten.models.traject import Traject


class VolgendeStapQuerySet(OfClientQuerySet["VolgendeStap"]):
    """Choices of steps."""

    def agreed(self) -> "VolgendeStapQuerySet":
        """Return steps that stand: agreed and not yet done or dropped."""
        return self.filter(status=StapStatus.AFGESPROKEN)


class VolgendeStap(OfClient):
    """A step agreed with the client, with an owner and a day."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="volgende_stappen"
    )
    traject = models.ForeignKey(Traject, on_delete=models.PROTECT, related_name="volgende_stappen")
    tekst = models.CharField("wat", max_length=300)
    soort = models.CharField("soort", max_length=30, choices=StapSoort)
    eigenaar = models.CharField("wie doet het", max_length=20, choices=StapEigenaar)
    gebruiker = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tegen = models.DateField("tegen")
    afgesproken_op = models.DateField("afgesproken op")
    status = models.CharField(
        "status", max_length=20, choices=StapStatus, default=StapStatus.AFGESPROKEN
    )
    afgesloten_op = models.DateField("gedaan of vervallen op", null=True, blank=True)

    objects = VolgendeStapQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="stap_soort_bekend",
                condition=Q(soort__in=StapSoort.values)
                & Q(eigenaar__in=StapEigenaar.values)
                & Q(status__in=StapStatus.values),
                violation_error_message="Kies uit de lijst.",
            ),
            models.CheckConstraint(
                name="stap_heeft_tekst",
                condition=~Q(tekst=""),
                violation_error_message="Zeg wat de volgende stap is.",
            ),
            models.CheckConstraint(
                name="stap_afgesloten_heeft_dag",
                condition=(Q(status=StapStatus.AFGESPROKEN) & Q(afgesloten_op__isnull=True))
                | (~Q(status=StapStatus.AFGESPROKEN) & Q(afgesloten_op__isnull=False)),
                violation_error_message="Een afgesloten stap heeft een dag.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bestuur", "traject", "tegen"],
                condition=Q(status=StapStatus.AFGESPROKEN),
                name="stap_open",
            )
        ]

    def __str__(self) -> str:
        return self.tekst
