"""The log: contacts with the client and notes about her."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.enums import LogSoort
from trajecten.models.traject import Traject


class LogboekitemQuerySet(OfClientQuerySet["Logboekitem"]):
    """Choices of entries."""

    def for_list(self) -> "LogboekitemQuerySet":
        """Return newest first, with author and traject."""
        return self.select_related("auteur", "traject__instrument").order_by("-moment", "-pk")


class Logboekitem(OfClient):
    """One contact or note, with its moment and author."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="logboek")
    traject = models.ForeignKey(
        Traject, on_delete=models.PROTECT, null=True, blank=True, related_name="logboek"
    )
    soort = models.CharField("soort", max_length=20, choices=LogSoort)
    moment = models.DateTimeField("wanneer")
    tekst = models.TextField("tekst")
    auteur = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LogboekitemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="logboekitem_soort_bekend",
                condition=Q(soort__in=LogSoort.values),
                violation_error_message="Kies een soort uit de lijst.",
            ),
            models.CheckConstraint(
                name="logboekitem_heeft_tekst",
                condition=~Q(tekst=""),
                violation_error_message="Schrijf op wat er besproken is.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "-moment"], name="logboekitem_client")
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.moment:%d/%m/%Y}"
