"""Besturen and the people who work there."""

from dataclasses import dataclass
from datetime import date

from toegang.enums import Rol
from toegang.models import Aanstelling, Bestuur, Gebruiker, Samenwerkingsverband

# Only ever set on the invented accounts below, and printed by the start command.
WACHTWOORD = "activering-demo"
IN_DIENST = date(2016, 1, 4)


@dataclass(frozen=True, slots=True)
class Medewerker:
    """An invented colleague: user name, name, role."""

    gebruikersnaam: str
    voornaam: str
    familienaam: str
    rol: Rol


HERENT = (
    Medewerker("mw1", "Mieke", "Vandervelde", Rol.MAATSCHAPPELIJK_WERKER),
    Medewerker("mw2", "Samir", "Bouzidi", Rol.MAATSCHAPPELIJK_WERKER),
    Medewerker("tb1", "Lotte", "Geerts", Rol.TRAJECTBEGELEIDER),
    Medewerker("chef1", "Annelies", "Stevens", Rol.LEIDINGGEVENDE),
    Medewerker("onthaal1", "Rita", "Claes", Rol.ONTHAAL),
    Medewerker("beheer1", "Koen", "Maes", Rol.BEHEERDER),
    Medewerker("beheer2", "Joke", "Wouters", Rol.BEHEERDER),
    Medewerker("dpo1", "Hilde", "Aerts", Rol.TOEZICHTHOUDER),
)
BUREN = {
    "24055": ("Kortenberg", (Medewerker("kortenberg1", "Bert", "Lemmens", Rol.LEIDINGGEVENDE),)),
    "24009": ("Bertem", (Medewerker("bertem1", "Nele", "Pauwels", Rol.LEIDINGGEVENDE),)),
}


@dataclass(frozen=True, slots=True)
class Ploeg:
    """A bestuur with its people by user name."""

    bestuur: Bestuur
    mensen: dict[str, Gebruiker]


def make_ploegen() -> list[Ploeg]:
    """Make the three besturen of the partnership and everyone who works there, Herent first."""
    verband = Samenwerkingsverband.objects.create(naam="IGO Leuven")
    herent = _bestuur("24038", "Herent", "3020", verband)
    ploegen = [Ploeg(herent, {m.gebruikersnaam: _aangesteld(m, herent) for m in HERENT})]
    for nis, (gemeente, mensen) in BUREN.items():
        bestuur = _bestuur(nis, gemeente, "", verband)
        ploegen.append(Ploeg(bestuur, {m.gebruikersnaam: _aangesteld(m, bestuur) for m in mensen}))
    # Works for two besturen, in one at a time: the switch at the top of the screen.
    lotte = ploegen[0].mensen["tb1"]
    Aanstelling.objects.create(
        gebruiker=lotte, bestuur=ploegen[1].bestuur, rol=Rol.TRAJECTBEGELEIDER, van=IN_DIENST
    )
    return ploegen


def _bestuur(nis: str, gemeente: str, postcode: str, verband: Samenwerkingsverband) -> Bestuur:
    return Bestuur.objects.create(
        naam=f"OCMW {gemeente}",
        nis=nis,
        gemeente=gemeente,
        postcode=postcode,
        telefoon="016 00 00 00",
        samenwerkingsverband=verband,
    )


def _aangesteld(medewerker: Medewerker, bestuur: Bestuur) -> Gebruiker:
    gebruiker = Gebruiker(
        gebruikersnaam=medewerker.gebruikersnaam,
        voornaam=medewerker.voornaam,
        familienaam=medewerker.familienaam,
        email=f"{medewerker.gebruikersnaam}@example.org",
    )
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    Aanstelling.objects.create(
        gebruiker=gebruiker, bestuur=bestuur, rol=medewerker.rol, van=IN_DIENST
    )
    gebruiker.work_in(bestuur, frozenset({medewerker.rol}))
    return gebruiker
