"""Appointments with a client, and what is put on the agenda of a talk between three."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clienten.models.tenant import OfClient, OfClientQuerySet
from kern.belgian_dates import BRUSSELS
from trajecten.enums import AfspraakOorzaak, AfspraakSoort, AfspraakStatus, Stem
from trajecten.models.gpmi import Evaluatie, Gpmi
from trajecten.models.traject import Traject

if TYPE_CHECKING:
    from toegang.models import Gebruiker

KORTSTE, LANGSTE = 5, 600
_END = models.ExpressionWrapper(
    F("begint_at") + F("duur") * timedelta(minutes=1), output_field=models.DateTimeField()
)


def midnight(day: date) -> datetime:
    """Return the moment on which a day begins in Brussels."""
    return datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)


class AfspraakQuerySet(OfClientQuerySet["Afspraak"]):
    """Choices of appointments."""

    def planned(self) -> Self:
        """Return what still stands."""
        return self.filter(status=AfspraakStatus.GEPLAND)

    def between(self, first: date, last: date) -> Self:
        """Return what begins on these days, both included."""
        begin, end = midnight(first), midnight(last + timedelta(days=1))
        return self.filter(begint_at__gte=begin, begint_at__lt=end)

    def overlapping(self, begin: datetime, end: datetime) -> Self:
        """Return what touches this stretch of time."""
        return self.annotate(eindigt=_END).filter(begint_at__lt=end, eindigt__gt=begin)

    def of_worker(self, user: "Gebruiker") -> Self:
        """Return whose agenda it is."""
        return self.filter(medewerker=user)

    def for_list(self) -> Self:
        """Return the first one first, with who sits at the table."""
        return self.select_related("client", "medewerker").order_by("begint_at", "pk")


class Afspraak(OfClient):
    """A meeting with a client: planned, held, or not held for a reason nobody is blamed for.

    `onderwerp` is read by the client, `notitie` never leaves the office. `volgnummer` counts the
    changes: who saves second sees it, and a calendar knows which version is newest.
    """

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="afspraken"
    )
    traject = models.ForeignKey(
        Traject, on_delete=models.PROTECT, null=True, blank=True, related_name="afspraken"
    )
    gpmi = models.ForeignKey(
        Gpmi, on_delete=models.PROTECT, null=True, blank=True, related_name="afspraken"
    )
    medewerker = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    partner = models.CharField("partner", max_length=120, blank=True, default="")
    soort = models.CharField("soort", max_length=20, choices=AfspraakSoort)
    begint_at = models.DateTimeField("begint")
    duur = models.PositiveSmallIntegerField("duur in minuten")
    plaats = models.CharField("plaats", max_length=200, blank=True, default="")
    onderwerp = models.CharField("onderwerp", max_length=200, blank=True, default="")
    notitie = models.TextField("notitie", blank=True, default="")
    status = models.CharField(
        "stand", max_length=20, choices=AfspraakStatus, default=AfspraakStatus.GEPLAND
    )
    oorzaak = models.CharField(
        "waarom niet", max_length=20, choices=AfspraakOorzaak, blank=True, default=""
    )
    reden = models.CharField("reden", max_length=200, blank=True, default="")
    herinneren_op = models.DateField("herinneren op", null=True, blank=True)
    herinnerd_at = models.DateTimeField("herinnerd", null=True, blank=True, editable=False)
    evaluatie = models.ForeignKey(
        Evaluatie, on_delete=models.PROTECT, null=True, blank=True, related_name="afspraken"
    )
    volgnummer = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = AfspraakQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="afspraak_woorden_bekend",
                condition=Q(soort__in=AfspraakSoort.values)
                & Q(status__in=AfspraakStatus.values)
                & Q(oorzaak__in=["", *AfspraakOorzaak.values]),
                violation_error_message="Kies uit de lijst.",
            ),
            models.CheckConstraint(
                name="afspraak_duur_redelijk",
                condition=Q(duur__gte=KORTSTE, duur__lte=LANGSTE),
                violation_error_message="Een afspraak duurt 5 minuten tot 10 uur.",
            ),
            models.CheckConstraint(
                name="afspraak_niet_doorgegaan_zegt_waarom",
                condition=(Q(status=AfspraakStatus.NIET_DOORGEGAAN) & ~Q(oorzaak=""))
                | (~Q(status=AfspraakStatus.NIET_DOORGEGAAN) & Q(oorzaak="", reden="")),
                violation_error_message="Zeg hoe het kwam dat de afspraak niet doorging.",
            ),
            models.CheckConstraint(
                name="afspraak_driegesprek_heeft_partner",
                condition=~Q(soort=AfspraakSoort.DRIEGESPREK) | ~Q(partner=""),
                violation_error_message="Zeg wie de derde is aan tafel.",
            ),
            models.CheckConstraint(
                name="afspraak_evaluatie_is_doorgegaan",
                condition=Q(evaluatie__isnull=True) | Q(status=AfspraakStatus.DOORGEGAAN),
                violation_error_message="Een afspraak met een evaluatie is doorgegaan.",
            ),
            models.CheckConstraint(
                name="afspraak_herinnerd_heeft_dag",
                condition=Q(herinnerd_at__isnull=True) | Q(herinneren_op__isnull=False),
                violation_error_message="Zonder dag is er geen herinnering.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client", "-begint_at"], name="afspraak_client"),
            models.Index(fields=["bestuur", "medewerker", "begint_at"], name="afspraak_agenda"),
            models.Index(
                fields=["bestuur", "herinneren_op"],
                condition=Q(status="gepland", herinnerd_at__isnull=True),
                name="afspraak_te_herinneren",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {timezone.localtime(self.begint_at):%d/%m/%Y %H:%M}"

    @property
    def dag(self) -> date:
        """Return the Brussels day on which it begins."""
        return timezone.localdate(self.begint_at)

    @property
    def eindigt_at(self) -> datetime:
        """Return when it ends; counted in real minutes, also when the clock is changed."""
        return self.begint_at.astimezone(UTC) + timedelta(minutes=self.duur)

    @property
    def is_gepland(self) -> bool:
        """Tell whether it still stands."""
        return self.status == AfspraakStatus.GEPLAND

    @property
    def is_driegesprek(self) -> bool:
        """Tell whether three sit at the table."""
        return self.soort == AfspraakSoort.DRIEGESPREK


class AgendapuntQuerySet(OfClientQuerySet["Agendapunt"]):
    """Choices of points."""

    def in_order(self) -> Self:
        """Return them as they are talked about: those of the client first (anchor D-15)."""
        hers = models.Case(models.When(stem=Stem.CLIENT, then=0), default=1)
        return self.annotate(van_haar=hers).order_by("van_haar", "volgorde", "pk")


class Agendapunt(OfClient):
    """One thing to talk about, who asked for it, and what was said."""

    client = models.ForeignKey(
        "clienten.Client", on_delete=models.PROTECT, related_name="agendapunten"
    )
    afspraak = models.ForeignKey(Afspraak, on_delete=models.PROTECT, related_name="agendapunten")
    stem = models.CharField("van wie", max_length=10, choices=Stem)
    tekst = models.CharField("waarover", max_length=300)
    volgorde = models.PositiveSmallIntegerField(default=0)
    besproken = models.TextField("wat er gezegd is", blank=True, default="")
    created_at = models.DateTimeField(editable=False)

    objects = AgendapuntQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agendapunt_stem_bekend",
                condition=Q(stem__in=Stem.values),
                violation_error_message="Zeg wie dit wil bespreken.",
            ),
            models.CheckConstraint(
                name="agendapunt_heeft_tekst",
                condition=~Q(tekst=""),
                violation_error_message="Schrijf op waarover het gaat.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "afspraak", "volgorde"], name="agendapunt_afspraak")
        ]

    def __str__(self) -> str:
        return self.tekst
