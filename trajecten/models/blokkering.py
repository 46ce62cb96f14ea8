"""A step that waits for a barrier: not the client stands still, the step does (anchor D-6)."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from clienten.models import Drempel
from clienten.models.tenant import OfClient, OfClientQuerySet
from kern.db.ranges import DateRange
from trajecten.enums import LEVENDE_STAND
from trajecten.models.stappenplan import Stap
from trajecten.rules.wachten import wachttijd


class BlokkeringQuerySet(OfClientQuerySet["Blokkering"]):
    """Choices of waits."""

    def waiting(self) -> "BlokkeringQuerySet":
        """Return the waits of today: not released, of a step the plan still holds."""
        return self.filter(tot__isnull=True, stap__status__in=LEVENDE_STAND)


class Blokkering(OfClient):
    """A step waits for a barrier from a first to a last day; history stays."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="blokkeringen"
    )
    stap = models.ForeignKey(
        Stap, on_delete=models.PROTECT, related_name="blokkeringen", verbose_name="stap"
    )
    drempel = models.ForeignKey(
        Drempel, on_delete=models.PROTECT, related_name="blokkeringen", verbose_name="drempel"
    )
    van = models.DateField("wacht sinds")
    tot = models.DateField("wachtte t.e.m.", null=True, blank=True)

    objects = BlokkeringQuerySet.as_manager()

    class Meta:
        verbose_name = "wachtende stap"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="blokkering_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="Deze dag ligt vóór het begin van het wachten.",
            ),
            ExclusionConstraint(
                name="blokkering_geen_overlap",
                expressions=[
                    ("stap", RangeOperators.EQUAL),
                    ("drempel", RangeOperators.EQUAL),
                    (DateRange("van", "tot"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze stap wacht al op deze drempel.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client"], name="blokkering_client"),
            models.Index(
                fields=["bestuur", "drempel"],
                condition=Q(tot__isnull=True),
                name="blokkering_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Wacht sinds {self.van:%d/%m/%Y}"

    def wachttijd_op(self, day: date) -> str:
        """Return how long the step waits on a day, in full weeks."""
        return wachttijd(self.van, op=day)
