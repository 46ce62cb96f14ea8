"""Words of wijk-werken (decreet van 7 juli 2017)."""

from django.db.models import TextChoices


class Toeleider(TextChoices):
    """Who referred the wijk-werker; nobody enters without referral (WW-REF-1)."""

    OCMW = "ocmw", "OCMW"
    VDAB = "vdab", "VDAB"


class Tussenkeuze(TextChoices):
    """What comes after the first half (WW-REVIEW)."""

    VERDER = "verder", "Verder met wijk-werken"
    VOLGENDE_STAP = "volgende_stap", "Naar de volgende stap"


class OrganisatorSoort(TextChoices):
    """The three options of a municipality (decreet art. 14 §1)."""

    EIGEN = "eigen", "Eigen organisator"
    INTERGEMEENTELIJK = "intergemeentelijk", "Intergemeentelijk samenwerkingsverband"
    VDAB = "vdab", "VDAB"


class GebruikerSoort(TextChoices):
    """Who may ask for tasks."""

    PARTICULIER = "particulier", "Particulier"
    BESTUUR = "bestuur", "Lokaal bestuur"
    SCHOOL = "school", "School"
    VZW = "vzw", "Vereniging of vzw"
    LANDBOUW = "landbouw", "Land- of tuinbouw"


class Besluit(TextChoices):
    """What the municipality decided about an activity."""

    TOEGELATEN = "toegelaten", "Toegelaten"
    GEWEIGERD = "geweigerd", "Niet toegelaten"


class Jaarbasis(TextChoices):
    """Over which year the yearly cap runs; the text of the law was not seen (WW-HRS-YEAR)."""

    KALENDERJAAR = "kalenderjaar", "Kalenderjaar"
    TRAJECTJAAR = "trajectjaar", "Jaar van het traject"
