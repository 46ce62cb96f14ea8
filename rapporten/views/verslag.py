"""One report: asking for it, following it, downloading it, printing without PDF."""

from django.contrib import messages
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

from clienten.access import open_client
from kern.errors import DomainError
from kern.pdf import can_render
from kern.pieces import Act
from rapporten import commands
from rapporten.afdruk import maak_stuk
from rapporten.archief import LEVELS, feiten
from rapporten.enums import VerslagStatus
from rapporten.forms import PeriodeForm
from rapporten.models import Verslag
from rapporten.namen import bestandsnaam
from rapporten.queries import inhoud_voor
from rapporten.rules.periode import bezwaar_tegen, default_periode
from rapporten.views.verzenden import as_download
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.models import Traject

SCHERM = "voortgangsverslag"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VERSLAG_MAKE)
def maak_verslag(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for the period, and put the report in the queue."""
    traject = _traject(request, pk)
    open_client(request.user, traject.client_id, scherm=f"{SCHERM} vragen")
    standaard = default_periode(
        begindatum=traject.begindatum,
        einddatum=traject.einddatum,
        vorig_tot=Verslag.objects.visible_to(request.user).last_day_of(traject.pk),
        today=timezone.localdate(),
    )
    begin = {"van": standaard.begin, "tot": standaard.end}
    form = PeriodeForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            verslag = commands.request_verslag(
                traject=traject, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("rapporten:verslag", verslag.pk)
    context = {
        "traject": traject,
        "form": form,
        "begin": begin,
        "can_render": can_render(),
        "crumbs": [Act("Rapporten", reverse("rapporten:archief"))],
    }
    return TemplateResponse(request, "rapporten/maak_verslag.html", context)


@require_safe
@requires(Permission.VERSLAG_VIEW)
def verslag(request: UserRequest, pk: int) -> HttpResponse:
    """Show where a report stands; asked again by htmx while it is being made."""
    found = _verslag(request, pk)
    context = {
        "verslag": found,
        "level": LEVELS[VerslagStatus(found.status)],
        "facts": feiten(found),
        "crumbs": [Act("Rapporten", reverse("rapporten:archief"))],
    }
    template = "rapporten/_verslag_stand.html" if request.htmx else "rapporten/verslag.html"
    return TemplateResponse(request, template, context)


@require_GET
@requires(Permission.VERSLAG_VIEW)
def download(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send the frozen file to who may open the client's file, after checking that it is whole."""
    found = _verslag(request, pk)
    if found.status != VerslagStatus.KLAAR:
        raise Http404
    open_client(request.user, found.client_id, scherm=SCHERM)
    try:
        return as_download(found.bestand, sha256=found.sha256, filename=bestandsnaam(found))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("rapporten:verslag", pk)


@require_POST
@requires(Permission.VERSLAG_MAKE)
def opnieuw(request: UserRequest, pk: int) -> HttpResponse:
    """Try a report that failed again."""
    found = _verslag(request, pk)
    try:
        commands.retry_verslag(verslag=found, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("rapporten:verslag", pk)


@require_safe
@requires(Permission.VERSLAG_MAKE)
def afdruk(request: UserRequest, pk: int) -> HttpResponse:
    """Show the report as a page to print from the browser; nothing is kept."""
    traject = _traject(request, pk)
    open_client(request.user, traject.client_id, scherm=f"{SCHERM} afdrukken")
    form = PeriodeForm(request.GET)
    now = timezone.now()
    if not form.is_valid() or bezwaar_tegen(
        begindatum=traject.begindatum, today=timezone.localdate(now), **form.cleaned_data
    ):
        messages.error(request, "Kies eerst een periode t.e.m. vandaag.")
        return redirect("rapporten:maak_verslag", pk)
    inhoud = inhoud_voor(traject, opsteller=request.user.naam, at=now, **form.cleaned_data)
    return TemplateResponse(request, "rapporten/afdruk.html", {"stuk": maak_stuk(inhoud)})


def _traject(request: UserRequest, pk: int) -> Traject:
    found = Traject.objects.visible_to(request.user).select_related(
        "client", "instrument", "bestuur"
    )
    return get_object_or_404(found, pk=pk)


def _verslag(request: UserRequest, pk: int) -> Verslag:
    return get_object_or_404(Verslag.objects.visible_to(request.user).for_list(), pk=pk)
