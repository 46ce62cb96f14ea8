"""Each signal once: whom it concerns, from when, how loud, and what makes it vanish.

A definition is a SELECT of (client_id, traject_id, code, vervaldag, sinds, fase) over the facts
in `feiten.py`. What it does not select vanishes. `sinds` follows from facts and rules, never
from the day a job ran: rebuilding gives the same rows.
"""

from types import MappingProxyType

from clienten.enums import StatuutSoort
from trajecten.enums import (
    CONTACTEN,
    LEVENDE_STAND,
    AfspraakStatus,
    Eindreden,
    PlanStapSoort,
    SignaalCode,
    Stem,
)
from trajecten.signalen.feiten import LEEFLOON_SOORTEN, quoted
from trajecten.signalen.schalen import FASE_LEIDINGGEVENDE


def _fase_voor(rest: str) -> str:
    """Count the steps before a day: louder near it, five once it has passed."""
    stappen = " + ".join(f"({rest} <= %(luider_{n})s)::int" for n in (2, 3, 4))
    return f"CASE WHEN {rest} < 0 THEN 5 ELSE 1 + {stappen} END"


def _fase_na(dagen: str) -> str:
    """Count the steps after a day on which something should have been done."""
    stappen = " + ".join(f"({dagen} >= %(na_{n})s)::int" for n in (2, 3, 4, 5))
    return f"1 + {stappen}"


# Below the phase from which the lead looks along: asked gently, or already on somebody's agenda.
ZACHT = GEPLAND_FASE = FASE_LEIDINGGEVENDE - 1

_LIMIET = " + ".join(f"(t.uiterste_dag - %(dag)s <= %(limiet_{n})s)::int" for n in (1, 2, 3, 4))
# Nobody chases who is ill or studies, nor who found work, moved or died.
GEEN_TRAJECT_VERWACHT = (StatuutSoort.ZIEKTE, StatuutSoort.IVT_IT, StatuutSoort.STUDENT)
BESTEMMING = (
    Eindreden.WERK_NEC,
    Eindreden.WERK_SOCIALE_ECONOMIE,
    Eindreden.ZELFSTANDIG,
    Eindreden.IBO,
    Eindreden.VERHUIS,
    Eindreden.OVERLEDEN,
)

_LEVEND = f"s.status IN ({quoted(LEVENDE_STAND)})"

# Only what both agreed to silences, also while a change is proposed, until its day has passed;
# a pending request to extend does so too.
LIMIET_NADERT = f"""
SELECT t.client_id, t.id, t.uiterste_dag,
       greatest(t.begindatum, t.uiterste_dag - %(limiet_1)s), {_LIMIET}
FROM lopende t
WHERE t.uiterste_dag BETWEEN %(dag)s AND %(dag)s + %(limiet_1)s AND t.begindatum <= %(dag)s
  AND NOT EXISTS (SELECT FROM trajecten_stap s
                  WHERE s.bestuur_id = %(bestuur)s AND s.traject_id = t.id
                    AND s.soort = '{PlanStapSoort.VOLGENDE_STAP}' AND {_LEVEND}
                    AND s.afgesproken_tegen >= %(dag)s)
  AND NOT EXISTS (SELECT FROM gevraagde v WHERE v.traject_id = t.id)
"""

# Even with a next step: the traject must be ended or extended.
LIMIET_VOORBIJ = """
SELECT t.client_id, t.id, t.uiterste_dag, t.uiterste_dag + 1, 5
FROM lopende t
WHERE t.uiterste_dag < %(dag)s
"""

# The stored day moves on when an evaluation is recorded; a lapse by idle months has no evaluation.
EVALUATIE = f"""
SELECT t.client_id, t.id, t.herziening_op,
       greatest(t.begindatum, t.herziening_op - %(evaluatie_dagen)s),
       CASE WHEN EXISTS (SELECT FROM gepland a
                         WHERE a.client_id = t.client_id
                           AND coalesce(a.traject_id, t.id) = t.id
                           AND a.dag <= greatest(t.herziening_op, %(dag)s) + %(evaluatie_dagen)s)
            THEN least({GEPLAND_FASE}, {_fase_voor("t.herziening_op - %(dag)s")})
            ELSE {_fase_voor("t.herziening_op - %(dag)s")} END
FROM lopende t
WHERE t.herziening_op <= %(dag)s + %(evaluatie_dagen)s
  AND (t.pwa_overeenkomst_op IS NOT NULL
       OR NOT EXISTS (SELECT FROM trajecten_evaluatie e
                      WHERE e.bestuur_id = %(bestuur)s AND e.traject_id = t.id
                        AND e.gehouden_op >= t.herziening_op - %(evaluatie_dagen)s
                        AND e.gehouden_op <= %(dag)s))
"""

