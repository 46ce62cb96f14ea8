"""What each side answered to a proposal; never changed afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.enums import AkkoordKanaal, ReactieSoort, Stem
from trajecten.models.stappenplan import Doel, Stap


class ReactieQuerySet(OfClientQuerySet["Reactie"]):
    """Choices of answers."""


class Reactie(OfClient):
    """One answer of one side to one revision of a goal or step, in own words."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="reacties")
    doel = models.ForeignKey(
        Doel, on_delete=models.PROTECT, null=True, blank=True, related_name="reacties"
    )
    stap = models.ForeignKey(
        Stap, on_delete=models.PROTECT, null=True, blank=True, related_name="reacties"
    )
    revisie = models.PositiveIntegerField()
    stem = models.CharField("wie", max_length=10, choices=Stem)
    soort = models.CharField("antwoord", max_length=20, choices=ReactieSoort)
    tekst = models.TextField("in eigen woorden", blank=True, default="")
    dag = models.DateField("liever tegen", null=True, blank=True)
    kanaal = models.CharField("hoe", max_length=10, choices=AkkoordKanaal)
    tolk = models.CharField("tolk", max_length=80, blank=True, default="")
    # Who said it for the partner; the partner itself never writes here.
    partner = models.CharField("partner", max_length=80, blank=True, default="")
    # The worker who spoke for the OCMW, or who wrote down what the client said.
    gebruiker = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    objects = ReactieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reactie_op_een_ding",
                condition=Q(doel__isnull=False, stap__isnull=True)
                | Q(doel__isnull=True, stap__isnull=False),
                violation_error_message="Een antwoord hoort bij één doel of stap.",
            ),
            models.CheckConstraint(
                name="reactie_woorden_bekend",
                condition=Q(stem__in=Stem.values)
                & Q(soort__in=ReactieSoort.values)
                & Q(kanaal__in=AkkoordKanaal.values),
                violation_error_message="Kies uit de lijst.",
            ),
            models.CheckConstraint(
                name="reactie_ander_tempo_met_dag",
                condition=~Q(soort=ReactieSoort.ANDER_TEMPO) | Q(dag__isnull=False),
                violation_error_message="Zeg welke dag beter past.",
            ),
            models.CheckConstraint(
                name="reactie_niet_akkoord_met_woorden",
                condition=~Q(soort=ReactieSoort.NIET_AKKOORD) | ~Q(tekst=""),
                violation_error_message="Zeg in eigen woorden waarom.",
            ),
            models.CheckConstraint(
                name="reactie_ocmw_heeft_naam",
                condition=Q(stem=Stem.CLIENT) | Q(gebruiker__isnull=False),
                violation_error_message="Wie voor het OCMW spreekt, heeft een naam.",
            ),
            models.CheckConstraint(
                name="reactie_partner_heeft_naam",
                condition=Q(stem=Stem.PARTNER, partner__regex=r"\S")
                | (~Q(stem=Stem.PARTNER) & Q(partner="")),
                violation_error_message="Schrijf welke partner dit zegt.",
            ),
            models.CheckConstraint(
                name="reactie_zonder_link_genoteerd",
                condition=Q(kanaal=AkkoordKanaal.LINK) | Q(gebruiker__isnull=False),
                violation_error_message="Wie het antwoord noteerde, heeft een naam.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "client"], name="reactie_client")]

    def __str__(self) -> str:
        return f"{self.get_stem_display()}: {self.get_soort_display()}"
