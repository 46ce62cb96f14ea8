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


class ImportStatus(TextChoices):
    """Where the import of a list stands."""

    GELADEN = "geladen", "Kolommen kiezen"
    GEKOPPELD = "gekoppeld", "Wordt gelezen"
    VOORBEELD = "voorbeeld", "Na te kijken"
    BEZIG = "bezig", "Wordt overgenomen"
    ONDERBROKEN = "onderbroken", "Gestopt"
    KLAAR = "klaar", "Overgenomen"
    TERUGDRAAIEN = "terugdraaien", "Wordt teruggedraaid"
    TERUGGEDRAAID = "teruggedraaid", "Teruggedraaid"
    MISLUKT = "mislukt", "Mislukt"


class RijStatus(TextChoices):
    """What became of one row of a list."""

    AANVAARD = "aanvaard", "Aanvaard"
    GEWEIGERD = "geweigerd", "Geweigerd"
    TOEGEPAST = "toegepast", "Overgenomen"
    DUBBEL = "dubbel", "Stond er al"
    TERUGGEDRAAID = "teruggedraaid", "Teruggedraaid"


class Gevolg(TextChoices):
    """What taking in a row does."""

    NIEUW = "nieuw", "Nieuwe cliënt"
    TRAJECT = "traject", "Traject erbij"
    AANGEVULD = "aangevuld", "Aangevuld"
    ONGEWIJZIGD = "ongewijzigd", "Ongewijzigd"


class MailSoort(TextChoices):
    """Which digest a mail is."""

    DAG = "dag", "Dagmail"
    WEEK = "week", "Weekmail van de leidinggevende"