GPMI_ONDERTEKENEN = f"""
SELECT g.client_id, NULL::bigint, g.tegen, greatest(g.beslist_op, g.tegen - %(gpmi_dagen)s),
       {_fase_voor("g.tegen - %(dag)s")}
FROM (SELECT DISTINCT ON (g.client_id) g.client_id, g.beslist_op,
             (g.beslist_op + make_interval(months => r.waarde))::date AS tegen
      FROM lopend_gpmi g
      JOIN unnest(%(tekenen_van)s::date[], %(tekenen_tot)s::date[], %(tekenen_waarde)s::int[])
           AS r(van, tot, waarde) ON g.beslist_op BETWEEN r.van AND r.tot
      WHERE g.ondertekend_op IS NULL AND g.beslist_op <= %(dag)s
      ORDER BY g.client_id, g.beslist_op) g
WHERE g.tegen <= %(dag)s + %(gpmi_dagen)s
"""

# Begins when the evaluations fall behind the rhythm of the year, or when its end is near.
GPMI_EVALUATIE = f"""
SELECT j.client_id, NULL::bigint, j.einde,
       least(j.einde - %(gpmi_dagen)s, CASE WHEN j.achter THEN (j.begin + make_interval(
           months => (j.nodig - j.ontbreekt + 1) * %(maanden_per_jaar)s / j.nodig))::date END),
       CASE WHEN EXISTS (SELECT FROM gepland a
                         WHERE a.client_id = j.client_id AND a.dag <= j.einde)
            THEN least({GEPLAND_FASE}, {_fase_voor("j.einde - %(dag)s")})
            ELSE {_fase_voor("j.einde - %(dag)s")} END
FROM (SELECT s.*, s.ontbreekt > s.nodig - s.verstreken AS achter
      FROM (SELECT s.client_id, s.begin, s.einde, n.waarde AS nodig,
                   greatest(n.waarde - s.gehouden, p.waarde - s.persoonlijk) AS ontbreekt,
                   extract(month FROM age(%(dag)s::timestamp, s.begin::timestamp))::int * n.waarde
                       / %(maanden_per_jaar)s AS verstreken
            FROM gpmi_jaar s
            JOIN unnest(%(per_jaar_van)s::date[], %(per_jaar_tot)s::date[],
                        %(per_jaar_waarde)s::int[]) AS n(van, tot, waarde)
              ON s.begin BETWEEN n.van AND n.tot
            JOIN unnest(%(persoonlijk_van)s::date[], %(persoonlijk_tot)s::date[],
                        %(persoonlijk_waarde)s::int[]) AS p(van, tot, waarde)
              ON s.begin BETWEEN p.van AND p.tot) s
      WHERE s.ontbreekt > 0) j
WHERE j.achter OR j.einde <= %(dag)s + %(gpmi_dagen)s
"""

# The decision that opened an unbroken run of leefloon counts; an exemption is looked at again.
VDAB_INSCHRIJVING = f"""
SELECT x.client_id, NULL::bigint, x.tegen, x.tegen - %(vdab_dagen)s,
       {_fase_voor("x.tegen - %(dag)s")}
FROM (SELECT b.client_id,
             coalesce(r.vast, (b.beslist_op + make_interval(months => r.maanden))::date) AS tegen
      FROM leefloon b
      JOIN unnest(%(vdab_van)s::date[], %(vdab_tot)s::date[], %(vdab_maanden)s::int[],
                  %(vdab_vast)s::date[]) AS r(van, tot, maanden, vast)
        ON b.beslist_op BETWEEN r.van AND r.tot
      WHERE NOT EXISTS (SELECT FROM vdab v WHERE v.client_id = b.client_id)
      UNION ALL
      SELECT v.client_id, v.herziening_op FROM vdab v
      WHERE v.vrijstelling <> '' AND v.herziening_op IS NOT NULL
        AND EXISTS (SELECT FROM leefloon b WHERE b.client_id = v.client_id)) x
WHERE x.tegen <= %(dag)s + %(vdab_dagen)s
"""

