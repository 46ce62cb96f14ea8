"""What was shared about a client, with whom, on which legal ground, until when (anchor D-11)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clienten.enums import Deelgrond
from clienten.models.client import Client
from clienten.models.tenant import OfClient, OfClientQuerySet


class DelingQuerySet(OfClientQuerySet["Deling"]):
    """Choices of sharings."""

    def active_on(self, day: date) -> "DelingQuerySet":
        """Return what is shared on the day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)

    def for_list(self) -> "DelingQuerySet":
        """Return what still runs first, then the newest."""
        return self.select_related("door").order_by(F("tot").desc(nulls_first=True), "-van", "-pk")


class Deling(OfClient):
    """One sharing: the client reads every word of it in her portal."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="delingen")
    wat = models.CharField("wat er gedeeld is", max_length=200)
    met_wie = models.CharField("met wie", max_length=160)
    grond = models.CharField("waarom het mag", max_length=20, choices=Deelgrond)
    van = models.DateField("van")
    tot = models.DateField("t.e.m.", null=True, blank=True)
    door = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(editable=False)

    objects = DelingQuerySet.as_manager()

    class Meta:
        verbose_name = "deling"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="deling_grond_bekend",
                condition=Q(grond__in=Deelgrond.values),
                violation_error_message="Kies een grond uit de lijst.",
            ),
            models.CheckConstraint(
                name="deling_zegt_wat_en_met_wie",
                condition=~Q(wat="") & ~Q(met_wie=""),
                violation_error_message="Zeg wat er gedeeld is, en met wie.",
            ),
            models.CheckConstraint(
                name="deling_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "-van"], name="deling_client")
        ]

    def __str__(self) -> str:
        return f"{self.wat} met {self.met_wie}"

    def runs_on(self, day: date) -> bool:
        """Tell whether it is shared on the day."""
        return self.van <= day and (self.tot is None or self.tot >= day)
