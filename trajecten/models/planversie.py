"""What both sides agreed to, word for word, and how each of them said so."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.enums import AkkoordKanaal, Stem


class PlanversieQuerySet(OfClientQuerySet["Planversie"]):
    """Choices of versions."""

    def in_force(self) -> "PlanversieQuerySet":
        """Return what both agreed to and no later version replaced."""
        return self.filter(van_kracht_at__isnull=False, vervangen_at__isnull=True)

    def awaiting(self) -> "PlanversieQuerySet":
        """Return what one side agreed to and the other not yet."""
        return self.filter(van_kracht_at__isnull=True, ingetrokken_at__isnull=True)


class Planversie(OfClient):
    """The plan frozen at one moment: its content, and the hash that proves it."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="planversies"
    )
    nummer = models.PositiveIntegerField("versie")
    inhoud = models.JSONField("inhoud")
    # sha256 over the canonical text of `inhoud` (`rules.plan.inhoud.hash_of`).
    hash = models.CharField(max_length=64)
    voorgelegd_at = models.DateTimeField("voorgelegd op")
    van_kracht_at = models.DateTimeField("van kracht sinds", null=True, blank=True)
    vervangen_at = models.DateTimeField("vervangen op", null=True, blank=True)
    ingetrokken_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    # Words were taken out afterwards; the hash is still that of what was agreed.
    geredigeerd_at = models.DateTimeField("geredigeerd op", null=True, blank=True)

    objects = PlanversieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "nummer"], name="planversie_nummer_uniek"),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(van_kracht_at__isnull=False, vervangen_at__isnull=True),
                name="planversie_een_van_kracht",
                violation_error_message="Er is al een versie van kracht.",
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(van_kracht_at__isnull=True, ingetrokken_at__isnull=True),
                name="planversie_een_voorgelegd",
                violation_error_message="Er ligt al een versie voor.",
            ),
            models.CheckConstraint(
                name="planversie_loop",
                condition=(Q(van_kracht_at__isnull=True) | Q(ingetrokken_at__isnull=True))
                & (Q(vervangen_at__isnull=True) | Q(van_kracht_at__isnull=False)),
                violation_error_message="Een versie is voorgelegd, van kracht of ingetrokken.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bestuur"],
                condition=Q(van_kracht_at__isnull=True, ingetrokken_at__isnull=True),
                name="planversie_wacht",
            )
        ]

    def __str__(self) -> str:
        return f"Versie {self.nummer}"


class AkkoordQuerySet(OfClientQuerySet["Akkoord"]):
    """Choices of agreements."""


class Akkoord(OfClient):
    """One side agrees to one version: when, how, in which language, with which interpreter."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="akkoorden"
    )
    planversie = models.ForeignKey(Planversie, on_delete=models.PROTECT, related_name="akkoorden")
    stem = models.CharField("wie", max_length=10, choices=Stem)
    at = models.DateTimeField()
    kanaal = models.CharField("hoe", max_length=10, choices=AkkoordKanaal)
    taal = models.CharField("in welke taal", max_length=2, default="nl")
    tolk = models.CharField("tolk", max_length=80, blank=True, default="")
    gebruiker = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AkkoordQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["planversie", "stem"],
                name="akkoord_eenmaal",
                violation_error_message="Hiermee is al akkoord gegaan.",
            ),
            models.CheckConstraint(
                name="akkoord_woorden_bekend",
                condition=Q(stem__in=[Stem.CLIENT, Stem.OCMW]) & Q(kanaal__in=AkkoordKanaal.values),
                violation_error_message="Kies uit de lijst.",
            ),
            models.CheckConstraint(
                name="akkoord_heeft_naam",
                condition=Q(stem=Stem.CLIENT, kanaal=AkkoordKanaal.LINK)
                | Q(gebruiker__isnull=False),
                violation_error_message="Wie het akkoord gaf of noteerde, heeft een naam.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "client"], name="akkoord_client")]

    def __str__(self) -> str:
        return f"{self.get_stem_display()} akkoord op {self.at:%d/%m/%Y}"


def scan_place(bestuur_id: int) -> str:
    """Return for which place the scans of a bestuur are sealed."""
    return f"akkoordscan:{bestuur_id}"


class AkkoordScanQuerySet(OfClientQuerySet["AkkoordScan"]):
    """Choices of scans."""


class AkkoordScan(OfClient):
    """The signed paper behind an agreement, sealed."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    akkoord = models.OneToOneField(Akkoord, on_delete=models.PROTECT, related_name="scan")
    bestandsnaam = models.CharField(max_length=120)
    soort = models.CharField(max_length=40)
    inhoud = models.BinaryField()

    SEALED: ClassVar = ("inhoud",)

    objects = AkkoordScanQuerySet.as_manager()

    def __str__(self) -> str:
        return self.bestandsnaam

    def place(self) -> str:
        """Name the place the paper is sealed for."""
        return scan_place(self.bestuur_id)
