"""The GPMI contract and the evaluations that keep it, or a traject, alive."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.enums import EvaluatieWijze
from trajecten.models.traject import Traject


class GpmiQuerySet(OfClientQuerySet["Gpmi"]):
    """Choices of contracts."""

    def open_on(self, day: date) -> "GpmiQuerySet":
        """Return contracts that have not ended on the day, signed or still to sign."""
        return self.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=day), beslist_op__lte=day)


class Gpmi(OfClient):
    """The individualised project between client and OCMW (RMI-wet art. 11 and 13)."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="gpmi")
    beslist_op = models.DateField("beslissing leefloon op")
    ontwerp_op = models.DateField("ontwerp overhandigd op", null=True, blank=True)
    ondertekend_op = models.DateField("ondertekend op", null=True, blank=True)
    einddatum = models.DateField("einde", null=True, blank=True)

    objects = GpmiQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gpmi_einde_na_beslissing",
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("beslist_op")),
                violation_error_message="Het einde ligt vóór de beslissing.",
            ),
            models.CheckConstraint(
                name="gpmi_ondertekend_na_ontwerp",
                condition=Q(ondertekend_op__isnull=True)
                | Q(ontwerp_op__isnull=True)
                | Q(ondertekend_op__gt=F("ontwerp_op")),
                violation_error_message=(
                    "Wie tekent, kreeg eerst het ontwerp en bedenktijd (RMI-wet art. 6 §3)."
                ),
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(einddatum__isnull=True),
                name="gpmi_een_lopend",
                violation_error_message="Deze cliënt heeft al een lopend GPMI.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "client"], name="gpmi_client")]

    def __str__(self) -> str:
        return f"GPMI van {self.beslist_op:%d/%m/%Y}"


class EvaluatieQuerySet(OfClientQuerySet["Evaluatie"]):
    """Choices of evaluations."""


class Evaluatie(OfClient):
    """An evaluation that was held, of a GPMI or of a traject."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="evaluaties"
    )
    traject = models.ForeignKey(
        Traject, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluaties"
    )
    gpmi = models.ForeignKey(
        Gpmi, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluaties"
    )
    gehouden_op = models.DateField("gehouden op")
    wijze = models.CharField("hoe", max_length=20, choices=EvaluatieWijze)
    is_nec_haalbaar = models.BooleanField(
        "regulier werk haalbaar binnen twee jaar?", null=True, blank=True
    )
    verslag = models.TextField("verslag", blank=True, default="")
    door = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")

    objects = EvaluatieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="evaluatie_wijze_bekend",
                condition=Q(wijze__in=EvaluatieWijze.values),
                violation_error_message="Kies hoe de evaluatie gehouden is.",
            ),
            models.CheckConstraint(
                name="evaluatie_van_iets",
                condition=Q(traject__isnull=False) | Q(gpmi__isnull=False),
                violation_error_message="Zeg van welk traject of GPMI dit de evaluatie is.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "gehouden_op"], name="evaluatie_client"),
            models.Index(fields=["bestuur", "traject"], name="evaluatie_traject"),
        ]

    def __str__(self) -> str:
        return f"Evaluatie {self.gehouden_op:%d/%m/%Y}"
