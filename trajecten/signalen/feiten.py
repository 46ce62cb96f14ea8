"""The facts the definitions share: each table of the bestuur read once, `dossier` a row a client.

`{client}` narrows to one client; `{eigen}` does so for the table of clients itself.
"""

from clienten.enums import StatuutSoort
from trajecten.enums import (
    IN_PERSOON,
    AfspraakSoort,
    AfspraakStatus,
    PlanStatus,
    VerlengingStatus,
)

LEEFLOON_SOORTEN = (
    StatuutSoort.LEEFLOON,
    StatuutSoort.EQUIVALENT_LEEFLOON,
    StatuutSoort.AANVULLEND_LEEFLOON,
)


def quoted(values: tuple[str, ...]) -> str:
    """Return values of our own enums as a list for IN (…)."""
    return ", ".join(f"'{value}'" for value in values)


def _gpmi_begin(jaar: str) -> str:
    """Return the first day of a year of the GPMI; what is signed on 29 February goes on 1 March."""
    dag = f"(g.ondertekend_op + make_interval(years => {jaar}))::date"
    return f"{dag} + (extract(day FROM {dag}) < extract(day FROM g.ondertekend_op))::int"


# A worker whose aanstelling ended follows nobody any more: the file must get another.
_TOEWIJZING = """
toegewezen AS MATERIALIZED (
    SELECT w.client_id, min(w.van) AS eerste,
           bool_or(w.van <= %(dag)s AND coalesce(w.tot >= %(dag)s, true)) AS loopt,
           coalesce(bool_or(w.is_spilfiguur AND w.van <= %(dag)s
                            AND coalesce(w.tot >= %(dag)s, true)
                            AND w.gebruiker_id = ANY (medewerkers.pks)), false) AS heeft_spilfiguur,
           max(w.tot) FILTER (WHERE w.is_spilfiguur AND w.tot < %(dag)s) AS spilfiguur_tot
    FROM clienten_toewijzing w,
         (SELECT ARRAY(SELECT a.gebruiker_id FROM toegang_aanstelling a
                       JOIN toegang_gebruiker g ON g.id = a.gebruiker_id AND g.is_active
                       WHERE a.bestuur_id = %(bestuur)s AND a.van <= %(dag)s
                         AND coalesce(a.tot >= %(dag)s, true)) AS pks) medewerkers
    WHERE w.bestuur_id = %(bestuur)s {client}
    GROUP BY w.client_id
)"""

_STATUUT = """
statuten AS MATERIALIZED (
    SELECT s.client_id, max(s.tot) FILTER (WHERE s.tot < %(dag)s) AS statuut_tot,
           bool_or(coalesce(s.tot >= %(dag)s, true)) AS heeft_statuut,
           bool_or(s.van <= %(dag)s AND coalesce(s.tot >= %(dag)s, true)) AS loopt,
           max(s.soort) FILTER (WHERE s.van <= %(dag)s
                                AND coalesce(s.tot >= %(dag)s, true)) AS statuut,
           max(s.van) FILTER (WHERE s.van <= %(dag)s
                              AND coalesce(s.tot >= %(dag)s, true)) AS statuut_van
    FROM clienten_statuut s
    WHERE s.bestuur_id = %(bestuur)s {client}
    GROUP BY s.client_id
)"""

_TRAJECT = """
alle_trajecten AS MATERIALIZED (
    SELECT t.id, t.client_id, t.begindatum, t.einddatum, t.uiterste_dag, t.herziening_op,
           t.pwa_overeenkomst_op
    FROM trajecten_traject t
    WHERE t.bestuur_id = %(bestuur)s {client}
),
lopende AS MATERIALIZED (SELECT * FROM alle_trajecten WHERE einddatum IS NULL),
trajecten AS MATERIALIZED (
    SELECT t.client_id, bool_or(coalesce(t.einddatum >= %(dag)s, true)) AS heeft_traject,
           bool_or(t.begindatum <= %(dag)s AND coalesce(t.einddatum >= %(dag)s, true)) AS loopt,
           max(t.einddatum) FILTER (WHERE t.einddatum < %(dag)s) AS traject_tot
    FROM alle_trajecten t
    GROUP BY t.client_id
)"""

# Closed is who had something and has nothing left; who was only just registered is not.
_DOSSIER = """
dossier AS MATERIALIZED (
    SELECT c.id, (c.created_at AT TIME ZONE 'Europe/Brussels')::date AS geregistreerd_op,
           w.eerste AS eerste_toewijzing, w.spilfiguur_tot,
           coalesce(w.heeft_spilfiguur, false) AS heeft_spilfiguur,
           s.statuut, s.statuut_van, s.statuut_tot,
           coalesce(s.heeft_statuut, false) AS heeft_statuut,
           coalesce(t.heeft_traject, false) AS heeft_traject,
           coalesce(t.loopt, false) AS traject_loopt, t.traject_tot,
           coalesce(w.loopt, false) OR coalesce(s.heeft_statuut, false)
               OR coalesce(t.heeft_traject, false)
               OR (w.client_id IS NULL AND s.client_id IS NULL AND t.client_id IS NULL)
               AS in_opvolging
    FROM clienten_client c
    LEFT JOIN toegewezen w ON w.client_id = c.id
    LEFT JOIN statuten s ON s.client_id = c.id
    LEFT JOIN trajecten t ON t.client_id = c.id
    WHERE c.bestuur_id = %(bestuur)s {eigen}
)"""

