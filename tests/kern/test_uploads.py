"""A body that is too large is refused while it arrives: little memory, nothing on disk, a page."""

import io
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connections
from django.http import HttpResponse, JsonResponse
from django.test import Client
from django.urls import path

from activering import urls
from tests.database import ROOT, app_url

MEGABYTE = 1024 * 1024
BOUNDARY = "grens"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
FILE_HEAD = (
    f"--{BOUNDARY}\r\n"
    'Content-Disposition: form-data; name="bestand"; filename="lijst.csv"\r\n'
    "Content-Type: text/csv\r\n\r\n"
).encode()
PIECE = b"a" * 65_536
MOST_MEMORY = 40 * MEGABYTE


def upload(request):
    """Say what of the upload reached the view."""
    if request.method == "GET":
        return HttpResponse()
    # The forgery check reads the form before any view; the test client skips that check.
    fields = len(request.POST)
    return JsonResponse(
        {
            "te groot": getattr(request, "upload_too_large", False),
            "velden": fields,
            "bestanden": {name: file.size for name, file in request.FILES.items()},
        }
    )


urlpatterns = [path("laad-op/", login_not_required(upload)), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def a_file(size: int) -> io.BytesIO:
    content = io.BytesIO(b"x" * size)
    content.name = "lijst.csv"
    return content


@pytest.mark.django_db
@pytest.mark.urls(__name__)
class TestWhatAViewSees:
    """Through Django's own test client: the handler, the forgery check and the error pages."""

    def test_a_file_within_the_limit_arrives_whole(self, client):
        found = client.post("/laad-op/", {"naam": "x", "bestand": a_file(3 * MEGABYTE)}).json()
        assert found == {"te groot": False, "velden": 1, "bestanden": {"bestand": 3 * MEGABYTE}}

    def test_a_file_at_the_limit_arrives_whole(self, client, settings):
        settings.UPLOAD_MAX_BYTES = MEGABYTE
        found = client.post("/laad-op/", {"bestand": a_file(MEGABYTE)}).json()
        assert found["bestanden"] == {"bestand": MEGABYTE}

    def test_one_byte_more_is_told_to_the_view(self, client, settings):
        settings.UPLOAD_MAX_BYTES = MEGABYTE
        found = client.post("/laad-op/", {"naam": "x", "bestand": a_file(MEGABYTE + 1)}).json()
        assert found == {"te groot": True, "velden": 1, "bestanden": {}}

    def test_all_files_together_count(self, client, settings):
        settings.UPLOAD_MAX_BYTES = MEGABYTE
        half = MEGABYTE // 2 + 1
        found = client.post("/laad-op/", {"een": a_file(half), "twee": a_file(half)}).json()
        assert found["te groot"] is True
        assert found["bestanden"] == {"een": half}

    def test_an_announced_length_over_the_limit_reads_no_field(self, client, settings):
        settings.UPLOAD_MAX_BYTES = 10_000
        found = client.post("/laad-op/", {"naam": "x", "bestand": a_file(100_000)}).json()
        assert found == {"te groot": True, "velden": 0, "bestanden": {}}

    def test_the_page_says_too_large_and_not_that_the_form_is_too_old(self, settings):
        settings.UPLOAD_MAX_BYTES = 10_000
        strict = Client(enforce_csrf_checks=True)
        strict.get("/account/aanmelden/")
        response = strict.post("/laad-op/", {"bestand": a_file(100_000)})
        assert response.status_code == 413
        assert "hoogstens 20 MB" in response.content.decode()

    def test_a_form_without_a_token_is_still_refused(self, settings):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/laad-op/", {"bestand": a_file(10)}).status_code == 403

    @pytest.mark.parametrize(
        "data",
        [
            {f"veld{number}": "x" for number in range(10_001)},
            {f"bestand{number}": a_file(1) for number in range(150)},
            {"veld": "x" * 3 * MEGABYTE},
        ],
        ids=["many fields", "many files", "long field"],
    )
    def test_too_much_of_anything_is_a_bad_request(self, client, data):
        response = client.post("/laad-op/", data)
        assert response.status_code == 400
        assert "te groot" in response.content.decode()

    @pytest.mark.parametrize(
        "kind", ["application/x-www-form-urlencoded", "application/json", "text/plain", ""]
    )
    def test_a_large_body_of_another_kind_is_not_read(self, client, kind):
        body = b"veld=" + b"x" * (3 * MEGABYTE)
        response = client.generic("POST", "/laad-op/", body, content_type=kind)
        if kind == "application/x-www-form-urlencoded":
            assert response.status_code == 400
        else:
            assert response.json() == {"te groot": False, "velden": 0, "bestanden": {}}

    @pytest.mark.parametrize(
        "body",
        [b"", b"--grens--", b"--grens\r\n\r\n", FILE_HEAD, FILE_HEAD[:30], b"\x00" * 1000],
    )
    def test_a_broken_multipart_body_breaks_nothing(self, client, body):
        response = client.generic("POST", "/laad-op/", body, content_type=MULTIPART)
        assert response.status_code in {200, 400}


@dataclass
class Server:
    """A real gunicorn with one worker, as production runs it."""

    process: subprocess.Popen[bytes]
    port: int
    temporary: Path
    cookie: str = field(default="", init=False)

    @property
    def worker(self) -> int:
        pid = self.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    def peak(self) -> int:
        """Return the most memory the worker ever held, in bytes."""
        status = Path(f"/proc/{self.worker}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024

    def exchange(self, head: str, body: Iterator[bytes], *, most: int) -> tuple[int, str]:
        """Send at most so many bytes of the body; return how many went and the answer."""
        sent = 0
        with socket.create_connection(("127.0.0.1", self.port), 20) as line:
            line.sendall(f"{head}Cookie: csrftoken={self.cookie}\r\n\r\n".encode())
            try:
                for piece in body:
                    line.sendall(piece[: most - sent])
                    sent += len(piece[: most - sent])
                    if sent >= most:
                        break
            except (BrokenPipeError, ConnectionResetError):
                pass
            answer = b""
            try:
                while part := line.recv(65_536):
                    answer += part
                    if b"</html>" in answer or b"levend" in answer:
                        break
            except ConnectionResetError:
                pass
        return sent, answer.decode(errors="replace")


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    temporary = tmp_path_factory.mktemp("opladen")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "activering.settings.test",
        "DATABASE_URL": app_url(str(connections["default"].settings_dict["NAME"])),
        "TMPDIR": str(temporary),
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    process = subprocess.Popen(
        [*command, "--log-level", "critical", "activering.wsgi"], cwd=ROOT, env=environment
    )
    found = Server(process, port, temporary)
    try:
        found.cookie = _wait_for_cookie(found)
        yield found
    finally:
        process.terminate()
        process.wait(20)


def _wait_for_cookie(server: Server) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            _, answer = server.exchange(
                "GET /account/aanmelden/ HTTP/1.1\r\nHost: localhost\r\n", iter(()), most=0
            )
        except ConnectionRefusedError:
            time.sleep(0.1)
            continue
        if found := re.search(r"csrftoken=(\w+)", answer):
            return found[1]
    raise AssertionError("gunicorn did not start")


def head(kind: str, length: str) -> str:
    return (
        "POST /account/aanmelden/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: {kind}\r\n{length}\r\n"
    )


def endless(first: bytes) -> Iterator[bytes]:
    return chain([first], repeat(PIECE))


def chunks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield b"%x\r\n%b\r\n" % (len(piece), piece)


TWO_GIGABYTES = f"Content-Length: {2 * 1024 * MEGABYTE}"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory from /proc")
@pytest.mark.parametrize(
    ("request_head", "body", "most", "status", "words"),
    [
        pytest.param(
            head(MULTIPART, TWO_GIGABYTES),
            endless(FILE_HEAD),
            300 * MEGABYTE,
            413,
            "hoogstens 20 MB",
            id="two gigabytes announced, sent as fast as they go",
        ),
        pytest.param(
            head(MULTIPART, TWO_GIGABYTES),
            iter([FILE_HEAD]),
            1000,
            413,
            "hoogstens 20 MB",
            id="two gigabytes announced, next to nothing sent",
        ),
        pytest.param(
            head(MULTIPART, "Transfer-Encoding: chunked"),
            chunks(endless(FILE_HEAD)),
            100 * MEGABYTE,
            403,
            "Nummer van dit voorval",
            id="no length announced",
        ),
        pytest.param(
            head("application/x-www-form-urlencoded", TWO_GIGABYTES),
            endless(b"login="),
            100 * MEGABYTE,
            400,
            "te groot",
            id="one long field, not multipart",
        ),
        pytest.param(
            head("application/json", TWO_GIGABYTES),
            endless(b"["),
            100 * MEGABYTE,
            403,
            "Nummer van dit voorval",
            id="no form at all",
        ),
    ],
)
def test_an_attack_costs_little_memory_and_no_disk(server, request_head, body, most, status, words):
    before = server.peak()
    began = time.monotonic()
    sent, answer = server.exchange(request_head, body, most=most)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert words in answer
    assert sent < 20 * MEGABYTE
    assert time.monotonic() - began < 10
    assert server.peak() - before < MOST_MEMORY
    assert [file for file in server.temporary.rglob("*") if file.is_file()] == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory from /proc")
def test_a_file_of_thirty_megabytes_gets_a_page_after_it_was_sent(server):
    """A browser reads the answer when it could send all; a cut connection shows no page."""
    before = server.peak()
    length = 30 * MEGABYTE
    sent, answer = server.exchange(
        head(MULTIPART, f"Content-Length: {length}"), endless(FILE_HEAD), most=length
    )
    assert sent == length
    assert answer.startswith("HTTP/1.1 413 ")
    assert "Dit bestand is te groot" in answer
    assert server.peak() - before < MOST_MEMORY
    assert [file for file in server.temporary.rglob("*") if file.is_file()] == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory from /proc")
def test_the_server_goes_on_after_all_that(server):
    _, answer = server.exchange(
        "GET /levend HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", iter(()), most=0
    )
    assert answer.startswith("HTTP/1.1 200 ")
