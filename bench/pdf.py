"""`python -m bench.pdf [--aantal 120] [--json]`: what a report costs, and whether a batch scales.

Every figure is of the whole task: claim, gathering, rendering, file on the disk, row. The same
HTML through WeasyPrint alone is measured in between, so that both meet the same machine. Beside
the clock on the wall stands processor time, which neighbours on a shared machine change less.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench import omgeving
from bench.tabel import table

ROOT = Path(__file__).resolve().parent.parent
VAN = date(2026, 6, 1)


def main() -> int:
    """Measure one report, then the same batch on one worker process and on two."""
    parser = argparse.ArgumentParser(prog="bench.pdf", description=__doc__)
    parser.add_argument("--aantal", type=int, default=120, help="reports in a batch")
    parser.add_argument("--rondes", type=int, default=2, help="times each number of processes")
    parser.add_argument("--beelden", type=Path, help="folder for pictures of the first pages")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    omgeving.DATABASE = "activering_bench_pdf"
    omgeving.prepare()
    with tempfile.TemporaryDirectory(prefix="activering-bench-") as folder:
        _keep_files_in(folder)
        bestuur_id, trajecten = _people(options.aantal)
        answer: dict[str, object] = {"machine": omgeving.machine(), "aantal": options.aantal}
        answer["verslag"] = one_report(bestuur_id, trajecten[:25])
        if options.beelden:
            pictures(bestuur_id, trajecten[0], options.beelden)
        if options.rondes:
            answer["reeks"] = batch(bestuur_id, trajecten, folder, rounds=options.rondes)
    print(json.dumps(answer, indent=2) if options.json else table(answer))
    return 0


def _keep_files_in(folder: str) -> None:
    from django.conf import settings

    settings.STORAGES["default"]["OPTIONS"]["location"] = Path(folder) / "bestanden"


def _people(number: int) -> tuple[int, list[int]]:
    """Make a bestuur with lively trajecten, once; return their keys."""
    from django.db import transaction

    from tests.factories.toegang import make_bestuur, make_gebruiker
    from tests.rapporten.scene import make_scene
    from toegang.models import Bestuur, Gebruiker
    from toegang.scope import in_bestuur
    from trajecten.models import Traject

    bestuur = Bestuur.objects.filter(nis="24038").first() or make_bestuur()
    worker = Gebruiker.objects.filter(gebruikersnaam="mw1").first() or make_gebruiker(
        bestuur, gebruikersnaam="mw1", voornaam="Mieke", familienaam="Vandervelde"
    )
    with transaction.atomic(), in_bestuur(bestuur.pk, actor_id=worker.pk):
        there = Traject.objects.count()
        for serial in range(there, number):
            name = "Kovalenko" if serial == 0 else f"Kovalenko-{serial}"
            number_of = {"dossiernummer": f"2026/{serial:04d}", "familienaam": name}
            make_scene(bestuur, worker, insz="", **number_of)
        keys = list(Traject.objects.order_by("pk").values_list("pk", flat=True)[:number])
    return bestuur.pk, keys


def _ask(bestuur_id: int, trajecten: list[int]) -> int:
    """Ask for a bundle of reports; return its key."""
    from django.utils import timezone

    from rapporten.commands import request_bundel
    from rapporten.enums import BundelVorm
    from toegang.models import Gebruiker
    from toegang.scope import in_bestuur
    from trajecten.models import Traject

    by = Gebruiker.objects.get(gebruikersnaam="mw1")
    with in_bestuur(bestuur_id, actor_id=by.pk):
        chosen = list(Traject.objects.filter(pk__in=trajecten).select_related("client"))
        return request_bundel(
            trajecten=chosen,
            van=VAN,
            tot=timezone.localdate(),
            vorm=BundelVorm.ZIP,
            by=by,
            at=timezone.now(),
        ).pk


def one_report(bestuur_id: int, trajecten: list[int]) -> dict[str, object]:
    """Measure the whole task beside WeasyPrint's own time for the same HTML."""
    from unittest import mock

    from kern import pdf
    from rapporten import rendering, tasks
    from rapporten.models import Verslag
    from toegang.scope import in_bestuur

    with mock.patch.object(tasks.render_verslag, "delay"):
        bundel = _ask(bestuur_id, trajecten)
    with in_bestuur(bestuur_id):
        keys = list(Verslag.objects.filter(bundel=bundel).values_list("pk", flat=True))
    seen: list[str] = []
    original = pdf.html_to_pdf

    def keep_html(html: str) -> bytes:
        seen.append(html)
        return original(html)

    whole: list[Spent] = []
    alone: list[Spent] = []
    size = 0
    with mock.patch.object(pdf, "html_to_pdf", keep_html):
        for key in keys:
            whole.append(
                _spent(
                    lambda key=key: rendering.render_verslag(bestuur_id=bestuur_id, verslag_id=key)
                )
            )
            alone.append(_spent(lambda: original(seen[-1])))
            size = len(seen[-1])
    first = whole[0]
    fresh = [_spent(lambda: _unprepared(seen[-1])) for _ in range(5)]
    whole, alone = whole[2:], alone[2:]
    return {
        "eerste verslag van een proces (s)": round(first.wall, 2),
        "hele taak, mediaan (s)": _middle(item.wall for item in whole),
        "hele taak, processor (s)": _middle(item.cpu for item in whole),
        "WeasyPrint alleen, zelfde HTML (s)": _middle(item.wall for item in alone),
        "WeasyPrint alleen, processor (s)": _middle(item.cpu for item in alone),
        "WeasyPrint met eigen opmaak en letters, processor (s)": _middle(i.cpu for i in fresh),
        "verhouding tot het eerste, mediaan": _middle(
            a.wall / b.wall for a, b in zip(whole, alone, strict=True)
        ),
        "verhouding in processortijd": _middle(
            a.cpu / b.cpu for a, b in zip(whole, alone, strict=True)
        ),
        "tekens HTML": size,
    }


