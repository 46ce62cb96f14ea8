"""The plan with 5 and with 200 steps: the worker's page and the client's own, side by side."""

import gzip
import statistics
import time
from datetime import date, timedelta
from typing import Any

from bench.omgeving import cpu_seconds
from bench.schermen import GEWOON_NIS, ready_for_pages

STAPPEN = (5, 200)
RONDES, KEREN = 3, 8
BUDGET_VRAGEN = 12
BUDGET_KB = 60


def measure(*, on: date) -> dict[str, Any]:
    """Make two plans through the ordinary commands and ask both pages in turns."""
    from django.urls import reverse

    ready_for_pages()
    plaats = _Plaats(on)
    pages: dict[str, dict[int, _Pagina]] = {"stappenplan, medewerker": {}, "mijn plan, cliënt": {}}
    for aantal in STAPPEN:
        client = plaats.plan(aantal)
        worker = _Pagina(plaats.browser(), reverse("trajecten:plan", args=[client.pk]))
        pages["stappenplan, medewerker"][aantal] = worker
        own = _Pagina(plaats.inside(client), reverse("portaal:start"))
        pages["mijn plan, cliënt"][aantal] = own
    for sizes in pages.values():
        for page in sizes.values():
            page.open()
        for _ in range(RONDES):
            for page in sizes.values():
                page.again(KEREN)
    return {naam: _judged(sizes) for naam, sizes in pages.items()}


def _judged(sizes: dict[int, "_Pagina"]) -> dict[str, Any]:
    figures = {f"{aantal} stappen": page.figures() for aantal, page in sizes.items()}
    few, many = (figures[f"{aantal} stappen"] for aantal in STAPPEN)
    return {
        **figures,
        "verhouding": round(many["processor_ms"] / few["processor_ms"], 2),
        "evenveel_vragen": few["vragen"] == many["vragen"],
        "vragen_binnen_budget": many["vragen"] <= BUDGET_VRAGEN,
    }


class _Pagina:
    """One page in one browser, and what it took."""

    def __init__(self, browser: Any, url: str) -> None:
        self.browser, self.url = browser, url
        self.vragen = self.instellingen = 0
        self.content = b""
        self.times: list[float] = []
        self.cpu = 0.0

    def open(self) -> None:
        """Open the page warm and count the statements behind it."""
        from django.db import connection

        self.browser.get(self.url)
        statements: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.browser.get(self.url)
        if response.status_code != 200:
            raise RuntimeError(f"{self.url} answered {response.status_code}")
        settings = sum("set_config" in sql for sql in statements)
        self.vragen, self.instellingen = len(statements) - settings, settings
        self.content = response.content

    def again(self, times: int) -> None:
        """Open the page so many times more."""
        began = cpu_seconds() or 0.0
        for _ in range(times):
            start = time.perf_counter()
            self.browser.get(self.url)
            self.times.append((time.perf_counter() - start) * 1000)
        self.cpu += ((cpu_seconds() or 0.0) - began) * 1000

    def figures(self) -> dict[str, Any]:
        """Return what the page took."""
        return {
            "vragen": self.vragen,
            "instellingen": self.instellingen,
            "mediaan_ms": round(statistics.median(self.times), 1),
            "processor_ms": round(self.cpu / len(self.times), 1),
            "kb": round(len(self.content) / 1024, 1),
            "kb_gzip": round(len(gzip.compress(self.content)) / 1024, 1),
        }


class _Plaats:
    """A worker of an ordinary bestuur, and clients of hers without a plan."""

    def __init__(self, on: date) -> None:
        from clienten.models import Client
        from toegang.enums import Rol
        from toegang.models import Bestuur, Gebruiker
        from toegang.scope import in_bestuur
        from trajecten.models import Stappenplan

        self.on = on
        self.bestuur = Bestuur.objects.get(nis=GEWOON_NIS)
        rol = Rol.MAATSCHAPPELIJK_WERKER
        people = Gebruiker.objects.filter(
            aanstellingen__bestuur=self.bestuur, aanstellingen__rol=rol
        )
        for worker in people.order_by("pk"):
            with in_bestuur(self.bestuur.pk):
                planned = Stappenplan.objects.values("client")
                rows = Client.objects.followed_by(worker, on=on).exclude(pk__in=planned)
                self.clients = list(rows.filter(afgeschermd=False).order_by("pk")[: len(STAPPEN)])
            if len(self.clients) == len(STAPPEN):
                self.worker = worker
                worker.work_in(self.bestuur, frozenset({rol}))
                return
        raise RuntimeError("no client without a plan is left: make the set again (--opnieuw)")

    def plan(self, aantal: int) -> Any:
        """Propose so many steps, most of them agreed, some answered otherwise."""
        from django.utils import timezone

        from kern.db.scope import scope
        from trajecten.commands.follow_up import signals_later
        from trajecten.commands.plan import PlanStapGegevens, propose_stap, react
        from trajecten.commands.wie import Wie
        from trajecten.enums import ReactieSoort, Uitvoerder

        client, at = self.clients.pop(), timezone.now()
        movers = ([Uitvoerder.CLIENT], [Uitvoerder.OCMW])
        with (
            _atomic(),
            scope(bestuur_id=self.bestuur.pk, actor_id=self.worker.pk),
            signals_later(),
        ):
            for number in range(aantal):
                gegevens = PlanStapGegevens(
                    tekst=f"Stap {number}: bellen en afspreken wanneer het past",
                    uitvoerders=movers[number % 2],
                    tegen=self.on + timedelta(days=3 + number),
                )
                stap = propose_stap(
                    client=client, gegevens=gegevens, wie=Wie.ocmw(self.worker), at=at
                )
                soort = ReactieSoort.NIET_AKKOORD if number % 5 == 4 else ReactieSoort.AKKOORD
                react(
                    item=stap,
                    soort=soort,
                    wie=Wie.client(),
                    at=at,
                    revisie=stap.revisie,
                    tekst="Overdag wil ik wel, de kinderen zijn dan op school.",
                )
        return client

    def browser(self) -> Any:
        """Return a browser in which the worker is signed in."""
        from django.test import Client as Browser

        browser = Browser(headers={"host": "127.0.0.1"})
        browser.force_login(self.worker)
        return browser

    def inside(self, client: Any) -> Any:
        """Return a browser in which the client is inside, by a link of her own."""
        from django.test import Client as Browser
        from django.utils import timezone

        from kern.db.scope import scope
        from portaal.commands import enter, give_link
        from portaal.commands.binnen import Factor
        from portaal.enums import LinkKanaal
        from portaal.http import cookie_name

        at = timezone.now()
        with _atomic(), scope(bestuur_id=self.bestuur.pk, actor_id=self.worker.pk):
            gegeven = give_link(
                client=client, kanaal=LinkKanaal.BUREAU, stop_oude=False, by=self.worker, at=at
            )
            factor = Factor(geboortedatum=client.geboortedatum)
            poging = enter(link=gegeven.link, factor=factor, taal="nl", at=at)
        browser = Browser(headers={"host": "127.0.0.1"})
        browser.cookies[cookie_name()] = poging.geheim
        return browser


def _atomic() -> Any:
    from django.db import transaction

    return transaction.atomic()
