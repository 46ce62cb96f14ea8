"""The stories of the demo: which situation each invented client is in, relative to today."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from clienten.enums import StatuutSoort
from trajecten.enums import SchorsingReden, StapSoort, Uitvoerder


@dataclass(frozen=True, slots=True, kw_only=True)
class Stap:
    """A next step: what, who moves, how many days from today; negative is late."""

    tekst: str
    soort: StapSoort
    uitvoerder: Uitvoerder
    over_dagen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verhaal:
    """One situation: a traject with a number of days to its limit, and what stands around it."""

    instrument: str = ""
    maanden: int = 0
    nog_dagen: int = 0
    begon_dagen_geleden: int = 0
    statuut: StatuutSoort | None = StatuutSoort.LEEFLOON
    categorie: int | None = 2
    statuut_eindigde: int | None = None
    stap: Stap | None = None
    schorsing: tuple[int, int | None, SchorsingReden] | None = None
    verlenging: str = ""
    uren_per_week: Decimal | None = None
    heeft_spilfiguur: bool = True
    contacten: int = 3
    is_transitie: bool = False
    is_beeindigd: bool = False
    is_afgeschermd: bool = False
    is_bijgestuurd: bool = False
    gpmi_dagen: int | None = None
    gpmi_getekend: bool = True
    evaluatie_dagen: tuple[int, ...] = ()
    vdab: bool = True
    bekend_dagen: int = 0
    # Which plan is told (`plannen.PLANNEN`), and what of an invented person is fixed.
    plan: str = ""
    persoon: tuple[tuple[str, Any], ...] = ()
    vraag: str = ""

    def start_on(self, today: date) -> date | None:
        """Return the start day that leaves this many days to the limit."""
        if not self.instrument:
            return None
        if self.begon_dagen_geleden:
            return today - timedelta(days=self.begon_dagen_geleden)
        last = today + timedelta(days=self.nog_dagen)
        return last + timedelta(days=1) - relativedelta(months=self.maanden)


_KLANT, _OCMW = Uitvoerder.CLIENT, Uitvoerder.OCMW
_SOLLICITEREN = Stap(
    tekst="Solliciteren bij het woonzorgcentrum",
    soort=StapSoort.WERK,
    uitvoerder=_KLANT,
    over_dagen=12,
)
_OPLEIDING = Stap(
    tekst="Inschrijven voor de opleiding logistiek medewerker",
    soort=StapSoort.OPLEIDING,
    uitvoerder=_OCMW,
    over_dagen=20,
)
_TE_LAAT = Stap(
    tekst="Stageplaats in het containerpark navragen",
    soort=StapSoort.STAGE,
    uitvoerder=_OCMW,
    over_dagen=-5,
)
_ZORG = Stap(
    tekst="Kennismaken in het atelier arbeidszorg",
    soort=StapSoort.ARBEIDSZORG,
    uitvoerder=_KLANT,
    over_dagen=30,
)
_EQUIVALENT = StatuutSoort.EQUIVALENT_LEEFLOON
_WERKZOEKEND = StatuutSoort.WERKZOEKENDE
_ART60 = StatuutSoort.ARTIKEL_60

OLENA = Verhaal(
    instrument="twe",
    maanden=24,
    nog_dagen=555,
    begon_dagen_geleden=0,
    schorsing=(100, 28, SchorsingReden.FAMILIE),
    contacten=2,
    bekend_dagen=40,
    gpmi_dagen=170,
    evaluatie_dagen=(60,),
    plan="olena",
    persoon=(
        ("voornaam", "Olena"),
        ("familienaam", "Kovalenko"),
        ("geboortedatum", date(1992, 3, 14)),
        ("geslacht", "v"),
        ("taal", "nl"),
        ("kanaal", "sms"),
    ),
    vraag="Is de opvang al gevraagd bij het Huis van het Kind?",
)
# What the ordinary files show of two voices, beside the story of Olena.
GEWONE_PLANNEN = (
    *("klaar", "voorstel", "oneens", "stil", "versie_ons", "versie_haar", "geblokkeerd"),
    *("te_laat", "tafel"),
)

_PLAN_PER_NUMMER = {
    **{2 * number + 1: naam for number, naam in enumerate(GEWONE_PLANNEN)},
    3: "sjabloon",
    4: "voorstel",
}

# Sixty situations: the first are the ones worth a story, the rest make an ordinary caseload.
VERHALEN: tuple[Verhaal, ...] = (
    Verhaal(instrument="twe", maanden=24, nog_dagen=-3, statuut=_ART60, categorie=None),
    Verhaal(instrument="twe", maanden=24, nog_dagen=5, statuut=_ART60, categorie=None),
    Verhaal(instrument="twe", maanden=24, nog_dagen=26, statuut=_ART60, categorie=None),
    Verhaal(instrument="twe", maanden=24, nog_dagen=40, stap=_SOLLICITEREN),
    Verhaal(instrument="twe", maanden=24, nog_dagen=75, stap=_TE_LAAT),
    Verhaal(
        instrument="twe",
        maanden=24,
        nog_dagen=230,
        schorsing=(120, 28, SchorsingReden.MOEDERSCHAPSRUST),
    ),
    Verhaal(
        instrument="twe",
        maanden=24,
        nog_dagen=330,
        schorsing=(30, None, SchorsingReden.LANGDURIGE_ZIEKTE),
    ),
    Verhaal(
        instrument="twe",
        maanden=24,
        nog_dagen=20,
        verlenging="De opleiding eindigt zes weken na de uiterste dag.",
        stap=_OPLEIDING,
    ),
    Verhaal(instrument="wijkwerken", maanden=12, nog_dagen=6, statuut=_WERKZOEKEND, categorie=None),
    Verhaal(instrument="wijkwerken", maanden=12, nog_dagen=80),
    Verhaal(instrument="wijkwerken", maanden=6, nog_dagen=11, statuut=_EQUIVALENT, categorie=1),
    Verhaal(instrument="wijkwerken", maanden=6, nog_dagen=-9),
    Verhaal(instrument="wijkwerken", begon_dagen_geleden=21, contacten=1),
    Verhaal(
        instrument="wijkwerken",
        begon_dagen_geleden=2900,
        is_transitie=True,
        statuut=_WERKZOEKEND,
        categorie=None,
    ),
    Verhaal(instrument="activeringstraject", maanden=18, nog_dagen=55, statuut=_EQUIVALENT),
    Verhaal(
        instrument="activeringstraject", maanden=18, nog_dagen=160, stap=_ZORG, is_bijgestuurd=True
    ),
    Verhaal(
        instrument="ama_welzijn",
        maanden=12,
        nog_dagen=9,
        statuut=StatuutSoort.IVT_IT,
        categorie=None,
    ),
    Verhaal(instrument="ama_se", maanden=12, nog_dagen=140, uren_per_week=Decimal(16)),
    Verhaal(instrument="taalopleiding_nt2", begon_dagen_geleden=60),
    Verhaal(instrument="", heeft_spilfiguur=False, contacten=0),
    Verhaal(instrument="", contacten=1, bekend_dagen=70),
    Verhaal(instrument="", contacten=0, vdab=False, bekend_dagen=110),
    Verhaal(instrument="twe", maanden=24, nog_dagen=300, heeft_spilfiguur=False),
    Verhaal(instrument="wijkwerken", maanden=12, nog_dagen=200, statuut_eindigde=14),
    Verhaal(instrument="twe", maanden=24, nog_dagen=120, gpmi_dagen=330, evaluatie_dagen=(150,)),
    Verhaal(instrument="", gpmi_dagen=75, gpmi_getekend=False),
    Verhaal(instrument="twe", maanden=24, nog_dagen=-30, is_beeindigd=True, stap=_OPLEIDING),
    Verhaal(instrument="wijkwerken", maanden=12, nog_dagen=-60, is_beeindigd=True),
    Verhaal(instrument="twe", maanden=24, nog_dagen=90, is_afgeschermd=True),
    Verhaal(instrument="vrijwilligerswerk", begon_dagen_geleden=90),
    OLENA,
    *(
        Verhaal(
            instrument=("twe", "wijkwerken", "activeringstraject")[number % 3],
            maanden=(24, 12, 18)[number % 3],
            nog_dagen=35 + number * 19 % (300 if number % 3 == 1 else 500),
            stap=(_SOLLICITEREN, None, _OPLEIDING, None, _ZORG)[number % 5],
            statuut=(StatuutSoort.LEEFLOON, _WERKZOEKEND, _EQUIVALENT)[number % 3],
            categorie=(1 + number % 3 if number % 3 != 1 else None),
            contacten=1 + number % 4,
            is_bijgestuurd=number % 3 == 2,
            gpmi_dagen=240 if number % 6 == 0 else None,
            evaluatie_dagen=(180, 90) if number % 6 == 0 else (),
            plan=_PLAN_PER_NUMMER.get(number, ""),
        )
        for number in range(1, 30)
    ),
)
