"""Weeks lost to barriers, counted by the database in one statement (`rules.weken` is the rule)."""

from datetime import date
from typing import Any

from django.db import connection

from clienten.enums import DrempelSoort
from kern.periods import Period
from rapporten.rules.weken import Tel, Telling

# Health, justice and debts: together, and for the whole bestuur only.
ONGESPLITST = (DrempelSoort.GEVOELIG.value,)

# grouping(): 0 for a kind in an area, 1 for a kind, 3 for everything. A step that is done or no
# longer needed waits no more; `least` passes over what is not known.
_TEL = """
WITH wacht AS (
    SELECT b.client_id, d.soort,
           CASE WHEN d.soort = ANY (%(ongesplitst)s) THEN '' ELSE d.gebied END AS gebied,
           greatest(b.van, %(van)s) AS van, least(b.tot, s.afgesloten_op, %(tot)s) AS tot
    FROM trajecten_blokkering b
    JOIN clienten_drempel d ON d.bestuur_id = b.bestuur_id AND d.id = b.drempel_id
    JOIN trajecten_stap s ON s.bestuur_id = b.bestuur_id AND s.id = b.stap_id
    WHERE b.bestuur_id = %(bestuur)s AND b.van <= %(tot)s
), per_mens AS (
    SELECT grouping(soort, gebied) AS niveau, soort, gebied,
           range_agg(daterange(van, tot, '[]')) AS dagen
    FROM wacht
    WHERE van <= tot
    GROUP BY GROUPING SETS ((client_id, soort, gebied), (client_id, soort), (client_id))
)
SELECT niveau, soort, gebied, count(*),
       sum((SELECT sum(upper(r) - lower(r)) FROM unnest(dagen) AS r))
FROM per_mens
GROUP BY niveau, soort, gebied
"""


def weken_verloren(bestuur_id: int, periode: Period, *, vandaag: date) -> Telling:
    """Count people and days of waiting in the period, up to today, in one query."""
    parameters: dict[str, Any] = {
        "bestuur": bestuur_id,
        "van": periode.begin,
        "tot": min(periode.end or vandaag, vandaag),
        "ongesplitst": list(ONGESPLITST),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TEL, parameters)
        rows = cursor.fetchall()
    counted = {(niveau, soort, gebied): Tel(int(n), int(d)) for niveau, soort, gebied, n, d in rows}
    return Telling(
        totaal=counted.get((3, None, None), Tel(0, 0)),
        per_soort={key[1]: tel for key, tel in counted.items() if key[0] == 1},
        per_plaats={(key[1], key[2]): tel for key, tel in counted.items() if key[0] == 0},
    )
