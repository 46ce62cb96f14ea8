"""The client: a person whose file belongs to one bestuur."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from clienten.enums import Geslacht, Kanaal, Taal
from clienten.models.tenant import OfClient, named

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class Unaccent(Func):
    """`f_unaccent`: the immutable form, so that it may stand in an index."""

    function = "f_unaccent"
    output_field = models.TextField()


class ClientQuerySet(models.QuerySet["Client"]):
    """Choices of clients."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return clients of the user's bestuur; restricted files only for who is named."""
        return self.filter(bestuur=user.bestuur).filter(
            Q(afgeschermd=False) | Exists(named(user, client=OuterRef("pk")))
        )

    def followed_by(self, user: "Gebruiker", *, on: date) -> Self:
        """Return clients for whom the user works on the day."""
        return self.filter(pk__in=_toewijzingen(on).filter(gebruiker=user).values("client"))

    def without_spilfiguur(self, *, on: date) -> Self:
        """Return clients for whom nobody is the fixed contact on the day."""
        return self.exclude(pk__in=_toewijzingen(on).filter(is_spilfiguur=True).values("client"))

    def named_like(self, text: str) -> Self:
        """Return clients whose name holds every word, whatever accents or order."""
        found = self
        for word in text.split():
            found = found.filter(
                zoeknaam__contains=Unaccent(Lower(Value(word, models.TextField())))
            )
        return found

    def for_list(self) -> Self:
        """Return in the order of a list of names."""
        return self.order_by("zoeknaam", "pk")


def _toewijzingen(on: date) -> "models.QuerySet[models.Model]":
    from clienten.models.toewijzing import Toewijzing

    return Toewijzing.objects.active_on(on)


class Client(OfClient):
    """A person followed by an OCMW."""

    dossiernummer = models.CharField("dossiernummer", max_length=40)
    familienaam = models.CharField("familienaam", max_length=120)
    voornaam = models.CharField("voornaam", max_length=120, blank=True, default="")
    zoeknaam = models.GeneratedField(
        expression=Unaccent(Lower(Concat(F("familienaam"), Value(" "), F("voornaam")))),
        output_field=models.TextField(),
        db_persist=True,
    )
    geboortedatum = models.DateField("geboortedatum", null=True, blank=True)
    geslacht = models.CharField("geslacht", max_length=1, choices=Geslacht, blank=True, default="")
    adres = models.CharField("adres", max_length=160, blank=True, default="")
    postcode = models.CharField("postcode", max_length=10, blank=True, default="")
    gemeente = models.CharField("gemeente", max_length=80, blank=True, default="")
    telefoon = models.CharField("telefoon", max_length=40, blank=True, default="")
    email = models.EmailField("e-mailadres", blank=True, default="")
    taal = models.CharField("taal", max_length=2, choices=Taal, default=Taal.NL)
    kanaal = models.CharField(
        "best bereikbaar via", max_length=10, choices=Kanaal, blank=True, default=""
    )
    contactvoorkeur = models.CharField(
        "afspraken over contact", max_length=200, blank=True, default=""
    )
    afgeschermd = models.BooleanField("afgeschermd dossier", default=False)
    opmerking = models.TextField("opmerking", blank=True, default="")
    # The moment of the act, not of the insert: signals count from it.
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "dossiernummer"],
                name="client_dossiernummer_uniek",
                violation_error_message="Dit dossiernummer bestaat al.",
            ),
            models.CheckConstraint(
                name="client_heeft_naam",
                condition=~Q(familienaam=""),
                violation_error_message="Vul de familienaam in.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bestuur", "zoeknaam"], name="client_lijst"),
            GinIndex(fields=["zoeknaam"], opclasses=["gin_trgm_ops"], name="client_zoeknaam_trgm"),
            models.Index(fields=["bestuur", "geboortedatum"], name="client_geboortedatum"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        """Surname first, as lists and letters sort it."""
        return f"{self.familienaam} {self.voornaam}".strip()

    def age_on(self, day: date) -> int | None:
        """Return the age in full years, or None when the birth date is unknown."""
        born = self.geboortedatum
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class MachtigingQuerySet(models.QuerySet["Machtiging"]):
    """Choices of namings."""

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return namings of the user's bestuur."""
        return self.filter(bestuur=user.bestuur)


class Machtiging(OfClient):
    """A worker named for a restricted file; nobody else finds or opens it."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="machtigingen")
    gebruiker = models.ForeignKey("toegang.Gebruiker", on_delete=models.PROTECT, related_name="+")

    objects = MachtigingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "gebruiker"],
                name="machtiging_uniek",
                violation_error_message="Deze medewerker is al gemachtigd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} voor {self.client}"
