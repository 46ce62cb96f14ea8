"""Signals: computed rows, rebuilt from facts at any time, never ticked away."""

from typing import ClassVar

from django.db import models

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.enums import SignaalCode
from trajecten.models.traject import Traject


class SignaalQuerySet(OfClientQuerySet["Signaal"]):
    """Choices of signals."""

    def for_list(self) -> "SignaalQuerySet":
        """Return loudest and soonest first."""
        return self.select_related("client", "traject__instrument").order_by(
            "-fase", models.F("vervaldag").asc(nulls_last=True), "pk"
        )


class Signaal(OfClient):
    """One reason why a client needs somebody; counter, list, mail and report read these rows.

    The composite keys to client and traject guard each row. Plain keys and indexes beside them
    would only slow the night in which all rows are written.
    """

    bestuur = models.ForeignKey(
        "toegang.Bestuur",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    client = models.ForeignKey(
        "clienten.Client",
        on_delete=models.CASCADE,
        related_name="signalen",
        db_constraint=False,
        db_index=False,
    )
    traject = models.ForeignKey(
        Traject,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="signalen",
        db_constraint=False,
    )
    code = models.CharField(max_length=30, choices=SignaalCode)
    vervaldag = models.DateField(null=True, blank=True)
    sinds = models.DateField()
    # 1 quiet … 5 passed; from 3 on the team lead sees it too.
    fase = models.PositiveSmallIntegerField()

    objects = SignaalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "traject", "code"],
                nulls_distinct=False,
                name="signaal_uniek",
            ),
            models.CheckConstraint(
                name="signaal_fase_1_tot_5",
                condition=models.Q(fase__gte=1, fase__lte=5),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "-fase", "vervaldag"], name="signaal_lijst")
        ]

    def __str__(self) -> str:
        return self.get_code_display()
