"""The verdict on a row: taken in, with remarks, or refused, with every reason."""

from dataclasses import dataclass
from datetime import date

from caseload.rules.inlezen.statuten import GelezenStatuut
from caseload.rules.inlezen.tabel import Rij


@dataclass(frozen=True, slots=True)
class Aanvaard:
    """A row that can be taken in; an empty text is a fact the list does not give."""

    rijnummer: int
    dossiernummer: str
    insz: str
    familienaam: str
    voornaam: str
    geboortedatum: date | None
    geslacht: str
    adres: str
    postcode: str
    gemeente: str
    telefoon: str
    email: str
    taal: str
    statuut: GelezenStatuut | None
    medewerker: str
    """User name, empty where the list names nobody."""
    instrument: str
    """Code, empty for a client without traject."""
    startdatum: date | None
    opmerking: str
    opmerkingen: tuple[str, ...] = ()
    """What was mended or left out, in Dutch."""
    zelfde_client_als: int | None = None
    """Row of the same client with another traject; this row only adds a traject."""


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """A row that is not taken in, with its cells so that it can be mended."""

    rij: Rij
    redenen: tuple[str, ...]

    @property
    def rijnummer(self) -> int:
        """Return the row number in the file."""
        return self.rij.nummer

    @property
    def reden(self) -> str:
        """Return the first, weightiest reason."""
        return self.redenen[0]
