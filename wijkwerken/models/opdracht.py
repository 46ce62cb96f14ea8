"""Who asks for work, what work, and who does it."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from wijkwerken.enums import GebruikerSoort
from wijkwerken.models.activiteit import Activiteit
from wijkwerken.models.inschrijving import Inschrijving

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class OpdrachtgeverQuerySet(models.QuerySet["Opdrachtgever"]):
    """Choices of users of wijk-werken."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return those of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)


class Opdrachtgever(models.Model):
    """A user of wijk-werken: private person, municipality, school, association or farm."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    soort = models.CharField("soort", max_length=20, choices=GebruikerSoort)
    naam = models.CharField("naam", max_length=160)
    contact = models.CharField("contactpersoon", max_length=120, blank=True, default="")
    telefoon = models.CharField("telefoon", max_length=40, blank=True, default="")
    email = models.EmailField("e-mailadres", blank=True, default="")
    adres = models.CharField("adres", max_length=160, blank=True, default="")
    postcode = models.CharField("postcode", max_length=10, blank=True, default="")
    dorp = models.CharField("deelgemeente", max_length=80, blank=True, default="")
    overeenkomst_op = models.DateField("gebruikersovereenkomst op", null=True, blank=True)
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True)

    objects = OpdrachtgeverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="opdrachtgever_bekend",
                condition=Q(soort__in=GebruikerSoort.values) & ~Q(naam=""),
                violation_error_message="Vul de naam en de soort in.",
            ),
            models.CheckConstraint(
                name="opdrachtgever_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "naam"], name="opdrachtgever_lijst")]

    def __str__(self) -> str:
        return self.naam


class OpdrachtQuerySet(models.QuerySet["Opdracht"]):
    """Choices of tasks."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the tasks of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)

    def open_on(self, day: date) -> Self:
        """Return tasks that are asked on the day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)


class Opdracht(models.Model):
    """A task that somebody asks for: which activity, where, how many hours a month."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    opdrachtgever = models.ForeignKey(
        Opdrachtgever, on_delete=models.PROTECT, related_name="opdrachten"
    )
    activiteit = models.ForeignKey(Activiteit, on_delete=models.PROTECT, related_name="opdrachten")
    omschrijving = models.CharField("wat is er te doen", max_length=300)
    dorp = models.CharField("waar", max_length=80)
    uren_per_maand = models.DecimalField("gevraagde uren per maand", max_digits=6, decimal_places=1)
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True)

    objects = OpdrachtQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="opdracht_volledig",
                condition=~Q(omschrijving="") & ~Q(dorp="") & Q(uren_per_maand__gt=0),
                violation_error_message="Vul in wat er te doen is, waar, en hoeveel uren.",
            ),
            models.CheckConstraint(
                name="opdracht_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "activiteit", "dorp"], name="opdracht_balans")
        ]

    def __str__(self) -> str:
        return self.omschrijving


class InzetQuerySet(OfClientQuerySet["Inzet"]):
    """Choices of who does which task."""

    def open_on(self, day: date) -> Self:
        """Return what runs on the day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)


class Inzet(OfClient):
    """A wijk-werker does a task, from a day on, for so many hours a month."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    inschrijving = models.ForeignKey(
        Inschrijving, on_delete=models.PROTECT, related_name="inzetten"
    )
    opdracht = models.ForeignKey(Opdracht, on_delete=models.PROTECT, related_name="inzetten")
    uren_per_maand = models.DecimalField("uren per maand", max_digits=5, decimal_places=1)
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True)

    objects = InzetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="inzet_uren",
                condition=Q(uren_per_maand__gt=0),
                violation_error_message="Vul in hoeveel uren per maand.",
            ),
            models.CheckConstraint(
                name="inzet_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "opdracht"], name="inzet_opdracht")]

    def __str__(self) -> str:
        return f"{self.opdracht_id} van {self.client_id}"
