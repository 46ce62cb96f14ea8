"""A year of hours that begins on a leap day: 29 February 2028 up to 28 February 2029."""

from django.db import migrations

# A day that does not exist is the day after: the years touch, and each day lies in one.
BEGIN = """
CREATE FUNCTION wijkwerken_jaarbegin(begon date, jaren integer) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
    SELECT d.dag + CASE WHEN extract(day FROM d.dag) < extract(day FROM begon) THEN 1 ELSE 0 END
    FROM (SELECT (begon + make_interval(years => jaren))::date AS dag) d
$$
"""
JAAR = """
CREATE OR REPLACE FUNCTION wijkwerken_jaar(wie bigint, begon date, dag date) RETURNS daterange
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN basis.waarde = 'trajectjaar' AND begon <= dag THEN
        daterange(wijkwerken_jaarbegin(begon, jaren.n), wijkwerken_jaarbegin(begon, jaren.n + 1))
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


class Migration(migrations.Migration):
    """The year of the cap holds its own days, leap days too."""

    dependencies = [("wijkwerken", "0002_walls")]

    operations = [migrations.RunSQL([BEGIN, JAAR], migrations.RunSQL.noop)]
