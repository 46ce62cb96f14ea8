"""What moves a limit: standing still, and an extension asked by one and decided by another."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from kern.db.ranges import DateRange
from trajecten.enums import SchorsingReden, VerlengingStatus
from trajecten.models.traject import Traject


class SchorsingQuerySet(OfClientQuerySet["Schorsing"]):
    """Choices of suspensions."""


class Schorsing(OfClient):
    """A period in which a traject stands still; whether the limit moves is a rule."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    traject = models.ForeignKey(Traject, on_delete=models.PROTECT, related_name="schorsingen")
    van = models.DateField("van")
    tot = models.DateField("t.e.m.", null=True, blank=True)
    reden = models.CharField("reden", max_length=30, choices=SchorsingReden)
    toelichting = models.TextField("toelichting", blank=True, default="")

    objects = SchorsingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="schorsing_reden_bekend",
                condition=Q(reden__in=SchorsingReden.values),
                violation_error_message="Kies een reden uit de lijst.",
            ),
            models.CheckConstraint(
                name="schorsing_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            ExclusionConstraint(
                name="schorsing_geen_overlap",
                expressions=[
                    ("traject", RangeOperators.EQUAL),
                    (DateRange("van", "tot"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In die periode is het traject al geschorst.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "traject"], name="schorsing_traject")]

    def __str__(self) -> str:
        return f"{self.get_reden_display()} vanaf {self.van:%d/%m/%Y}"


class VerlengingQuerySet(OfClientQuerySet["Verlenging"]):
    """Choices of extensions."""

    def pending(self) -> "VerlengingQuerySet":
        """Return requests on which nobody decided yet."""
        return self.filter(status=VerlengingStatus.GEVRAAGD)


class Verlenging(OfClient):
    """A request to go on longer, and the decision of somebody else."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="+")
    traject = models.ForeignKey(Traject, on_delete=models.PROTECT, related_name="verlengingen")
    tot = models.DateField("nieuwe uiterste dag")
    reden = models.TextField("reden")
    status = models.CharField(
        "status", max_length=20, choices=VerlengingStatus, default=VerlengingStatus.GEVRAAGD
    )
    gevraagd_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, related_name="+"
    )
    gevraagd_at = models.DateTimeField()
    beslist_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beslist_at = models.DateTimeField(null=True, blank=True)
    beslissing_reden = models.TextField("motivering van de beslissing", blank=True, default="")

    objects = VerlengingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="verlenging_heeft_reden",
                condition=~Q(reden=""),
                violation_error_message="Zeg waarom het traject langer moet duren.",
            ),
            models.CheckConstraint(
                name="verlenging_ander_beslist",
                condition=Q(beslist_door__isnull=True) | ~Q(beslist_door=F("gevraagd_door")),
                violation_error_message="Iemand anders dan de aanvrager beslist.",
            ),
            models.CheckConstraint(
                name="verlenging_beslissing_volledig",
                condition=(
                    Q(status__in=[VerlengingStatus.GEVRAAGD, VerlengingStatus.INGETROKKEN])
                    & Q(beslist_door__isnull=True, beslist_at__isnull=True)
                )
                | (
                    Q(status=VerlengingStatus.GOEDGEKEURD)
                    & Q(beslist_door__isnull=False, beslist_at__isnull=False)
                )
                | (
                    Q(status=VerlengingStatus.GEWEIGERD)
                    & Q(beslist_door__isnull=False, beslist_at__isnull=False)
                    & ~Q(beslissing_reden="")
                ),
                violation_error_message="Een weigering heeft een motivering nodig.",
            ),
            models.UniqueConstraint(
                fields=["traject"],
                condition=Q(status=VerlengingStatus.GEVRAAGD),
                name="verlenging_een_open_vraag",
                violation_error_message="Er loopt al een vraag om dit traject te verlengen.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["bestuur", "traject"], name="verlenging_traject")]

    def __str__(self) -> str:
        return f"{self.get_status_display()} t.e.m. {self.tot:%d/%m/%Y}"
