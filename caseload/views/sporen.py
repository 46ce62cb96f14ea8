"""Who looked at a file, and what was done to it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseload.queries.historiek import story_of
from caseload.views import kop
from clienten.access import open_client
from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Inzage
from toegang.permissions import Permission

PER_PAGE = 50


@require_safe
@requires(Permission.CLIENT_TRAIL)
def inzage(request: UserRequest, pk: int) -> HttpResponse:
    """Show who opened the file, when, on which screen, on what ground."""
    now = timezone.now()
    client = open_client(request.user, pk, scherm="wie keek", at=now)
    looks = Inzage.objects.visible_to(request.user).filter(client_id=client.pk)
    looks = looks.select_related("gebruiker").order_by("-at", "-pk")
    context = kop.page(client, request.user, "caseload:inzage", on=timezone.localdate(now))
    context["page"] = Paginator(looks, PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "caseload/inzage.html", context)


@require_safe
@requires(Permission.CLIENT_TRAIL)
def historiek(request: UserRequest, pk: int) -> HttpResponse:
    """Tell what was done to the file, newest first."""
    now = timezone.now()
    client = open_client(request.user, pk, scherm="historiek", at=now)
    before = request.GET.get("voor", "")
    context = kop.page(client, request.user, "caseload:historiek", on=timezone.localdate(now))
    context["historiek"] = story_of(
        client, request.user, before=int(before[:18]) if before.isdecimal() else None
    )
    return TemplateResponse(request, "caseload/historiek.html", context)
