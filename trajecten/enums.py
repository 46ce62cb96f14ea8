"""Words of the trajectory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Eindreden(TextChoices):
    """Why a traject ended (A60-16 and the ladder)."""

    WERK_NEC = "werk_nec", "Werk in het normaal economisch circuit"
    WERK_SOCIALE_ECONOMIE = "werk_se", "Werk in de sociale economie"
    ZELFSTANDIG = "zelfstandig", "Zelfstandig"
    IBO = "ibo", "IBO of stage"
    OPLEIDING = "opleiding", "Opleiding"
    ANDER_TRAJECT = "ander_traject", "Ander traject"
    WERKLOOSHEID = "werkloosheid", "Werkloosheidsuitkering"
    LEEFLOON = "leefloon", "Terug leefloon"
    ZIEKTE = "ziekte", "Ziekte"
    LIMIET = "limiet", "Maximumduur bereikt"
    EIGEN_KEUZE = "eigen_keuze", "Keuze van de cliënt"
    STOPGEZET = "stopgezet", "Stopgezet door het OCMW"
    VERHUIS = "verhuis", "Verhuisd"
    OVERLEDEN = "overleden", "Overleden"
    ONBEKEND = "onbekend", "Niet bekend"


class SchorsingReden(TextChoices):
    """Why a traject stands still for a while."""

    ZIEKTE = "ziekte", "Ziekte"
    LANGDURIGE_ZIEKTE = "langdurige_ziekte", "Langdurige ziekte"
    MOEDERSCHAPSRUST = "moederschapsrust", "Moederschapsrust"
    OUDERSCHAP = "ouderschap", "Ouderschapsverlof"
    OPLEIDING = "opleiding", "Opleiding"
    TIJDELIJK_WERK = "tijdelijk_werk", "Tijdelijk werk"
    DETENTIE = "detentie", "Detentie"
    FAMILIE = "familie", "Familiale redenen"
    ANDERE = "andere", "Andere reden"


class VerlengingStatus(TextChoices):
    """Where a request to extend stands."""

    GEVRAAGD = "gevraagd", "Gevraagd"
    GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
    GEWEIGERD = "geweigerd", "Geweigerd"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class StapSoort(TextChoices):
    """What comes after this traject."""

    WERK = "werk", "Werk zoeken of starten"
    OPLEIDING = "opleiding", "Opleiding"
    STAGE = "stage", "Stage of IBO"
    ANDER_TRAJECT = "ander_traject", "Ander traject"
    VERLENGING = "verlenging", "Verlenging vragen"
    ARBEIDSZORG = "arbeidszorg", "Arbeidszorg"
    VRIJWILLIGERSWERK = "vrijwilligerswerk", "Vrijwilligerswerk"
    WELZIJN = "welzijn", "Zorg of welzijn"
    GEEN = "geen", "Bewust geen vervolg"


class Stem(TextChoices):
    """Whose voice it is. Client and OCMW steer together; neither imposes (anchor D-1)."""

    CLIENT = "client", _("Cliënt")
    OCMW = "ocmw", _("OCMW")
    PARTNER = "partner", _("Partner")


class Uitvoerder(TextChoices):
    """Who moves; a step may have several."""

    CLIENT = "client", _("Cliënt")
    MEDEWERKER = "medewerker", _("Begeleider")
    OCMW = "ocmw", _("OCMW")
    PARTNER = "partner", _("Partner")


# Whoever moves for the OCMW moves as the OCMW: its steps redden like those of the client.
VAN_HET_OCMW = (Uitvoerder.MEDEWERKER, Uitvoerder.OCMW)


class Levensdomein(TextChoices):
    """The part of life a goal or step is about (GPMI-11, activity domains)."""

    WERK = "werk", _("Werk")
    OPLEIDING = "opleiding", _("Opleiding")
    TAAL = "taal", _("Taal")
    GEZIN = "gezin", _("Gezin en kinderen")
    WONEN = "wonen", _("Wonen")
    MOBILITEIT = "mobiliteit", _("Vervoer")
    GELD = "geld", _("Geld en papieren")
    WELZIJN = "welzijn", _("Welzijn")
    VRIJE_TIJD = "vrije_tijd", _("Vrije tijd en mensen")
    ANDER = "ander", _("Iets anders")


class PlanStatus(TextChoices):
    """Where a goal or step of the plan stands."""

    VOORGESTELD = "voorgesteld", _("Voorgesteld")
    AFGESPROKEN = "afgesproken", _("Afgesproken")
    ONEENS = "oneens", _("Niet afgesproken")
    GEDAAN = "gedaan", _("Gedaan")
    VERVALLEN = "vervallen", _("Niet meer nodig")


# What the plan still asks of somebody.
LEVENDE_STAND = (PlanStatus.VOORGESTELD, PlanStatus.AFGESPROKEN, PlanStatus.ONEENS)


class PlanStapSoort(TextChoices):
    """Which step it is: any, or the one that comes after a traject."""

    GEWOON = "gewoon", _("Stap")
    VOLGENDE_STAP = "volgende_stap", _("Volgende stap na het traject")


class ReactieSoort(TextChoices):
    """What one side answers to a proposal of the other."""

    AKKOORD = "akkoord", _("Akkoord")
    ANDER_TEMPO = "ander_tempo", _("Een andere dag")
    NIET_AKKOORD = "niet_akkoord", _("Niet akkoord")


class AkkoordKanaal(TextChoices):
    """How somebody spoke; the weakest channel that works is the right one."""

    LINK = "link", _("Via de eigen link")
    BUREAU = "bureau", _("Aan het bureau")
    PAPIER = "papier", _("Op papier")
    TELEFOON = "telefoon", _("Aan de telefoon")


class SjabloonSoort(TextChoices):
    """What a line of a template becomes."""

    DOEL = "doel", "Doel"
    STAP = "stap", "Stap"


class SjabloonAnker(TextChoices):
    """From when a template counts its days."""

    VANDAAG = "vandaag", "de dag van het voorstel"
    START = "start", "de start van het traject"


class EvaluatieWijze(TextChoices):
    """How an evaluation was held; two a year must be in person (GPMI-12)."""

    KANTOOR = "kantoor", "Gesprek op kantoor"
    HUISBEZOEK = "huisbezoek", "Huisbezoek"
    WERKPLEK = "werkplek", "Op de werkplek"
    TELEFOON = "telefoon", "Telefoon"
    VIDEO = "video", "Videogesprek"


IN_PERSOON = (EvaluatieWijze.KANTOOR, EvaluatieWijze.HUISBEZOEK, EvaluatieWijze.WERKPLEK)


class AfspraakSoort(TextChoices):
    """Kind of appointment."""

    GESPREK = "gesprek", _("Gesprek")
    TELEFOON = "telefoon", _("Telefoongesprek")
    HUISBEZOEK = "huisbezoek", _("Huisbezoek")
    WERKPLEK = "werkplek", _("Bezoek op de werkplek")
    EVALUATIE = "evaluatie", _("Evaluatie")
    DRIEGESPREK = "driegesprek", _("Gesprek met drie")


class AfspraakStatus(TextChoices):
    """Where an appointment stands."""

    GEPLAND = "gepland", _("Gepland")
    DOORGEGAAN = "doorgegaan", _("Doorgegaan")
    NIET_DOORGEGAAN = "niet_doorgegaan", _("Niet doorgegaan")


class AfspraakOorzaak(TextChoices):
    """How it came that an appointment was not held; facts, no blame."""

    CLIENT_NIET_DAAR = "client_niet_daar", _("De cliënt was er niet")
    DOOR_CLIENT = "door_client", _("Afgezegd door de cliënt")
    DOOR_OCMW = "door_ocmw", _("Afgezegd door het OCMW")
    DOOR_PARTNER = "door_partner", _("Afgezegd door de partner")


# Said beforehand; that the client was not there is only known afterwards.
AFGEZEGD = (AfspraakOorzaak.DOOR_CLIENT, AfspraakOorzaak.DOOR_OCMW, AfspraakOorzaak.DOOR_PARTNER)


class LogSoort(TextChoices):
    """Kind of contact or note."""

    GESPREK = "gesprek", "Gesprek"
    TELEFOON = "telefoon", "Telefoon"
    HUISBEZOEK = "huisbezoek", "Huisbezoek"
    BERICHT = "bericht", "Bericht"
    VASTSTELLING = "vaststelling", "Vaststelling"
    WERKPLEKBEZOEK = "werkplekbezoek", "Werkplekbezoek"


class Kring(TextChoices):
    """Who may read an entry of the log besides the office."""

    CLIENT = "client", "Cliënt"
    PARTNER = "partner", "Partner"


# A note about the client is not a contact with her.
CONTACTEN = tuple(soort for soort in LogSoort if soort != LogSoort.VASTSTELLING)


class Overgang(TextChoices):
    """Whom a new version of a rule touches."""

    NIEUWE_STARTS = "nieuwe_starts", "Alleen nieuwe trajecten"
    OOK_LOPENDE = "ook_lopende", "Ook lopende trajecten"


class Zekerheid(TextChoices):
    """How sure we are of a rule; of certainty L a rule warns and never blocks."""

    H = "H", "Gelezen in de wettekst"
    M = "M", "Gelezen op een officiële of vakpagina"
    L = "L", "Niet bevestigd"


class RegelStatus(TextChoices):
    """Two pairs of eyes: proposed by one, approved by another."""

    VOORGESTELD = "voorgesteld", "Voorgesteld"
    GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class SignaalCode(TextChoices):
    """What can ask for a person's attention. Never ticked away: gone when the cause is gone."""

    LIMIET_NADERT = "limiet_nadert", "Einde nadert zonder vervolgstap"
    LIMIET_VOORBIJ = "limiet_voorbij", "Uiterste dag voorbij"
    EVALUATIE = "evaluatie", "Evaluatie of herziening"
    GPMI_ONDERTEKENEN = "gpmi_ondertekenen", "GPMI te ondertekenen"
    GPMI_EVALUATIE = "gpmi_evaluatie", "GPMI-evaluatie"
    VDAB_INSCHRIJVING = "vdab_inschrijving", "Inschrijving bij VDAB"
    STAP_TE_LAAT = "stap_te_laat", "Afgesproken stap te laat"
    GEEN_EERSTE_CONTACT = "geen_eerste_contact", "Nog geen eerste contact"
    GEEN_SPILFIGUUR = "geen_spilfiguur", "Zonder spilfiguur"
    GEEN_TRAJECT = "geen_traject", "Cliënt zonder traject"
    STATUUT_BEEINDIGD = "statuut_beeindigd", "Statuut beëindigd"
    VERLENGING_TE_BESLISSEN = "verlenging_te_beslissen", "Verlenging te beslissen"
    CLIENT_WACHT = "client_wacht", "Cliënt wacht op antwoord"
    GEEN_REACTIE = "geen_reactie", "Nog geen reactie van de cliënt"
    VERSIE_WACHT = "versie_wacht", "Versie van het plan wacht"
    AFSPRAAK_OPNIEUW = "afspraak_opnieuw", "Afspraak ging niet door"
    LOGVRAAG = "logvraag", "Vraag bij het logboek"


