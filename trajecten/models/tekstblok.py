"""The bestuur's own words on letters, plans and contracts: plain text, each version kept."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

if TYPE_CHECKING:
    from toegang.models import Gebruiker

TEKSTBLOK_MAX = 2000


class TekstblokQuerySet(models.QuerySet["Tekstblok"]):
    """Choices of text blocks."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the text blocks of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)


class Tekstblok(models.Model):
    """One version of one text in one language, written once. An empty text is the standard one."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    code = models.CharField("blok", max_length=40)
    taal = models.CharField("taal", max_length=2)
    versie = models.PositiveIntegerField("versie")
    tekst = models.TextField("tekst", blank=True)
    door = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("geldt sinds")

    objects = TekstblokQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "code", "taal", "versie"],
                name="tekstblok_versie_uniek",
                violation_error_message=(
                    "Iemand anders wijzigde deze tekst intussen. Kijk na wat er nu staat."
                ),
            ),
            models.CheckConstraint(
                name="tekstblok_taal_bekend",
                condition=Q(taal__in=["nl", "fr", "en", "ar"]),
                violation_error_message="Kies een taal uit de lijst.",
            ),
            models.CheckConstraint(
                name="tekstblok_niet_te_lang",
                condition=LessThanOrEqual(Length(F("tekst")), TEKSTBLOK_MAX),
                violation_error_message=f"Schrijf hoogstens {TEKSTBLOK_MAX} tekens.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.taal}), versie {self.versie}"
