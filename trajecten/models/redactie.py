"""That words were taken out of a text: who, when and why; never which words."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.enums import RedactieReden, Redigeerbaar


class RedactieQuerySet(OfClientQuerySet["Redactie"]):
    """Choices of redactions."""


class Redactie(OfClient):
    """One passage that was taken out of one text, in the row and in its whole history."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    tekstsoort = models.CharField("uit welke tekst", max_length=20, choices=Redigeerbaar)
    rij_id = models.BigIntegerField()
    reden = models.CharField("waarom", max_length=20, choices=RedactieReden)
    door = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("wanneer")

    objects = RedactieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="redactie_woorden_bekend",
                condition=Q(tekstsoort__in=Redigeerbaar.values) & Q(reden__in=RedactieReden.values),
                violation_error_message="Kies uit de lijst.",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "tekstsoort", "rij_id"], name="redactie_rij")
        ]

    def __str__(self) -> str:
        return f"{self.get_reden_display()} {self.at:%d/%m/%Y}"
