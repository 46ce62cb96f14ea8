"""The log: contacts with the client and notes about her, and what colleagues ask or add."""

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

    def shared_with_client(self) -> "LogboekitemQuerySet":
        """Return what the client may read in her portal."""
        return self.filter(zichtbaar_client=True)

    def shared_with_partner(self) -> "LogboekitemQuerySet":
        """Return what a partner may read."""
        return self.filter(zichtbaar_partner=True)


class Logboekitem(OfClient):
    """One contact or note, with its moment and author; the office always sees it.

    `revisie` counts the versions: who saves on top of an older one is shown both.
    """

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="logboek")
    traject = models.ForeignKey(
        Traject, on_delete=models.PROTECT, null=True, blank=True, related_name="logboek"
    )
    soort = models.CharField("soort", max_length=20, choices=LogSoort)
    moment = models.DateTimeField("wanneer")
    tekst = models.TextField("tekst")
    auteur = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    zichtbaar_client = models.BooleanField("zichtbaar voor de cliënt", default=False)
    zichtbaar_partner = models.BooleanField("zichtbaar voor partners", default=False)
    revisie = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    gewijzigd_at = models.DateTimeField("gewijzigd", null=True, blank=True)

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


class LogvraagQuerySet(OfClientQuerySet["Logvraag"]):
    """Choices of questions."""

    def open(self) -> "LogvraagQuerySet":
        """Return questions without an answer that were not taken back."""
        return self.filter(gesloten_at__isnull=True)


class Logvraag(OfClient):
    """What a leidinggevende asks about an entry; the answer of its author closes it."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Logboekitem, on_delete=models.PROTECT, related_name="vragen")
    vraag = models.TextField("vraag")
    gesteld_door = models.ForeignKey(
        "toegang.Gebruiker",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="gevraagd door",
    )
    gesteld_at = models.DateTimeField("gevraagd")
    antwoord = models.TextField("antwoord", blank=True, default="")
    beantwoord_door = models.ForeignKey(
        "toegang.Gebruiker",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beantwoord door",
    )
    gesloten_at = models.DateTimeField("gesloten", null=True, blank=True)

    objects = LogvraagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="logvraag_heeft_vraag",
                condition=~Q(vraag=""),
                violation_error_message="Schrijf wat u wilt weten.",
            ),
            models.CheckConstraint(
                name="logvraag_antwoord_met_naam",
                condition=Q(antwoord="", beantwoord_door__isnull=True)
                | (~Q(antwoord="") & Q(beantwoord_door__isnull=False, gesloten_at__isnull=False)),
                violation_error_message="Een antwoord heeft woorden en een naam.",
            ),
            models.UniqueConstraint(
                fields=["item", "gesteld_door"],
                condition=Q(gesloten_at__isnull=True),
                name="logvraag_een_open_per_vrager",
                violation_error_message="Uw vorige vraag hierover wacht nog op een antwoord.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bestuur", "item"],
                condition=Q(gesloten_at__isnull=True),
                name="logvraag_open",
            )
        ]

    def __str__(self) -> str:
        return f"Vraag van {self.gesteld_at:%d/%m/%Y}"


class LogaanvullingQuerySet(OfClientQuerySet["Logaanvulling"]):
    """Choices of additions."""


class Logaanvulling(OfClient):
    """What somebody adds under an entry, her own or a colleague's; the office alone sees it."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Logboekitem, on_delete=models.PROTECT, related_name="aanvullingen")
    tekst = models.TextField("tekst")
    auteur = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("wanneer")

    objects = LogaanvullingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="logaanvulling_heeft_tekst",
                condition=~Q(tekst=""),
                violation_error_message="Schrijf wat u wilt aanvullen.",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "item"], name="logaanvulling_item")]

    def __str__(self) -> str:
        return f"Aanvulling van {self.at:%d/%m/%Y}"
