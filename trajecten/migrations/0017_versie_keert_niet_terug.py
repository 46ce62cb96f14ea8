"""When a version came into force, was replaced or withdrawn is written once."""

from django.db import migrations

# The application may write these three days; without this it could also take them back, and a
# version that both agreed to would quietly no longer hold.
ONCE = [
    """
    CREATE FUNCTION trajecten_planversie_eenmaal() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF (OLD.van_kracht_at IS NOT NULL AND NEW.van_kracht_at IS DISTINCT FROM OLD.van_kracht_at)
           OR (OLD.vervangen_at IS NOT NULL
               AND NEW.vervangen_at IS DISTINCT FROM OLD.vervangen_at)
           OR (OLD.ingetrokken_at IS NOT NULL
               AND NEW.ingetrokken_at IS DISTINCT FROM OLD.ingetrokken_at) THEN
            RAISE EXCEPTION 'the days of a version are written once' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'planversie_eenmaal';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER planversie_eenmaal BEFORE UPDATE OF van_kracht_at, vervangen_at, "
    "ingetrokken_at ON trajecten_planversie "
    "FOR EACH ROW EXECUTE FUNCTION trajecten_planversie_eenmaal()",
]


class Migration(migrations.Migration):
    """Let the days of a version stand once they are written."""

    dependencies = [("trajecten", "0016_partner_antwoordt")]

    operations = [
        migrations.RunSQL(
            ONCE,
            [
                "DROP TRIGGER planversie_eenmaal ON trajecten_planversie",
                "DROP FUNCTION trajecten_planversie_eenmaal()",
            ],
        )
    ]
