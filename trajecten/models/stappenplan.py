"""The step plan that client and OCMW steer together: one per client, over all trajecten."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clienten.models.tenant import OfClient, OfClientQuerySet
from trajecten.enums import (
    LEVENDE_STAND,
    Levensdomein,
    PlanStapSoort,
    PlanStatus,
    StapSoort,
    Stem,
    Uitvoerder,
)
from trajecten.models.instrument import Instrument
from trajecten.models.traject import Traject

TEKST_MAX = 300
_AAN_ZET = (Stem.CLIENT, Stem.OCMW)


class StappenplanQuerySet(OfClientQuerySet["Stappenplan"]):
    """Choices of plans."""


class Stappenplan(OfClient):
    """The plan itself: what holds for all of it, and the row that is locked while it changes."""

    client = models.OneToOneField(
        "clienten.Client", on_delete=models.PROTECT, related_name="stappenplan"
    )
    # What the GPMI contract tells besides goals and steps (KB 3/10/2016 art. 11).
    behoeften = models.TextField("wat is er nodig", blank=True, default="")
    evaluatiewijze = models.TextField("hoe we kijken of het lukt", blank=True, default="")
    extra_hulp = models.TextField("extra hulp en kosten", blank=True, default="")
    created_at = models.DateTimeField("begonnen op")

    objects = StappenplanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Stappenplan van cliënt {self.client_id}"


class PlanItem(OfClient):
    """What a goal and a step share: two voices, who moves, by when, and where it stands.

    `wacht_op` names the side whose answer is awaited, since `wacht_sinds`. `revisie` counts the
    versions of what is agreed (`rules.plan.inhoud`): an answer counts for the revision it saw.
    `afgesproken_tegen` keeps the day both agreed to while another is proposed.
    """

    tekst = models.CharField("wat", max_length=TEKST_MAX)
    domein = models.CharField(
        "domein", max_length=20, choices=Levensdomein, default=Levensdomein.WERK
    )
    voorsteller = models.CharField("wie stelde voor", max_length=10, choices=Stem)
    voorgesteld_door = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whose words stand now: a change makes the proposal that of who changed it.
    voorstel_van = models.CharField(max_length=10, choices=Stem)
    uitvoerders = ArrayField(
        models.CharField(max_length=12, choices=Uitvoerder), verbose_name="wie doet het"
    )
    # Which worker, when one is named; which partner, in words.
    gebruiker = models.ForeignKey(
        "toegang.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partner = models.CharField("welke partner", max_length=120, blank=True, default="")
    tegen = models.DateField("tegen", null=True, blank=True)
    status = models.CharField(
        "stand", max_length=12, choices=PlanStatus, default=PlanStatus.VOORGESTELD
    )
    revisie = models.PositiveIntegerField(default=1)
    wacht_op = models.CharField(max_length=10, choices=Stem, blank=True, default="")
    wacht_sinds = models.DateTimeField(null=True, blank=True)
    afgesproken_op = models.DateField("afgesproken op", null=True, blank=True)
    afgesproken_tegen = models.DateField(null=True, blank=True)
    afgesloten_op = models.DateField("gedaan of vervallen op", null=True, blank=True)
    afgesloten_door = models.CharField(max_length=10, choices=Stem, blank=True, default="")
    slotwoord = models.CharField("woord bij het afsluiten", max_length=300, blank=True, default="")
    created_at = models.DateTimeField("voorgesteld op")
    # Given by the page that proposed: the same form sent twice makes one row.
    sleutel = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.tekst

    @property
    def geldt_tegen(self) -> date | None:
        """The day that counts: the agreed one while another is only proposed."""
        return self.afgesproken_tegen or self.tegen

    @property
    def is_open(self) -> bool:
        """Tell whether the plan still asks it of somebody."""
        return self.status in LEVENDE_STAND

    @property
    def wie(self) -> str:
        """Return who moves, in words."""
        named = {Uitvoerder.PARTNER.value: self.partner}
        words = [named.get(word) or str(Uitvoerder(word).label) for word in self.uitvoerders]
        return " en ".join(words)

    def is_late(self, on: date) -> bool:
        """Tell whether it was agreed, its day has passed and it is not done."""
        day = self.geldt_tegen
        return self.is_open and self.afgesproken_op is not None and day is not None and day < on


def _shared(naam: str) -> list[models.BaseConstraint]:
    """The borders of a goal and of a step; each table has its own names."""
    return [
        models.CheckConstraint(
            name=f"{naam}_woorden_bekend",
            condition=Q(domein__in=Levensdomein.values)
            & Q(voorsteller__in=Stem.values)
            & Q(status__in=PlanStatus.values)
            & Q(voorstel_van__in=_AAN_ZET)
            & Q(wacht_op__in=["", *_AAN_ZET])
            & Q(afgesloten_door__in=["", *Stem.values])
            & Q(uitvoerders__contained_by=Uitvoerder.values),
            violation_error_message="Kies uit de lijst.",
        ),
        models.CheckConstraint(
            name=f"{naam}_heeft_tekst",
            condition=~Q(tekst=""),
            violation_error_message="Schrijf wat het is.",
        ),
        models.CheckConstraint(
            name=f"{naam}_heeft_uitvoerder",
            condition=Q(uitvoerders__len__gte=1),
            violation_error_message="Zeg wie het doet.",
        ),
        models.CheckConstraint(
            name=f"{naam}_wacht_op_iemand",
            condition=(
                Q(status=PlanStatus.VOORGESTELD) & ~Q(wacht_op="") & Q(wacht_sinds__isnull=False)
            )
            | (~Q(status=PlanStatus.VOORGESTELD) & Q(wacht_op="") & Q(wacht_sinds__isnull=True)),
            violation_error_message="Een voorstel wacht op een antwoord, iets anders niet.",
        ),
        models.CheckConstraint(
            name=f"{naam}_afgesloten_heeft_dag",
            condition=Q(
                status__in=[PlanStatus.GEDAAN, PlanStatus.VERVALLEN],
                afgesloten_op__isnull=False,
            )
            | (Q(status__in=LEVENDE_STAND) & Q(afgesloten_op__isnull=True)),
            violation_error_message="Wat gedaan of vervallen is, heeft een dag.",
        ),
        models.CheckConstraint(
            name=f"{naam}_afgesproken_met_dag",
            condition=~Q(status=PlanStatus.AFGESPROKEN) | Q(afgesproken_op__isnull=False),
            violation_error_message="Wat afgesproken is, heeft een dag van afspraak.",
        ),
        models.UniqueConstraint(
            fields=["client", "sleutel"],
            condition=~Q(sleutel=""),
            name=f"{naam}_eenmaal_voorgesteld",
            violation_error_message="Dit voorstel is al bewaard.",
        ),
    ]


class DoelQuerySet(OfClientQuerySet["Doel"]):
    """Choices of goals."""

    def open(self) -> "DoelQuerySet":
        """Return goals the plan still holds."""
        return self.filter(status__in=LEVENDE_STAND)


class Doel(PlanItem):
    """What the client wants to reach, or what both want."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="doelen")
    traject = models.ForeignKey(
        Traject, on_delete=models.PROTECT, null=True, blank=True, related_name="doelen"
    )

    objects = DoelQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = _shared("plandoel")
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client"], name="plandoel_client"),
            models.Index(
                fields=["bestuur", "wacht_op", "wacht_sinds"],
                condition=Q(status=PlanStatus.VOORGESTELD),
                name="plandoel_wacht",
            ),
        ]


