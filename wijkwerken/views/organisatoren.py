"""The register of organisers: no client in it, so the list keepers may."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.queries import regels_voor
from trajecten.views.opening import attempt
from wijkwerken.commands.organisatoren import add_organisator, change_organisator
from wijkwerken.forms.inschrijving import OrganisatorForm
from wijkwerken.models import Organisator
from wijkwerken.rules.geld import chequeprijs_opmerking

FIELDS = ("naam", "soort", "chequeprijs", "contact", "van", "tot")


@require_safe
@requires(Permission.WIJKWERK_LIST_CHANGE)
def organisatoren(request: UserRequest) -> HttpResponse:
    """Show the organisers of the bestuur; those that stopped come last."""
    lopend = Q(inschrijvingen__traject__einddatum__isnull=True)
    rows = Organisator.objects.visible_to(request.user).annotate(
        wijkwerkers=Count("inschrijvingen", filter=lopend)
    )
    context = {
        "rows": list(rows.order_by("-tot", "naam", "pk")),
        "mag_uitkomsten": request.user.may(Permission.DREMPEL_REPORT),
    }
    return TemplateResponse(request, "wijkwerken/organisatoren.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_LIST_CHANGE)
def add(request: UserRequest) -> HttpResponse:
    """Add an organiser."""
    form = OrganisatorForm(request.POST or None, initial={"van": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: add_organisator(gegevens=form.gegevens(), by=request.user, at=timezone.now()),
        )
        if done is not None:
            return _done(request, done)
    context = {"form": form, "titel": "Voeg een organisator toe"}
    return TemplateResponse(request, "wijkwerken/organisator.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_LIST_CHANGE)
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Change an organiser, or give it a last day."""
    row = get_object_or_404(Organisator.objects.visible_to(request.user), pk=pk)
    form = OrganisatorForm(
        request.POST or None, initial={name: getattr(row, name) for name in FIELDS}
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: change_organisator(
                organisator=row, gegevens=form.gegevens(), by=request.user, at=timezone.now()
            ),
        )
        if done is not None:
            return _done(request, done)
    context = {"form": form, "titel": row.naam}
    return TemplateResponse(request, "wijkwerken/organisator.html", context)


def _done(request: UserRequest, row: Organisator) -> HttpResponse:
    messages.success(request, f"{row.naam} is bewaard.")
    opmerking = chequeprijs_opmerking(
        row.chequeprijs, regels_voor(row.bestuur_id), op=timezone.localdate()
    )
    if opmerking:
        messages.warning(request, opmerking)
    return redirect("wijkwerken:organisatoren")
