"""The walls around wijk-werken, and the caps that no two people at once can pass."""

from django.db import migrations

from kern.db.tenancy import APP, SCOPE, TenantTable

INSCHRIJVING = {"inschrijving_id": "wijkwerken_inschrijving"}


def own(table, column, parent):
    """Let a row point only at a row without client of its own bestuur."""
    name = f"{table}_{column}_eigen"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (bestuur_id, {column}) "
        f"REFERENCES {parent} (bestuur_id, id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


# Decisions of a council are public: partners of one organiser see each other's, never clients.
PARTNERS = (
    "bestuur_id IN (SELECT b.id FROM toegang_bestuur b JOIN toegang_bestuur eigen "  # noqa: S608
    "ON eigen.samenwerkingsverband_id = b.samenwerkingsverband_id "
    f"WHERE eigen.id = {SCOPE})"
)
READ_PARTNERS = [
    f"CREATE POLICY {table}_partners ON {table} FOR SELECT TO {APP} USING ({PARTNERS})"
    for table in ("wijkwerken_activiteit", "wijkwerken_activiteitbesluit")
]

# The cap in force on the day: the row of the bestuur itself wins; what is not sure never blocks.
PLAFOND = """
CREATE FUNCTION wijkwerken_plafond(wie bigint, welke text, dag date) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT (r.waarde::numeric * 60)::integer FROM trajecten_regel r
    WHERE r.code = welke AND r.status = 'goedgekeurd' AND r.zekerheid <> 'L'
      AND (r.bestuur_id IS NULL OR r.bestuur_id = wie)
      AND (r.geldig_van IS NULL OR r.geldig_van <= dag)
      AND (r.geldig_tot IS NULL OR r.geldig_tot >= dag)
    ORDER BY r.bestuur_id NULLS LAST, r.geldig_van DESC NULLS LAST LIMIT 1
$$
"""
# The year that holds the day: from 1 January, or from the day the traject began.
JAAR = """
CREATE FUNCTION wijkwerken_jaar(wie bigint, begon date, dag date) RETURNS daterange
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN basis.waarde = 'trajectjaar' AND begon <= dag THEN
        daterange((begon + make_interval(years => jaren.n))::date,
                  (begon + make_interval(years => jaren.n + 1))::date)
    ELSE daterange(date_trunc('year', dag)::date,
                   (date_trunc('year', dag) + interval '1 year')::date)
    END
    FROM (SELECT extract(year FROM age(dag, begon))::int AS n) jaren
    LEFT JOIN LATERAL (
        SELECT r.waarde FROM trajecten_regel r
        WHERE r.code = 'wijkwerken.jaarbasis' AND r.status = 'goedgekeurd'
          AND (r.bestuur_id IS NULL OR r.bestuur_id = wie)
          AND (r.geldig_van IS NULL OR r.geldig_van <= dag)
          AND (r.geldig_tot IS NULL OR r.geldig_tot >= dag)
        ORDER BY r.bestuur_id NULLS LAST, r.geldig_van DESC NULLS LAST LIMIT 1) basis ON true
$$
"""
# One client at a time: the second waits for the first, and then counts what the first wrote.
BINNEN = """
CREATE FUNCTION wijkwerken_prestatie_binnen_plafond() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    maand integer := wijkwerken_plafond(NEW.bestuur_id, 'wijkwerken.max_uren_maand', NEW.dag);
    jaar integer := wijkwerken_plafond(NEW.bestuur_id, 'wijkwerken.max_uren_jaar', NEW.dag);
    begon date;
    periode daterange;
    som integer;
BEGIN
    PERFORM 1 FROM clienten_client c
    WHERE c.bestuur_id = NEW.bestuur_id AND c.id = NEW.client_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(p.minuten), 0) INTO som FROM wijkwerken_prestatie p
    WHERE p.bestuur_id = NEW.bestuur_id AND p.client_id = NEW.client_id
      AND p.vervallen_at IS NULL
      AND p.dag >= date_trunc('month', NEW.dag)::date
      AND p.dag < (date_trunc('month', NEW.dag) + interval '1 month')::date;
    IF som > maand THEN
        RAISE EXCEPTION 'over the hours of the month' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'prestatie_maandplafond';
    END IF;
    SELECT t.begindatum INTO begon FROM wijkwerken_inschrijving i
    JOIN trajecten_traject t ON t.id = i.traject_id WHERE i.id = NEW.inschrijving_id;
    periode := wijkwerken_jaar(NEW.bestuur_id, begon, NEW.dag);
    SELECT coalesce(sum(p.minuten), 0) INTO som FROM wijkwerken_prestatie p
    WHERE p.bestuur_id = NEW.bestuur_id AND p.client_id = NEW.client_id
      AND p.vervallen_at IS NULL AND p.dag >= lower(periode) AND p.dag < upper(periode);
    IF som > jaar THEN
        RAISE EXCEPTION 'over the hours of the year' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'prestatie_jaarplafond';
    END IF;
    RETURN NULL;
END $$
"""
TRIGGER = (
    "CREATE TRIGGER prestatie_binnen_plafond AFTER INSERT OR UPDATE ON wijkwerken_prestatie "
    "FOR EACH ROW WHEN (NEW.vervallen_at IS NULL) "
    "EXECUTE FUNCTION wijkwerken_prestatie_binnen_plafond()"
)
# What was entered stays as it was; only that it no longer counts is written later.
VERSIES = [
    f"REVOKE UPDATE, DELETE ON wijkwerken_prestatie FROM {APP}",
    f"GRANT UPDATE (vervallen_at) ON wijkwerken_prestatie TO {APP}",
]


