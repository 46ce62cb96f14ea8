"""Municipal welfare centres and their partnerships."""

from django.db import models


class Samenwerkingsverband(models.Model):
    """A partnership of several besturen; its staff hold an aanstelling at each of them."""

    naam = models.CharField("naam", max_length=120, unique=True)

    def __str__(self) -> str:
        return self.naam


class Bestuur(models.Model):
    """One OCMW: the owner of its clients' files, and the border nobody crosses."""

    naam = models.CharField("naam", max_length=120)
    nis = models.CharField("NIS-code", max_length=5, unique=True)
    kbo = models.CharField("KBO-nummer", max_length=10, blank=True, default="")
    gemeente = models.CharField("gemeente", max_length=80)
    postcode = models.CharField("postcode", max_length=4, blank=True, default="")
    # What a client may call when her link does not work.
    telefoon = models.CharField("telefoon", max_length=40, blank=True, default="")
    samenwerkingsverband = models.ForeignKey(
        Samenwerkingsverband,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="besturen",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bestuur_nis_vijf_cijfers",
                condition=models.Q(nis__regex=r"^\d{5}$"),
                violation_error_message="Een NIS-code telt vijf cijfers.",
            ),
            models.CheckConstraint(
                name="bestuur_telefoon_is_nummer",
                # As it is printed: digits with what people put between them, abroad with a plus.
                condition=models.Q(telefoon="")
                | models.Q(telefoon__regex=r"^[+(]?([0-9][ ./()-]*){8,15}$"),
                violation_error_message="Schrijf een telefoonnummer, zoals 016 21 00 00.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam
