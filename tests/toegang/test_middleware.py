"""One transaction per request: what a view wrote before it failed is gone, also what it read."""

from contextlib import suppress

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.utils import OperationalError
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client as Browser
from django.urls import path

from activering import urls
from clienten.access import open_client
from clienten.models import Client
from kern.db.scope import ACTOR, BESTUUR, scope
from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker
from toegang.audit import act
from toegang.models import Aanstelling, Gebeurtenis, Inzage

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

SECRET = "Peeters 80.05.05-971-23"
ERRORS = {
    "404": Http404,
    "403": PermissionDenied,
    "400": SuspiciousOperation,
    "500": RuntimeError,
    "rule": DomainError,
    "database": DatabaseError,
}


def current(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return cursor.fetchone()[0]


def state(request):
    return JsonResponse(
        {
            "bestuur": current(BESTUUR),
            "actor": current(ACTOR),
            "clienten": Client.objects.count(),
        }
    )


def write_and_read(request) -> None:
    client = make_client(request.user.bestuur, familienaam="Half")
    open_client(request.user, client.pk, scherm="half")


def breaks(request, how):
    write_and_read(request)
    raise ERRORS[how](SECRET)


def breaks_within_an_act(request):
    with act("brak"), connection.cursor() as cursor:
        write_and_read(request)
        cursor.execute("SELECT 1 / 0")


def breaks_while_drawn(request):
    write_and_read(request)
    page = engines["django"].from_string("{{ row.fails }}")

    class Row:
        @property
        def fails(self) -> str:
            raise RuntimeError(SECRET)

    return TemplateResponse(request, page, {"row": Row()})


def says_it_broke(request):
    write_and_read(request)
    return HttpResponse(status=500)


def goes_on_after_a_caught_error(request):
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    write_and_read(request)
    return HttpResponse("verder")


def streams(request):
    return StreamingHttpResponse(str(client) for client in Client.objects.all())


def sends_a_file(request):
    return FileResponse(open(__file__, "rb"), content_type="text/plain")


def queues_and_breaks(request):
    transaction.on_commit(lambda: None)
    if request.GET:
        raise RuntimeError(SECRET)
    return HttpResponse()


urlpatterns = [
    path("stand/", login_not_required(state)),
    path("binnen/", state),
    path("breekt/<str:how>/", breaks),
    path("breekt-in-handeling/", breaks_within_an_act),
    path("breekt-bij-tekenen/", breaks_while_drawn),
    path("zegt-500/", says_it_broke),
    path("verder/", goes_on_after_a_caught_error),
    path("stroom/", streams),
    path("bestand/", sends_a_file),
    path("wachtrij/", queues_and_breaks),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def visitor(lead):
    found = Browser(raise_request_exception=False)
    found.force_login(lead)
    return found


def test_a_visitor_stands_in_no_bestuur_and_sees_no_rows(client, bestuur):
    make_client(bestuur)
    with scope(bestuur_id=None, actor_id=None):
        found = client.get("/stand/").json()
    assert found == {"bestuur": "", "actor": "", "clienten": 0}


def test_a_request_stands_in_the_bestuur_where_one_works(visitor, bestuur, buur, lead):
    make_client(bestuur)
    with scope(bestuur_id=buur.pk, actor_id=None):
        make_client(buur)
        make_client(buur)
    found = visitor.get("/binnen/").json()
    assert found == {"bestuur": str(bestuur.pk), "actor": str(lead.pk), "clienten": 1}


def test_the_scope_of_a_request_ends_with_it(visitor, bestuur):
    with scope(bestuur_id=None, actor_id=None):
        visitor.get("/binnen/")
        assert (current(BESTUUR), current(ACTOR)) == ("", "")
        assert not Client.objects.exists()


def test_a_bestuur_chosen_in_the_session_counts_only_while_one_works_there(visitor, lead, buur):
    session = visitor.session
    session["bestuur_id"] = buur.pk
    session.save()
    assert visitor.get("/binnen/").json()["bestuur"] == str(lead.bestuur.pk)
    row = Aanstelling.objects.create(gebruiker=lead, bestuur=buur, rol="onthaal", van="2020-01-01")
    assert visitor.get("/binnen/").json()["bestuur"] == str(buur.pk)
    row.tot = "2020-02-01"
    row.save()
    assert visitor.get("/binnen/").json()["bestuur"] == str(lead.bestuur.pk)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/breekt/404/", 404),
        ("/breekt/403/", 403),
        ("/breekt/400/", 400),
        ("/breekt/500/", 500),
        ("/breekt/rule/", 500),
        ("/breekt/database/", 500),
        ("/breekt-in-handeling/", 500),
        ("/breekt-bij-tekenen/", 500),
        ("/zegt-500/", 500),
    ],
)
def test_what_a_failing_view_wrote_is_gone(visitor, address, status):
    before = Gebeurtenis.objects.count()
    response = visitor.get(address)
    assert response.status_code == status
    assert not Client.objects.exists()
    assert not Inzage.objects.exists()
    assert Gebeurtenis.objects.count() == before
    html = response.content.decode()
    assert SECRET not in html
    if response.content:
        assert response["X-Request-Id"] in html
        assert "Nummer van dit voorval" in html


def test_an_error_that_the_view_dealt_with_undoes_nothing_else(visitor):
    assert visitor.get("/verder/").content == b"verder"
    assert Client.objects.count() == Inzage.objects.count() == 1


def test_the_error_itself_is_told_not_that_the_scope_could_not_be_put_back(visitor):
    visitor.raise_request_exception = True
    with pytest.raises(DatabaseError, match="division by zero"):
        visitor.get("/breekt-in-handeling/")


def test_a_streamed_answer_is_refused_before_it_quietly_finds_nothing(visitor, bestuur):
    make_client(bestuur)
    assert visitor.get("/stroom/").status_code == 500


def test_a_file_may_be_streamed(visitor):
    response = visitor.get("/bestand/")
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b'"""One transaction')


def test_a_start_password_opens_only_the_page_that_replaces_it(bestuur):
    person = make_gebruiker(bestuur, is_start_password=True)
    visitor = Browser()
    visitor.force_login(person)
    assert visitor.get("/binnen/")["Location"] == "/account/wachtwoord/"
    assert visitor.post("/binnen/")["Location"] == "/account/wachtwoord/"
    assert visitor.get("/account/wachtwoord/").status_code == 200
    assert visitor.get("/accountant/")["Location"] == "/account/wachtwoord/"


def unreachable(self) -> None:
    raise OperationalError('connection to server at "10.1.2.3", user "geheim" failed')


@pytest.fixture
def database_down(monkeypatch):
    monkeypatch.setattr(DatabaseWrapper, "ensure_connection", unreachable)


def test_without_a_database_a_page_says_so_without_telling_where(database_down):
    response = Browser(raise_request_exception=False).get("/stand/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Dit ging mis aan onze kant" in html
    assert "10.1.2.3" not in html
    assert "Traceback" not in html


def test_without_a_database_health_answers(settings, database_down):
    visitor = Browser(raise_request_exception=False)
    # Also for somebody who carries a session.
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert visitor.get("/levend").content == b"levend"
    response = visitor.get("/gezondheid")
    assert response.status_code == 503
    assert response.json()["database"] == "onbereikbaar"
    assert "10.1.2.3" not in response.content.decode()


def test_a_task_of_a_view_that_failed_is_never_sent(visitor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        assert visitor.get("/wachtrij/").status_code == 200
    assert len(waiting) == 1
    with django_capture_on_commit_callbacks() as waiting:
        assert visitor.get("/wachtrij/?breek=1").status_code == 500
    assert waiting == []
