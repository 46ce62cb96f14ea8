"""Many reports at once: asking for them, following them, downloading them together."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from clienten.access import grounds_for, open_clients
from kern.errors import DomainError
from kern.periods import add_months
from kern.pieces import Act
from rapporten import commands
from rapporten.archief import eigen_lopende, niet_gelukt, selectie, voortgang
from rapporten.enums import BundelStatus, BundelVorm
from rapporten.forms import BundelForm, keys_in
from rapporten.models import Bundel
from rapporten.namen import bundelnaam
from rapporten.views.verzenden import as_download
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.models import Traject

SCHERM = "voortgangsverslagen, bundel"
MAANDEN = 3
NIET_MEER = (
    "In deze reeks zitten dossiers die u nu niet mag openen. Download de andere verslagen apart."
)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VERSLAG_MAKE)
def maak_bundel(request: UserRequest) -> HttpResponse:
    """Ask for the period of a selection; a list posts its ticked trajecten here."""
    form = _form(request)
    trajecten, others = _openable(request, _keys(request, form))
    form.initial["trajecten"] = ",".join(str(traject.pk) for traject in trajecten)
    if "vorm" in request.POST and form.is_valid():
        given = form.cleaned_data
        try:
            made = commands.request_bundel(
                trajecten=trajecten,
                van=given["van"],
                tot=given["tot"],
                vorm=BundelVorm(given["vorm"]),
                by=request.user,
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("rapporten:bundel", made.pk)
    context = {
        "form": form,
        "trajecten": trajecten,
        "others": others,
        "crumbs": [Act("Rapporten", reverse("rapporten:archief"))],
    }
    return TemplateResponse(request, "rapporten/maak_bundel.html", context)


@require_safe
@requires(Permission.VERSLAG_VIEW)
def bundel(request: UserRequest, pk: int) -> HttpResponse:
    """Show how far a bundle is; asked again by htmx while it is being made."""
    found = _bundel(request, pk)
    context = {
        "bundel": found,
        "stand": voortgang(found, now=timezone.now()),
        "failed": niet_gelukt(found),
        "crumbs": [Act("Rapporten", reverse("rapporten:archief"))],
    }
    template = "rapporten/_bundel_stand.html" if request.htmx else "rapporten/bundel.html"
    return TemplateResponse(request, template, context)


@require_GET
@requires(Permission.VERSLAG_VIEW)
def bundel_download(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send the file of a bundle to who asked for it and may still open every client in it."""
    found = _bundel(request, pk)
    if found.status != BundelStatus.KLAAR:
        raise Http404
    clients = found.verslagen.all().ready().values_list("client", flat=True)
    if open_clients(request.user, frozenset(clients), scherm=SCHERM, at=timezone.now()):
        messages.error(request, NIET_MEER)
        return redirect("rapporten:bundel", pk)
    try:
        return as_download(found.bestand, sha256=found.sha256, filename=bundelnaam(found))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("rapporten:bundel", pk)


@require_POST
@requires(Permission.VERSLAG_MAKE)
def bundel_stop(request: UserRequest, pk: int) -> HttpResponse:
    """Stop making what still waits."""
    found = _bundel(request, pk)
    try:
        commands.stop_bundel(bundel=found, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("rapporten:bundel", pk)


@require_POST
@requires(Permission.VERSLAG_MAKE)
def bundel_opnieuw(request: UserRequest, pk: int) -> HttpResponse:
    """Try what did not succeed again."""
    found = _bundel(request, pk)
    try:
        commands.retry_bundel(bundel=found, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("rapporten:bundel", pk)


def _form(request: UserRequest) -> BundelForm:
    today = timezone.localdate()
    begin = {"van": add_months(today, -MAANDEN), "tot": today, "vorm": BundelVorm.ZIP}
    return BundelForm(request.POST if "vorm" in request.POST else None, initial=begin)


def _keys(request: UserRequest, form: BundelForm) -> Sequence[int]:
    """Return the selection: sent along with the form, ticked in a list, or one's own clients."""
    try:
        if form.is_bound:
            return keys_in(request.POST.get("trajecten", "").split(","))
        if request.method == "POST":
            return keys_in(",".join(request.POST.getlist("traject")).split(","))
    except ValidationError:
        return []
    own = request.GET.get("keuze") == "eigen"
    return eigen_lopende(request.user, on=timezone.localdate()) if own else []


def _openable(request: UserRequest, keys: Sequence[int]) -> tuple[list[Traject], list[Traject]]:
    """Split a selection in what the user may open today and what asks for a reason first."""
    trajecten = selectie(request.user, keys)
    clients = frozenset(traject.client_id for traject in trajecten)
    grounds = grounds_for(request.user, clients, at=timezone.now())
    may = [traject for traject in trajecten if traject.client_id in grounds]
    return may, [traject for traject in trajecten if traject.client_id not in grounds]


def _bundel(request: UserRequest, pk: int) -> Bundel:
    return get_object_or_404(Bundel.objects.visible_to(request.user), pk=pk)
