"""Papers of the plan: the draft, a version, and the GPMI contract with what it still lacks."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clienten.access import open_client
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import afdruk
from trajecten.commands.plan import write_plan_teksten
from trajecten.forms.plan import TekstenForm
from trajecten.models import Gpmi, Planversie
from trajecten.queries.plan import plan_teksten, read_plan
from trajecten.views.opening import attempt, crumbs, find_row, open_row


@require_GET
@requires(Permission.TRAJECT_VIEW)
def plan_pdf(request: UserRequest, client_pk: int) -> HttpResponse:
    """Send the plan as it stands now, in large type."""
    client = open_client(request.user, client_pk, scherm="afdruk stappenplan")
    taal = request.GET.get("taal", "")
    return _send(
        request,
        lambda: afdruk.plan_pdf(client, at=timezone.now(), taal=taal),
        name=f"stappenplan-{client.dossiernummer}.pdf",
        client_pk=client_pk,
    )


@require_GET
@requires(Permission.TRAJECT_VIEW)
def versie_pdf(request: UserRequest, pk: int) -> HttpResponse:
    """Send one version of the plan, from its frozen content."""
    row = find_row(request, Planversie.objects.all(), pk)
    client = open_client(request.user, row.client_id, scherm="afdruk stappenplan")
    taal = request.GET.get("taal", "")
    return _send(
        request,
        lambda: afdruk.versie_pdf(client, row, taal=taal),
        name=f"stappenplan-{client.dossiernummer}-versie-{row.nummer}.pdf",
        client_pk=client.pk,
    )


@require_GET
@requires(Permission.TRAJECT_CHANGE)
def gpmi_pdf(request: UserRequest, pk: int) -> HttpResponse:
    """Send the GPMI contract made from the plan."""
    row = open_row(request, _gpmi(), pk, scherm="afdruk gpmi")
    return _send(
        request,
        lambda: afdruk.gpmi_pdf(row, at=timezone.now()),
        name=f"gpmi-{row.client.dossiernummer}.pdf",
        client_pk=row.client_id,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def gpmi_inhoud(request: UserRequest, pk: int) -> HttpResponse:
    """Say what the contract still lacks, fill it in, print it and hand it over."""
    row = open_row(request, _gpmi(), pk, scherm="inhoud gpmi")
    client = row.client
    plan = read_plan(client)
    form = TekstenForm(request.POST or None, initial=plan_teksten(plan.stappenplan))
    if request.method == "POST" and form.is_valid():
        written = attempt(
            form,
            lambda: write_plan_teksten(
                client=client, teksten=form.teksten(), by=request.user, at=timezone.now()
            ),
        )
        if written is not None:
            messages.success(request, "Bewaard. Dit hoort bij wat u samen goedkeurt.")
            return redirect("trajecten:gpmi_inhoud", pk)
    context = {
        "gpmi": row,
        "client": client,
        "crumbs": crumbs(client),
        "blad": afdruk.gpmi_blad(row, at=timezone.now(), plan=plan),
        "form": form,
    }
    return TemplateResponse(request, "trajecten/gpmi_inhoud.html", context)


def _send(
    request: UserRequest, make: Callable[[], bytes], *, name: str, client_pk: int
) -> HttpResponse:
    """Return the paper to open in the browser; a refusal stands on the plan."""
    try:
        content = make()
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("trajecten:plan", client_pk=client_pk)
    response = HttpResponse(content, content_type="application/pdf")
    safe = "".join(char if char.isalnum() or char in "-." else "_" for char in name)
    response.headers["Content-Disposition"] = f'inline; filename="{safe}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _gpmi() -> QuerySet[Gpmi]:
    return Gpmi.objects.select_related("client__bestuur")
