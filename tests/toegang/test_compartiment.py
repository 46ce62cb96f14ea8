"""The wall within the wall: health, justice and debts, for who asks by name and may."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from clienten.models import Drempel, GevoeligeDrempel
from kern.db.scope import SENSITIVE, scope, set_local
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.drempels import make_drempel, make_gevoelige_drempel, open_compartment
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from toegang.middleware import ScopeMiddleware
from toegang.models import Gebeurtenis
from toegang.permissions import ROLES, Permission, roles_with
from toegang.scope import in_bestuur

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SECRET = "Operatie aan de knie"


@pytest.fixture
def drempel(bestuur):
    return make_gevoelige_drempel(make_client(bestuur), omschrijving=SECRET)


def found(statement="SELECT count(*) FROM clienten_gevoeligedrempel"):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_the_list_of_functions_that_may_is_short():
    assert roles_with(Permission.GEVOELIG_VIEW) == [Rol.MAATSCHAPPELIJK_WERKER]
    assert Permission.GEVOELIG_VIEW not in ROLES[Rol.LEIDINGGEVENDE]


def test_the_scope_of_the_bestuur_alone_shows_nothing(drempel):
    assert found() == 0
    assert not GevoeligeDrempel.objects.exists()
    assert Drempel.objects.get() == drempel
    with open_compartment():
        assert found() == 1


def test_the_setting_alone_shows_nothing(drempel, bestuur, buur):
    for place in (None, buur.pk):
        with scope(bestuur_id=place, actor_id=None, sensitive=True):
            assert found() == 0


@pytest.mark.parametrize("value", ["", "0", "true", "ja", "11", "1 OR 1=1", "'1'"])
def test_only_the_one_value_opens_it(drempel, value):
    set_local({SENSITIVE: value})
    assert found() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM (SELECT ctid FROM clienten_gevoeligedrempel OFFSET 0) x",
        "WITH x AS (UPDATE clienten_gevoeligedrempel SET wie = 'x' RETURNING 1) "
        "SELECT count(*) FROM x",
        "WITH x AS (DELETE FROM clienten_gevoeligedrempel RETURNING 1) SELECT count(*) FROM x",
        "SELECT count(*) FROM clienten_drempel d JOIN clienten_gevoeligedrempel g "
        "ON g.drempel_id = d.id",
        f"SELECT count(*) FROM toegang_gebeurtenis g WHERE g::text LIKE '%{SECRET}%'",
        "SELECT count(*) FROM toegang_gebeurtenis g WHERE g::text LIKE '%gezondheid%'",
    ],
)
def test_a_side_door_shows_no_row_and_changes_none(drempel, statement):
    assert found(statement) == 0
    with open_compartment():
        assert GevoeligeDrempel.objects.get().omschrijving == SECRET


def test_without_it_nothing_is_written_there(drempel, bestuur):
    other = make_drempel(drempel.client, "gevoelig")
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        GevoeligeDrempel.objects.create(
            bestuur=bestuur,
            client=drempel.client,
            drempel=other,
            soort="gezondheid",
            gewijzigd_at="2026-11-22T10:00Z",
        )
    with open_compartment():
        assert GevoeligeDrempel.objects.count() == 1


def test_a_copy_of_the_table_is_empty(drempel):
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY clienten_gevoeligedrempel TO STDOUT") as rows,
    ):
        assert b"".join(bytes(part) for part in rows) == b""


@pytest.mark.parametrize("kind", ["gezondheid", "justitie", "schulden"])
def test_outside_no_row_can_name_what_belongs_inside(drempel, kind):
    with pytest.raises(IntegrityError, match="drempel_soort_bekend"), transaction.atomic():
        make_drempel(drempel.client, kind)


@pytest.mark.parametrize("column", ["omschrijving", "actie", "wie"])
def test_outside_a_sensitive_barrier_has_no_words(drempel, column):
    with pytest.raises(IntegrityError, match="zonder_woorden"), transaction.atomic():
        Drempel.objects.filter(pk=drempel.pk).update(**{column: SECRET})


def test_the_outside_cannot_name_a_kind_while_something_stands_inside(drempel):
    with pytest.raises(IntegrityError, match="buiten_gevoelig"), transaction.atomic():
        Drempel.objects.filter(pk=drempel.pk).update(soort="zorg")
    assert Drempel.objects.get().soort == "gevoelig"


def test_an_inner_scope_closes_what_the_outer_one_opened(drempel, bestuur):
    with scope(bestuur_id=bestuur.pk, actor_id=None, sensitive=True):
        assert found() == 1
        with in_bestuur(bestuur.pk):
            assert found() == 0
        assert found() == 1
    assert found() == 0


def test_a_job_asks_for_it_by_name(drempel, bestuur):
    with in_bestuur(bestuur.pk):
        assert found() == 0
    with in_bestuur(bestuur.pk, sensitive=True):
        assert found() == 1


@pytest.mark.parametrize("rol", list(Rol))
def test_a_request_opens_it_for_who_may_and_for_nobody_else(bestuur, rol):
    seen = []

    def view(request):
        seen.append(found("SELECT coalesce(current_setting('app.gevoelig', true), '')"))
        return HttpResponse()

    request = RequestFactory().get("/drempels/bord/")
    request.user, request.session = make_gebruiker(bestuur, rol), {}
    ScopeMiddleware(view)(request)
    request.user = AnonymousUser()
    ScopeMiddleware(view)(request)
    assert seen == ["1" if rol == Rol.MAATSCHAPPELIJK_WERKER else "", ""]


def test_a_change_of_nothing_but_words_leaves_a_line_without_them(drempel):
    with open_compartment():
        GevoeligeDrempel.objects.update(
            omschrijving="Nog een operatie", gewijzigd_at="2026-11-22T10:00Z"
        )
    row = Gebeurtenis.objects.get(tabel="clienten_gevoeligedrempel", op="U")
    assert set(row.nieuw) == {"gewijzigd_at"}


def test_a_worker_of_the_neighbour_opens_no_compartment_here(drempel, buur, signed_in):
    stranger = make_gebruiker(buur, Rol.MAATSCHAPPELIJK_WERKER)
    with scope(bestuur_id=buur.pk, actor_id=stranger.pk, sensitive=True):
        make_toewijzing(make_client(buur), stranger)
    assert signed_in(stranger).post(f"/drempels/{drempel.pk}/tonen/").status_code == 404
