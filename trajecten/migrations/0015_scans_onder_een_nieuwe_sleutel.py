"""A signed paper may be sealed anew under another key, and is otherwise never changed."""

from django.db import migrations

from kern.db.tenancy import APP

# What stands before the colon names the key. With the same key there is nothing to seal anew, so
# whoever writes other bytes under it writes another paper.
OTHER_KEY = [
    """
    CREATE FUNCTION trajecten_akkoordscan_andere_sleutel() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF substring(NEW.inhoud FOR position('\\x3a'::bytea IN NEW.inhoud))
           IS NOT DISTINCT FROM substring(OLD.inhoud FOR position('\\x3a'::bytea IN OLD.inhoud))
        THEN
            RAISE EXCEPTION 'a signed paper is only sealed anew under another key' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'akkoordscan_andere_sleutel';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER akkoordscan_andere_sleutel BEFORE UPDATE ON trajecten_akkoordscan "
    "FOR EACH ROW EXECUTE FUNCTION trajecten_akkoordscan_andere_sleutel()",
    f"GRANT UPDATE (inhoud) ON trajecten_akkoordscan TO {APP}",
]


class Migration(migrations.Migration):
    """Let `manage.py hersleutel` reach the signed papers."""

    dependencies = [("trajecten", "0014_meer_teksten_te_redigeren")]

    operations = [
        migrations.RunSQL(
            OTHER_KEY,
            [
                f"REVOKE UPDATE (inhoud) ON trajecten_akkoordscan FROM {APP}",
                "DROP TRIGGER akkoordscan_andere_sleutel ON trajecten_akkoordscan",
                "DROP FUNCTION trajecten_akkoordscan_andere_sleutel()",
            ],
        )
    ]
