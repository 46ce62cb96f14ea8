"""Words of the archive."""

from django.db.models import TextChoices


class VerslagSoort(TextChoices):
    """What kind of report."""

    VOORTGANGSVERSLAG = "voortgangsverslag", "Voortgangsverslag"


class VerslagStatus(TextChoices):
    """Where a report stands; once ready it is never changed."""

    AANGEVRAAGD = "aangevraagd", "Wacht"
    BEZIG = "bezig", "Wordt gemaakt"
    KLAAR = "klaar", "Klaar"
    MISLUKT = "mislukt", "Niet gelukt"
    GESTOPT = "gestopt", "Gestopt"


IN_DE_MAAK = (VerslagStatus.AANGEVRAAGD, VerslagStatus.BEZIG)


class BundelVorm(TextChoices):
    """How several reports come together."""

    ZIP = "zip", "Zip met een pdf per cliënt"
    PDF = "pdf", "Eén pdf om af te drukken"


class BundelStatus(TextChoices):
    """Where a bundle stands."""

    BEZIG = "bezig", "Verslagen worden gemaakt"
    BUNDELEN = "bundelen", "Verslagen worden gebundeld"
    KLAAR = "klaar", "Klaar"
    MISLUKT = "mislukt", "Niet gelukt"
    GESTOPT = "gestopt", "Gestopt"
