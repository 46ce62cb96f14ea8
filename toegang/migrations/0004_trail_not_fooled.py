"""The trail cannot be fooled by a table of the same name, nor by a row that changes its number.

The application role may make temporary tables. A trigger with our function on one of those wrote
any story into the trail; whoever may not execute the function cannot make such a trigger. The
existing triggers go on: PostgreSQL asks for that right only when a trigger is made.
"""

from django.db import migrations

from kern.db.tenancy import APP

FUNCTION = """
CREATE OR REPLACE FUNCTION toegang_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_actor bigint := nullif(current_setting('app.actor', true), '')::bigint;
    v_act text := coalesce(current_setting('app.handeling', true), '');
    -- Without arguments TG_ARGV is null, and taking away null leaves nothing.
    v_masked text[] := coalesce(TG_ARGV, '{}');
    v_scope bigint := nullif(current_setting('app.bestuur', true), '')::bigint;
    v_client text := CASE WHEN TG_TABLE_NAME = 'clienten_client' THEN 'id' ELSE 'client_id' END;
BEGIN
    -- A table of one's own under the same name would write a made-up story.
    IF TG_TABLE_SCHEMA <> 'public' THEN
        RAISE EXCEPTION 'the trail records tables of the schema public only'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
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
        -- Old and new are paired by number: a row that changed its number would change unseen.
        IF EXISTS (SELECT FROM nieuw n WHERE NOT EXISTS (SELECT FROM oud o WHERE o.id = n.id)) THEN
            RAISE EXCEPTION 'the number of a row in % does not change', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
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
    FUNCTION,
    "REVOKE EXECUTE ON FUNCTION toegang_audit() FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION toegang_audit() TO activering_owner",
    # Which migrations ran is the owner's book.
    f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APP}",
]


class Migration(migrations.Migration):
    """Close two ways round the trail."""

    dependencies = [("toegang", "0003_alter_inzage_grond")]

    operations = [
        migrations.RunSQL(
            FORWARD,
            [
                "GRANT EXECUTE ON FUNCTION toegang_audit() TO PUBLIC",
                f"GRANT INSERT, UPDATE, DELETE ON django_migrations TO {APP}",
            ],
        )
    ]