# Whoever moves: a step of the OCMW reddens like one of the client. What waits for a barrier
# stands still through nobody's fault: it is told, and never cried out.
STAP_TE_LAAT = f"""
SELECT s.client_id, s.traject_id, min(s.afgesproken_tegen), min(s.afgesproken_tegen) + 1,
       least(CASE WHEN bool_and(EXISTS (
                 SELECT FROM trajecten_blokkering b
                 WHERE b.bestuur_id = s.bestuur_id AND b.stap_id = s.id AND b.tot IS NULL))
             THEN {ZACHT} ELSE 5 END,
             {_fase_na("(%(dag)s - min(s.afgesproken_tegen))")})
FROM trajecten_stap s
WHERE s.bestuur_id = %(bestuur)s AND {_LEVEND}
  AND s.afgesproken_tegen < %(dag)s {{client}}
GROUP BY s.client_id, s.traject_id
"""

# Counted from the day both are there: the file in Activering and somebody who follows it.
GEEN_EERSTE_CONTACT = f"""
SELECT d.id, NULL::bigint, d.start + %(eerste_contact_dagen)s,
       d.start + %(eerste_contact_dagen)s + 1,
       {_fase_na("(%(dag)s - d.start - %(eerste_contact_dagen)s)")}
FROM (SELECT d.id, greatest(d.geregistreerd_op, d.eerste_toewijzing) AS start
      FROM dossier d WHERE d.in_opvolging) d
WHERE d.start + %(eerste_contact_dagen)s < %(dag)s
  AND NOT EXISTS (SELECT FROM trajecten_logboekitem l
                  WHERE l.bestuur_id = %(bestuur)s AND l.client_id = d.id
                    AND l.soort IN ({quoted(CONTACTEN)}))
"""

# Nobody else can solve it than who divides the work: the team lead sees it at once.
GEEN_SPILFIGUUR = f"""
SELECT d.id, NULL::bigint, NULL::date, d.sinds,
       greatest(3, {_fase_na("(%(dag)s - d.sinds)")})
FROM (SELECT d.id, coalesce(d.spilfiguur_tot + 1, d.geregistreerd_op) AS sinds
      FROM dossier d WHERE d.in_opvolging AND NOT d.heeft_spilfiguur) d
"""

GEEN_TRAJECT = f"""
SELECT d.id, NULL::bigint, d.sinds + %(geen_traject_dagen)s, d.sinds + %(geen_traject_dagen)s + 1,
       {_fase_na("(%(dag)s - d.sinds - %(geen_traject_dagen)s)")}
FROM (SELECT d.id, greatest(d.geregistreerd_op, d.statuut_van, d.traject_tot) AS sinds
      FROM dossier d
      WHERE d.in_opvolging AND NOT d.heeft_traject
        AND (d.statuut IS NULL OR d.statuut NOT IN ({quoted(GEEN_TRAJECT_VERWACHT)}))
        AND (d.statuut IN ({quoted(LEEFLOON_SOORTEN)})
             OR d.traject_tot IS NULL
             OR NOT EXISTS (SELECT FROM trajecten_traject t
                            WHERE t.bestuur_id = %(bestuur)s AND t.client_id = d.id
                              AND t.einddatum = d.traject_tot
                              AND t.eindreden IN ({quoted(BESTEMMING)})))) d
WHERE d.sinds + %(geen_traject_dagen)s < %(dag)s
"""

STATUUT_BEEINDIGD = f"""
SELECT d.id, NULL::bigint, d.statuut_tot, d.statuut_tot + 1,
       {_fase_na("(%(dag)s - d.statuut_tot)")}
FROM dossier d
WHERE d.statuut_tot IS NOT NULL AND NOT d.heeft_statuut AND d.traject_loopt
"""

VERLENGING_TE_BESLISSEN = f"""
SELECT t.client_id, t.id, t.uiterste_dag, v.gevraagd_op,
       CASE WHEN t.uiterste_dag < %(dag)s THEN 5 ELSE greatest(3, coalesce({_LIMIET}, 0)) END
FROM lopende t JOIN gevraagde v ON v.traject_id = t.id
"""

# The turn is ours: what she proposed, asked or refused waits for words of the OCMW. It grows
# with the days she waits, not only with those after the day on which we should have answered.
CLIENT_WACHT = f"""
SELECT w.client_id, NULL::bigint, w.sinds + %(antwoord_dagen)s, w.sinds,
       {_fase_na("(%(dag)s - w.sinds)")}
FROM wachtend w
WHERE w.wacht_op = '{Stem.OCMW}'
"""

# The turn is hers: she has her time, and then somebody asks her how it goes.
GEEN_REACTIE = f"""
SELECT w.client_id, NULL::bigint, NULL::date, w.sinds,
       least({ZACHT}, {_fase_na("(%(dag)s - w.sinds - %(reactie_dagen)s)")})
FROM wachtend w
WHERE w.wacht_op = '{Stem.CLIENT}' AND w.sinds + %(reactie_dagen)s < %(dag)s
"""

