"""The fields a list can fill, and the headings under which offices write them."""

from enum import StrEnum


class Veld(StrEnum):
    """A fact of a client, a statuut or a traject that a column can hold."""

    DOSSIERNUMMER = "dossiernummer"
    INSZ = "insz"
    FAMILIENAAM = "familienaam"
    VOORNAAM = "voornaam"
    VOLLEDIGE_NAAM = "volledige_naam"
    GEBOORTEDATUM = "geboortedatum"
    GESLACHT = "geslacht"
    ADRES = "adres"
    HUISNUMMER = "huisnummer"
    BUS = "bus"
    POSTCODE = "postcode"
    GEMEENTE = "gemeente"
    TELEFOON = "telefoon"
    EMAIL = "email"
    TAAL = "taal"
    STATUUT = "statuut"
    STATUUT_CATEGORIE = "statuut_categorie"
    STATUUT_SINDS = "statuut_sinds"
    MEDEWERKER = "medewerker"
    INSTRUMENT = "instrument"
    STARTDATUM = "startdatum"
    OPMERKING = "opmerking"

    @property
    def label(self) -> str:
        """Return the name for the screen."""
        return _LABELS[self]


_LABELS: dict[Veld, str] = {
    Veld.DOSSIERNUMMER: "Dossiernummer",
    Veld.INSZ: "INSZ",
    Veld.FAMILIENAAM: "Familienaam",
    Veld.VOORNAAM: "Voornaam",
    Veld.VOLLEDIGE_NAAM: "Volledige naam",
    Veld.GEBOORTEDATUM: "Geboortedatum",
    Veld.GESLACHT: "Geslacht",
    Veld.ADRES: "Straat en huisnummer",
    Veld.HUISNUMMER: "Huisnummer",
    Veld.BUS: "Bus",
    Veld.POSTCODE: "Postcode",
    Veld.GEMEENTE: "Gemeente",
    Veld.TELEFOON: "Telefoon",
    Veld.EMAIL: "E-mail",
    Veld.TAAL: "Taal",
    Veld.STATUUT: "Statuut",
    Veld.STATUUT_CATEGORIE: "Categorie leefloon",
    Veld.STATUUT_SINDS: "Statuut sinds",
    Veld.MEDEWERKER: "Medewerker",
    Veld.INSTRUMENT: "Traject",
    Veld.STARTDATUM: "Start traject",
    Veld.OPMERKING: "Opmerking",
}

