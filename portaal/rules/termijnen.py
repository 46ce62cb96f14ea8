"""How long a link and a stay last, and how many mistakes are forgiven. Pure.

These are choices of the product, not of the law: short where a stranger could profit, long where
a person who is short of everything would otherwise stand before a closed door.
"""

from datetime import datetime, timedelta
from enum import StrEnum

# As long as a quarter: a step plan is talked over at least so often, and each message renews it.
LINK_GELDIG = timedelta(days=90)
# Five guesses at a birth date of whom one does not know: one chance in about five thousand.
MEESTE_POGINGEN = 5
# And ten in a day over all her links together: each link that was sent would give five more, and
# each time she herself comes in the count of that link begins anew.
MEESTE_FOUT_PER_DAG = 10
# Late messages keep working, and lost ones stop by themselves.
MEESTE_LINKS = 5
# Between two sends: a text message may take minutes, and who waits should not get three.
PAUZE = timedelta(minutes=10)
# Phones lie about in families: away for a quarter of an hour is away.
STIL = timedelta(minutes=15)
HOOGSTENS = timedelta(hours=2)
# So long a page that was left open may still be sent, after saying again who one is.
HERVATTEN = timedelta(hours=24)
BEVESTIGING_GELDIG = timedelta(minutes=15)
BEVESTIGING_PAUZE = timedelta(minutes=2)
# Whoever holds the link could otherwise let the telephone of the client ring all day.
MEESTE_CODES_PER_DAG = 10
# Who loses her link three times in a day is helped better by a person.
ZELF_PER_DAG = 3
# A mail scanner opens a link many times: once in this while is enough for the log.
OPENING_STIL = timedelta(minutes=30)


class Stand(StrEnum):
    """How a stay stands now."""

    OPEN = "open"
    VERLOPEN = "verlopen"
    VOORBIJ = "voorbij"


def stay(
    *, begonnen: datetime, gezien: datetime, beeindigd: datetime | None, at: datetime
) -> Stand:
    """Tell whether a stay goes on, may be taken up after saying who one is, or is over."""
    if beeindigd is not None or at - gezien >= HERVATTEN:
        return Stand.VOORBIJ
    if at - gezien >= STIL or at - begonnen >= HOOGSTENS:
        return Stand.VERLOPEN
    return Stand.OPEN