class StapQuerySet(OfClientQuerySet["Stap"]):
    """Choices of steps."""

    def open(self) -> "StapQuerySet":
        """Return steps the plan still asks of somebody."""
        return self.filter(status__in=LEVENDE_STAND)

    def agreed(self) -> "StapQuerySet":
        """Return steps both sides agreed to that still stand, also while a change is proposed."""
        return self.open().filter(afgesproken_op__isnull=False)

    def next_steps(self) -> "StapQuerySet":
        """Return what comes after a traject."""
        return self.filter(soort=PlanStapSoort.VOLGENDE_STAP)


class Stap(PlanItem):
    """One step: who proposed, who moves, by when. It may stand without a goal."""

    client = models.ForeignKey("clienten.Client", on_delete=models.PROTECT, related_name="stappen")
    doel = models.ForeignKey(
        Doel, on_delete=models.PROTECT, null=True, blank=True, related_name="stappen"
    )
    traject = models.ForeignKey(
        Traject, on_delete=models.PROTECT, null=True, blank=True, related_name="stappen"
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    soort = models.CharField(
        "soort", max_length=20, choices=PlanStapSoort, default=PlanStapSoort.GEWOON
    )
    vervolg = models.CharField(
        "wat komt er na het traject", max_length=30, choices=StapSoort, blank=True, default=""
    )
    toelichting = models.TextField("uitleg", blank=True, default="")

    objects = StapQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            *_shared("planstap"),
            models.CheckConstraint(
                name="planstap_afgesproken_tegen_een_dag",
                condition=Q(afgesproken_op__isnull=True) | Q(afgesproken_tegen__isnull=False),
                violation_error_message="Zeg tegen wanneer.",
            ),
            models.CheckConstraint(
                name="planstap_volgende_stap_volledig",
                condition=(
                    Q(soort=PlanStapSoort.GEWOON, vervolg="")
                    | Q(
                        soort=PlanStapSoort.VOLGENDE_STAP,
                        vervolg__in=StapSoort.values,
                        traject__isnull=False,
                        tegen__isnull=False,
                    )
                ),
                violation_error_message=(
                    "Een volgende stap hangt aan een traject, met een dag en wat er komt."
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "client"], name="planstap_client"),
            models.Index(
                fields=["bestuur", "traject", "afgesproken_tegen"],
                condition=Q(soort=PlanStapSoort.VOLGENDE_STAP, status__in=LEVENDE_STAND),
                name="planstap_volgende",
            ),
            models.Index(
                fields=["bestuur", "afgesproken_tegen"],
                condition=Q(status__in=LEVENDE_STAND),
                name="planstap_levend",
            ),
            models.Index(
                fields=["bestuur", "wacht_op", "wacht_sinds"],
                condition=Q(status=PlanStatus.VOORGESTELD),
                name="planstap_wacht",
            ),
        ]
