"""Lists of clients on their way in: the file, its rows, and the columns an office uses."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from caseload.enums import Gevolg, ImportStatus, RijStatus
from toegang.enums import Rol

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def place_of(bestuur_id: int) -> str:
    """Name the place a list is sealed for."""
    return f"import:{bestuur_id}"


class ImportQuerySet(models.QuerySet["Import"]):
    """Choices of imports."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return one's own imports; a leidinggevende sees those of the whole bestuur."""
        rows = self.filter(bestuur=user.bestuur)
        return rows if Rol.LEIDINGGEVENDE in user.rollen else rows.filter(door=user)

    def for_list(self) -> Self:
        """Return newest first."""
        return self.select_related("door").order_by("-created_at", "-pk")


class Import(models.Model):
    """A list that somebody offered, and how far it came."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")
    bestandsnaam = models.CharField("bestand", max_length=200)
    sha256 = models.CharField(max_length=64)
    grootte = models.PositiveIntegerField()
    # The day the list is read against, and on which workers begin.
    op = models.DateField("op")
    status = models.CharField(max_length=20, choices=ImportStatus, default=ImportStatus.GELADEN)
    koppeling = models.JSONField(default=dict, blank=True)
    opmerkingen = models.JSONField(default=list, blank=True)
    tellers = models.JSONField(default=dict, blank=True)
    rijen = models.PositiveIntegerField(default=0)
    verwerkt = models.PositiveIntegerField(default=0)
    te_verwerken = models.PositiveIntegerField(default=0)
    fout = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    # The last sign of life of the work; a sweep takes up what fell silent.
    gezien_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    gewist_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="import_status_bekend",
                condition=Q(status__in=ImportStatus.values),
                violation_error_message="Deze stand van een import bestaat niet.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "-created_at"], name="import_lijst"),
        ]

    def __str__(self) -> str:
        return self.bestandsnaam


class ImportinhoudQuerySet(models.QuerySet["Importinhoud"]):
    """Choices of contents."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the contents of the imports the user may see."""
        return self.filter(lijst__in=Import.objects.visible_to(user))


class Importinhoud(models.Model):
    """The bytes of a list, sealed, and its headings with a few cells for choosing columns."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    lijst = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="inhoud")
    bestand = models.BinaryField()
    voorbeeld = models.BinaryField()

    SEALED: ClassVar = ("bestand", "voorbeeld")

    objects = ImportinhoudQuerySet.as_manager()

    def __str__(self) -> str:
        return f"inhoud van {self.lijst_id}"

    def place(self) -> str:
        """Name the place the list is sealed for."""
        return place_of(self.bestuur_id)


class ImportrijQuerySet(models.QuerySet["Importrij"]):
    """Choices of rows."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the rows of the imports the user may see."""
        return self.filter(lijst__in=Import.objects.visible_to(user))

    def waiting(self) -> Self:
        """Return accepted rows that still have to be taken in, in the order of the list."""
        return self.filter(status=RijStatus.AANVAARD).order_by("nummer")

    def with_remarks(self) -> Self:
        """Return rows taken in that somebody had better look at."""
        return self.exclude(status=RijStatus.GEWEIGERD).exclude(opmerkingen=[])


class Importrij(models.Model):
    """One row of a list: its verdict, its cells (sealed), and what it made."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    lijst = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="importrijen")
    nummer = models.PositiveIntegerField("rij")
    status = models.CharField(max_length=20, choices=RijStatus)
    gevolg = models.CharField(max_length=20, choices=Gevolg, blank=True, default="")
    redenen = models.JSONField(default=list, blank=True)
    opmerkingen = models.JSONField(default=list, blank=True)
    inhoud = models.BinaryField(default=b"")
    uiterste_dag = models.DateField(null=True, blank=True)
    client = models.ForeignKey(
        "clienten.Client", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    traject = models.ForeignKey(
        "trajecten.Traject", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What this row made besides, by key, so that exactly that can be taken away again.
    gemaakt = models.JSONField(default=dict, blank=True)
    transactie = models.BigIntegerField(null=True, blank=True)

    SEALED: ClassVar = ("inhoud",)

    objects = ImportrijQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lijst", "nummer"],
                name="importrij_uniek",
                violation_error_message="Deze rij is al gelezen.",
            ),
            models.CheckConstraint(
                name="importrij_geweigerd_heeft_reden",
                condition=~Q(status=RijStatus.GEWEIGERD) | ~Q(redenen=[]),
                violation_error_message="Zeg waarom de rij geweigerd is.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lijst", "status", "nummer"], name="importrij_status"),
        ]

    def __str__(self) -> str:
        return f"rij {self.nummer}"

    def place(self) -> str:
        """Name the place the cells are sealed for."""
        return place_of(self.bestuur_id)


class KolomkoppelingQuerySet(models.QuerySet["Kolomkoppeling"]):
    """Choices of remembered columns."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return the columns remembered by the user's bestuur."""
        return self.filter(bestuur=user.bestuur)


class Kolomkoppeling(models.Model):
    """Which fact stands under a heading in the lists of this bestuur."""

    bestuur = models.ForeignKey("toegang.Bestuur", on_delete=models.PROTECT, related_name="+")
    kop = models.CharField("titel van de kolom", max_length=200)
    veld = models.CharField("gegeven", max_length=40, blank=True, default="")

    objects = KolomkoppelingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "kop"],
                name="kolomkoppeling_uniek",
                violation_error_message="Deze titel is al onthouden.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kop} → {self.veld}"
