"""The client's file: overview, data, the reception desk's card, and the number behind its mask."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from caseload.queries.dossier import TrajectBlad, dossier_of, log_page
from caseload.queries.tijdlijn import lanes_of
from caseload.views import kop
from caseload.views.tonen import address, regels_in_dossier
from clienten import commands as clienten
from clienten.access import open_card, open_client
from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError
from kern.pieces import Act, Fact
from kern.timeline import Span
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.queries.afspraken import afspraken_aan_balie
from trajecten.views.plan.blok import block_of


@require_safe
@requires(Permission.CLIENT_OPEN)
def dossier(request: UserRequest, pk: int) -> HttpResponse:
    """Show the overview: timeline, what runs, what asks attention, the log."""
    user, now = request.user, timezone.now()
    today = timezone.localdate(now)
    client = open_client(user, pk, scherm="dossier", at=now)
    file = dossier_of(client, user, on=today)
    number = request.GET.get("log", "1")
    context = kop.page(client, user, "caseload:dossier", on=today) | {
        "dossier": file,
        "feiten": kop.today_facts(client, file, user, on=today),
        "contact": kop.contact_facts(client, user)[:3],
        "banen": lanes_of(file),
        "mag_drempels_wijzigen": user.may(Permission.CLIENT_CHANGE),
        "mag_afspraken": user.may(Permission.AFSPRAAK_MAKE),
        "mag_gevoelig": user.may(Permission.GEVOELIG_VIEW),
        "plan": block_of(file.planblok, client, on=today),
        "mag_plan": user.may(Permission.PLAN_CHANGE),
        "regels": regels_in_dossier(file.signalen, user, on=today),
        "lopend": [_running(blad) for blad in file.bladen if blad.loopt_op(today)],
        "vroeger": [blad for blad in file.bladen if not blad.loopt_op(today)],
        "mag_insz_zien": user.may(Permission.INSZ_REVEAL) and file.heeft_insz,
        "log": log_page(client, user, bladzijde=int(number) if number.isdecimal() else 1),
        "start_url": address("trajecten:start", pk) if user.may(Permission.TRAJECT_CHANGE) else "",
    }
    return TemplateResponse(request, "caseload/dossier.html", context)


@require_safe
@requires(Permission.CLIENT_OPEN)
def gegevens(request: UserRequest, pk: int) -> HttpResponse:
    """Show who the client is and what held for her when."""
    user, now = request.user, timezone.now()
    today = timezone.localdate(now)
    client = open_client(user, pk, scherm="gegevens", at=now)
    file = dossier_of(client, user, on=today)
    context = kop.page(client, user, "caseload:gegevens", on=today) | {
        "dossier": file,
        "contact": kop.contact_facts(client, user),
        "persoon": _person(client),
        "mag_wijzigen": user.may(Permission.CLIENT_CHANGE),
        "mag_insz_zien": user.may(Permission.INSZ_REVEAL) and file.heeft_insz,
    }
    return TemplateResponse(request, "caseload/gegevens.html", context)


@require_safe
@requires(Permission.CLIENT_LIST)
def balie(request: UserRequest, pk: int) -> HttpResponse:
    """Show the reception desk who somebody is and how to reach her, and nothing more."""
    if request.user.may(Permission.CLIENT_OPEN):
        return redirect("caseload:dossier", pk=pk)
    if not request.user.may(Permission.CLIENT_REGISTER):
        raise PermissionDenied
    user = request.user
    client = open_card(user, pk, scherm="balie", at=timezone.now())
    context = {
        "client": client,
        "crumbs": kop.crumbs(),
        "kopregel": kop.lead(client, on=timezone.localdate()),
        "contact": kop.contact_facts(client, user),
        "afspraken": afspraken_aan_balie(client, user, at=timezone.now()),
    }
    return TemplateResponse(request, "caseload/balie.html", context)


@require_POST
@requires(Permission.INSZ_REVEAL)
def insz_tonen(request: UserRequest, pk: int) -> HttpResponse:
    """Show the number once; that it was shown is written down."""
    context: dict[str, Any] = {"client_pk": pk, "insz": "", "weigering": ""}
    try:
        context["insz"] = clienten.reveal_insz(client_pk=pk, by=request.user, at=timezone.now())
    except DomainError as refusal:
        context["weigering"] = str(refusal)
    template = "caseload/_insz.html" if request.htmx else "caseload/insz.html"
    return TemplateResponse(request, template, context)


def _running(blad: TrajectBlad) -> dict[str, Any]:
    traject = blad.traject
    url = address("trajecten:traject", traject.pk)
    step_url = address("trajecten:add_stap", traject.pk)
    return {
        "blad": blad,
        "traject": traject,
        "termijn": blad.limiet,
        "pauzes": [
            Span(row.van, row.tot, f"schorsing: {row.get_reden_display().lower()}")
            for row in blad.schorsingen
        ],
        "url": url,
        "naam": f"klok-{traject.pk}",
        "stap_act": Act("Spreek vervolgstap af", step_url) if step_url else None,
    }


def _person(client: Client) -> list[Fact]:
    return [
        Fact("Dossiernummer", client.dossiernummer),
        Fact("Familienaam", client.familienaam),
        Fact("Voornaam", client.voornaam),
        Fact("Geboortedatum", format_short(client.geboortedatum) if client.geboortedatum else ""),
        Fact("Geslacht", client.get_geslacht_display(), missing="niet gevraagd"),
        Fact("Opmerking", client.opmerking, missing="geen"),
    ]
