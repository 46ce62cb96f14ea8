"""A real Chromium against a live site with the invented OCMW; axe on every screen."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page

from caseload.demo.mensen import WACHTWOORD

# Django refuses the ORM in a thread with an event loop; Playwright keeps one of its own.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DESK = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
# WCAG 2.2 level AA, and what axe calls best practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the system's Chromium, without its talk to the outside."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("Chromium ontbreekt: make test installeert het, of zegt hoe.")
    return {
        "executable_path": chromium,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """Read as a Belgian at a desk."""
    return {"viewport": DESK, "locale": "nl-BE", "timezone_id": "Europe/Brussels"}


@pytest.fixture
def site(transactional_db: None, live_server: Any) -> str:
    """Return the address of a live site with the invented OCMW."""
    call_command("demo", verbosity=0)
    return str(live_server.url)


@pytest.fixture
def sign_in(page: Page, site: str) -> Callable[[str], Page]:
    """Return a function that signs somebody in through the door."""

    def enter(gebruikersnaam: str) -> Page:
        page.goto(f"{site}/account/aanmelden/")
        page.get_by_label("Gebruikersnaam").fill(gebruikersnaam)
        page.get_by_label("Wachtwoord").fill(WACHTWOORD)
        page.get_by_role("button", name="Aanmelden").click()
        return page

    return enter


@pytest.fixture
def inspect(page: Page) -> Callable[[str], None]:
    """Return a function that checks the screen at a desk and on a phone.

    With SCREENSHOTS=<folder> it keeps a picture of each.
    """
    folder = os.environ.get("SCREENSHOTS")

    def check(name: str) -> None:
        for size, label in ((DESK, "1366"), (PHONE, "390")):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if folder:
                target = Path(folder) / f"{name}-{label}.png"
                page.screenshot(path=target, full_page=True)
            assert found.violations_count == 0, f"{name} {label}\n{found.generate_report()}"
            assert wide <= 0, f"{name} {label}: {wide} px too wide"
        page.set_viewport_size(DESK)  # type: ignore[arg-type]

    return check
