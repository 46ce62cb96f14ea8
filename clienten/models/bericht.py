"""Messages to a client: written first, sent after, each at most once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clienten.enums import BerichtKanaal, BerichtSoort, BerichtStatus
from clienten.models.client import Client
from clienten.models.tenant import OfClient, OfClientQuerySet
from kern import crypto


def _place_of(bestuur_id: int) -> str:
    return f"clienten.bericht:{bestuur_id}"


class BerichtQuerySet(OfClientQuerySet["Bericht"]):
    """Choices of messages."""

    def newest_first(self) -> "BerichtQuerySet":
        """Return in the order of a list."""
        return self.order_by("-aangemaakt_at", "-pk")


class Bericht(OfClient):
    """One text message or mail.

    A row that stays `bezig` was taken by a process that was stopped: whether it left is not
    known, and nobody gets it twice.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="berichten")
    soort = models.CharField(max_length=20, choices=BerichtSoort)
    kanaal = models.CharField(max_length=10, choices=BerichtKanaal)
    naar = models.CharField(max_length=254)
    onderwerp = models.CharField(max_length=150, blank=True, default="")
    # Sealed; null once a text that may be read only by the client has left.
    tekst = models.BinaryField(null=True)
    is_vertrouwelijk = models.BooleanField(default=False)
    sleutel = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=BerichtStatus, default=BerichtStatus.WACHT)
    pogingen = models.PositiveSmallIntegerField(default=0)
    foutcode = models.CharField(max_length=40, blank=True, default="")
    aangemaakt_at = models.DateTimeField()
    # When it may be tried, and since when a process is at it.
    volgende_at = models.DateTimeField()
    bezig_sinds = models.DateTimeField(null=True, blank=True)
    verzonden_at = models.DateTimeField(null=True, blank=True)

    # Which columns are sealed, for whoever brings in a new key (`manage.py hersleutel`).
    SEALED: ClassVar = ("tekst",)

    objects = BerichtQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "sleutel"],
                name="bericht_eenmaal",
                violation_error_message="Dit bericht is al verstuurd.",
            ),
            models.CheckConstraint(
                name="bericht_status_bekend",
                condition=Q(status__in=BerichtStatus.values),
                violation_error_message="Kies een stand uit de lijst.",
            ),
            models.CheckConstraint(
                name="bericht_kanaal_bekend",
                condition=Q(kanaal__in=BerichtKanaal.values),
                violation_error_message="Kies sms of e-mail.",
            ),
            models.CheckConstraint(
                name="bericht_verzonden_heeft_moment",
                condition=Q(status=BerichtStatus.VERZONDEN, verzonden_at__isnull=False)
                | (~Q(status=BerichtStatus.VERZONDEN) & Q(verzonden_at__isnull=True)),
                violation_error_message="Een verzonden bericht heeft een moment.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "-aangemaakt_at"], name="bericht_client"),
            models.Index(
                fields=["bestuur", "volgende_at"],
                name="bericht_te_doen",
                condition=Q(status__in=["wacht", "bezig"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} · {self.get_status_display()}"

    def place(self) -> str:
        """Name the place the text is sealed for."""
        return _place_of(self.bestuur_id)

    @staticmethod
    def sealed(tekst: str, *, bestuur_id: int) -> bytes:
        """Return the text as it is stored."""
        return crypto.seal(tekst, place=_place_of(bestuur_id))

    def open_text(self) -> str:
        """Return the text, or nothing when it was wiped after it left."""
        if self.tekst is None:
            return ""
        return crypto.unseal(bytes(self.tekst), place=self.place())
