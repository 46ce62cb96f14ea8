"""A row that cannot be taken in, and what is said of one that can."""

NAAM_ONTBREEKT = "naam ontbreekt"
ONBEKENDE_MEDEWERKER = "onbekende medewerker"
GEBOORTE_STRIJDIG = "geboortedatum strijdig met INSZ"


class RijGeweigerd(Exception):
    """One reason, in Dutch, why a row is refused."""
