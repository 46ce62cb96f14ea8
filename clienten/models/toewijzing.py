"""Who works for whom, and who is the one fixed contact."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from clienten.enums import ToewijzingRol
from clienten.models.client import Client
from clienten.models.tenant import OfClient, OfClientQuerySet
from kern.db.ranges import DateRange


class ToewijzingQuerySet(OfClientQuerySet["Toewijzing"]):
    """Choices of assignments."""

    def active_on(self, day: date) -> "ToewijzingQuerySet":
        """Return what holds on the day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)


class Toewijzing(OfClient):
    """A worker who follows a client, from a first to a last day, as spilfiguur or beside her."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="toewijzingen")
    gebruiker = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, related_name="toewijzingen"
    )
    rol = models.CharField("rol", max_length=30, choices=ToewijzingRol)
    is_spilfiguur = models.BooleanField("spilfiguur", default=False)
    van = models.DateField("van")
    tot = models.DateField("t.e.m.", null=True, blank=True)
    reden = models.CharField("reden", max_length=200, blank=True, default="")

    objects = ToewijzingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="toewijzing_rol_bekend",
                condition=Q(rol__in=ToewijzingRol.values),
                violation_error_message="Kies een rol uit de lijst.",
            ),
            models.CheckConstraint(
                name="toewijzing_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            ExclusionConstraint(
                name="toewijzing_een_spilfiguur",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    (DateRange("van", "tot"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_spilfiguur=True),
                violation_error_message="Deze cliënt heeft in die periode al een spilfiguur.",
            ),
            ExclusionConstraint(
                name="toewijzing_geen_overlap",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("gebruiker", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    (DateRange("van", "tot"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze medewerker volgt de cliënt al in die periode.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "gebruiker", "client"], name="toewijzing_gebruiker"),
            models.Index(fields=["bestuur", "client"], name="toewijzing_client"),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} voor {self.client}"
