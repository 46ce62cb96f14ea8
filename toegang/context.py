"""What the frame around each page needs: navigation, workplace, today."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from toegang.permissions import Permission


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the rail."""

    label: str
    url: str
    icon: str
    active: bool


# Label, URL name, icon, permission; an entry appears when its screen exists and may be opened.
NAVIGATION = (
    ("Vandaag", "caseload:vandaag", "vandaag", Permission.DAY_VIEW),
    ("Agenda", "trajecten:agenda", "kalender", Permission.AFSPRAAK_MAKE),
    ("Cliënten", "caseload:clienten", "clienten", Permission.CLIENT_LIST),
    ("Trajecten", "caseload:trajecten", "trajecten", Permission.TRAJECT_VIEW),
    ("Wijk-werken", "wijkwerken:uren_nu", "wijkwerken", Permission.WIJKWERK_CHANGE),
    ("Rapporten", "rapporten:archief", "rapporten", Permission.VERSLAG_VIEW),
    ("Importeren", "caseload:imports", "upload", Permission.IMPORT_RUN),
    ("Toezicht", "toegang:toezicht", "oog", Permission.AUDIT_VIEW),
    ("Beheer", "toegang:beheer", "beheer", Permission.REGEL_CHANGE),
)
# Screens that stand under an entry, though their address begins otherwise.
UNDER = {
    "caseload:trajecten": ("/drempels/bord/",),
    "wijkwerken:uren_nu": ("/wijkwerken/",),
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the frame; safe without a user."""
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("thema", "")
    context: dict[str, Any] = {
        "nav": [],
        "bestuur": None,
        "besturen": [],
        "gebruiker": None,
        "mag_zoeken": False,
        "mag_agenda": False,
        "vandaag": timezone.localdate(),
        "thema": theme if theme in {"licht", "donker"} else "",
        "toon_galerij": getattr(settings, "SHOW_GALLERY", False),
    }
    if user is None or not user.is_authenticated:
        return context
    context["gebruiker"] = user
    context["mag_zoeken"] = user.may(Permission.CLIENT_LIST)
    context["mag_agenda"] = user.may(Permission.DAY_VIEW)
    context["bestuur"] = user.bestuur
    context["besturen"] = getattr(user, "workplaces", [])
    context["nav"] = [item for entry in NAVIGATION if (item := _item(request, *entry))]
    return context


def _item(
    request: HttpRequest, label: str, name: str, icon: str, permission: Permission
) -> NavItem | None:
    if not request.user.may(permission):  # type: ignore[union-attr]
        return None
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    under = (url, *UNDER.get(name, ()))
    active = request.path == url if url == "/" else request.path.startswith(under)
    return NavItem(label=label, url=url, icon=icon, active=active)
