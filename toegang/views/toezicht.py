"""What the DPO inspects: who looked, and what was changed."""

from typing import Any

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from toegang.access import requires
from toegang.audit import who_and_what, without_content
from toegang.http import UserRequest
from toegang.permissions import Permission
from toegang.queries import inzagen, stories

PER_PAGE = 50


@require_safe
@requires(Permission.AUDIT_VIEW)
def toezicht(request: UserRequest) -> TemplateResponse:
    """List the openings of files, newest first, by ground or person."""
    rows = inzagen(
        request.user,
        grond=request.GET.get("grond", ""),
        gebruiker=request.GET.get("wie", ""),
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "toegang/toezicht.html", {"page": page})


@require_safe
@requires(Permission.AUDIT_VIEW)
def wijzigingen(request: UserRequest) -> TemplateResponse:
    """List the acts, newest first; a change without a name or actor stands out."""
    page = Paginator(stories(request.user), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [_told(act) for act in page.object_list]
    return TemplateResponse(request, "toegang/wijzigingen.html", {"page": page})


def _told(act: dict[str, Any]) -> dict[str, Any]:
    naam = f"{act['actor__voornaam'] or ''} {act['actor__familienaam'] or ''}".strip()
    wie, zin = who_and_what(naam, without_content(act["handeling"]))
    return {**act, "wie": wie, "handeling": zin, "is_iemand": bool(naam)}
