"""Over which days a report speaks."""

from datetime import date

from kern.periods import ONE_DAY, Period


def default_periode(
    *, begindatum: date, einddatum: date | None, vorig_tot: date | None, today: date
) -> Period:
    """Return the days since the last report, or since the start of the traject, until today."""
    tot = today if einddatum is None else min(einddatum, today)
    van = begindatum if vorig_tot is None else vorig_tot + ONE_DAY
    return Period(min(van, tot), tot)


def bezwaar_tegen(*, van: date, tot: date, begindatum: date, today: date) -> str:
    """Return why there can be no report over these days, or nothing."""
    if begindatum > today:
        return "Dit traject is nog niet gestart. Een verslag kan vanaf de eerste dag."
    if tot < van:
        return "De laatste dag van de periode ligt vóór de eerste dag."
    if tot > today:
        return "De periode loopt t.e.m. vandaag of vroeger; over later is nog niets te zeggen."
    return ""
