"""What wijk-werkers may do: the standard list, and what each municipality decided about it."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from kern.db.ranges import DateRange
from wijkwerken.enums import Besluit, GebruikerSoort

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class ActiviteitQuerySet(models.QuerySet["Activiteit"]):
    """Choices of activities."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the list of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)


class Activiteit(models.Model):
    """An activity on the list of a municipality: standard, or its own (decreet art. 25–29).

    The standard list comes with the product (`wijkwerken/reference/activiteiten.json`); a
    municipality takes it over and decides about each. `code` is the same everywhere.
    """

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    is_standaard = models.BooleanField("op de standaardlijst", default=False)
    code = models.SlugField("code", max_length=60)
    naam = models.CharField("naam", max_length=120)
    omschrijving = models.TextField("omschrijving", blank=True, default="")
    gebruikers = ArrayField(
        models.CharField(max_length=20, choices=GebruikerSoort), verbose_name="voor wie"
    )
    competenties = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name="wat men er leert"
    )
    bron = models.CharField("bron", max_length=300, blank=True, default="")

    objects = ActiviteitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "code"],
                name="activiteit_code_uniek",
                violation_error_message="Deze activiteit bestaat al.",
            ),
            models.CheckConstraint(
                name="activiteit_bekend",
                condition=~Q(naam="")
                & Q(gebruikers__contained_by=GebruikerSoort.values)
                & Q(gebruikers__len__gte=1),
                violation_error_message="Vul de naam in en kies voor wie de activiteit is.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class ActiviteitBesluitQuerySet(models.QuerySet["ActiviteitBesluit"]):
    """Choices of decisions."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the decisions of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)

    def of_partners(self, user: "Gebruiker") -> Self:
        """Return the decisions of every bestuur of the same partnership: council decisions."""
        verband = user.bestuur.samenwerkingsverband_id if user.bestuur else None
        if verband is None:
            return self.visible_to(user)
        return self.filter(bestuur__samenwerkingsverband=verband)


class ActiviteitBesluit(models.Model):
    """The municipality allows or refuses an activity, from a day on, by a council decision."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    activiteit = models.ForeignKey(Activiteit, on_delete=models.PROTECT, related_name="besluiten")
    besluit = models.CharField("besluit", max_length=12, choices=Besluit)
    besloten_op = models.DateField("besloten op")
    referentie = models.CharField("referentie van de raad", max_length=120)
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True)
    opmerking = models.CharField("opmerking", max_length=300, blank=True, default="")

    objects = ActiviteitBesluitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="activiteitbesluit_bekend",
                condition=Q(besluit__in=Besluit.values) & ~Q(referentie=""),
                violation_error_message="Vul het besluit en de referentie in.",
            ),
            models.CheckConstraint(
                name="activiteitbesluit_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            ExclusionConstraint(
                name="activiteitbesluit_geen_overlap",
                expressions=[
                    ("bestuur", RangeOperators.EQUAL),
                    ("activiteit", RangeOperators.EQUAL),
                    (DateRange("van", "tot"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In die periode is er al een besluit over deze activiteit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activiteit} {self.get_besluit_display().lower()}"
