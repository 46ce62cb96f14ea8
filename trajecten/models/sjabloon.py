"""Templates of goals and steps, kept by the beheerder; a version is written only once."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trajecten.enums import Levensdomein, SjabloonAnker, SjabloonSoort, Uitvoerder
from trajecten.models.instrument import Instrument
from trajecten.models.stappenplan import TEKST_MAX

if TYPE_CHECKING:
    from toegang.models import Gebruiker

DAGEN_MAX = 1095
REGELS_MAX = 60


class SjabloonQuerySet(models.QuerySet["Sjabloon"]):
    """Choices of templates."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the templates of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)

    def in_use(self) -> Self:
        """Return the versions one can choose now."""
        return self.filter(gesloten_at__isnull=True)

    def for_list(self) -> Self:
        """Return by name, the newest version first."""
        return self.select_related("instrument").order_by("naam", "-versie", "-pk")


class Sjabloon(models.Model):
    """One version of a template. A change makes the next version; `reeks` holds them together."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    reeks = models.CharField(max_length=32)
    versie = models.PositiveIntegerField("versie", default=1)
    naam = models.CharField("naam", max_length=80)
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The template of the product it began as; empty for an own one.
    standaard = models.CharField(max_length=40, blank=True, default="")
    gemaakt_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, related_name="+"
    )
    gemaakt_at = models.DateTimeField("in gebruik sinds")
    gesloten_at = models.DateTimeField("niet meer in gebruik sinds", null=True, blank=True)

    objects = SjabloonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "reeks", "versie"],
                name="sjabloon_versie_uniek",
                violation_error_message=(
                    "Iemand anders wijzigde dit sjabloon intussen. Kijk na wat er nu staat."
                ),
            ),
            models.UniqueConstraint(
                fields=["bestuur", "reeks"],
                condition=Q(gesloten_at__isnull=True),
                name="sjabloon_een_in_gebruik",
                violation_error_message="Van dit sjabloon is al een versie in gebruik.",
            ),
            models.UniqueConstraint(
                fields=["bestuur", "naam"],
                condition=Q(gesloten_at__isnull=True),
                name="sjabloon_naam_uniek",
                violation_error_message="Er is al een sjabloon met die naam. Kies een andere naam.",
            ),
            models.CheckConstraint(
                name="sjabloon_heeft_naam",
                condition=~Q(naam=""),
                violation_error_message="Geef het sjabloon een naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class SjabloonregelQuerySet(models.QuerySet["Sjabloonregel"]):
    """Choices of lines."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the lines of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)


class Sjabloonregel(models.Model):
    """One goal or step of a template; `doel` is the number of the goal above it in the list."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    sjabloon = models.ForeignKey(Sjabloon, on_delete=models.PROTECT, related_name="regels")
    nummer = models.PositiveSmallIntegerField("plaats")
    soort = models.CharField("soort", max_length=10, choices=SjabloonSoort)
    doel = models.PositiveSmallIntegerField("hoort bij doel", null=True, blank=True)
    tekst = models.CharField("wat", max_length=TEKST_MAX)
    domein = models.CharField("domein", max_length=20, choices=Levensdomein)
    uitvoerders = ArrayField(
        models.CharField(max_length=12, choices=Uitvoerder), verbose_name="wie doet het"
    )
    partner = models.CharField("welke partner", max_length=120, blank=True, default="")
    dagen = models.PositiveSmallIntegerField("na hoeveel dagen", null=True, blank=True)
    anker = models.CharField(
        "geteld vanaf", max_length=10, choices=SjabloonAnker, default=SjabloonAnker.VANDAAG
    )

    objects = SjabloonregelQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "sjabloon", "nummer"], name="sjabloonregel_plaats_uniek"
            ),
            models.CheckConstraint(
                name="sjabloonregel_woorden_bekend",
                condition=Q(soort__in=SjabloonSoort.values)
                & Q(domein__in=Levensdomein.values)
                & Q(anker__in=SjabloonAnker.values)
                & Q(uitvoerders__contained_by=Uitvoerder.values),
                violation_error_message="Kies uit de lijst.",
            ),
            models.CheckConstraint(
                name="sjabloonregel_volledig",
                condition=~Q(tekst="") & Q(uitvoerders__len__gte=1),
                violation_error_message="Schrijf wat het is en wie het doet.",
            ),
            models.CheckConstraint(
                name="sjabloonregel_stap_heeft_dagen",
                condition=Q(soort=SjabloonSoort.DOEL)
                | (Q(dagen__isnull=False) & Q(dagen__lte=DAGEN_MAX)),
                violation_error_message="Een stap heeft een aantal dagen, hoogstens drie jaar.",
            ),
            models.CheckConstraint(
                name="sjabloonregel_doel_hoort_nergens_bij",
                condition=Q(doel__isnull=True) | Q(soort=SjabloonSoort.STAP, doel__lt=F("nummer")),
                violation_error_message="Een stap hoort bij een doel dat erboven staat.",
            ),
        ]

    def __str__(self) -> str:
        return self.tekst
