"""Server time and number of queries of each screen, on Dorp, on a middling bestuur and on Stad."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench.omgeving import cpu_seconds
from bench.vlaanderen import DORP_NIS, STAD_NIS

GEWOON_NIS = "24038"
RONDES, KEREN = 3, 8
BUDGET_VRAGEN = 12


def measure(*, on: date) -> dict[str, Any]:
    """Ask every screen of each bestuur as a worker and as leidinggevende."""
    ready_for_pages()
    plaatsen = {"dorp": DORP_NIS, "gewoon": GEWOON_NIS, "stad": STAD_NIS}
    answer: dict[str, Any] = {}
    for wie in ("medewerker", "leidinggevende"):
        bezoekers = {plaats: Bezoeker.at(nis, wie, on) for plaats, nis in plaatsen.items()}
        for naam, address in _screens().items():
            for bezoeker in bezoekers.values():
                bezoeker.open(address)
            for _ in range(RONDES):
                for bezoeker in bezoekers.values():
                    bezoeker.again(KEREN)
            cijfers = {plaats: bezoeker.figures() for plaats, bezoeker in bezoekers.items()}
            answer[f"{naam}, {wie}"] = _judged(cijfers)
    return answer


def ready_for_pages() -> None:
    """Give pages their stylesheets, and sessions that leave no rows behind."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"


def _screens() -> dict[str, Callable[[Any, Any], str]]:
    """Return per screen how its address follows from a client and a traject of the person."""
    from django.urls import reverse

    return {
        "vandaag": lambda client, traject: reverse("caseload:vandaag"),
        "clienten": lambda client, traject: reverse("caseload:clienten"),
        "clienten, iedereen": lambda client, traject: reverse("caseload:clienten") + "?wie=team",
        "trajecten": lambda client, traject: reverse("caseload:trajecten"),
        "zoeken": lambda client, traject: reverse("caseload:zoek") + "?q=kovalenko+olena",
        "dossier": lambda client, traject: reverse("caseload:dossier", args=[client.pk]),
        "traject": lambda client, traject: reverse("trajecten:traject", args=[traject.pk]),
    }


class Bezoeker:
    """A person at a bestuur with her browser, and what her last screen took."""

    def __init__(self, gebruiker: Any, client: Any, traject: Any) -> None:
        from django.test import Client as Browser

        self.client, self.traject = client, traject
        self.browser = Browser(headers={"host": "127.0.0.1"})
        self.browser.force_login(gebruiker)
        self.url = ""
        self.vragen = self.size = 0
        self.times: list[float] = []
        self.cpu = 0.0

    @classmethod
    def at(cls, nis: str, wie: str, on: date) -> "Bezoeker":
        """Return the first person with the role, and a client she follows."""
        from clienten.models import Client
        from toegang.enums import Rol
        from toegang.models import Bestuur, Gebruiker
        from toegang.scope import in_bestuur
        from trajecten.models import Traject

        bestuur = Bestuur.objects.get(nis=nis)
        rol = Rol.LEIDINGGEVENDE if wie == "leidinggevende" else Rol.MAATSCHAPPELIJK_WERKER
        people = Gebruiker.objects.filter(aanstellingen__bestuur=bestuur, aanstellingen__rol=rol)
        gebruiker = people.order_by("pk").first()
        with in_bestuur(bestuur.pk):
            rows = Traject.objects.unfinished().filter(client__afgeschermd=False)
            if rol is not Rol.LEIDINGGEVENDE:
                rows = rows.filter(client__in=Client.objects.followed_by(gebruiker, on=on))
            traject = rows.select_related("client").order_by("pk").first()
        return cls(gebruiker, traject.client, traject)

    def open(self, address: Callable[[Any, Any], str]) -> None:
        """Open a screen for the first time and count the statements behind it."""
        from django.db import connection

        self.url = address(self.client, self.traject)
        self.times, self.cpu = [], 0.0
        statements: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.browser.get(self.url)
        if response.status_code != 200:
            raise RuntimeError(f"{self.url} answered {response.status_code}")
        self.vragen, self.size = len(statements), len(response.content)

    def again(self, times: int) -> None:
        """Open the same screen so many times more, and note clock and processor time."""
        cpu_began = cpu_seconds() or 0.0
        for _ in range(times):
            began = time.perf_counter()
            self.browser.get(self.url)
            self.times.append((time.perf_counter() - began) * 1000)
        self.cpu += ((cpu_seconds() or 0.0) - cpu_began) * 1000

    def figures(self) -> dict[str, Any]:
        """Return what the screen took."""
        return {
            "vragen": self.vragen,
            "mediaan_ms": round(statistics.median(self.times), 1),
            "processor_ms": round(self.cpu / len(self.times), 1),
            "kb": round(self.size / 1024),
        }


def _judged(cijfers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    dorp = cijfers["dorp"]
    return {
        **cijfers,
        "verhouding_gewoon": round(cijfers["gewoon"]["processor_ms"] / dorp["processor_ms"], 2),
        "verhouding_stad": round(cijfers["stad"]["processor_ms"] / dorp["processor_ms"], 2),
        "evenveel_vragen": len({cijfer["vragen"] for cijfer in cijfers.values()}) == 1,
        "vragen_binnen_budget": all(c["vragen"] <= BUDGET_VRAGEN for c in cijfers.values()),
    }