class Redigeerbaar(TextChoices):
    """Texts of people from which words can be taken out, with a trace."""

    LOGBOEK = "logboek", "logboek"
    AANVULLING = "aanvulling", "aanvulling in het logboek"
    LOGVRAAG = "logvraag", "vraag in het logboek"
    LOGANTWOORD = "logantwoord", "antwoord in het logboek"
    EVALUATIE = "evaluatie", "verslag van een evaluatie"
    DOEL = "doel", "doel"
    STAP = "stap", "stap"
    TOELICHTING = "toelichting", "uitleg bij een stap"
    REACTIE = "reactie", "antwoord in het plan"
    PLANVERSIE = "planversie", "versie van het plan"
    DOEL_SLOT = "doel_slot", "woord bij een afgesloten doel"
    STAP_SLOT = "stap_slot", "woord bij een afgesloten stap"
    BEHOEFTEN = "behoeften", "wat er nodig is"
    EVALUATIEWIJZE = "evaluatiewijze", "hoe we kijken of het lukt"
    EXTRA_HULP = "extra_hulp", "extra hulp en kosten"
    AFSPRAAK = "afspraak", "notitie bij een afspraak"
    AFSPRAAK_REDEN = "afspraak_reden", "reden bij een afspraak"
    BESPROKEN = "besproken", "wat er gezegd is"
    SCHORSING = "schorsing", "toelichting bij een schorsing"


class RedactieReden(TextChoices):
    """Why words are taken out; a choice, so that no new words say the same again."""

    GEZONDHEID = "gezondheid", "Het gaat over gezondheid"
    GERECHT = "gerecht", "Het gaat over politie of gerecht"
    DERDE = "derde", "Het gaat over iemand anders"
    VERGISSING = "vergissing", "Het hoort niet in dit dossier"
