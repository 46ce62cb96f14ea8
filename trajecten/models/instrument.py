"""The rungs between not working and a regular job: reference data, the same for everyone."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from trajecten.enums import Zekerheid


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    """Choices of instruments."""

    def startable_on(self, day: date) -> Self:
        """Return what may begin on the day; closed ones stay readable, not selectable."""
        return self.filter(
            Q(geldig_van__isnull=True) | Q(geldig_van__lte=day),
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=day),
            is_startbaar=True,
        )

    def for_list(self) -> Self:
        """Return in the order of the ladder."""
        return self.order_by("trede", "naam", "pk")


class Instrument(models.Model):
    """A measure a client can follow, with its rung, legal basis and clock."""

    code = models.CharField("code", max_length=40, unique=True)
    naam = models.CharField("naam", max_length=120)
    trede = models.PositiveSmallIntegerField("trede")
    is_betaald = models.BooleanField("betaald werk", default=False)
    is_startbaar = models.BooleanField("te starten", default=True)
    rechtsgrond = models.CharField("rechtsgrond", max_length=300, blank=True, default="")
    geldig_van = models.DateField("te starten van", null=True, blank=True)
    geldig_tot = models.DateField("te starten t.e.m.", null=True, blank=True)
    klok = models.CharField("klok", max_length=40, default="geen")
    groep = models.CharField("groep die elkaar uitsluit", max_length=40)
    opvolger = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wie_start = models.CharField("wie start", max_length=200, blank=True, default="")
    bron = models.CharField("bron", max_length=300, blank=True, default="")
    zekerheid = models.CharField("zekerheid", max_length=1, choices=Zekerheid)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="instrument_trede_1_tot_6",
                condition=Q(trede__gte=1, trede__lte=6),
                violation_error_message="De ladder telt zes treden.",
            ),
            models.CheckConstraint(
                name="instrument_sluit_na_opening",
                condition=Q(geldig_tot__isnull=True)
                | Q(geldig_van__isnull=True)
                | Q(geldig_tot__gte=F("geldig_van")),
                violation_error_message="De laatste startdag ligt vóór de eerste.",
            ),
            # Lets a traject carry the group in its own row, for the exclusion constraint.
            models.UniqueConstraint(fields=["id", "groep"], name="instrument_groep"),
        ]

    def __str__(self) -> str:
        return self.naam
