"""A client's stay on one rung: four different dates, and a last legal day that is calculated."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from kern.db.ranges import DateRange
from trajecten.enums import Eindreden
from trajecten.models.instrument import Instrument


class TrajectQuerySet(OfClientQuerySet["Traject"]):
    """Choices of trajecten."""

    def open_on(self, day: date) -> "TrajectQuerySet":
        """Return trajecten that began and have not ended on the day, past their limit or not."""
        return self.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=day), begindatum__lte=day)

    def unfinished(self) -> "TrajectQuerySet":
        """Return trajecten without a real end, begun or still to begin."""
        return self.filter(einddatum__isnull=True)

    def limit_between(self, first: date, last: date) -> "TrajectQuerySet":
        """Return unfinished trajecten whose last legal day falls in the period, ends included."""
        return self.unfinished().filter(uiterste_dag__gte=first, uiterste_dag__lte=last)

    def for_list(self) -> "TrajectQuerySet":
        """Return with client and instrument, soonest limit first."""
        return self.select_related("client", "instrument").order_by(
            F("uiterste_dag").asc(nulls_last=True), "pk"
        )


class Traject(OfClient):
    """One instrument for one client, from its start to its real end.

    Planned end, last legal day, real end and decision are four different dates. The last legal
    day is calculated by the clock of the instrument and stored for lists and signals only.
    """

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="trajecten"
    )
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="trajecten")
    groep = models.CharField(max_length=40, editable=False)
    begindatum = models.DateField("start")
    beslist_op = models.DateField("beslist op", null=True, blank=True)
    geplande_einddatum = models.DateField("gepland einde", null=True, blank=True)
    uiterste_dag = models.DateField("uiterste dag", null=True, blank=True, editable=False)
    herziening_op = models.DateField("volgende herziening", null=True, blank=True, editable=False)
    einddatum = models.DateField("werkelijk einde", null=True, blank=True)
    eindreden = models.CharField(
        "reden van het einde", max_length=30, choices=Eindreden, blank=True, default=""
    )
    eind_toelichting = models.TextField("toelichting", blank=True, default="")
    volgend_traject = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="vorige"
    )
    is_nec_haalbaar = models.BooleanField(
        "regulier werk haalbaar binnen twee jaar?", null=True, blank=True
    )
    pwa_overeenkomst_op = models.DateField("PWA-overeenkomst van", null=True, blank=True)
    laatste_prestatie_op = models.DateField("laatste prestatie", null=True, blank=True)
    tewerkstelling_begindatum = models.DateField("start tewerkstelling", null=True, blank=True)
    uren_per_week = models.DecimalField(
        "uren per week", max_digits=4, decimal_places=1, null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TrajectQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="traject_einde_na_begin",
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("begindatum")),
                violation_error_message="De einddatum ligt vóór de start.",
            ),
            models.CheckConstraint(
                name="traject_gepland_na_begin",
                condition=Q(geplande_einddatum__isnull=True)
                | Q(geplande_einddatum__gte=F("begindatum")),
                violation_error_message="Het geplande einde ligt vóór de start.",
            ),
            models.CheckConstraint(
                name="traject_einde_heeft_reden",
                condition=(Q(einddatum__isnull=True) & Q(eindreden=""))
                | (Q(einddatum__isnull=False) & Q(eindreden__in=Eindreden.values)),
                violation_error_message="Zeg waarom het traject eindigt.",
            ),
            models.CheckConstraint(
                name="traject_uren_per_week",
                condition=Q(uren_per_week__isnull=True)
                | Q(uren_per_week__gt=0, uren_per_week__lte=50),
                violation_error_message="Vul meer dan 0 en hoogstens 50 uren per week in.",
            ),
            models.CheckConstraint(
                name="traject_volgt_niet_op_zichzelf",
                condition=Q(volgend_traject__isnull=True) | ~Q(volgend_traject=F("id")),
                violation_error_message="Een traject volgt niet op zichzelf.",
            ),
            ExclusionConstraint(
                name="traject_geen_overlap",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("groep", RangeOperators.EQUAL),
                    (DateRange("begindatum", "einddatum"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Deze cliënt volgt in die periode al een traject dat hiermee niet samengaat."
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client"], name="traject_client"),
            models.Index(
                fields=["bestuur", "uiterste_dag"],
                condition=Q(einddatum__isnull=True),
                name="traject_limiet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} vanaf {self.begindatum:%d/%m/%Y}"
