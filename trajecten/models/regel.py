"""Every number of the law as a dated row with its source; a bestuur may add its own choice."""

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from kern.db.ranges import DateRange
from trajecten.enums import Overgang, RegelStatus, Zekerheid
from trajecten.reference import regel_naam

if TYPE_CHECKING:
    from toegang.models import Gebruiker

BELEID_IN_WOORDEN: MappingProxyType[str, str] = MappingProxyType(
    {
        "hard_cap": "de uiterste dag schuift niet op",
        "extend_by_union_days": "elke geschorste dag komt erbij",
        "extend_listed_reasons": "alleen bij redenen op de lijst",
    }
)
ZONDER_EENHEID = frozenset({"lijst", "keuze", "ja/nee", "datum", "leeftijd"})


class RegelQuerySet(models.QuerySet["Regel"]):
    """Choices of rules."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the rules for everyone and those of the user's bestuur."""
        return self.filter(Q(bestuur__isnull=True) | Q(bestuur=user.bestuur))

    def in_use(self, bestuur_id: int | None) -> Self:
        """Return approved rows for everyone and for this bestuur."""
        return self.filter(status=RegelStatus.GOEDGEKEURD).filter(
            Q(bestuur__isnull=True) | Q(bestuur=bestuur_id)
        )


class Regel(models.Model):
    """One version of one rule. A row that has been in force is never edited: add one."""

    bestuur = models.ForeignKey(
        "toegang.Bestuur", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField("code", max_length=80)
    waarde = models.CharField("waarde", max_length=200)
    eenheid = models.CharField("eenheid", max_length=40, blank=True, default="")
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField("geldig t.e.m.", null=True, blank=True)
    overgang = models.CharField(
        "overgang", max_length=20, choices=Overgang, default=Overgang.NIEUWE_STARTS
    )
    bron = models.CharField("bron", max_length=300)
    zekerheid = models.CharField("zekerheid", max_length=1, choices=Zekerheid)
    toelichting = models.TextField("toelichting", blank=True, default="")
    status = models.CharField(
        "status", max_length=20, choices=RegelStatus, default=RegelStatus.VOORGESTELD
    )
    voorgesteld_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    voorgesteld_at = models.DateTimeField(null=True, blank=True)
    goedgekeurd_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    goedgekeurd_at = models.DateTimeField(null=True, blank=True)

    objects = RegelQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="regel_einde_na_begin",
                condition=Q(geldig_tot__isnull=True)
                | Q(geldig_van__isnull=True)
                | Q(geldig_tot__gte=F("geldig_van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            models.CheckConstraint(
                name="regel_twee_paar_ogen",
                condition=Q(bestuur__isnull=True)
                | ~Q(status=RegelStatus.GOEDGEKEURD)
                | (
                    Q(goedgekeurd_door__isnull=False)
                    & Q(voorgesteld_door__isnull=False)
                    & ~Q(goedgekeurd_door=F("voorgesteld_door"))
                ),
                violation_error_message="Een regel wordt goedgekeurd door iemand anders.",
            ),
            ExclusionConstraint(
                name="regel_een_versie_per_dag",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Coalesce(F("bestuur"), 0), RangeOperators.EQUAL),
                    (DateRange("geldig_van", "geldig_tot"), RangeOperators.OVERLAPS),
                ],
                condition=Q(status=RegelStatus.GOEDGEKEURD),
                violation_error_message="In die periode geldt al een versie van deze regel.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code", "geldig_van"], name="regel_code")]

    def __str__(self) -> str:
        return f"{self.code} = {self.waarde} {self.eenheid}".strip()

    @property
    def naam(self) -> str:
        """The rule in words, as screens name it."""
        return regel_naam(self.code)

    @property
    def waarde_in_woorden(self) -> str:
        """The value as screens show it, with its unit where that says something."""
        if self.eenheid == "beleid":
            return BELEID_IN_WOORDEN.get(self.waarde, self.waarde)
        woorden = self.waarde.replace("_", " ")
        return woorden if self.eenheid in ZONDER_EENHEID else f"{woorden} {self.eenheid}".strip()
