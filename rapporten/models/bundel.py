"""Several reports asked for at once, and the one file that holds them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from rapporten.enums import BundelStatus, BundelVorm

if TYPE_CHECKING:
    from toegang.models import Gebruiker


RECENT = timedelta(days=7)


class BundelQuerySet(models.QuerySet["Bundel"]):
    """Choices of bundles."""

    def visible_to(self, user: "Gebruiker") -> "BundelQuerySet":
        """Return the bundles the user asked for herself, where she works now."""
        return self.filter(bestuur=user.bestuur, aangevraagd_door=user)

    def recent(self, moment: datetime) -> "BundelQuerySet":
        """Return the bundles of the last week, newest first."""
        return self.filter(aangevraagd_at__gte=moment - RECENT).order_by("-aangevraagd_at", "-pk")


class Bundel(models.Model):
    """A batch of reports over one period; its file can be made again from the frozen reports."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    vorm = models.CharField("vorm", max_length=10, choices=BundelVorm, default=BundelVorm.ZIP)
    periode_van = models.DateField("van")
    periode_tot = models.DateField("t.e.m.")
    status = models.CharField(
        "status", max_length=20, choices=BundelStatus, default=BundelStatus.BEZIG
    )
    poging = models.PositiveSmallIntegerField(default=0)
    claim_tot = models.DateTimeField(null=True, blank=True)
    aangevraagd_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, related_name="+"
    )
    aangevraagd_at = models.DateTimeField()
    gereed_at = models.DateTimeField(null=True, blank=True)
    bestand = models.CharField(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    bytes = models.PositiveBigIntegerField(default=0)
    fout = models.CharField(max_length=300, blank=True, default="")

    objects = BundelQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="bundel_status_bekend",
                condition=Q(status__in=BundelStatus.values) & Q(vorm__in=BundelVorm.values),
                violation_error_message="Kies uit de lijst.",
            ),
            models.CheckConstraint(
                name="bundel_periode_volgorde",
                condition=Q(periode_tot__gte=F("periode_van")),
                violation_error_message=("De laatste dag van de periode ligt vóór de eerste dag."),
            ),
            models.CheckConstraint(
                name="bundel_klaar_heeft_bestand",
                condition=~Q(status=BundelStatus.KLAAR)
                | (
                    ~Q(bestand="")
                    & Q(sha256__regex=r"^[0-9a-f]{64}$", bytes__gt=0, gereed_at__isnull=False)
                ),
                violation_error_message="Een bundel zonder bestand is niet klaar.",
            ),
            models.CheckConstraint(
                name="bundel_mislukt_heeft_reden",
                condition=~Q(status=BundelStatus.MISLUKT) | ~Q(fout=""),
                violation_error_message="Zeg waarom de bundel niet gelukt is.",
            ),
            models.CheckConstraint(
                name="bundel_bundelen_heeft_claim",
                condition=Q(status=BundelStatus.BUNDELEN, claim_tot__isnull=False)
                | (~Q(status=BundelStatus.BUNDELEN) & Q(claim_tot__isnull=True)),
                violation_error_message="Wie bundelt, heeft een tijdslot.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bestuur"],
                condition=Q(status__in=[BundelStatus.BEZIG, BundelStatus.BUNDELEN]),
                name="bundel_in_de_maak",
            ),
            models.Index(
                fields=["bestuur", "aangevraagd_door", "-aangevraagd_at"], name="bundel_lijst"
            ),
        ]

    def __str__(self) -> str:
        return f"Verslagen van {self.periode_van:%d/%m/%Y} t.e.m. {self.periode_tot:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        """Say whether reports or the file are still to be made."""
        return self.status in {BundelStatus.BEZIG, BundelStatus.BUNDELEN}