VERSIE_WACHT = f"""
SELECT v.client_id, NULL::bigint,
       CASE WHEN v.is_aan_ocmw THEN v.sinds + %(antwoord_dagen)s END, v.sinds,
       CASE WHEN v.is_aan_ocmw
            THEN {_fase_na("(%(dag)s - v.sinds)")}
            ELSE least({ZACHT}, {_fase_na("(%(dag)s - v.sinds - %(reactie_dagen)s)")}) END
FROM (SELECT v.client_id, (v.voorgelegd_at AT TIME ZONE 'Europe/Brussels')::date AS sinds,
             EXISTS (SELECT FROM trajecten_akkoord a
                     WHERE a.bestuur_id = v.bestuur_id AND a.planversie_id = v.id
                       AND a.stem = '{Stem.CLIENT}') AS is_aan_ocmw
      FROM trajecten_planversie v
      WHERE v.bestuur_id = %(bestuur)s AND v.van_kracht_at IS NULL
        AND v.ingetrokken_at IS NULL {{client}}) v
WHERE v.is_aan_ocmw OR v.sinds + %(reactie_dagen)s < %(dag)s
"""

# No blame: a talk was not held and nobody spoke since; solved by a new day or any contact.
AFSPRAAK_OPNIEUW = f"""
SELECT x.client_id, NULL::bigint, NULL::date, x.dag, least({ZACHT}, {_fase_na("(%(dag)s - x.dag)")})
FROM (SELECT DISTINCT ON (a.client_id) a.client_id, a.status, a.begint_at,
             (a.begint_at AT TIME ZONE 'Europe/Brussels')::date AS dag
      FROM trajecten_afspraak a
      WHERE a.bestuur_id = %(bestuur)s {{client}}
      ORDER BY a.client_id, a.begint_at DESC, a.id DESC) x
WHERE x.status = '{AfspraakStatus.NIET_DOORGEGAAN}'
  AND NOT EXISTS (SELECT FROM trajecten_logboekitem l
                  WHERE l.bestuur_id = %(bestuur)s AND l.client_id = x.client_id
                    AND l.soort IN ({quoted(CONTACTEN)}) AND l.moment > x.begint_at)
"""

LOGVRAAG = f"""
SELECT q.client_id, NULL::bigint, min(q.dag) + %(antwoord_dagen)s, min(q.dag),
       {_fase_na("(%(dag)s - min(q.dag))")}
FROM (SELECT q.client_id, (q.gesteld_at AT TIME ZONE 'Europe/Brussels')::date AS dag
      FROM trajecten_logvraag q
      WHERE q.bestuur_id = %(bestuur)s AND q.gesloten_at IS NULL {{client}}) q
GROUP BY q.client_id
"""

DEFINITIES: MappingProxyType[SignaalCode, str] = MappingProxyType(
    {
        SignaalCode.LIMIET_NADERT: LIMIET_NADERT,
        SignaalCode.LIMIET_VOORBIJ: LIMIET_VOORBIJ,
        SignaalCode.EVALUATIE: EVALUATIE,
        SignaalCode.GPMI_ONDERTEKENEN: GPMI_ONDERTEKENEN,
        SignaalCode.GPMI_EVALUATIE: GPMI_EVALUATIE,
        SignaalCode.VDAB_INSCHRIJVING: VDAB_INSCHRIJVING,
        SignaalCode.STAP_TE_LAAT: STAP_TE_LAAT,
        SignaalCode.GEEN_EERSTE_CONTACT: GEEN_EERSTE_CONTACT,
        SignaalCode.GEEN_SPILFIGUUR: GEEN_SPILFIGUUR,
        SignaalCode.GEEN_TRAJECT: GEEN_TRAJECT,
        SignaalCode.STATUUT_BEEINDIGD: STATUUT_BEEINDIGD,
        SignaalCode.VERLENGING_TE_BESLISSEN: VERLENGING_TE_BESLISSEN,
        SignaalCode.CLIENT_WACHT: CLIENT_WACHT,
        SignaalCode.GEEN_REACTIE: GEEN_REACTIE,
        SignaalCode.VERSIE_WACHT: VERSIE_WACHT,
        SignaalCode.AFSPRAAK_OPNIEUW: AFSPRAAK_OPNIEUW,
        SignaalCode.LOGVRAAG: LOGVRAAG,
    }
)
