"""`unaccent` is only STABLE; this form names its dictionary, so it may stand in an index."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    """Extensions and the search function."""

    dependencies = [("kern", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            "CREATE FUNCTION f_unaccent(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE "
            "STRICT AS $$ SELECT public.unaccent('public.unaccent', $1) $$",
            "DROP FUNCTION f_unaccent(text)",
        ),
    ]
