"""The one narrow way into the trail: what the application can do with it, and all it cannot."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from kern.db.scope import ACTOR, scope, set_local
from tests.factories.clienten import make_client
from tests.factories.trajecten import make_logboekitem
from toegang.audit import act
from toegang.models import Gebeurtenis
from toegang.redactie import take_out
from trajecten.models import Logboekitem

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SECRET = "heeft een depressie"
TEKST = f"Belde op. Zij {SECRET}. Wil halftijds beginnen."
LOG = "trajecten_logboekitem"


@pytest.fixture
def item(bestuur, worker) -> Logboekitem:
    """An entry that says too much, in two versions."""
    entry = make_logboekitem(make_client(bestuur), worker, tekst=TEKST)
    entry.tekst = f"{TEKST} Belt maandag terug."
    entry.save()
    return entry


def take(item, **more) -> int:
    known = {"tabel": LOG, "rij_id": item.pk, "kolom": "tekst", "passage": SECRET}
    return take_out(**{"reden": "gezondheid", **known, **more})


def trail(item) -> list[Gebeurtenis]:
    return list(Gebeurtenis.objects.filter(tabel=LOG, rij_id=item.pk).order_by("pk"))


def test_the_words_go_from_the_row_and_from_all_its_history(item, worker):
    before = trail(item)
    assert take(item) == 1 + 3
    item.refresh_from_db()
    assert item.tekst == "Belde op. Zij [weggelaten]. Wil halftijds beginnen. Belt maandag terug."
    after = trail(item)
    assert SECRET not in str([(row.oud, row.nieuw, row.handeling) for row in after])
    for old, new in zip(before, after, strict=False):
        for name in ("at", "transactie", "op", "actor_id", "client_id", "handeling"):
            assert getattr(new, name) == getattr(old, name)
        assert (old.nieuw or {}).keys() == (new.nieuw or {}).keys()
    assert [row.op for row in after] == ["I", "U", "U", "R"]
    assert after[-1].actor == worker
    assert after[-1].handeling == "liet woorden weg, reden: gezondheid"
    assert after[-1].nieuw == {"kolom": "tekst"}


def test_words_that_were_mended_away_still_go_from_the_history(item):
    item.tekst = "Wil halftijds beginnen."
    item.save()
    assert take(item) == 3
    assert SECRET not in str([(row.oud, row.nieuw) for row in trail(item)])
    item.refresh_from_db()
    assert item.tekst == "Wil halftijds beginnen."


def test_words_in_the_sentence_of_the_act_go_but_the_act_itself_stays(bestuur, worker):
    client = make_client(bestuur)
    with act(f"sprak af: {SECRET} en belt terug"):
        item = make_logboekitem(client, worker, tekst=TEKST)
    take(item)
    assert trail(item)[0].handeling == "sprak af: [weggelaten] en belt terug"
    take(item, passage="sprak af")
    assert trail(item)[0].handeling.startswith("sprak af: ")


def test_another_row_with_the_same_words_is_left_alone(item, worker):
    other = make_logboekitem(item.client, worker, tekst=TEKST)
    take(item)
    other.refresh_from_db()
    assert other.tekst == TEKST
    assert trail(other)[0].nieuw["tekst"] == TEKST


def test_words_that_are_nowhere_leave_no_event(item):
    before = Gebeurtenis.objects.count()
    assert take(item, passage="komt nergens voor") == 0
    assert Gebeurtenis.objects.count() == before


def test_another_bestuur_reaches_neither_row_nor_trail(item, buur, worker):
    with scope(bestuur_id=buur.pk, actor_id=worker.pk):
        assert take(item) == 0
    item.refresh_from_db()
    assert SECRET in item.tekst
    assert SECRET in str(trail(item)[0].nieuw)


@pytest.mark.parametrize(
    "more",
    [
        {"kolom": "soort"},
        {"kolom": "auteur_id"},
        {"kolom": "moment"},
        {"kolom": "bestaat_niet"},
        {"tabel": "clienten_client", "kolom": "familienaam"},
        {"tabel": "toegang_gebeurtenis", "kolom": "handeling"},
        {"tabel": "toegang_gebeurtenis", "kolom": "oud"},
        {"tabel": "toegang_gebeurtenis", "kolom": "nieuw"},
        {"tabel": "toegang_inzage", "kolom": "reden"},
        {"tabel": "toegang_gebruiker", "kolom": "gebruikersnaam"},
        {"tabel": "pg_authid", "kolom": "rolname"},
        {"tabel": 'trajecten_logboekitem" SET tekst = 1 --'},
        {"passage": "de"},
        {"passage": "   "},
        {"reden": ""},
        {"reden": "a" * 101},
    ],
)
def test_nothing_else_can_be_taken_out(item, more):
    before = [(row.pk, row.oud, row.nieuw, row.handeling) for row in Gebeurtenis.objects.all()]
    with pytest.raises(DatabaseError), transaction.atomic():
        take(item, **more)
    item.refresh_from_db()
    assert SECRET in item.tekst
    after = [(row.pk, row.oud, row.nieuw, row.handeling) for row in Gebeurtenis.objects.all()]
    assert after == before


@pytest.mark.parametrize("setting", ["app.actor", "app.bestuur"])
def test_without_a_person_or_a_scope_nothing_is_taken_out(item, setting):
    before = set_local({setting: ""})
    with pytest.raises(DatabaseError, match="scope and a person"), transaction.atomic():
        take(item)
    set_local(before)
    assert SECRET in Logboekitem.objects.get().tekst


def test_a_table_of_the_same_name_is_not_the_table(item):
    """A temporary table comes first on the path of a session, not on that of the function."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE trajecten_logboekitem (id bigint, bestuur_id bigint, tekst text)"
        )
        assert take(item) == 4
        cursor.execute("DROP TABLE pg_temp.trajecten_logboekitem")
    assert SECRET not in Logboekitem.objects.get().tekst


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE toegang_gebeurtenis SET nieuw = '{}'",
        "DELETE FROM toegang_gebeurtenis",
        "CREATE OR REPLACE FUNCTION toegang_redigeer(text, bigint, text, text, text) "
        "RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION toegang_zonder(jsonb, text, boolean) "
        "RETURNS jsonb LANGUAGE sql AS 'SELECT $1'",
        "ALTER FUNCTION toegang_redigeer(text, bigint, text, text, text) SECURITY INVOKER",
        "GRANT activering_audit TO activering_app",
    ],
)
def test_the_way_itself_cannot_be_widened(item, statement):
    before = Gebeurtenis.objects.count()
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Gebeurtenis.objects.count() == before


