"""Who speaks when the plan changes, and how that reached us."""

from dataclasses import dataclass

from toegang.models import Gebruiker
from trajecten.enums import AkkoordKanaal, Stem

_HOE = {
    AkkoordKanaal.BUREAU: "aan het bureau",
    AkkoordKanaal.PAPIER: "op papier",
    AkkoordKanaal.TELEFOON: "aan de telefoon",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wie:
    """One voice: the client through her own link, or a worker for the OCMW or for somebody else.

    `gebruiker` is who acts in Activering; None only for the client's own link.
    """

    stem: Stem
    kanaal: AkkoordKanaal
    gebruiker: Gebruiker | None = None
    taal: str = "nl"
    tolk: str = ""
    # Of the partner who speaks.
    partner: str = ""

    @classmethod
    def ocmw(cls, gebruiker: Gebruiker) -> "Wie":
        """Return the voice of the OCMW."""
        return cls(stem=Stem.OCMW, kanaal=AkkoordKanaal.BUREAU, gebruiker=gebruiker)

    @classmethod
    def client(
        cls,
        kanaal: AkkoordKanaal = AkkoordKanaal.LINK,
        *,
        gebruiker: Gebruiker | None = None,
        taal: str = "nl",
        tolk: str = "",
    ) -> "Wie":
        """Return the voice of the client: by her link, or written down by a worker."""
        return cls(stem=Stem.CLIENT, kanaal=kanaal, gebruiker=gebruiker, taal=taal, tolk=tolk)

    @classmethod
    def van_partner(cls, naam: str, kanaal: AkkoordKanaal, gebruiker: Gebruiker) -> "Wie":
        """Return the voice of a partner, written down by a worker; it decides nothing."""
        return cls(stem=Stem.PARTNER, kanaal=kanaal, gebruiker=gebruiker, partner=naam)

    def zin(self, act: str) -> str:
        """Return the act as the trail tells it, the rest of a sentence about who did it."""
        if self.stem == Stem.OCMW:
            return act
        naam = "de cliënt" if self.stem == Stem.CLIENT else "de partner"
        if self.gebruiker is None:
            return f"{naam} {act}"
        return f"noteerde {_HOE.get(self.kanaal, 'voor een ander')}: {naam} {act}"
