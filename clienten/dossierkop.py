"""The head of a client's file, the same above every section, whichever app shows it."""

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from clienten.models import Client
from kern.pieces import Act, Tab
from toegang.models import Gebruiker
from toegang.permissions import Permission

SECTIONS = (
    ("Overzicht", "caseload:dossier", Permission.CLIENT_OPEN),
    ("Stappenplan", "trajecten:plan", Permission.CLIENT_OPEN),
    ("Wijk-werken", "wijkwerken:client", Permission.WIJKWERK_VIEW),
    ("Gegevens", "caseload:gegevens", Permission.CLIENT_OPEN),
    ("Gedeeld", "caseload:delingen", Permission.CLIENT_OPEN),
    ("Wie keek", "caseload:inzage", Permission.CLIENT_TRAIL),
    ("Historiek", "caseload:historiek", Permission.CLIENT_TRAIL),
)
# A section that few files have stands behind the dots, and is a tab while it is open.
WHILE_OPEN = frozenset({"wijkwerken:client"})


def tabs(client: Client, user: Gebruiker, active: str) -> list[Tab]:
    """Return the sections of the file that the user may open."""
    found = (
        (label, name, _address(name, client.pk))
        for label, name, permission in SECTIONS
        if user.may(permission) and (name == active or name not in WHILE_OPEN)
    )
    return [Tab(label, url, active=name == active) for label, name, url in found if url]


def crumbs() -> list[Act]:
    """Return the way back to the list."""
    url = _address("caseload:clienten")
    return [Act("Cliënten", url)] if url else []


def lead(client: Client, *, on: date) -> str:
    """Return the line under the name: age, language, best way to reach her."""
    age = client.age_on(on)
    parts = [
        f"{age} jaar" if age is not None else "",
        client.get_taal_display(),
        f"liefst via {client.get_kanaal_display().lower()}" if client.kanaal else "",
        client.dossiernummer,
    ]
    return " · ".join(part for part in parts if part)


def head(client: Client, user: Gebruiker, active: str, *, on: date) -> dict[str, Any]:
    """Return what the frame of every section asks (`caseload/base_dossier.html`)."""
    return {
        "client": client,
        "crumbs": crumbs(),
        "tabs": tabs(client, user, active),
        "kopregel": lead(client, on=on),
        "contact_url": "",
        "samen_url": "",
        "meer": (),
    }


def _address(name: str, *args: object) -> str:
    # The apps above this one are found by name, if they are there.
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
