"""Words of the worker's day and of lists."""

from django.db.models import TextChoices


class Lijst(TextChoices):
    """The lists that have filters, columns and named views."""

    CLIENTEN = "clienten", "Cliënten"
    TRAJECTEN = "trajecten", "Trajecten"


class Groep(TextChoices):
    """When something has to be done."""

    NU = "nu", "Nu"
    DEZE_WEEK = "deze-week", "Deze week"
    BINNENKORT = "binnenkort", "Binnenkort"


class Wie(TextChoices):
    """Whose clients; besides these a colleague is meant by her number."""

    MIJ = "mij", "Mijn cliënten"
    TEAM = "team", "Iedereen"
    NIEMAND = "niemand", "Zonder spilfiguur"


class TrajectStand(TextChoices):
    """Where a traject stands on a day; computed from its dates."""

    LOPEND = "lopend", "Lopend"
    VOORBIJ = "voorbij", "Over de uiterste dag"
    GEPLAND = "gepland", "Nog te starten"
    BEEINDIGD = "beeindigd", "Beëindigd"
    ALLE = "alle", "Alle"


class Datumsoort(TextChoices):
    """Which day of a traject a period is about."""

    START = "start", "Gestart"
    LOOPT = "loopt", "Liep"
    EINDE = "einde", "Beëindigd"
    BESLIST = "beslist", "Beslist"
    LIMIET = "limiet", "Uiterste dag"


class Stapkeuze(TextChoices):
    """Whether a next step is agreed."""

    ZONDER = "zonder", "Zonder vervolgstap"
    MET = "met", "Met vervolgstap"
