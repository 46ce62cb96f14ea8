"""Registration with VDAB: since when, exempt why, and who guides (decreet 19 april 2024)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clienten.enums import VdabBegeleider, Vrijstelling
from clienten.models.client import Client
from clienten.models.tenant import OfClient, OfClientQuerySet


class VdabInschrijvingQuerySet(OfClientQuerySet["VdabInschrijving"]):
    """Choices of registrations."""

    def active_on(self, day: date) -> "VdabInschrijvingQuerySet":
        """Return what holds on the day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)


class VdabInschrijving(OfClient):
    """A registration or an exemption, from a first to a last day."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="vdab")
    van = models.DateField("ingeschreven of vrijgesteld van")
    tot = models.DateField("t.e.m.", null=True, blank=True)
    vrijstelling = models.CharField(
        "vrijstelling", max_length=20, choices=Vrijstelling, blank=True, default=""
    )
    motivering = models.TextField("motivering", blank=True, default="")
    herziening_op = models.DateField("herziening op", null=True, blank=True)
    begeleider = models.CharField(
        "begeleiding door", max_length=10, choices=VdabBegeleider, default=VdabBegeleider.OCMW
    )

    objects = VdabInschrijvingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="vdab_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            models.CheckConstraint(
                name="vdab_vrijstelling_gemotiveerd",
                condition=Q(vrijstelling="") | ~Q(motivering=""),
                violation_error_message="Motiveer waarom de cliënt vrijgesteld is.",
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(tot__isnull=True),
                name="vdab_een_lopende",
                violation_error_message="Er loopt al een inschrijving of vrijstelling.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_vrijstelling_display() if self.vrijstelling else "Ingeschreven bij VDAB"