_VERLENGING = f"""
gevraagde AS MATERIALIZED (
    SELECT v.traject_id, (v.gevraagd_at AT TIME ZONE 'Europe/Brussels')::date AS gevraagd_op
    FROM trajecten_verlenging v
    WHERE v.bestuur_id = %(bestuur)s AND v.status = '{VerlengingStatus.GEVRAAGD}' {{client}}
)"""

_GPMI = f"""
lopend_gpmi AS MATERIALIZED (
    SELECT g.id, g.client_id, g.beslist_op, g.ondertekend_op
    FROM trajecten_gpmi g
    WHERE g.bestuur_id = %(bestuur)s AND coalesce(g.einddatum > %(dag)s, true) {{client}}
),
gpmi_jaar AS MATERIALIZED (
    SELECT DISTINCT ON (j.client_id) j.client_id, j.begin, j.volgend_begin - 1 AS einde,
           e.gehouden, e.persoonlijk
    FROM (SELECT g.id, g.client_id, g.ondertekend_op, {_gpmi_begin("k.jaar")} AS begin,
                 {_gpmi_begin("k.jaar + 1")} AS volgend_begin
          FROM lopend_gpmi g
          CROSS JOIN LATERAL (SELECT extract(year FROM age(
              %(dag)s::timestamp, g.ondertekend_op::timestamp))::int AS jaar) k
          WHERE g.ondertekend_op <= %(dag)s) j
    CROSS JOIN LATERAL (
        SELECT count(*)::int AS gehouden,
               count(*) FILTER (WHERE x.wijze IN ({quoted(IN_PERSOON)}))::int AS persoonlijk
        FROM trajecten_evaluatie x
        WHERE x.bestuur_id = %(bestuur)s AND x.client_id = j.client_id AND x.gpmi_id = j.id
          AND x.gehouden_op BETWEEN j.begin AND j.volgend_begin - 1) e
    ORDER BY j.client_id, j.ondertekend_op
)"""

# An unbroken run of leefloon has one decision: that of its first standing. Without a known
# decision day (an imported list) there is no term, and nobody is called late.
_LEEFLOON = f"""
leefloon AS MATERIALIZED (
    SELECT DISTINCT ON (r.client_id) r.client_id, r.beslist_op
    FROM (SELECT s.client_id, s.van, s.beslist_op,
                 coalesce(s.van > lag(s.tot) OVER (PARTITION BY s.client_id
                                                   ORDER BY s.van) + 1, true) AS is_begin
          FROM clienten_statuut s
          WHERE s.bestuur_id = %(bestuur)s AND s.van <= %(dag)s
            AND s.soort IN ({quoted(LEEFLOON_SOORTEN)}) {{client}}) r
    WHERE r.is_begin
      AND EXISTS (SELECT FROM statuten n WHERE n.client_id = r.client_id
                  AND n.loopt AND n.statuut IN ({quoted(LEEFLOON_SOORTEN)}))
    ORDER BY r.client_id, r.van DESC
),
vdab AS MATERIALIZED (
    SELECT v.client_id, v.vrijstelling, v.herziening_op
    FROM clienten_vdabinschrijving v
    WHERE v.bestuur_id = %(bestuur)s AND v.van <= %(dag)s
      AND coalesce(v.tot >= %(dag)s, true) {{client}}
)"""

# For whom the plan waits, and since when, the goals and steps of a client together.
_WACHTEND = f"""
wachtend AS MATERIALIZED (
    SELECT i.client_id, i.wacht_op,
           (min(i.wacht_sinds) AT TIME ZONE 'Europe/Brussels')::date AS sinds
    FROM (SELECT s.client_id, s.wacht_op, s.wacht_sinds FROM trajecten_stap s
          WHERE s.bestuur_id = %(bestuur)s AND s.status = '{PlanStatus.VOORGESTELD}' {{client}}
          UNION ALL
          SELECT d.client_id, d.wacht_op, d.wacht_sinds FROM trajecten_doel d
          WHERE d.bestuur_id = %(bestuur)s AND d.status = '{PlanStatus.VOORGESTELD}' {{client}}) i
    GROUP BY i.client_id, i.wacht_op
)"""

# An evaluation that stands on somebody's agenda.
_GEPLAND = f"""
gepland AS MATERIALIZED (
    SELECT a.client_id, a.traject_id,
           (min(a.begint_at) AT TIME ZONE 'Europe/Brussels')::date AS dag
    FROM trajecten_afspraak a
    WHERE a.bestuur_id = %(bestuur)s AND a.soort = '{AfspraakSoort.EVALUATIE}'
      AND a.status = '{AfspraakStatus.GEPLAND}'
      AND a.begint_at >= (%(dag)s::timestamp AT TIME ZONE 'Europe/Brussels') {{client}}
    GROUP BY a.client_id, a.traject_id
)"""

FEITEN = ",".join(
    (
        *(_TOEWIJZING, _STATUUT, _TRAJECT, _DOSSIER, _VERLENGING, _GPMI, _LEEFLOON),
        *(_WACHTEND, _GEPLAND),
    )
)
