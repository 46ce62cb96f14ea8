"""Words about a person can be taken out of the trail, leaving who, when and why.

The trail belongs to the audit role and the application only reads it. This function runs with the
rights of that role and does one thing: it replaces one passage by "[weggelaten]" in one text of
one row, and in what the trail keeps of that text. A migration names which texts
(`kern.db.tenancy.Redactable` grants the column), the scope says whose rows, and the function
writes an event of its own. Actor, moment, table, number and every other column stay as they were.
"""

from django.db import migrations

from kern.db.tenancy import APP, SCOPE

# Strings are replaced in texts of people only: keys, days and words of lists stay.
WITHOUT = """
CREATE FUNCTION toegang_zonder(waarde jsonb, passage text, is_tekst boolean) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE jsonb_typeof(waarde)
        WHEN 'string' THEN
            CASE WHEN is_tekst
                 THEN to_jsonb(replace(waarde #>> '{}', passage, '[weggelaten]'))
                 ELSE waarde END
        WHEN 'array' THEN coalesce(
            (SELECT jsonb_agg(public.toegang_zonder(d.deel, passage, is_tekst) ORDER BY d.nr)
             FROM jsonb_array_elements(waarde) WITH ORDINALITY AS d(deel, nr)), waarde)
        WHEN 'object' THEN coalesce(
            (SELECT jsonb_object_agg(d.sleutel, public.toegang_zonder(d.deel, passage,
                        d.sleutel IN ('tekst', 'toelichting', 'behoeften', 'evaluatiewijze',
                                      'extra_hulp')))
             FROM jsonb_each(waarde) AS d(sleutel, deel)), waarde)
        ELSE waarde
    END;
END $$
"""

