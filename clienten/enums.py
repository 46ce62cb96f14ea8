"""Words with which a person is described."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Geslacht(TextChoices):
    """As the client says it; empty when not asked."""

    MAN = "m", "Man"
    VROUW = "v", "Vrouw"
    X = "x", "X"


class Taal(TextChoices):
    """The language in which the client wants to be written to (ISO 639-1)."""

    NL = "nl", "Nederlands"
    FR = "fr", "Frans"
    EN = "en", "Engels"
    AR = "ar", "Arabisch"
    TR = "tr", "Turks"
    UK = "uk", "Oekraïens"
    RU = "ru", "Russisch"
    ES = "es", "Spaans"
    PT = "pt", "Portugees"
    PL = "pl", "Pools"
    RO = "ro", "Roemeens"
    BG = "bg", "Bulgaars"
    FA = "fa", "Farsi / Dari"
    PS = "ps", "Pasjtoe"
    SO = "so", "Somali"
    TI = "ti", "Tigrinya"
    ANDERE = "xx", "Andere taal"


class Kanaal(TextChoices):
    """How the client is reached best; the weakest channel that works is the right one."""

    TELEFOON = "telefoon", "Telefoon"
    SMS = "sms", "Sms"
    EMAIL = "email", "E-mail"
    BRIEF = "brief", "Brief"
    BALIE = "balie", "Aan het bureau"


class StatuutSoort(TextChoices):
    """Source of income and administrative standing (DOS-05)."""

    LEEFLOON = "leefloon", "Leefloon"
    EQUIVALENT_LEEFLOON = "equivalent_leefloon", "Equivalent leefloon"
    AANVULLEND_LEEFLOON = "aanvullend_leefloon", "Aanvullend leefloon"
    ARTIKEL_60 = "artikel_60", "Tewerkgesteld art. 60 §7"
    ARTIKEL_61 = "artikel_61", "Tewerkgesteld art. 61"
    WERKZOEKENDE = "werkzoekende", "Werkzoekende met uitkering"
    INSCHAKELINGSUITKERING = "inschakelingsuitkering", "Inschakelingsuitkering"
    NIET_WERKENDE_WERKZOEKENDE = "nwwz", "Werkzoekende zonder uitkering"
    ZIEKTE = "ziekte", "Ziekte of invaliditeit"
    IVT_IT = "ivt_it", "IVT/IT"
    STUDENT = "student", "Student"
    GEEN = "geen", "Geen inkomen"
    ANDER = "ander", "Ander inkomen"


class Herkomst(TextChoices):
    """Where the client came from; federal refunds differ by wave (UNE-05, GPMI-15)."""

    ONBEKEND = "", "Niet gevraagd"
    EINDE_WERKLOOSHEID_1 = "einde_werkloosheid_1", "Einde werkloosheid, golf 1"
    EINDE_WERKLOOSHEID_2 = "einde_werkloosheid_2", "Einde werkloosheid, golf 2"
    NIEUWKOMER = "nieuwkomer", "Nieuwkomer"
    SCHOOLVERLATER = "schoolverlater", "Schoolverlater"
    ANDERE = "andere", "Andere"


class ToewijzingRol(TextChoices):
    """As what a worker follows the client."""

    MAATSCHAPPELIJK_WERKER = "maatschappelijk_werker", "Maatschappelijk werker"
    TRAJECTBEGELEIDER = "trajectbegeleider", "Trajectbegeleider"


class VdabBegeleider(TextChoices):
    """Who guides the client to work (REG-DEC)."""

    OCMW = "ocmw", "OCMW"
    VDAB = "vdab", "VDAB"
    PARTNER = "partner", "Partner"


class Vrijstelling(TextChoices):
    """Why somebody need not register with VDAB (TWE-14)."""

    GEEN = "", "Geen vrijstelling"
    GEZONDHEID = "gezondheid", "Gezondheidsredenen"
    BILLIJKHEID = "billijkheid", "Billijkheidsredenen"
    WERK = "werk", "Regulier aan het werk"


class BerichtSoort(TextChoices):
    """What a message to a client is about."""

    PORTAALLINK = "portaallink", "Link naar Mijn plan"
    CODE = "code", "Code om binnen te komen"
    AFSPRAAK = "afspraak", "Afspraak"
    HERINNERING = "herinnering", "Herinnering"
    PLAN = "plan", "Iets nieuws in het plan"
    ANDER = "ander", "Ander bericht"


class BerichtKanaal(TextChoices):
    """Along which line a message goes."""

    SMS = "sms", "Sms"
    EMAIL = "email", "E-mail"


class BerichtStatus(TextChoices):
    """How far a message is; `onbekend` means that it may have left and is never tried again."""

    WACHT = "wacht", "Staat klaar"
    BEZIG = "bezig", "Vertrekt nu"
    VERZONDEN = "verzonden", "Verstuurd"
    MISLUKT = "mislukt", "Niet vertrokken"
    ONBEKEND = "onbekend", "Misschien vertrokken"


class DrempelSoort(TextChoices):
    """What stands in the way of a step (anchor D-6); care and health only as it affects work."""

    KINDEROPVANG = "kinderopvang", _("Kinderopvang")
    MOBILITEIT = "mobiliteit", _("Vervoer")
    TAAL = "taal", _("Nederlands")
    DIGITAAL = "digitaal", _("Werken met computer of telefoon")
    HUISVESTING = "huisvesting", _("Wonen")
    ZORG = "zorg", _("Zorg voor iemand anders")
    GEZONDHEID = "gezondheid", _("Gezondheid: gevolg voor het werk")
    SCHULDEN = "schulden", _("Schulden")
    JUSTITIE = "justitie", _("Justitie")
    ANDER = "ander", _("Iets anders")
    # What stands outside the compartment when the true kind stands inside it.
    GEVOELIG = "gevoelig", _("Gevoelig")


# Health and justice by law (GDPR law art. 9 and 10), debts because they say as much.
GEVOELIGE_SOORTEN = (DrempelSoort.GEZONDHEID, DrempelSoort.SCHULDEN, DrempelSoort.JUSTITIE)
# What may be read by whoever opens the file.
GEWONE_SOORTEN = tuple(
    soort
    for soort in DrempelSoort
    if soort not in GEVOELIGE_SOORTEN and soort != DrempelSoort.GEVOELIG
)


class DrempelStand(TextChoices):
    """Where a barrier stands; what stays is lived with, not solved."""

    OPEN = "open", "Open"
    AANPAK = "aanpak", "In aanpak"
    OPGELOST = "opgelost", "Opgelost"
    BLIJFT = "blijft", "Blijft"


class Deelgrond(TextChoices):
    """Why the law lets something about a client be shared (GDPR art. 6)."""

    TOESTEMMING = "toestemming", "Toestemming van de cliënt"
    WET = "wet", "Wettelijke verplichting"
    TAAK = "taak", "Opdracht van het OCMW (algemeen belang)"
    OVEREENKOMST = "overeenkomst", "Uitvoering van een overeenkomst"
