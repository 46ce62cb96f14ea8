"""What to do about a message that did not arrive, or perhaps not."""

import re
from dataclasses import dataclass

# The words of `clienten.enums.BerichtKanaal` and `BerichtStatus`.
SMS, ONBEKEND = "sms", "onbekend"
# The line said no to this number or address; anything else is trouble of the line itself.
_GEWEIGERD = re.compile(r"adres_geweigerd|gateway_4(?!0[13]|29)\d\d")


@dataclass(frozen=True, slots=True)
class Raad:
    """What happened and what helps, and whether the number or address must change."""

    gebeurd: str
    doen: str
    is_adres: bool = False

    @property
    def zin(self) -> str:
        """Return both as sentences."""
        return f"{self.gebeurd} {self.doen}"


def raad_bij(*, status: str, kanaal: str, foutcode: str, telefoon: str) -> Raad:
    """Say what happened to a message and what helps now."""
    bel = f"Bel {telefoon}" if telefoon else "Schrijf een brief"
    sms = kanaal == SMS
    if status == ONBEKEND:
        return Raad("Misschien aangekomen.", f"{bel} en vraag het na.")
    if _GEWEIGERD.fullmatch(foutcode):
        if sms:
            return Raad(
                "Naar dit nummer kan geen sms.",
                "Vraag een nieuw nummer, of schrijf een brief.",
                True,
            )
        return Raad("Dit e-mailadres werkt niet.", f"Vraag een nieuw adres. {bel}.", True)
    if foutcode == "onleesbaar":
        return Raad("Het bericht was niet meer te lezen.", "Maak het opnieuw.")
    dienst = "De sms-dienst" if sms else "De mailserver"
    of_brief = ", of schrijf een brief" if telefoon else ""
    return Raad(f"{dienst} nam het niet aan.", f"{bel}{of_brief}.")
