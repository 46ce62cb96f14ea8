"""National numbers, sealed: a person may pass from a BIS number to a national number."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clienten.models.client import Client
from clienten.models.tenant import OfClient, OfClientQuerySet
from kern import crypto


def place_of(bestuur_id: int) -> str:
    """Name the place a number is sealed for; a copied value does not open elsewhere."""
    return f"insz:{bestuur_id}"


class InsznummerQuerySet(OfClientQuerySet["Insznummer"]):
    """Choices of numbers."""

    def matching(self, insz: str, *, bestuur_id: int) -> "InsznummerQuerySet":
        """Return the row of this number, current or former."""
        return self.filter(zoeksleutel=crypto.blind_index(insz, place=place_of(bestuur_id)))


class Insznummer(OfClient):
    """A national or BIS number of a client; the current one has no end.

    Numbers in use and former numbers live in one table, so that the database itself refuses a
    number that belongs, or belonged, to another file of the bestuur (DOS-22).
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="insznummers")
    cijfer = models.BinaryField()
    zoeksleutel = models.CharField(max_length=64)
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)

    objects = InsznummerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bestuur", "zoeksleutel"],
                name="insznummer_uniek",
                violation_error_message="Dit rijksregisternummer staat al bij een ander dossier.",
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(tot__isnull=True),
                name="insznummer_een_lopend",
                violation_error_message="Deze cliënt heeft al een lopend nummer.",
            ),
            models.CheckConstraint(
                name="insznummer_einde_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt vóór de eerste dag.",
            ),
        ]

    def __str__(self) -> str:
        return "INSZ"

    @classmethod
    def sealed(cls, insz: str, *, bestuur_id: int) -> dict[str, bytes | str]:
        """Return the stored form of eleven digits: ciphertext and search key."""
        place = place_of(bestuur_id)
        return {
            "cijfer": crypto.seal(insz, place=place),
            "zoeksleutel": crypto.blind_index(insz, place=place),
        }

    def reveal(self) -> str:
        """Return the eleven digits; the caller records that they were shown."""
        return crypto.unseal(bytes(self.cijfer), place=place_of(self.bestuur_id))