# Written without blanks, dots and accents: "Rijksregisternr." is "rijksregisternr" here.
# "naam" is the family name only beside a column with first names (see koppeling.py).
_KOPPEN: dict[Veld, str] = {
    Veld.DOSSIERNUMMER: """
        dossiernummer dossiernr dossier dossierid dossiercode nrdossier nummerdossier dosnr dosno
        dossiernummerocmw dossierreferentie clientnummer clientnr clientid clientcode nrclient
        klantnummer klantnr klantid referentie refnr ref kenmerk ocmwnummer ocmwnr ocmwdossier
        ocmwdossiernummer ocmwdossiernr numerodedossier nodossier numerodossier sociaaldossier
        sociaaldossiernummer""",
    Veld.INSZ: """
        insz insznummer insznr inszbis rijksregisternummer rijksregisternr rijksregister rijksreg
        rijksregnr rijksregnummer rijksregisterno rrnummer rrnr rrn rr nationaalnummer nationaalnr
        niss nissnummer numeroniss nn nrn nrnat numeronational numeroderegistrenational
        registrenational bisnummer bisnr rijksregisternummerbisnummer rijksregisterofbisnummer
        socialezekerheidsnummer sociaalzekerheidsnummer szn ssin""",
    Veld.FAMILIENAAM: """
        familienaam achternaam familienaamclient achternaamclient fam famnaam lastname surname
        nomdefamille nom naamfamilie""",
    Veld.VOORNAAM: """
        voornaam voornamen voornaamclient vnaam firstname prenom roepnaam eerstenaam voornaamen""",
    Veld.VOLLEDIGE_NAAM: """
        naam naamclient client clientnaam clienten naamenvoornaam naamvoornaam voornaamennaam
        voornaamnaam volledigenaam naamvoornaamclient familienaamvoornaam familienaamenvoornaam
        voornaamenfamilienaam voornaamfamilienaam naamvandeclient naamklant klant klantnaam persoon
        naampersoon name fullname nometprenom nomprenom deelnemer naamdeelnemer kandidaat""",
    Veld.GEBOORTEDATUM: """
        geboortedatum gebdatum gebdat geboortedat geboorte datumgeboorte geborenop geboren geb
        gebdd gebdatumclient geboortedatumclient birthdate dateofbirth dob datedenaissance
        naissance verjaardag""",
    Veld.GESLACHT: "geslacht gesl sekse gender mv mvx vm mf sexe sex genre",
    Veld.ADRES: """
        adres straat straatnaam straatennummer straatnummer straatnr straatennr straathuisnummer
        straatenhuisnummer adresclient woonplaatsadres domicilie domicilieadres verblijfsadres
        adresse rue address straatnaamennummer""",
    Veld.HUISNUMMER: "huisnummer huisnr hnr nr nummer numero housenumber",
    Veld.BUS: "bus busnummer busnr bnr box boite",
    Veld.POSTCODE: "postcode postnummer postnr pc postkode zip zipcode codepostal postcd",
    Veld.GEMEENTE: """
        gemeente woonplaats stad plaats deelgemeente gemeentenaam woongemeente localite commune
        ville city stadgemeente gemeentestad""",
    Veld.TELEFOON: """
        telefoon telefoonnummer telefoonnr tel telnr telnummer gsm gsmnummer gsmnr mobiel
        mobielnummer mobiele gsmtelefoon telefoongsm telgsm gsmtel phone mobile telephone
        contactnummer""",
    Veld.EMAIL: """
        email emailadres mail mailadres emailclient courriel epost elektronischadres
        elektronischepost""",
    Veld.TAAL: """
        taal voertaal moedertaal voorkeurtaal voorkeurstaal contacttaal taalcode langue language
        thuistaal spreektaal""",
    Veld.STATUUT: """
        statuut statuutclient soortinkomen inkomen inkomensbron uitkering statuutsoort status
        sociaalstatuut soortuitkering statut leefloonstatuut huidigstatuut soortsteun steunvorm
        typesteun""",
    Veld.STATUUT_CATEGORIE: """
        categorie cat leeflooncategorie categorieleefloon leefloncat categorielfl leeflooncat
        catleefloon barema""",
    Veld.STATUUT_SINDS: """
        statuutsinds sinds statuutvanaf datumstatuut begindatumstatuut startdatumstatuut
        beginstatuut startstatuut statuutdatum leefloonsinds leefloonvanaf startleefloon
        beginleefloon datumleefloon startdatumleefloon begindatumleefloon steunsinds
        toekenningsdatum datumtoekenning ingangsdatumstatuut ingangsdatumleefloon""",
    Veld.MEDEWERKER: """
        medewerker maatschappelijkwerker maatschwerker maatschwerk maw mw maatwerker
        maatschappelijkassistent trajectbegeleider trajectbegeleidster begeleider dossierbeheerder
        consulent behandelaar verantwoordelijke maatschappelijkwerkster naammedewerker
        naammaatschappelijkwerker dossierverantwoordelijke tb jobcoach arbeidstrajectbegeleider
        casemanager toegewezenaan assistantsocial as beheerder referent spilfiguur atb""",
    Veld.INSTRUMENT: """
        traject trajecttype trajectsoort soorttraject typetraject instrument instrumenten
        activering activeringsvorm maatregel activeringsmaatregel tewerkstellingsmaatregel
        tewerkstelling huidigtraject lopendtraject trajectnaam naamtraject typeactivering
        soortactivering programma parcours activeringsinstrument""",
    Veld.STARTDATUM: """
        startdatum starttraject startdatumtraject begindatum begindatumtraject begintraject start
        begin trajectstart trajectsinds trajectvanaf vanaf aanvang aanvangsdatum datumstart
        datumbegin gestartop startop datumaanvang ingangsdatum startdat begindat datedebut
        debut startdatumcontract begindatumcontract datumstarttraject datuminstap instapdatum
        instap startdatumtwe startdatumartikel60""",
    Veld.OPMERKING: """
        opmerking opmerkingen nota notas notities notitie commentaar bemerking bemerkingen
        remark remarks memo toelichting extra info varia bijzonderheden remarque remarques
        aandachtspunt aandachtspunten""",
}

KOPPEN_PER_VELD: dict[Veld, tuple[str, ...]] = {
    veld: tuple(koppen.split()) for veld, koppen in _KOPPEN.items()
}
VELD_VAN_KOP: dict[str, Veld] = {
    kop: veld for veld, koppen in KOPPEN_PER_VELD.items() for kop in koppen
}

# Columns this program added itself when it handed refused rows back.
KOP_REDEN = "Reden van weigering"
KOP_RIJ = "Rij in het aangeboden bestand"
EIGEN_KOPPEN = frozenset({"redenvanweigering", "rijinhetaangebodenbestand"})