def _middle(values: Iterable[float]) -> float:
    return round(statistics.median(values), 3)


def _unprepared(html: str) -> bytes:
    """Render as the manual of WeasyPrint does: stylesheet and fonts anew each time."""
    from kern import pdf

    engine = pdf._engine()
    fonts = type(engine.fonts)()
    sheets = [pdf.read_asset(pdf.STATIC + pdf.STYLESHEET).decode()]
    characters = frozenset(map(ord, html))
    sheets += [face.rule for face in pdf.font_faces() if face.serves(characters)]
    own = {"url_fetcher": engine.fetcher, "font_config": fonts}
    base = pdf.STATIC + pdf.STYLESHEET
    styles = [engine.weasyprint.CSS(string=sheet, base_url=base, **own) for sheet in sheets]
    page = engine.weasyprint.HTML(string=html, base_url=base, url_fetcher=engine.fetcher)
    return bytes(page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant=pdf.VARIANT))


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took, by the clock on the wall and by the processor."""

    wall: float
    cpu: float


def _spent(work: Callable[[], object]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def batch(bestuur_id: int, trajecten: list[int], folder: str, *, rounds: int) -> dict[str, object]:
    """Make the same batch with one worker process and with two, in turn."""
    took: dict[int, list[Spent]] = {1: [], 2: []}
    memory: list[dict[str, int]] = []
    with _redis() as url:
        for _ in range(rounds):
            for processes in (1, 2):
                spent, used = _one_batch(bestuur_id, trajecten, folder, url, processes)
                took[processes].append(spent)
                memory.append(used)
    wall = {n: min(item.wall for item in items) for n, items in took.items()}
    cpu = {n: min(item.cpu for item in items) / len(trajecten) for n, items in took.items()}
    return {
        "1 proces (s)": [round(item.wall, 1) for item in took[1]],
        "2 processen (s)": [round(item.wall, 1) for item in took[2]],
        "versnelling op de klok": round(wall[1] / wall[2], 2),
        "processor per verslag, 1 proces (s)": round(cpu[1], 3),
        "processor per verslag, 2 processen (s)": round(cpu[2], 3),
        "versnelling bij twee vrije kernen": round(2 * cpu[1] / cpu[2], 2),
        "geheugen van een kind na 25 verslagen (MB)": max(m["begin"] for m in memory),
        "geheugen van een kind aan het einde (MB)": max(m["end"] for m in memory),
    }


def _one_batch(
    bestuur_id: int, trajecten: list[int], folder: str, url: str, processes: int
) -> tuple[Spent, dict[str, int]]:
    from activering.celery import app
    from rapporten.models import Verslag
    from toegang.scope import in_bestuur

    app.conf.broker_url = url
    app.conf.broker_transport_options = {"global_keyprefix": "activering:"}
    with _worker(folder, url, processes) as worker:
        used: dict[str, int] = {}
        bundel: list[int] = [0]

        def look() -> None:
            with in_bestuur(bestuur_id):
                done = Verslag.objects.filter(bundel=bundel[0]).ready().count()
            if done >= 25 and "begin" not in used:
                used["begin"] = _children_mb(worker.pid)
            if worker.poll() is not None:
                raise SystemExit((Path(folder) / "worker.log").read_text()[-2000:])
            used["end"] = _children_mb(worker.pid)

        # Every child first meets its fonts; a server does that once a day, not once a batch.
        _ask_and_wait(bestuur_id, trajecten[: 4 * processes], look)
        used.clear()
        began, cpu = time.perf_counter(), _children_cpu(worker.pid)
        _ask_and_wait(bestuur_id, trajecten, look, bundel)
        spent = Spent(time.perf_counter() - began, _children_cpu(worker.pid) - cpu)
        used.setdefault("begin", used["end"])
    return spent, used


def _ask_and_wait(bestuur_id: int, trajecten: list[int], look, key=None) -> None:  # type: ignore[no-untyped-def]
    from rapporten.enums import BundelStatus
    from rapporten.models import Bundel
    from toegang.scope import in_bestuur

    pk = _ask(bestuur_id, trajecten)
    if key is not None:
        key[0] = pk
    for _ in range(3000):
        with in_bestuur(bestuur_id):
            bundel = Bundel.objects.get(pk=pk)
        if not bundel.is_open:
            if bundel.status != BundelStatus.KLAAR:
                raise SystemExit(f"De reeks lukte niet: {bundel.fout}")
            return
        look()
        time.sleep(0.5)
    raise SystemExit("De reeks raakte niet klaar.")


@contextmanager
def _redis() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _worker(folder: str, url: str, processes: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "REDIS_URL": url, "ACTIVERING_VAR": folder}
    command = [sys.executable, "-m", "celery", "-A", "activering", "worker", "-c", str(processes)]
    with (Path(folder) / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [*command, "-P", "prefork", "--without-mingle", "--without-gossip"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            yield worker
        finally:
            worker.terminate()
            worker.wait(timeout=60)


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _children_cpu(pid: int) -> float:
    """Return the processor seconds of all children of the worker."""
    ticks = 0
    for child in _children(pid):
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children_mb(pid: int) -> int:
    """Return the memory of the largest child of the worker."""
    found = 0
    for child in _children(pid):
        status = Path(f"/proc/{child}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        found = max(found, int(line.split()[1]) // 1024)
    return found


def pictures(bestuur_id: int, traject: int, folder: Path) -> None:
    """Write the pages of one report as pictures for the documentation."""
    from kern.pdf import render_pdf
    from rapporten.afdruk import maak_stuk
    from rapporten.queries import inhoud_voor
    from tests.rapporten.scene import NOW, TOT
    from toegang.scope import in_bestuur
    from trajecten.models import Traject

    with in_bestuur(bestuur_id):
        found = Traject.objects.select_related("client", "instrument", "bestuur").get(pk=traject)
        inhoud = inhoud_voor(found, van=VAN, tot=TOT, opsteller="Mieke Vandervelde", at=NOW)
    stuk = maak_stuk(inhoud, nummer="VV-2026-000012")
    content = render_pdf("pdf/voortgangsverslag.html", {"stuk": stuk})
    target = folder / "voortgangsverslag"
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-", str(target)], input=content, check=True)


if __name__ == "__main__":
    sys.exit(main())