# After the first colon stands what was written about a person; before it, what was done.
REDACT = """
CREATE FUNCTION toegang_redigeer(
    p_tabel text, p_rij bigint, p_kolom text, p_passage text, p_reden text
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_bestuur bigint := nullif(current_setting('app.bestuur', true), '')::bigint;
    v_actor bigint := nullif(current_setting('app.actor', true), '')::bigint;
    v_tabel oid;
    v_type oid;
    v_client bigint;
    v_nieuw text;
    v_merk text := '';
    v_in_rij integer;
    v_in_spoor integer;
BEGIN
    IF v_bestuur IS NULL OR v_actor IS NULL THEN
        RAISE EXCEPTION 'taking words out asks a scope and a person'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF length(btrim(coalesce(p_passage, ''))) < 3
       OR length(coalesce(p_reden, '')) NOT BETWEEN 3 AND 100 THEN
        RAISE EXCEPTION 'a passage of three letters and a reason are needed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'redactie_passage_en_reden';
    END IF;
    SELECT c.oid, a.atttypid INTO v_tabel, v_type
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relname = p_tabel AND a.attname = p_kolom AND c.relkind = 'r'
       -- What this role owns is the trail itself.
       AND c.relowner <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user)
       AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype);
    IF NOT FOUND OR NOT has_column_privilege(current_user, v_tabel, p_kolom, 'UPDATE') THEN
        RAISE EXCEPTION 'words of %.% are not taken out', p_tabel, p_kolom
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('SELECT client_id FROM public.%I WHERE id = $1 AND bestuur_id = $2', p_tabel)
       INTO v_client USING p_rij, v_bestuur;
    IF v_client IS NULL THEN
        RETURN 0;
    END IF;

    v_nieuw := CASE WHEN v_type = 'jsonb'::regtype
        THEN format('public.toegang_zonder(%I, $1, false)', p_kolom)
        ELSE format('replace(%I, $1, ''[weggelaten]'')', p_kolom) END;
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = v_tabel AND attname = 'geredigeerd_at') THEN
        v_merk := ', geredigeerd_at = clock_timestamp()';
    END IF;
    EXECUTE format(
        'UPDATE public.%I SET %I = %s%s WHERE id = $2 AND bestuur_id = $3 AND %I IS DISTINCT FROM %s',
        p_tabel, p_kolom, v_nieuw, v_merk, p_kolom, v_nieuw
    ) USING p_passage, p_rij, v_bestuur;
    GET DIAGNOSTICS v_in_rij = ROW_COUNT;

    UPDATE public.toegang_gebeurtenis g
       SET oud = CASE WHEN g.oud ? p_kolom THEN jsonb_set(g.oud, ARRAY[p_kolom],
                     public.toegang_zonder(g.oud -> p_kolom, p_passage, true)) ELSE g.oud END,
           nieuw = CASE WHEN g.nieuw ? p_kolom THEN jsonb_set(g.nieuw, ARRAY[p_kolom],
                     public.toegang_zonder(g.nieuw -> p_kolom, p_passage, true)) ELSE g.nieuw END
     WHERE g.bestuur_id = v_bestuur AND g.client_id = v_client
       AND g.tabel = p_tabel AND g.rij_id = p_rij
       AND (strpos(g.oud ->> p_kolom, p_passage) > 0 OR strpos(g.nieuw ->> p_kolom, p_passage) > 0);
    GET DIAGNOSTICS v_in_spoor = ROW_COUNT;

    UPDATE public.toegang_gebeurtenis h
       SET handeling = left(h.handeling, strpos(h.handeling, ': ') + 1)
           || replace(substr(h.handeling, strpos(h.handeling, ': ') + 2), p_passage, '[weggelaten]')
     WHERE h.bestuur_id = v_bestuur AND h.client_id = v_client
       AND strpos(h.handeling, ': ') > 0
       AND strpos(substr(h.handeling, strpos(h.handeling, ': ') + 2), p_passage) > 0
       AND h.transactie IN (
           SELECT g.transactie FROM public.toegang_gebeurtenis g
            WHERE g.bestuur_id = v_bestuur AND g.client_id = v_client
              AND g.tabel = p_tabel AND g.rij_id = p_rij);

    IF v_in_rij + v_in_spoor > 0 THEN
        INSERT INTO public.toegang_gebeurtenis
            (tabel, op, rij_id, bestuur_id, client_id, actor_id, handeling, nieuw)
        VALUES (p_tabel, 'R', p_rij, v_bestuur, v_client, v_actor,
                'liet woorden weg, reden: ' || p_reden,
                jsonb_build_object('kolom', p_kolom));
    END IF;
    RETURN v_in_rij + v_in_spoor;
END $$
"""

SIGNATURE = "toegang_redigeer(text, bigint, text, text, text)"
FORWARD = [
    WITHOUT,
    REDACT,
    f"REVOKE EXECUTE ON FUNCTION {SIGNATURE} FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {APP}",
    # Until now this role only wrote; it changes what lies in the scope, and nothing outside it.
    "CREATE POLICY gebeurtenis_zoeken ON toegang_gebeurtenis FOR SELECT TO activering_audit "
    f"USING (bestuur_id = {SCOPE})",
    "CREATE POLICY gebeurtenis_redigeren ON toegang_gebeurtenis FOR UPDATE TO activering_audit "
    f"USING (bestuur_id = {SCOPE}) WITH CHECK (bestuur_id = {SCOPE})",
    # Ownership asks CREATE on the schema for a moment; afterwards the role can make nothing.
    "GRANT CREATE ON SCHEMA public TO activering_audit",
    "ALTER FUNCTION toegang_zonder(jsonb, text, boolean) OWNER TO activering_audit",
    f"ALTER FUNCTION {SIGNATURE} OWNER TO activering_audit",
    "REVOKE CREATE ON SCHEMA public FROM activering_audit",
]
BACKWARD = [
    "DROP POLICY gebeurtenis_redigeren ON toegang_gebeurtenis",
    "DROP POLICY gebeurtenis_zoeken ON toegang_gebeurtenis",
    f"DROP FUNCTION {SIGNATURE}",
    "DROP FUNCTION toegang_zonder(jsonb, text, boolean)",
]


class Migration(migrations.Migration):
    """The one narrow way to take words out of the trail."""

    dependencies = [("toegang", "0005_bestuur_telefoon")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
