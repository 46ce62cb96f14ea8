"""Dated standing of a client: from what income, since when, decided on."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from clienten.enums import Herkomst, StatuutSoort
from clienten.models.client import Client
from clienten.models.tenant import OfClient, OfClientQuerySet
from kern.db.ranges import DateRange


class StatuutQuerySet(OfClientQuerySet["Statuut"]):
    """Choices of standings."""

    def active_on(self, day: date) -> "StatuutQuerySet":
        """Return what holds on the day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)


class Statuut(OfClient):
    """A client's standing from a first to a last day, both included."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="statuten")
    soort = models.CharField("statuut", max_length=30, choices=StatuutSoort)
    categorie = models.PositiveSmallIntegerField("categorie leefloon", null=True, blank=True)
    herkomst = models.CharField("herkomst", max_length=30, choices=Herkomst, blank=True, default="")
    van = models.DateField("van")
    tot = models.DateField("t.e.m.", null=True, blank=True)
    beslist_op = models.DateField("beslist op", null=True, blank=True)

    objects = StatuutQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="statuut_soort_bekend",
                condition=Q(soort__in=StatuutSoort.values),
                violation_error_message="Kies een statuut uit de lijst.",
            ),
            models.CheckConstraint(
                name="statuut_categorie_1_2_3",
                condition=Q(categorie__isnull=True) | Q(categorie__in=[1, 2, 3]),
                violation_error_message="Een leefloon is van categorie 1, 2 of 3.",
            ),
            models.CheckConstraint(
                name="statuut_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            ExclusionConstraint(
                name="statuut_geen_overlap",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    (DateRange("van", "tot"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze cliënt heeft in die periode al een statuut.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "-van"], name="statuut_client")
        ]

    def __str__(self) -> str:
        return self.get_soort_display() + (f" cat. {self.categorie}" if self.categorie else "")
