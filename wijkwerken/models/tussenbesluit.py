"""What was decided halfway: on with wijk-werken, or on to the next step (WW-REVIEW)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.models import Evaluatie
from wijkwerken.enums import Tussenkeuze
from wijkwerken.models.inschrijving import Inschrijving


class TussenbesluitQuerySet(OfClientQuerySet["Tussenbesluit"]):
    """Choices of decisions halfway."""


class Tussenbesluit(OfClient):
    """The decision of a review: a second half, or the next step; it goes when the review goes."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    inschrijving = models.ForeignKey(
        Inschrijving, on_delete=models.PROTECT, related_name="tussenbesluiten"
    )
    evaluatie = models.OneToOneField(
        Evaluatie, on_delete=models.CASCADE, related_name="wijkwerk_besluit"
    )
    keuze = models.CharField("besluit", max_length=16, choices=Tussenkeuze)

    objects = TussenbesluitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tussenbesluit_bekend",
                condition=Q(keuze__in=Tussenkeuze.values),
                violation_error_message="Kies: verder, of naar de volgende stap.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_keuze_display()
