"""The log tells what happened and where, never about whom."""

import json
import logging
import logging.config

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, connection
from django.test import Client as Browser
from django.urls import path

from activering import urls
from activering.settings import base
from clienten.models import Client
from kern.logs import JsonFormatter, request_id
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker

SECRET = "Kovalenko 80.05.05-971-23"


def breaks(request):
    raise RuntimeError(f"{SECRET} {request.POST}")


def breaks_on_a_row(request):
    Client.objects.create(bestuur=request.user.bestuur, dossiernummer="T-1", familienaam=SECRET)
    Client.objects.create(bestuur=request.user.bestuur, dossiernummer="T-1", familienaam=SECRET)


def refuses(request):
    raise SuspiciousOperation(SECRET)


urlpatterns = [
    path("breekt/", breaks),
    path("dubbel/", breaks_on_a_row),
    path("weigert/", refuses),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


class Lines(logging.Handler):
    """Keeps each line as production would write it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines():
    handler = Lines()
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.lines
    root.setLevel(level)
    root.removeHandler(handler)


def record(message: str, *args: object, name: str = "iets", error: BaseException | None = None):
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, info)


def written(*args, **kwargs) -> dict:
    return json.loads(JsonFormatter().format(record(*args, **kwargs)))


def test_a_line_has_moment_level_logger_message_and_request():
    token = request_id.set("abc123")
    line = written("%s keer", 3)
    request_id.reset(token)
    assert line["message"] == "3 keer"
    assert (line["level"], line["logger"], line["request"]) == ("ERROR", "iets", "abc123")
    assert line["at"].endswith("+00:00")


def test_of_an_error_only_its_class_and_place_are_told():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        line = written(f"mislukt: {'%s'}", SECRET, error=error)
    assert SECRET not in json.dumps(line)
    assert line["error"] == "ValueError"
    assert line["trace"][0].endswith("test_of_an_error_only_its_class_and_place_are_told")


def test_of_a_chain_of_errors_no_text_is_told():
    error = IntegrityError(SECRET)
    error.__cause__ = KeyError(SECRET)
    assert SECRET not in json.dumps(written("mislukt", error=error))


def test_a_line_break_cannot_forge_a_line():
    text = JsonFormatter().format(record('Not Found: %s\n{"level": "INFO"}', "/x\r\n"))
    assert "\n" not in text
    assert "\r" not in text


def test_what_a_task_said_or_was_given_is_left_out():
    context = {"name": "mail", "id": "1", "exc": SECRET, "args": SECRET, "return_value": SECRET}
    made = logging.LogRecord(
        "celery.app.trace", 40, "", 1, "Task %(name)s retry: %(exc)s %(args)s", (context,), None
    )
    assert json.loads(JsonFormatter().format(made))["message"] == "Task mail retry: … …"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"), [("breekt", 500), ("dubbel", 500), ("weigert", 400)]
)
def test_a_failing_page_leaves_no_person_in_the_log(lines, lead, address, status):
    browser = Browser(raise_request_exception=False)
    browser.force_login(lead)
    response = browser.post(f"/{address}/?zoek=Kovalenko", {"naam": SECRET, "wachtwoord": SECRET})
    assert response.status_code == status
    told = "\n".join(lines)
    assert response["X-Request-Id"] in told
    for text in (SECRET, "Kovalenko", "T-1"):
        assert text not in told


@pytest.mark.django_db
def test_the_database_names_the_row_and_the_log_does_not(lines, bestuur):
    """PostgreSQL says which value was taken twice; that is why no error text is written."""
    make_gebruiker(gebruikersnaam="t-geheim")
    with pytest.raises(IntegrityError, match="t-geheim") as caught:
        make_gebruiker(gebruikersnaam="t-geheim")
    logging.getLogger("iets").error("mislukt", exc_info=caught.value)
    assert "t-geheim" not in "\n".join(lines)


@pytest.mark.django_db
def test_statements_are_never_logged_whatever_the_level(lines, bestuur, settings):
    logging.config.dictConfig(
        {**base.LOGGING, "handlers": {}, "root": {"level": "DEBUG", "handlers": []}}
        | {"loggers": {"django.db.backends": base.LOGGING["loggers"]["django.db.backends"]}}
    )
    handler = Lines()
    logging.getLogger().addHandler(handler)
    connection.force_debug_cursor = True
    try:
        make_client(bestuur, familienaam=SECRET)
    finally:
        connection.force_debug_cursor = False
        logging.getLogger().removeHandler(handler)
        logging.config.dictConfig(django_settings.LOGGING)
    assert SECRET not in "\n".join(handler.lines)


def test_debug_is_off_in_every_settings_module():
    import activering.settings.dev as dev
    import activering.settings.test as test

    assert not base.DEBUG
    assert not dev.DEBUG
    assert not test.DEBUG
    assert "django.contrib.admin" not in base.INSTALLED_APPS