TEXTS = {
    "trajecten_afspraak.notitie",
    "trajecten_afspraak.reden",
    "trajecten_agendapunt.besproken",
    "trajecten_doel.slotwoord",
    "trajecten_doel.tekst",
    "trajecten_evaluatie.verslag",
    "trajecten_logaanvulling.tekst",
    "trajecten_logboekitem.tekst",
    "trajecten_logvraag.antwoord",
    "trajecten_logvraag.vraag",
    "trajecten_planversie.geredigeerd_at",
    "trajecten_planversie.inhoud",
    "trajecten_reactie.tekst",
    "trajecten_schorsing.toelichting",
    "trajecten_stap.slotwoord",
    "trajecten_stap.tekst",
    "trajecten_stap.toelichting",
    "trajecten_stappenplan.behoeften",
    "trajecten_stappenplan.evaluatiewijze",
    "trajecten_stappenplan.extra_hulp",
}


def test_the_audit_role_may_change_just_the_named_texts():
    with connection.cursor() as cursor:
        # What the application would grant, it does not have: nothing comes of it.
        cursor.execute("GRANT UPDATE ON clienten_client TO activering_audit")
        cursor.execute(
            "SELECT c.relname || '.' || a.attname FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
            "WHERE c.relkind = 'r' AND c.relowner <> 'activering_audit'::regrole "
            "AND has_column_privilege('activering_audit', c.oid, a.attname, 'UPDATE')"
        )
        assert {name for (name,) in cursor.fetchall()} == TEXTS


def test_the_functions_belong_to_the_audit_role_and_look_in_one_place():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, pg_get_userbyid(proowner), prosecdef, proconfig FROM pg_proc "
            "WHERE proname IN ('toegang_redigeer', 'toegang_zonder') ORDER BY proname"
        )
        functions = cursor.fetchall()
    path = ["search_path=pg_catalog, pg_temp"]
    assert functions == [
        ("toegang_redigeer", "activering_audit", True, path),
        ("toegang_zonder", "activering_audit", False, path),
    ]


def test_the_actor_of_the_trace_is_who_acts(item, lead):
    set_local({ACTOR: str(lead.pk)})
    take(item)
    assert trail(item)[-1].actor == lead
