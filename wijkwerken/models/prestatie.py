"""Hours that were worked; a correction is a new version, and totals are never stored."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from wijkwerken.models.inschrijving import Inschrijving
from wijkwerken.models.opdracht import Opdracht

DAY_MINUTES = 24 * 60


class PrestatieQuerySet(OfClientQuerySet["Prestatie"]):
    """Choices of performances."""

    def valid(self) -> "PrestatieQuerySet":
        """Return what counts: not corrected and not taken back."""
        return self.filter(vervallen_at__isnull=True)


class Prestatie(OfClient):
    """Minutes worked on one day; one cheque for each started hour (WW-CHQ-UNIT).

    What runs over midnight is entered as two rows with the same `groep`, each on its own day, so
    that each counts in its own month (case H6); the cheques of the whole stand on the first.
    """

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="wijkwerk_prestaties"
    )
    inschrijving = models.ForeignKey(
        Inschrijving, on_delete=models.PROTECT, related_name="prestaties"
    )
    opdracht = models.ForeignKey(
        Opdracht, on_delete=models.PROTECT, null=True, blank=True, related_name="prestaties"
    )
    dag = models.DateField("dag")
    minuten = models.PositiveIntegerField("minuten")
    cheques = models.PositiveIntegerField("cheques")
    groep = models.UUIDField("hoort samen", null=True, blank=True)
    vervangt = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="vervangen_door"
    )
    ingevoerd_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ingevoerd_at = models.DateTimeField("ingevoerd op")
    vervallen_at = models.DateTimeField("vervallen op", null=True, blank=True)
    # Given by the form: the same form sent twice counts once.
    sleutel = models.CharField(max_length=60, blank=True, default="")

    objects = PrestatieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="prestatie_binnen_een_dag",
                condition=Q(minuten__gt=0, minuten__lte=DAY_MINUTES),
                violation_error_message="Een dag telt meer dan 0 en hoogstens 24 uur.",
            ),
            models.CheckConstraint(
                name="prestatie_vervangt_niet_zichzelf",
                condition=Q(vervangt__isnull=True) | ~Q(vervangt=F("id")),
                violation_error_message="Een prestatie vervangt een andere.",
            ),
            models.UniqueConstraint(
                fields=["client", "sleutel"],
                condition=~Q(sleutel=""),
                name="prestatie_eenmaal",
                violation_error_message="Deze uren zijn al bewaard.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bestuur", "client", "dag"],
                condition=Q(vervallen_at__isnull=True),
                name="prestatie_geldig",
            ),
            models.Index(fields=["bestuur", "dag"], name="prestatie_maand"),
        ]

    def __str__(self) -> str:
        return f"{self.minuten} minuten op {self.dag:%d/%m/%Y}"
