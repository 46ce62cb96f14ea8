"""The link with which a client comes in: only digests of its token and code are kept."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from portaal.enums import LinkKanaal


class PortaallinkQuerySet(OfClientQuerySet["Portaallink"]):
    """Choices of links."""

    def live_at(self, moment: datetime) -> "PortaallinkQuerySet":
        """Return what still opens the door: not withdrawn, not expired; it may be blocked."""
        return self.filter(ingetrokken_at__isnull=True, vervalt_at__gt=moment)

    def newest_first(self) -> "PortaallinkQuerySet":
        """Return in the order of the list on the client's file."""
        return self.order_by("-gemaakt_at", "-pk")


class Portaallink(OfClient):
    """One link handed to a client; several may work at once, so that a late message still does."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="portaallinks"
    )
    token_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    kanaal = models.CharField("hoe", max_length=10, choices=LinkKanaal)
    # Null: the client asked for it herself.
    gemaakt_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemaakt_at = models.DateTimeField()
    vervalt_at = models.DateTimeField()
    bericht = models.ForeignKey(
        "clienten.Bericht", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ingetrokken_at = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    geblokkeerd_at = models.DateTimeField(null=True, blank=True)
    laatst_gebruikt_at = models.DateTimeField(null=True, blank=True)
    # The code that was sent because the birth date is not known.
    bevestiging_hash = models.CharField(max_length=64, blank=True, default="")
    bevestiging_tot = models.DateTimeField(null=True, blank=True)

    objects = PortaallinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bestuur", "token_hash"], name="portaallink_token"),
            models.UniqueConstraint(fields=["bestuur", "code_hash"], name="portaallink_code"),
            models.CheckConstraint(
                name="portaallink_kanaal_bekend",
                condition=Q(kanaal__in=LinkKanaal.values),
                violation_error_message="Kies hoe u de link geeft.",
            ),
            models.CheckConstraint(
                name="portaallink_vervalt_later",
                condition=Q(vervalt_at__gt=F("gemaakt_at")),
                violation_error_message="Een link vervalt nadat hij gemaakt is.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "-gemaakt_at"], name="portaallink_client"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kanaal_display()} van {self.gemaakt_at:%d/%m/%Y}"
