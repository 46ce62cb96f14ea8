"""A report about one client's traject: asked for, made, and then frozen."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from rapporten.enums import IN_DE_MAAK, VerslagSoort, VerslagStatus

MAX_POGINGEN = 3


class VerslagQuerySet(OfClientQuerySet["Verslag"]):
    """Choices of reports."""

    def in_the_making(self) -> "VerslagQuerySet":
        """Return reports that wait or are being made."""
        return self.filter(status__in=IN_DE_MAAK)

    def waiting_since(self, moment: datetime) -> "VerslagQuerySet":
        """Return reports that were put in the queue before the moment and still wait."""
        return self.filter(status=VerslagStatus.AANGEVRAAGD, aangeboden_at__lt=moment)

    def abandoned_at(self, moment: datetime) -> "VerslagQuerySet":
        """Return reports whose maker did not come back in time."""
        return self.filter(status=VerslagStatus.BEZIG, claim_tot__lt=moment)

    def ready(self) -> "VerslagQuerySet":
        """Return frozen reports."""
        return self.filter(status=VerslagStatus.KLAAR)

    def last_day_of(self, traject_id: int) -> date | None:
        """Return until which day the last report of a traject speaks."""
        found = self.ready().filter(traject=traject_id).order_by("-periode_tot")
        return found.values_list("periode_tot", flat=True).first()

    def for_list(self) -> "VerslagQuerySet":
        """Return newest first, with client, instrument and maker."""
        return self.select_related(
            "client", "traject__instrument", "aangevraagd_door", "bundel"
        ).order_by("-aangevraagd_at", "-pk")


class Verslag(OfClient):
    """One report over a period. A correction is a new report; a finished one stays as it is."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="verslagen"
    )
    traject = models.ForeignKey(
        "trajecten.Traject", on_delete=models.PROTECT, related_name="verslagen"
    )
    bundel = models.ForeignKey(
        "rapporten.Bundel",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="verslagen",
    )
    soort = models.CharField(
        "soort", max_length=30, choices=VerslagSoort, default=VerslagSoort.VOORTGANGSVERSLAG
    )
    periode_van = models.DateField("van")
    periode_tot = models.DateField("t.e.m.")
    status = models.CharField(
        "status", max_length=20, choices=VerslagStatus, default=VerslagStatus.AANGEVRAAGD
    )
    poging = models.PositiveSmallIntegerField(default=0)
    claim_tot = models.DateTimeField(null=True, blank=True)
    aangevraagd_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, related_name="+"
    )
    aangevraagd_at = models.DateTimeField()
    aangeboden_at = models.DateTimeField()
    gereed_at = models.DateTimeField(null=True, blank=True)
    gegevens_at = models.DateTimeField(null=True, blank=True)
    bestand = models.CharField(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    bytes = models.PositiveIntegerField(default=0)
    inhoud_versie = models.PositiveSmallIntegerField(default=1)
    inhoud_sha256 = models.CharField(max_length=64, blank=True, default="")
    fout = models.CharField(max_length=300, blank=True, default="")

    objects = VerslagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="verslag_status_bekend",
                condition=Q(status__in=VerslagStatus.values) & Q(soort__in=VerslagSoort.values),
                violation_error_message="Kies uit de lijst.",
            ),
            models.CheckConstraint(
                name="verslag_periode_volgorde",
                condition=Q(periode_tot__gte=F("periode_van")),
                violation_error_message=("De laatste dag van de periode ligt vóór de eerste dag."),
            ),
            models.CheckConstraint(
                name="verslag_klaar_heeft_bestand",
                condition=(
                    Q(status=VerslagStatus.KLAAR)
                    & ~Q(bestand="")
                    & Q(
                        sha256__regex=r"^[0-9a-f]{64}$",
                        inhoud_sha256__regex=r"^[0-9a-f]{64}$",
                        bytes__gt=0,
                        gereed_at__isnull=False,
                        gegevens_at__isnull=False,
                    )
                )
                | (
                    ~Q(status=VerslagStatus.KLAAR)
                    & Q(bestand="", sha256="", bytes=0, gereed_at__isnull=True)
                ),
                violation_error_message="Een verslag is klaar als het bestand er is, niet eerder.",
            ),
            models.CheckConstraint(
                name="verslag_mislukt_heeft_reden",
                condition=~Q(status=VerslagStatus.MISLUKT) | ~Q(fout=""),
                violation_error_message="Zeg waarom het verslag niet gelukt is.",
            ),
            models.CheckConstraint(
                name="verslag_bezig_heeft_claim",
                condition=Q(status=VerslagStatus.BEZIG, claim_tot__isnull=False)
                | (~Q(status=VerslagStatus.BEZIG) & Q(claim_tot__isnull=True)),
                violation_error_message="Wie een verslag maakt, heeft een tijdslot.",
            ),
            models.CheckConstraint(
                name="verslag_hoogstens_drie_pogingen",
                condition=Q(poging__lte=MAX_POGINGEN),
                violation_error_message="Na drie pogingen stopt het.",
            ),
            models.UniqueConstraint(
                fields=["traject", "periode_van", "periode_tot"],
                condition=Q(bundel__isnull=True, status__in=IN_DE_MAAK),
                name="verslag_een_in_de_maak",
                violation_error_message="Dit verslag wordt al gemaakt.",
            ),
            models.UniqueConstraint(
                fields=["bundel", "traject"],
                name="verslag_eenmaal_per_bundel",
                violation_error_message="Dit traject zit al in de bundel.",
            ),
            models.UniqueConstraint(
                fields=["bestand"],
                condition=~Q(bestand=""),
                name="verslag_eigen_bestand",
                violation_error_message="Dit bestand hoort bij een ander verslag.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "-aangevraagd_at"], name="verslag_lijst"),
            models.Index(fields=["bestuur", "client"], name="verslag_client"),
            models.Index(
                fields=["bestuur", "status"],
                condition=Q(status__in=IN_DE_MAAK),
                name="verslag_in_de_maak",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.nummer}"

    @property
    def nummer(self) -> str:
        """The number that stands on every page."""
        return f"VV-{self.aangevraagd_at.year}-{self.pk:06d}"

    @property
    def is_open(self) -> bool:
        """Say whether the report waits or is being made."""
        return self.status in IN_DE_MAAK
