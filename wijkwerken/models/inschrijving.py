"""The enrolment of a wijk-werker: with whom, referred by whom, allowed by whom."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from kern.db.ranges import DateRange
from trajecten.models import Traject
from wijkwerken.enums import OrganisatorSoort, Toeleider

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class OrganisatorQuerySet(models.QuerySet["Organisator"]):
    """Choices of organisers."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the organisers of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)


class Organisator(models.Model):
    """Who organises wijk-werken for the municipality (decreet art. 14 §1)."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    naam = models.CharField("naam", max_length=120)
    soort = models.CharField("soort", max_length=20, choices=OrganisatorSoort)
    # The price of a cheque: one for each municipality, whatever the activity (WW-CHQ-PRICE).
    chequeprijs = models.DecimalField("prijs van een cheque", max_digits=6, decimal_places=2)
    contact = models.CharField("contact", max_length=200, blank=True, default="")
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True)

    objects = OrganisatorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="organisator_bekend",
                condition=Q(soort__in=OrganisatorSoort.values) & ~Q(naam=""),
                violation_error_message="Vul de naam en de soort van de organisator in.",
            ),
            models.CheckConstraint(
                name="organisator_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            models.CheckConstraint(
                name="organisator_chequeprijs",
                condition=Q(chequeprijs__gt=0),
                violation_error_message="De prijs van een cheque is meer dan nul.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class InschrijvingQuerySet(OfClientQuerySet["Inschrijving"]):
    """Choices of enrolments."""

    def running(self) -> Self:
        """Return enrolments whose traject has not ended."""
        return self.filter(traject__einddatum__isnull=True)


class Inschrijving(OfClient):
    """What wijk-werken adds to a traject: the organiser, the agreement, the permission."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="wijkwerk_inschrijvingen"
    )
    traject = models.OneToOneField(
        Traject, on_delete=models.PROTECT, related_name="wijkwerk_inschrijving"
    )
    organisator = models.ForeignKey(
        Organisator, on_delete=models.PROTECT, related_name="inschrijvingen"
    )
    afspraken = models.TextField("afspraken bij de toeleiding", blank=True, default="")
    overeenkomst_op = models.DateField("wijk-werkovereenkomst op", null=True, blank=True)
    is_arbeidsongeschikt = models.BooleanField("erkend arbeidsongeschikt", default=False)
    # Permission of the adviserend arts for who is recognised as incapable of work (WW-ELIG-3).
    toestemming_van = models.DateField("toestemming van", null=True, blank=True)
    toestemming_tot = models.DateField("toestemming tot en met", null=True, blank=True)
    afstand_km = models.DecimalField(
        "afstand naar het werk (km, heen en terug)",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
    )

    objects = InschrijvingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="inschrijving_toestemming_periode",
                condition=Q(toestemming_tot__isnull=True)
                | Q(toestemming_van__isnull=False, toestemming_tot__gte=F("toestemming_van")),
                violation_error_message="Kijk de periode van de toestemming na.",
            ),
            models.CheckConstraint(
                name="inschrijving_afstand",
                condition=Q(afstand_km__isnull=True) | Q(afstand_km__gte=0),
                violation_error_message="De afstand is niet kleiner dan nul.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "client"], name="inschrijving_client")]

    def __str__(self) -> str:
        return f"Inschrijving bij {self.organisator_id}"


class ToeleidingQuerySet(OfClientQuerySet["Toeleiding"]):
    """Choices of referrals."""


class Toeleiding(OfClient):
    """Who referred the wijk-werker in which period; it may change without stopping."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    inschrijving = models.ForeignKey(
        Inschrijving, on_delete=models.PROTECT, related_name="toeleidingen"
    )
    toeleider = models.CharField("toegeleid door", max_length=10, choices=Toeleider)
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True)

    objects = ToeleidingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="toeleiding_bekend",
                condition=Q(toeleider__in=Toeleider.values),
                violation_error_message="Kies wie toeleidde.",
            ),
            models.CheckConstraint(
                name="toeleiding_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            ExclusionConstraint(
                name="toeleiding_geen_overlap",
                expressions=[
                    ("inschrijving", RangeOperators.EQUAL),
                    (DateRange("van", "tot"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In die periode is al genoteerd wie toeleidde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_toeleider_display()} sinds {self.van:%d/%m/%Y}"


class InterimdagQuerySet(OfClientQuerySet["Interimdag"]):
    """Choices of interim days."""


class Interimdag(OfClient):
    """A day of interim work; too many in 28 days end the right to wijk-werken (WW-INTERIM)."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    inschrijving = models.ForeignKey(
        Inschrijving, on_delete=models.PROTECT, related_name="interimdagen"
    )
    dag = models.DateField("dag")

    objects = InterimdagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inschrijving", "dag"],
                name="interimdag_eenmaal",
                violation_error_message="Deze dag staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dag:%d/%m/%Y}"
