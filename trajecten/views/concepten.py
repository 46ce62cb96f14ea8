"""Drafts: kept while typing, listed for their writer, thrown away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from clienten.models import Client
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands.concepten import discard_concept, empty_concept, save_concept
from trajecten.middleware import revisie_of
from trajecten.queries.concepten import (
    Geopend,
    formulier_from,
    is_oud,
    mijn_concepten,
    open_concept,
    reopened,
)
from trajecten.views.opening import find_row


def concept_for(request: UserRequest, client: Client, *, sleutel: str, titel: str) -> Geopend:
    """Return the draft of a form on this page; `initial` of the form takes what it holds.

    A form that was sent and refused goes on with the draft it had.
    """
    sent = formulier_from(request.POST.get("concept", "")) if request.method == "POST" else None
    if sent is not None and (sent.gebruiker_id, sent.client_id, sent.sleutel) == (
        request.user.pk,
        client.pk,
        sleutel,
    ):
        return reopened(sent, revisie=revisie_of(request))
    return open_concept(
        request.user,
        client,
        sleutel=sleutel,
        titel=titel,
        adres=request.path,
        at=timezone.now(),
        keuze=request.GET.get("concept", ""),
    )


@require_safe
@requires(Permission.FRAME_USE)
def concepten(request: UserRequest) -> HttpResponse:
    """List what the user typed and did not save yet."""
    now = timezone.now()
    rows = [
        {"concept": row, "oud": is_oud(row, at=now)} for row in mijn_concepten(request.user, at=now)
    ]
    return TemplateResponse(request, "trajecten/concepten.html", {"rijen": rows})


@require_POST
@requires(Permission.FRAME_USE)
def save(request: UserRequest) -> HttpResponse:
    """Keep what stands in a form, while it is being typed."""
    formulier = formulier_from(request.POST.get("concept", ""))
    if formulier is None:
        return JsonResponse({"fout": "Dit formulier staat te lang open."}, status=400)
    now = timezone.now()
    if request.POST.get("concept_leeg"):
        empty_concept(formulier=formulier, by=request.user)
        return JsonResponse({"moment": ""})
    try:
        formulier, row, changed = save_concept(
            formulier=formulier,
            velden=dict(request.POST.lists()),
            revisie=revisie_of(request),
            by=request.user,
            at=now,
        )
    except DomainError as refusal:
        return JsonResponse({"fout": str(refusal)}, status=409)
    if row is None:
        return JsonResponse({"gesloten": True})
    return JsonResponse(
        {
            "concept": formulier.token(),
            "revisie": row.revisie,
            "moment": f"{timezone.localtime(now):%H:%M}",
            "gewijzigd": changed,
        }
    )


@require_POST
@requires(Permission.FRAME_USE)
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a draft away, and go back to the empty form or the list."""
    row = find_row(request, mijn_concepten(request.user, at=timezone.now()), pk)
    discard_concept(concept=row, by=request.user, at=timezone.now())
    messages.success(request, "Het concept is weggegooid.")
    return redirect(_back(request))


@require_safe
@requires(Permission.FRAME_USE)
def session(request: UserRequest) -> HttpResponse:
    """Tell a page whose session this is, and give it a fresh proof for its forms."""
    return JsonResponse({"csrf": get_token(request), "gebruiker": request.user.pk})


@require_safe
@requires(Permission.FRAME_USE)
def keys(request: UserRequest) -> HttpResponse:
    """Show which keys do what."""
    return TemplateResponse(request, "trajecten/toetsen.html", {})


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("terug", "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe and asked.startswith("/") else reverse("trajecten:concepten")
