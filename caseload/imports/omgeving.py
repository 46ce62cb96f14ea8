"""What the bestuur knows, against which a list is read: workers, instruments, clocks."""

from dataclasses import dataclass, field
from datetime import date

from caseload.rules.inlezen.instrumenten import BekendInstrument
from caseload.rules.inlezen.interpretatie import Omgeving
from caseload.rules.inlezen.medewerkers import BekendeMedewerker
from clienten.enums import ToewijzingRol
from toegang.enums import Rol
from toegang.models import Aanstelling, Gebruiker
from trajecten.models import Instrument
from trajecten.queries import regels_voor
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.klokken import klok_for
from trajecten.rules.termijn import RegelRij

# Who can follow clients, and as what.
BEGELEIDERS = {
    Rol.MAATSCHAPPELIJK_WERKER: ToewijzingRol.MAATSCHAPPELIJK_WERKER,
    Rol.TRAJECTBEGELEIDER: ToewijzingRol.TRAJECTBEGELEIDER,
    Rol.LEIDINGGEVENDE: ToewijzingRol.MAATSCHAPPELIJK_WERKER,
}


@dataclass(frozen=True, slots=True)
class Begeleider:
    """A worker to whom a list may assign clients, with the role in which she follows them."""

    gebruiker: Gebruiker
    rol: ToewijzingRol


@dataclass(frozen=True, slots=True)
class Kennis:
    """The workers, instruments and rules of one bestuur on one day."""

    op: date
    begeleiders: dict[str, Begeleider]
    instrumenten: dict[str, Instrument]
    regels: tuple[RegelRij, ...]
    _dagen: dict[tuple[str, date], date | None] = field(default_factory=dict)

    @property
    def omgeving(self) -> Omgeving:
        """Return the plain values that reading a list needs."""
        return Omgeving(
            vandaag=self.op,
            medewerkers=tuple(
                BekendeMedewerker(
                    item.gebruiker.gebruikersnaam,
                    item.gebruiker.voornaam,
                    item.gebruiker.familienaam,
                )
                for item in self.begeleiders.values()
            ),
            instrumenten=tuple(
                BekendInstrument(
                    code=row.code,
                    naam=row.naam,
                    geldig_van=row.geldig_van,
                    geldig_tot=row.geldig_tot,
                    is_startbaar=row.is_startbaar,
                )
                for row in self.instrumenten.values()
            ),
        )

    def uiterste_dag(self, code: str, start: date) -> date | None:
        """Return the day the first clock of the instrument gives for this start."""
        key = (code, start)
        if key not in self._dagen:
            klok = klok_for(self.instrumenten[code].klok)
            feiten = TrajectFeiten(begindatum=start, instrument=code)
            eerste, *_ = klok(feiten, self.regels, op=self.op)
            self._dagen[key] = eerste.uiterste_dag
        return self._dagen[key]


def kennis_van(bestuur_id: int, *, op: date) -> Kennis:
    """Gather what the bestuur knows on the day, in three queries."""
    rows = (
        Aanstelling.objects.active_on(op)
        .filter(bestuur=bestuur_id, rol__in=BEGELEIDERS, gebruiker__is_active=True)
        .select_related("gebruiker")
        .order_by("pk")
    )
    begeleiders: dict[str, Begeleider] = {}
    for row in sorted(rows, key=lambda row: list(BEGELEIDERS).index(Rol(row.rol))):
        begeleiders.setdefault(
            row.gebruiker.gebruikersnaam, Begeleider(row.gebruiker, BEGELEIDERS[Rol(row.rol)])
        )
    instrumenten = Instrument.objects.select_related("opvolger").for_list()
    return Kennis(
        op=op,
        begeleiders=begeleiders,
        instrumenten={row.code: row for row in instrumenten},
        regels=regels_voor(bestuur_id),
    )
