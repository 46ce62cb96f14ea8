"""What happened at the door. Nobody changes these rows afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from portaal.enums import GebruikSoort
from portaal.models.link import Portaallink


class PortaalgebruikQuerySet(OfClientQuerySet["Portaalgebruik"]):
    """Choices of happenings."""

    def newest_first(self) -> "PortaalgebruikQuerySet":
        """Return in the order of the list on the client's file."""
        return self.order_by("-at", "-pk")


class Portaalgebruik(OfClient):
    """One happening: opened, wrong, blocked, in, out. Append-only; the worker sees it."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(
        Portaallink, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    soort = models.CharField(max_length=20, choices=GebruikSoort)
    at = models.DateTimeField()

    objects = PortaalgebruikQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="portaalgebruik_soort_bekend",
                condition=Q(soort__in=GebruikSoort.values),
                violation_error_message="Kies een soort uit de lijst.",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "-at"], name="portaalgebruik_client"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.get_soort_display()}"
