"""Choosing a template for a client: see the days, tick, adapt, propose."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clienten.access import open_client
from clienten.models import Client
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands.sjablonen import RegelGeweigerd
from trajecten.commands.sjabloonkeuze import propose_sjabloon
from trajecten.forms.sjablonen import KeuzeForm
from trajecten.models import Doel, Sjabloon, Stap, Traject
from trajecten.queries.sjablonen import aanbod_voor, dagen_voor, traject_voor
from trajecten.views.opening import crumbs

SCHERM = "sjabloon kiezen"


@require_safe
@requires(Permission.PLAN_CHANGE)
def kies_sjabloon(request: UserRequest, client_pk: int) -> TemplateResponse:
    """Offer the templates in use, those for a running traject first."""
    client = open_client(request.user, client_pk, scherm=SCHERM)
    context = {
        "client": client,
        "crumbs": crumbs(client),
        "aanbod": aanbod_voor(request.user, client),
    }
    return TemplateResponse(request, "trajecten/sjabloon_kiezen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def propose(request: UserRequest, client_pk: int, pk: int) -> HttpResponse:
    """Show the lines with their days; what is ticked becomes a proposal of the OCMW."""
    client = open_client(request.user, client_pk, scherm=SCHERM)
    row = get_object_or_404(Sjabloon.objects.visible_to(request.user).in_use(), pk=pk)
    traject = traject_voor(request.user, client, row)
    regels = list(row.regels.order_by("nummer"))
    form = KeuzeForm(
        request.POST or None,
        regels=regels,
        dagen=dagen_voor(regels, traject, on=timezone.localdate()),
        initial={"sleutel": uuid.uuid4().hex},
    )
    if request.method == "POST" and form.is_valid():
        made = _try(request, client, form, traject)
        if made is not None:
            voornaam = client.voornaam or client.naam
            said = "Eén voorstel staat" if len(made) == 1 else f"{len(made)} voorstellen staan"
            messages.success(request, f"{said} in het plan. {voornaam} kan nu antwoorden.")
            return redirect("trajecten:plan", client_pk=client.pk)
    context = {
        "client": client,
        "crumbs": crumbs(client),
        "sjabloon": row,
        "traject": traject,
        "form": form,
        "regels": list(form.rows()),
    }
    return TemplateResponse(request, "trajecten/sjabloon_voorstel.html", context)


def _try(
    request: UserRequest, client: Client, form: KeuzeForm, traject: Traject | None
) -> list[Doel | Stap] | None:
    try:
        return propose_sjabloon(
            client=client,
            keuzes=form.keuzes(),
            by=request.user,
            at=timezone.now(),
            sleutel=form.cleaned_data["sleutel"],
            traject=traject,
        )
    except RegelGeweigerd as refusal:
        form.add_error(f"tekst_{refusal.nummer}", str(refusal))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    return None
