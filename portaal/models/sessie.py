"""A client who is inside: a session of the portal, apart from any sign-in of staff."""

from typing import ClassVar

from django.db import models

from clienten.models.tenant import OfClient, OfClientQuerySet
from portaal.models.link import Portaallink


class PortaalsessieQuerySet(OfClientQuerySet["Portaalsessie"]):
    """Choices of sessions."""

    def open(self) -> "PortaalsessieQuerySet":
        """Return sessions that nobody ended; the clock may have."""
        return self.filter(geeindigd_at__isnull=True)


class Portaalsessie(OfClient):
    """One stay, from the second factor to leaving; the cookie's secret is kept as a digest."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(Portaallink, on_delete=models.PROTECT, related_name="sessies")
    geheim_hash = models.CharField(max_length=64)
    taal = models.CharField(max_length=5)
    begonnen_at = models.DateTimeField()
    gezien_at = models.DateTimeField()
    geeindigd_at = models.DateTimeField(null=True, blank=True)

    objects = PortaalsessieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bestuur", "geheim_hash"], name="portaalsessie_geheim"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "link"], name="portaalsessie_link"),
        ]

    def __str__(self) -> str:
        return f"sessie van {self.begonnen_at:%d/%m/%Y %H:%M}"
