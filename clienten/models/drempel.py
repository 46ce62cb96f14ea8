"""What stands in the way of work, in two parts: what colleagues may know, and the compartment.

A barrier about health, justice or debts says outside only that it is there, from when to when and
how it stands. Its kind and words stand in a table of their own, behind a wall of their own.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clienten.enums import GEWONE_SOORTEN, DrempelSoort, DrempelStand
from clienten.models.client import Client
from clienten.models.tenant import OfClient, OfClientQuerySet

TEKST_MAX = 300
WIE_MAX = 120
GEBIED_MAX = 80


class DrempelQuerySet(OfClientQuerySet["Drempel"]):
    """Choices of barriers."""

    def unsolved(self) -> "DrempelQuerySet":
        """Return what still stands in the way, also what will stay so."""
        return self.filter(tot__isnull=True)

    def for_list(self) -> "DrempelQuerySet":
        """Return what still stands first, longest first; then what was solved, newest first."""
        return self.select_related("eigenaar").order_by(
            F("tot").desc(nulls_first=True), "van", "pk"
        )


class Drempel(OfClient):
    """A barrier from the day it was noted to the day it was solved."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="drempels")
    soort = models.CharField("soort drempel", max_length=20, choices=DrempelSoort)
    omschrijving = models.CharField("wat er speelt", max_length=TEKST_MAX, blank=True, default="")
    actie = models.CharField("wat we eraan doen", max_length=TEKST_MAX, blank=True, default="")
    eigenaar = models.ForeignKey(
        "toegang.Gebruiker",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="medewerker die het aanpakt",
    )
    wie = models.CharField("wie nog helpt", max_length=WIE_MAX, blank=True, default="")
    gebied = models.CharField("gebied", max_length=GEBIED_MAX, blank=True, default="")
    stand = models.CharField(
        "stand", max_length=10, choices=DrempelStand, default=DrempelStand.OPEN
    )
    van = models.DateField("sinds")
    tot = models.DateField("opgelost op", null=True, blank=True)
    # The words are left out of the trail; this tells there that they changed, and to who saves
    # second that somebody was first.
    gewijzigd_at = models.DateTimeField("laatst gewijzigd")

    objects = DrempelQuerySet.as_manager()

    class Meta:
        verbose_name = "drempel"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="drempel_soort_bekend",
                condition=Q(soort__in=[*GEWONE_SOORTEN, DrempelSoort.GEVOELIG]),
                violation_error_message="Kies een soort drempel uit de lijst.",
            ),
            models.CheckConstraint(
                name="drempel_stand_bekend",
                condition=Q(stand__in=DrempelStand.values),
                violation_error_message="Kies een stand uit de lijst.",
            ),
            models.CheckConstraint(
                name="drempel_gevoelig_zonder_woorden",
                condition=~Q(soort=DrempelSoort.GEVOELIG) | Q(omschrijving="", actie="", wie=""),
                violation_error_message="Over iets gevoeligs staat hier niets in woorden.",
            ),
            models.CheckConstraint(
                name="drempel_opgelost_heeft_dag",
                condition=Q(stand=DrempelStand.OPGELOST, tot__isnull=False)
                | (~Q(stand=DrempelStand.OPGELOST) & Q(tot__isnull=True)),
                violation_error_message="Een opgeloste drempel heeft een dag.",
            ),
            models.CheckConstraint(
                name="drempel_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="Deze dag ligt vóór het begin van de drempel.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "van"], name="drempel_client"),
        ]

    def __str__(self) -> str:
        return str(self.get_soort_display())

    @property
    def is_gevoelig(self) -> bool:
        """Tell whether its kind and words stand in the compartment."""
        return self.soort == DrempelSoort.GEVOELIG

    @property
    def is_opgelost(self) -> bool:
        """Tell whether it no longer stands in the way."""
        return self.tot is not None


class GevoeligeDrempelQuerySet(OfClientQuerySet["GevoeligeDrempel"]):
    """Choices from the compartment; without its setting the database gives no rows."""


class GevoeligeDrempel(OfClient):
    """The true kind and the words of a sensitive barrier; only its effect on work belongs here."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    drempel = models.OneToOneField(Drempel, on_delete=models.PROTECT, related_name="+")
    # Constant: a key on (drempel, basis) keeps the outside from naming what stands inside.
    basis = models.CharField(max_length=20, default=DrempelSoort.GEVOELIG, editable=False)
    soort = models.CharField("soort drempel", max_length=20, choices=DrempelSoort)
    omschrijving = models.CharField("wat er speelt", max_length=TEKST_MAX, blank=True, default="")
    actie = models.CharField("wat we eraan doen", max_length=TEKST_MAX, blank=True, default="")
    wie = models.CharField("wie nog helpt", max_length=WIE_MAX, blank=True, default="")
    gewijzigd_at = models.DateTimeField("laatst gewijzigd")

    objects = GevoeligeDrempelQuerySet.as_manager()

    class Meta:
        verbose_name = "gevoelig deel van een drempel"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gevoeligedrempel_soort_bekend",
                condition=Q(soort__in=DrempelSoort.values) & ~Q(soort=DrempelSoort.GEVOELIG),
                violation_error_message="Kies een soort drempel uit de lijst.",
            ),
            models.CheckConstraint(
                name="gevoeligedrempel_basis_gevoelig",
                condition=Q(basis=DrempelSoort.GEVOELIG),
            ),
        ]

    def __str__(self) -> str:
        return "Gevoelige drempel"
