"""The audit trail: a table and a trigger function that belong to the audit role.

The function runs with the rights of that role (SECURITY DEFINER, fixed search path), so the
application role can write, change or switch off nothing of the trail; it can only read its scope.
Statement triggers with transition tables also see bulk and raw SQL.
"""

from django.db import migrations

from kern.db.tenancy import APP, SCOPE, AppendOnly, AuditOnly

TABLE = """
CREATE TABLE toegang_gebeurtenis (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    transactie bigint NOT NULL DEFAULT txid_current(),
    tabel text NOT NULL,
    op char(1) NOT NULL,
    rij_id bigint NOT NULL,
    bestuur_id bigint,
    client_id bigint,
    actor_id bigint,
    handeling text NOT NULL DEFAULT '',
    oud jsonb,
    nieuw jsonb
)
"""

FUNCTION = """
CREATE FUNCTION toegang_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_actor bigint := nullif(current_setting('app.actor', true), '')::bigint;
    v_act text := coalesce(current_setting('app.handeling', true), '');
    -- Without arguments TG_ARGV is null, and taking away null leaves nothing.
    v_masked text[] := coalesce(TG_ARGV, '{}');
    v_scope bigint := nullif(current_setting('app.bestuur', true), '')::bigint;
    v_client text := CASE WHEN TG_TABLE_NAME = 'clienten_client' THEN 'id' ELSE 'client_id' END;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.toegang_gebeurtenis
            (tabel, op, rij_id, bestuur_id, client_id, actor_id, handeling, nieuw)
        SELECT TG_TABLE_NAME, 'I', (j->>'id')::bigint,
               CASE WHEN j ? 'bestuur_id' THEN (j->>'bestuur_id')::bigint ELSE v_scope END,
               (j->>v_client)::bigint, v_actor, v_act, j - v_masked
        FROM (SELECT to_jsonb(n) AS j FROM nieuw n) rijen;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.toegang_gebeurtenis
            (tabel, op, rij_id, bestuur_id, client_id, actor_id, handeling, oud)
        SELECT TG_TABLE_NAME, 'D', (j->>'id')::bigint,
               CASE WHEN j ? 'bestuur_id' THEN (j->>'bestuur_id')::bigint ELSE v_scope END,
               (j->>v_client)::bigint, v_actor, v_act, j - v_masked
        FROM (SELECT to_jsonb(o) AS j FROM oud o) rijen;
    ELSE
        INSERT INTO public.toegang_gebeurtenis
            (tabel, op, rij_id, bestuur_id, client_id, actor_id, handeling, oud, nieuw)
        SELECT TG_TABLE_NAME, 'U', (n.j->>'id')::bigint,
               CASE WHEN n.j ? 'bestuur_id' THEN (n.j->>'bestuur_id')::bigint ELSE v_scope END,
               (n.j->>v_client)::bigint, v_actor, v_act, verschil.oud, verschil.nieuw
        FROM (SELECT to_jsonb(x) AS j FROM nieuw x) n
        JOIN (SELECT to_jsonb(x) AS j FROM oud x) o ON o.j->>'id' = n.j->>'id'
        CROSS JOIN LATERAL (
            SELECT coalesce(jsonb_object_agg(k.key, o.j->k.key) FILTER (WHERE k.key <> ALL (v_masked)),
                            '{}') AS oud,
                   coalesce(jsonb_object_agg(k.key, k.value) FILTER (WHERE k.key <> ALL (v_masked)),
                            '{}') AS nieuw
            FROM jsonb_each(n.j) k
            WHERE k.value IS DISTINCT FROM o.j->k.key
        ) verschil
        -- Nothing to tell when only a masked column changed (the moment of the last sign-in).
        WHERE verschil.nieuw <> '{}';
    END IF;
    RETURN NULL;
END $$
"""

FORWARD = [
    TABLE,
    "CREATE INDEX gebeurtenis_client ON toegang_gebeurtenis (bestuur_id, client_id, at DESC)",
    "CREATE INDEX gebeurtenis_at ON toegang_gebeurtenis USING brin (at)",
    FUNCTION,
    "ALTER TABLE toegang_gebeurtenis ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE toegang_gebeurtenis FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY gebeurtenis_lezen ON toegang_gebeurtenis FOR SELECT TO {APP} "
    f"USING (bestuur_id = {SCOPE})",
    "CREATE POLICY gebeurtenis_schrijven ON toegang_gebeurtenis FOR INSERT TO activering_audit "
    "WITH CHECK (true)",
    f"REVOKE ALL ON toegang_gebeurtenis FROM PUBLIC, {APP}",
    f"GRANT SELECT ON toegang_gebeurtenis TO {APP}",
    # Ownership asks CREATE on the schema for a moment; afterwards the role can make nothing.
    "GRANT CREATE ON SCHEMA public TO activering_audit",
    "ALTER FUNCTION toegang_audit() OWNER TO activering_audit",
    "ALTER TABLE toegang_gebeurtenis OWNER TO activering_audit",
    "REVOKE CREATE ON SCHEMA public FROM activering_audit",
]

INZAGE = [
    "ALTER TABLE toegang_inzage ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE toegang_inzage FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY inzage_lezen ON toegang_inzage FOR SELECT TO {APP} "
    f"USING (bestuur_id = {SCOPE})",
    # Whoever looks writes her own name, never somebody else's.
    f"CREATE POLICY inzage_schrijven ON toegang_inzage FOR INSERT TO {APP} "
    f"WITH CHECK (bestuur_id = {SCOPE} AND gebruiker_id = "
    "(SELECT nullif(current_setting('app.actor', true), '')::bigint))",
]


class Migration(migrations.Migration):
    """Audit trail and read log."""

    dependencies = [("toegang", "0001_initial"), ("kern", "0002_f_unaccent")]

    operations = [
        migrations.RunSQL(
            FORWARD, ["DROP TABLE toegang_gebeurtenis", "DROP FUNCTION toegang_audit()"]
        ),
        migrations.RunSQL(
            INZAGE,
            [
                "DROP POLICY inzage_schrijven ON toegang_inzage",
                "DROP POLICY inzage_lezen ON toegang_inzage",
                "ALTER TABLE toegang_inzage NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE toegang_inzage DISABLE ROW LEVEL SECURITY",
            ],
        ),
        AppendOnly("toegang_inzage"),
        AuditOnly("toegang_gebruiker", masked=["password", "last_login"]),
        AuditOnly("toegang_aanstelling"),
    ]
