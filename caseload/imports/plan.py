"""What taking in a row would do, and why it cannot be taken in; nothing is written here."""

from dataclasses import dataclass
from datetime import date

from caseload.enums import Gevolg
from caseload.imports.herkenning import Bekend, Loopt, Register
from caseload.imports.omgeving import Begeleider, Kennis
from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.rijen import Aanvaard
from caseload.rules.inlezen.tekst import fold, squeeze
from kern.belgian_dates import format_short

# Says neither that a restricted file exists nor whose it is.
NEUTRAAL = "deze rij kunt u niet overnemen: vraag het na bij uw leidinggevende"
# What a list may say otherwise than the file; the file stays as it is.
_VERGELEKEN = (
    ("familienaam", "familienaam"),
    ("voornaam", "voornaam"),
    ("adres", "adres"),
    ("postcode", "postcode"),
    ("gemeente", "gemeente"),
    ("telefoon", "telefoon"),
    ("email", "e-mailadres"),
)


@dataclass(frozen=True, slots=True)
class Nieuwstatuut:
    """The first standing of a client."""

    soort: str
    categorie: int | None
    van: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What one row adds; what is None or False stands there already, or is not in the list."""

    rij: Aanvaard
    bekend: Bekend
    is_nieuw: bool
    statuut: Nieuwstatuut | None
    begeleider: Begeleider | None
    insz: str
    """Number for a known client who has none yet."""
    met_traject: bool
    opmerkingen: tuple[str, ...]

    @property
    def gevolg(self) -> Gevolg:
        """Return what the row does, in one word."""
        if self.is_nieuw:
            return Gevolg.NIEUW
        if self.met_traject:
            return Gevolg.TRAJECT
        if self.statuut or self.begeleider or self.insz:
            return Gevolg.AANGEVULD
        return Gevolg.ONGEWIJZIGD


def plan_rij(rij: Aanvaard, register: Register, kennis: Kennis) -> Plan:
    """Return what the row does and remember it for the rows after it, or raise RijGeweigerd."""
    bekend = _find(rij, register)
    opmerkingen = list(rij.opmerkingen)
    is_nieuw = bekend is None
    if bekend is None:
        opmerkingen += _namesakes(rij, register)
        bekend = _newcomer(rij, register)
    else:
        _check_visible(bekend)
        opmerkingen += _differences(rij, bekend)
    met_traject = _adds_traject(rij, bekend, kennis)
    statuut = _statuut(rij, bekend, kennis, opmerkingen)
    begeleider = _begeleider(rij, bekend, kennis)
    insz = "" if is_nieuw or not rij.insz or bekend.sleutels else rij.insz
    plan = Plan(rij, bekend, is_nieuw, statuut, begeleider, insz, met_traject, tuple(opmerkingen))
    _remember(plan, register, kennis)
    return plan


def _find(rij: Aanvaard, register: Register) -> Bekend | None:
    by_insz, by_dossier = register.by_insz(rij.insz), register.by_dossier(rij.dossiernummer)
    if by_insz is not None and by_dossier is not None and by_insz is not by_dossier:
        _check_visible(by_insz)
        _check_visible(by_dossier)
        raise RijGeweigerd("INSZ en dossiernummer horen bij twee verschillende dossiers")
    if by_insz is not None:
        return by_insz
    if by_dossier is not None:
        _check_visible(by_dossier)
        _check_same_person(rij, by_dossier)
        return by_dossier
    if rij.dossiernummer:
        return None
    return _by_naam(rij, register)


def _by_naam(rij: Aanvaard, register: Register) -> Bekend | None:
    """Without a file number, name and birth date tell; another INSZ is another person."""
    found = [item for item in register.by_naam(rij) if not (rij.insz and item.sleutels)]
    if len(found) > 1:
        for item in found:
            _check_visible(item)
        raise RijGeweigerd("meer dan één dossier heeft deze naam en geboortedatum")
    return found[0] if found else None


def _check_visible(bekend: Bekend) -> None:
    if not bekend.is_visible:
        raise RijGeweigerd(NEUTRAAL)


def _check_same_person(rij: Aanvaard, bekend: Bekend) -> None:
    """A file number alone may be a slip: the rest must not contradict it."""
    if rij.insz and bekend.sleutels:
        raise RijGeweigerd("dossiernummer hoort bij een cliënt met een ander INSZ")
    if rij.geboortedatum and bekend.geboortedatum and rij.geboortedatum != bekend.geboortedatum:
        raise RijGeweigerd("dossiernummer hoort bij een cliënt met een andere geboortedatum")
    if not _words(rij) & _words(bekend):
        raise RijGeweigerd("dossiernummer hoort bij een cliënt met een andere naam")


def _words(persoon: Aanvaard | Bekend) -> set[str]:
    return set(fold(f"{persoon.familienaam} {persoon.voornaam}").split())


def _namesakes(rij: Aanvaard, register: Register) -> list[str]:
    """Warn for a second file of the same person; a restricted one is not mentioned."""
    alike = [item for item in register.by_naam(rij) if item.is_visible and item.pk is not None]
    if not alike:
        return []
    nummers = ", ".join(item.dossiernummer for item in alike)
    return [f"zelfde naam en geboortedatum als dossier {nummers}"]


def _newcomer(rij: Aanvaard, register: Register) -> Bekend:
    return Bekend(
        dossiernummer=rij.dossiernummer,
        familienaam=rij.familienaam,
        voornaam=rij.voornaam,
        geboortedatum=rij.geboortedatum,
        sleutels={register.sleutel(rij.insz)} if rij.insz else set(),
    )


def _differences(rij: Aanvaard, bekend: Bekend) -> list[str]:
    """An import never overwrites a file: it tells where the list says something else."""
    if bekend.client is None:
        return []
    other = [
        word
        for name, word in _VERGELEKEN
        if (new := getattr(rij, name)) and squeeze(new) != squeeze(getattr(bekend.client, name))
    ]
    if rij.dossiernummer and squeeze(rij.dossiernummer) != squeeze(bekend.dossiernummer):
        other.insert(0, "dossiernummer")
    if not other:
        return []
    return [f"staat anders in het dossier en bleef zo: {', '.join(other)}"]


def _adds_traject(rij: Aanvaard, bekend: Bekend, kennis: Kennis) -> bool:
    if not rij.instrument or rij.startdatum is None:
        return False
    start, groep = rij.startdatum, kennis.instrumenten[rij.instrument].groep
    if any(item.code == rij.instrument and item.begin == start for item in bekend.trajecten):
        return False
    for item in bekend.trajecten:
        if item.groep == groep and (item.einde is None or item.einde >= start):
            raise RijGeweigerd(f"cliënt volgt al {item.naam} sinds {format_short(item.begin)}")
    return True


def _statuut(
    rij: Aanvaard, bekend: Bekend, kennis: Kennis, opmerkingen: list[str]
) -> Nieuwstatuut | None:
    if rij.statuut is None or bekend.has_statuut:
        return None
    van = rij.statuut.sinds
    if van is None:
        van = kennis.op
        opmerkingen.append(f"statuut gezet vanaf {format_short(van)}")
    return Nieuwstatuut(rij.statuut.soort, rij.statuut.categorie, van)


def _begeleider(rij: Aanvaard, bekend: Bekend, kennis: Kennis) -> Begeleider | None:
    """A restricted file is never given to somebody by a list."""
    if not rij.medewerker or bekend.has_spilfiguur or bekend.is_afgeschermd:
        return None
    begeleider = kennis.begeleiders.get(rij.medewerker)
    if begeleider is None or begeleider.gebruiker.pk in bekend.volgers:
        return None
    return begeleider


def _remember(plan: Plan, register: Register, kennis: Kennis) -> None:
    rij, bekend = plan.rij, plan.bekend
    bekend.has_statuut |= plan.statuut is not None
    bekend.has_spilfiguur |= plan.begeleider is not None
    if plan.met_traject and rij.startdatum is not None:
        instrument = kennis.instrumenten[rij.instrument]
        bekend.trajecten.append(
            Loopt(rij.instrument, instrument.groep, instrument.naam, rij.startdatum)
        )
    if plan.is_nieuw:
        register.add(bekend)
    elif plan.insz:
        register.add_insz(bekend, plan.insz)
