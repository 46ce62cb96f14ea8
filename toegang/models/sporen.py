"""What was changed and what was looked at. Nobody changes these rows afterwards."""

from typing import Self

from django.db import models

from toegang.enums import Grond
from toegang.models.bestuur import Bestuur
from toegang.models.gebruiker import Gebruiker


class InzageQuerySet(models.QuerySet["Inzage"]):
    """Choices of openings; row-level security narrows them to the scope besides."""

    def visible_to(self, user: Gebruiker) -> Self:
        """Return the rows of the bestuur where the user works now."""
        return self.filter(bestuur=user.bestuur)


class GebeurtenisQuerySet(models.QuerySet["Gebeurtenis"]):
    """Choices of changes; row-level security narrows them to the scope besides."""

    def visible_to(self, user: Gebruiker) -> Self:
        """Return the rows of the bestuur where the user works now."""
        return self.filter(bestuur=user.bestuur)


class Inzage(models.Model):
    """One opening of a client's file: who, when, which client, which screen, why.

    The client is a plain number here (this app lies below `clienten`); the migration of
    `clienten` adds the key (bestuur, client).
    """

    bestuur = models.ForeignKey(Bestuur, on_delete=models.PROTECT, related_name="+")
    client_id = models.BigIntegerField()
    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    scherm = models.CharField(max_length=60)
    grond = models.CharField(max_length=20, choices=Grond)
    reden = models.CharField(max_length=300, blank=True, default="")
    verzoek = models.CharField(max_length=20, blank=True, default="")

    objects = InzageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inzage_reden_bij_reden",
                condition=~models.Q(grond=Grond.REDEN) | ~models.Q(reden=""),
                violation_error_message="Zeg waarom u dit dossier opent.",
            )
        ]
        indexes = [
            models.Index(fields=["bestuur", "client_id", "-at"], name="inzage_client"),
            models.Index(fields=["bestuur", "gebruiker", "-at"], name="inzage_gebruiker"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.scherm}"


class Gebeurtenis(models.Model):
    """A change of a row, written by the database itself (`toegang_audit`).

    The application role can only read it: the table belongs to the audit role.
    """

    at = models.DateTimeField()
    transactie = models.BigIntegerField()
    tabel = models.CharField(max_length=63)
    op = models.CharField(max_length=1)
    rij_id = models.BigIntegerField()
    # Null for the rules of the law, which belong to no bestuur.
    bestuur = models.ForeignKey(
        Bestuur, on_delete=models.DO_NOTHING, related_name="+", null=True, db_constraint=False
    )
    client_id = models.BigIntegerField(null=True)
    actor = models.ForeignKey(
        Gebruiker, on_delete=models.DO_NOTHING, related_name="+", null=True, db_constraint=False
    )
    handeling = models.TextField(default="")
    oud = models.JSONField(null=True)
    nieuw = models.JSONField(null=True)

    objects = GebeurtenisQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "toegang_gebeurtenis"

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.handeling}"
