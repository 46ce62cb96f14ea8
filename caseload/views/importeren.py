"""Importing a list, from the file to the files: offer, choose columns, look, take in, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseload.enums import ImportStatus
from caseload.forms.importeren import TE_GROOT, BestandForm, KoppelForm
from caseload.imports import commands
from caseload.imports.inhoud import kolommen_of
from caseload.models import Import
from caseload.queries.importeren import is_done, kolomregels, refused_of, rows_of
from caseload.rules.inlezen.terugschrijven import write_geweigerd
from caseload.views import invoer
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission

TEMPLATES = {
    ImportStatus.GELADEN: "caseload/importeren/kolommen.html",
    ImportStatus.VOORBEELD: "caseload/importeren/voorbeeld.html",
    ImportStatus.GEKOPPELD: "caseload/importeren/bezig.html",
    ImportStatus.BEZIG: "caseload/importeren/bezig.html",
    ImportStatus.TERUGDRAAIEN: "caseload/importeren/bezig.html",
}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.IMPORT_RUN)
def start(request: UserRequest) -> HttpResponse:
    """Offer a list; below it the ones that were offered before.

    A file that is cut off for its size loses the token of the form with it: the size is looked
    at first, and only then is the token asked for.
    """
    if request.method == "POST":
        request.POST  # noqa: B018 - reading it takes the file in, or cuts it off
        if getattr(request, "upload_too_large", False):
            return _too_large(request)
    return _start(request)


def _too_large(request: UserRequest) -> HttpResponse:
    form = BestandForm({}, {})
    form.full_clean()
    form.errors["bestand"] = form.error_class([TE_GROOT])
    context = invoer.start_context(request, form)
    return TemplateResponse(request, "caseload/importeren/start.html", context, status=413)


@csrf_protect
def _start(request: UserRequest) -> HttpResponse:
    is_offered = request.method == "POST"
    form = BestandForm(request.POST, request.FILES) if is_offered else BestandForm()
    if is_offered and form.is_valid() and (done := _offer(request, form)) is not None:
        return done
    context = invoer.start_context(request, form)
    return TemplateResponse(request, "caseload/importeren/start.html", context)


def _offer(request: UserRequest, form: BestandForm) -> HttpResponse | None:
    bestand, bestuur = form.cleaned_data["bestand"], request.user.bestuur
    if bestuur is None:
        return None
    try:
        lijst = commands.offer_import(
            bestuur=bestuur,
            naam=bestand.name or "",
            data=bestand.read(),
            op=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
    except DomainError as refusal:
        form.add_error("bestand", str(refusal))
        return None
    return redirect("caseload:import", pk=lijst.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.IMPORT_RUN)
def lijst(request: UserRequest, pk: int) -> HttpResponse:
    """Show the list where it stands; while columns are chosen, take the choice."""
    row = _found(request, pk)
    if row.status == ImportStatus.GELADEN or (
        row.status == ImportStatus.VOORBEELD and "kolommen" in request.GET
    ):
        return _kolommen(request, row)
    template = TEMPLATES.get(ImportStatus(row.status), "caseload/importeren/resultaat.html")
    return TemplateResponse(request, template, invoer.page_context(request, row))


def _kolommen(request: UserRequest, row: Import) -> HttpResponse:
    kolommen = kolommen_of(row.inhoud)
    form = KoppelForm(request.POST or None, kolommen=kolommen, koppeling=row.koppeling)
    if request.method == "POST" and form.is_valid():
        try:
            commands.choose_koppeling(
                lijst=row,
                koppen=[kolom.kop for kolom in kolommen],
                keuze=form.keuze,
                by=request.user,
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("caseload:import", pk=row.pk)
    regels = kolomregels(kolommen, row.koppeling)
    context = {
        "lijst": row,
        "form": form,
        "stages": invoer.stages_of(row, kolommen=True),
        "regels": [(regel, form[regel.naam]) for regel in regels],
        "ongelezen": [regel.kop for regel in regels if not regel.is_gelezen],
    }
    return TemplateResponse(request, "caseload/importeren/kolommen.html", context)


@require_safe
@requires(Permission.IMPORT_RUN)
def rijen(request: UserRequest, pk: int) -> HttpResponse:
    """List the rows of one kind."""
    row = _found(request, pk)
    context = invoer.rows_context(request, row, request.GET.get("soort", ""))
    return TemplateResponse(request, "caseload/importeren/rijen.html", context)


@require_safe
@requires(Permission.IMPORT_RUN)
def voortgang(request: UserRequest, pk: int) -> HttpResponse:
    """Answer how far the work is; done, the page is asked for anew."""
    row = _found(request, pk)
    if is_done(row):
        url = reverse("caseload:import", args=[row.pk])
        return HttpResponse(headers={"HX-Redirect": url})
    return TemplateResponse(
        request, "components/progress.html", invoer.progress_context(request, row)
    )


@require_safe
@requires(Permission.IMPORT_RUN)
def geweigerd(request: UserRequest, pk: int) -> HttpResponse:
    """Hand the refused rows back as a list that can be mended and offered again."""
    row = _found(request, pk)
    if row.gewist_at is not None or not rows_of(row, "geweigerd").exists():
        messages.info(request, "Er zijn geen geweigerde rijen meer om op te halen.")
        return redirect("caseload:import", pk=row.pk)
    koppen = tuple(kolom.kop for kolom in kolommen_of(row.inhoud))
    return HttpResponse(
        write_geweigerd(koppen, refused_of(row)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="geweigerd-{row.pk}.csv"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.IMPORT_RUN)
def overnemen(request: UserRequest, pk: int) -> HttpResponse:
    """Say in one sentence what will happen, and do it."""
    row = _found(request, pk)
    if request.method == "POST":
        return _done(request, row, commands.start_import)
    if row.status != ImportStatus.VOORBEELD or not row.te_verwerken:
        return redirect("caseload:import", pk=row.pk)
    return TemplateResponse(
        request, "caseload/importeren/overnemen.html", invoer.confirm_context(row)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.IMPORT_RUN)
def terugdraaien(request: UserRequest, pk: int) -> HttpResponse:
    """Say what goes and what stays, and take it back."""
    row = _found(request, pk)
    if request.method == "POST":
        return _done(request, row, commands.roll_back_import)
    if not invoer.can_roll_back(row):
        return redirect("caseload:import", pk=row.pk)
    return TemplateResponse(
        request, "caseload/importeren/terugdraaien.html", invoer.roll_back_context(row)
    )


@require_POST
@requires(Permission.IMPORT_RUN)
def stop(request: UserRequest, pk: int) -> HttpResponse:
    """Stop after the rows at hand."""
    return _done(request, _found(request, pk), commands.stop_import)


@require_POST
@requires(Permission.IMPORT_RUN)
def verder(request: UserRequest, pk: int) -> HttpResponse:
    """Go on where it stopped."""
    return _done(request, _found(request, pk), commands.continue_import)


@require_POST
@requires(Permission.IMPORT_RUN)
def weg(request: UserRequest, pk: int) -> HttpResponse:
    """Throw away a list of which nothing was taken in."""
    row = _found(request, pk)
    try:
        commands.discard_import(lijst=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("caseload:import", pk=row.pk)
    messages.success(request, f"De lijst {row.bestandsnaam} is weggegooid.")
    return redirect("caseload:imports")


def _found(request: UserRequest, pk: int) -> Import:
    rows = Import.objects.visible_to(request.user).select_related("door")
    return get_object_or_404(rows, pk=pk)


def _done(request: UserRequest, row: Import, command: Any) -> HttpResponseRedirect:
    try:
        command(lijst=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("caseload:import", pk=row.pk)
