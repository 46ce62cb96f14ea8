"""Search for a person, from the box at the top of every screen."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseload.views.tonen import file_url
from clienten.models import Client
from clienten.queries import find_clients
from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission

MOST = 50
SUGGESTED = 6
SHORTEST_SUGGESTION = 2


@require_safe
@requires(Permission.CLIENT_LIST)
def zoek(request: UserRequest) -> HttpResponse:
    """Show who may be meant; one answer to a number opens at once."""
    text = request.GET.get("q", "").strip()
    found = find_clients(request.user, text, on=timezone.localdate(), limit=MOST)
    if len(found) == 1 and found[0].dossiernummer.lower() == text.lower():
        return redirect(file_url(request.user, found[0].pk))
    context = {"q": text, "gevonden": _lines(found, request.user), "is_vol": len(found) == MOST}
    return TemplateResponse(request, "caseload/zoek.html", context)


@require_safe
@requires(Permission.CLIENT_LIST)
def suggesties(request: UserRequest) -> HttpResponse:
    """Show the first few while somebody types."""
    text = request.GET.get("q", "").strip()
    found = (
        find_clients(request.user, text, on=timezone.localdate(), limit=SUGGESTED)
        if len(text) >= SHORTEST_SUGGESTION
        else []
    )
    context = {"q": text, "gevonden": _lines(found, request.user)}
    return TemplateResponse(request, "caseload/_suggesties.html", context)


def _lines(found: list[Client], user: Gebruiker) -> list[dict[str, Any]]:
    return [{"client": client, "url": file_url(user, client.pk)} for client in found]
