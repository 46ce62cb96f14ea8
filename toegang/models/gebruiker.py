"""People who work with Activering, and where they may do what."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from kern.db.ranges import DateRange
from toegang.enums import Rol
from toegang.models.bestuur import Bestuur
from toegang.permissions import Permission, permissions_of, roles_with


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Finds accounts by name, whatever the case in which it was typed."""

    def get_by_natural_key(self, username: str | None) -> "Gebruiker":
        """Return the account with this user name."""
        return self.get(gebruikersnaam__iexact=username or "")


class GebruikerQuerySet(models.QuerySet["Gebruiker"]):
    """Choices of accounts."""

    def working_at(self, bestuur_id: int, *, on: date) -> Self:
        """Return active accounts with an aanstelling at the bestuur on the day."""
        return self.filter(
            is_active=True,
            pk__in=Aanstelling.objects.active_on(on).filter(bestuur=bestuur_id).values("gebruiker"),
        )

    def following_clients_at(self, bestuur_id: int, *, on: date) -> Self:
        """Return who on the day works at the bestuur in a role that may follow a client."""
        places = Aanstelling.objects.active_on(on).filter(
            bestuur=bestuur_id, rol__in=roles_with(Permission.CLIENT_CHANGE)
        )
        return self.filter(is_active=True, pk__in=places.values("gebruiker"))

    def visible_to(self, user: "Gebruiker") -> Self:
        """Return everyone who ever held an aanstelling where the user works now."""
        return self.filter(
            pk__in=Aanstelling.objects.filter(bestuur=user.bestuur).values("gebruiker")
        )

    def for_list(self) -> Self:
        """Return in the order of a list of names."""
        return self.order_by("familienaam", "voornaam", "pk")


class Gebruiker(AbstractBaseUser):
    """A person with an account; what she may do follows from her aanstellingen."""

    gebruikersnaam = models.CharField(
        "gebruikersnaam",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]*$",
                "Gebruik kleine letters, cijfers, punt, streepje of liggend streepje.",
            )
        ],
    )
    voornaam = models.CharField("voornaam", max_length=60)
    familienaam = models.CharField("familienaam", max_length=80)
    email = models.EmailField("e-mailadres", blank=True, default="")
    is_active = models.BooleanField("actief", default=True)
    is_start_password = models.BooleanField("startwachtwoord", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "gebruikersnaam"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["voornaam", "familienaam"]

    objects = GebruikerManager.from_queryset(GebruikerQuerySet)()

    # Set by work_in(); a user who works nowhere sees nothing.
    bestuur: Bestuur | None = None
    rollen: frozenset[Rol] = frozenset()
    workplaces: Sequence[Bestuur] = ()
    _may: frozenset[Permission] = frozenset()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("gebruikersnaam"),
                name="gebruiker_naam_uniek",
                violation_error_message="Deze gebruikersnaam bestaat al.",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        """First name and surname, as said at the desk."""
        return f"{self.voornaam} {self.familienaam}".strip()

    def work_in(self, bestuur: Bestuur, rollen: frozenset[Rol]) -> None:
        """Take place at a bestuur with the roles held there."""
        self.bestuur = bestuur
        self.rollen = rollen
        self._may = permissions_of(rollen)

    def may(self, permission: Permission) -> bool:
        """Tell whether the user may do this where she works now."""
        return self.is_active and permission in self._may


class AanstellingQuerySet(models.QuerySet["Aanstelling"]):
    """Choices of appointments."""

    def active_on(self, day: date) -> Self:
        """Return what holds on the day; ended means ended at once."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)

    def visible_to(self, user: Gebruiker) -> Self:
        """Return appointments at the bestuur where the user works now."""
        return self.filter(bestuur=user.bestuur)


class Aanstelling(models.Model):
    """A dated role of a person at a bestuur."""

    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="aanstellingen")
    bestuur = models.ForeignKey(Bestuur, on_delete=models.PROTECT, related_name="aanstellingen")
    rol = models.CharField("rol", max_length=30, choices=Rol)
    van = models.DateField("van")
    tot = models.DateField("t.e.m.", null=True, blank=True)

    objects = AanstellingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="aanstelling_rol_bekend",
                condition=Q(rol__in=Rol.values),
                violation_error_message="Kies een rol uit de lijst.",
            ),
            models.CheckConstraint(
                name="aanstelling_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
            ExclusionConstraint(
                name="aanstelling_geen_overlap",
                expressions=[
                    ("gebruiker", RangeOperators.EQUAL),
                    ("bestuur", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    (DateRange("van", "tot"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon heeft die rol al in die periode.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} · {self.get_rol_display()} · {self.bestuur}"