class Migration(migrations.Migration):
    """Row-level security, composite keys, trail, caps."""

    dependencies = [("wijkwerken", "0001_initial"), ("trajecten", "0002_walls")]

    operations = [
        *(
            TenantTable(f"wijkwerken_{name}", client=False)
            for name in (
                "organisator",
                "activiteit",
                "activiteitbesluit",
                "opdrachtgever",
                "opdracht",
            )
        ),
        TenantTable("wijkwerken_inschrijving", parents={"traject_id": "trajecten_traject"}),
        TenantTable("wijkwerken_toeleiding", parents=INSCHRIJVING),
        TenantTable("wijkwerken_interimdag", parents=INSCHRIJVING),
        TenantTable("wijkwerken_inzet", parents=INSCHRIJVING),
        TenantTable(
            "wijkwerken_prestatie",
            parents={**INSCHRIJVING, "vervangt_id": "wijkwerken_prestatie"},
        ),
        own("wijkwerken_activiteitbesluit", "activiteit_id", "wijkwerken_activiteit"),
        own("wijkwerken_opdracht", "activiteit_id", "wijkwerken_activiteit"),
        own("wijkwerken_opdracht", "opdrachtgever_id", "wijkwerken_opdrachtgever"),
        own("wijkwerken_inschrijving", "organisator_id", "wijkwerken_organisator"),
        own("wijkwerken_inzet", "opdracht_id", "wijkwerken_opdracht"),
        own("wijkwerken_prestatie", "opdracht_id", "wijkwerken_opdracht"),
        migrations.RunSQL(
            READ_PARTNERS,
            [
                "DROP POLICY wijkwerken_activiteit_partners ON wijkwerken_activiteit",
                "DROP POLICY wijkwerken_activiteitbesluit_partners ON wijkwerken_activiteitbesluit",
            ],
        ),
        migrations.RunSQL(
            [PLAFOND, JAAR, BINNEN, TRIGGER],
            [
                "DROP TRIGGER prestatie_binnen_plafond ON wijkwerken_prestatie",
                "DROP FUNCTION wijkwerken_prestatie_binnen_plafond()",
                "DROP FUNCTION wijkwerken_jaar(bigint, date, date)",
                "DROP FUNCTION wijkwerken_plafond(bigint, text, date)",
            ],
        ),
        migrations.RunSQL(
            VERSIES,
            [
                f"REVOKE UPDATE (vervallen_at) ON wijkwerken_prestatie FROM {APP}",
                f"GRANT UPDATE, DELETE ON wijkwerken_prestatie TO {APP}",
            ],
        ),
    ]
