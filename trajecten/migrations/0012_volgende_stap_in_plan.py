"""Moves the next steps after a traject into the plan, each once."""

from django.db import migrations, models
from django.db.models import Q

# The owner writes for every bestuur at once: for this long the walls do not hold the owner.
TABLES = ("trajecten_volgendestap", "trajecten_stappenplan", "trajecten_stap")
MOVE = [
    "SELECT set_config('app.handeling', 'bracht de volgende stap over naar het stappenplan', true)",
    *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in TABLES),
    """
    INSERT INTO trajecten_stappenplan
        (bestuur_id, client_id, behoeften, evaluatiewijze, extra_hulp, created_at)
    SELECT v.bestuur_id, v.client_id, '', '', '',
           (min(v.afgesproken_op) + time '12:00') AT TIME ZONE 'Europe/Brussels'
    FROM trajecten_volgendestap v
    GROUP BY v.bestuur_id, v.client_id
    ON CONFLICT (client_id) DO NOTHING
    """,
    # Nobody wrote down how the client agreed to these: no answer of hers is invented.
    """
    INSERT INTO trajecten_stap
        (bestuur_id, client_id, traject_id, tekst, domein, soort, vervolg, toelichting,
         voorsteller, voorstel_van, uitvoerders, gebruiker_id, partner, tegen, status, revisie,
         wacht_op, afgesproken_op, afgesproken_tegen, afgesloten_op, afgesloten_door, slotwoord,
         created_at, sleutel)
    SELECT v.bestuur_id, v.client_id, v.traject_id, v.tekst,
           CASE v.soort WHEN 'opleiding' THEN 'opleiding' WHEN 'welzijn' THEN 'welzijn'
                        WHEN 'vrijwilligerswerk' THEN 'vrije_tijd' ELSE 'werk' END,
           'volgende_stap', v.soort, '', 'ocmw', 'ocmw',
           CASE WHEN v.eigenaar = 'medewerker' AND v.gebruiker_id IS NULL
                THEN ARRAY['ocmw']::varchar[] ELSE ARRAY[v.eigenaar]::varchar[] END,
           v.gebruiker_id, '', v.tegen, v.status, 1, '', v.afgesproken_op, v.tegen,
           v.afgesloten_op, CASE WHEN v.status = 'afgesproken' THEN '' ELSE 'ocmw' END, '',
           (v.afgesproken_op + time '12:00') AT TIME ZONE 'Europe/Brussels',
           'volgendestap-' || v.id
    FROM trajecten_volgendestap v
    ON CONFLICT DO NOTHING
    """,
    # A table with checks that still wait cannot be altered.
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in TABLES),
    "SET CONSTRAINTS ALL DEFERRED",
    "SELECT set_config('app.handeling', '', true)",
]


class Migration(migrations.Migration):
    """One way only: the plan can hold what the old table could not."""

    dependencies = [("trajecten", "0011_sjablonen")]

    operations = [
        migrations.RunSQL(MOVE),
        migrations.AddIndex(
            model_name="doel",
            index=models.Index(
                fields=["bestuur", "wacht_op", "wacht_sinds"],
                condition=Q(status="voorgesteld"),
                name="plandoel_wacht",
            ),
        ),
        migrations.AddIndex(
            model_name="planversie",
            index=models.Index(
                fields=["bestuur"],
                condition=Q(van_kracht_at__isnull=True, ingetrokken_at__isnull=True),
                name="planversie_wacht",
            ),
        ),
        migrations.DeleteModel(name="VolgendeStap"),
    ]
