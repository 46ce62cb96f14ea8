"""Words of the client's door."""

from django.db.models import TextChoices


class LinkKanaal(TextChoices):
    """How a link reached the client."""

    SMS = "sms", "Sms"
    EMAIL = "email", "E-mail"
    BRIEF = "brief", "Brief"
    BUREAU = "bureau", "Aan het bureau"


class GebruikSoort(TextChoices):
    """What happened at the door."""

    GEOPEND = "geopend", "De link werd geopend"
    FOUT = "fout", "De geboortedatum of de code klopte niet"
    GEBLOKKEERD = "geblokkeerd", "De link is geblokkeerd na te veel pogingen"
    CODE_GESTUURD = "code_gestuurd", "Er is een code gestuurd om binnen te komen"
    BINNEN = "binnen", "Kwam binnen"
    WEG = "weg", "Ging weg"
    VERLOPEN = "verlopen", "Was te lang weg en kwam opnieuw binnen"
    LINK_GEVRAAGD = "link_gevraagd", "Vroeg een nieuwe link"
