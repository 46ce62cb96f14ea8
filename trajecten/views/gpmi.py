"""The GPMI of a client: decision, draft, signature, evaluations, end."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clienten.access import open_client
from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError
from kern.pieces import Fact
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.forms.contact import DagForm, GpmiForm
from trajecten.forms.evaluaties import EvaluatieForm
from trajecten.models import Evaluatie, Gpmi
from trajecten.queries import gpmi_termijnen
from trajecten.views.concepten import concept_for
from trajecten.views.evaluaties import evaluatie_gegevens, named_afspraak
from trajecten.views.opening import attempt, crumbs, find_row, open_row

DAYS = {
    "ontwerp": (
        "Ontwerp overhandigd",
        "De cliënt krijgt daarna bedenktijd vóór de handtekening.",
        lambda gpmi, dag, **who: commands.hand_over_gpmi(gpmi=gpmi, ontwerp_op=dag, **who),
    ),
    "handtekening": (
        "GPMI ondertekend",
        "De dag waarop cliënt en OCMW getekend hebben.",
        lambda gpmi, dag, **who: commands.sign_gpmi(gpmi=gpmi, ondertekend_op=dag, **who),
    ),
    "einde": (
        "GPMI beëindigen",
        "De laatste dag van het GPMI.",
        lambda gpmi, dag, **who: commands.end_gpmi(gpmi=gpmi, einddatum=dag, **who),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def gpmi(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show the running GPMI with its clocks, or open one."""
    client = open_client(request.user, client_pk, scherm="gpmi")
    rows = list(_rows().filter(client=client).order_by("-beslist_op", "-pk"))
    lopend = next((row for row in rows if row.einddatum is None), None)
    form = GpmiForm(request.POST or None)
    if request.method == "POST" and lopend is None and form.is_valid():
        done = attempt(form, lambda: _register(request, client, form))
        if done is not None:
            messages.success(request, "Het GPMI is geopend.")
            return redirect("trajecten:gpmi", client_pk=client.pk)
    evaluaties: list[Evaluatie] = []
    if lopend is not None:
        held = lopend.evaluaties.select_related("door")
        evaluaties = list(held.order_by("-gehouden_op", "-pk"))
    context = {
        "client": client,
        "crumbs": crumbs(client),
        "gpmi": lopend,
        "vorige": [row for row in rows if row.einddatum is not None],
        "facts": _facts(lopend) if lopend else [],
        "termijnen": gpmi_termijnen(lopend, on=timezone.localdate()) if lopend else [],
        "evaluaties": evaluaties,
        "mag_redigeren": request.user.may(Permission.TEKST_REDACT),
        "form": form,
    }
    return TemplateResponse(request, "trajecten/gpmi.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def gpmi_dag(request: UserRequest, pk: int, wat: str) -> HttpResponse:
    """Write down one day of the GPMI: draft, signature or end."""
    row = open_row(request, _rows(), pk, scherm="gpmi")
    titel, hulp, command = DAYS[wat]
    form = DagForm(request.POST or None, initial={"dag": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: _set(request, command, row, form.cleaned_data["dag"]), field="dag"
        )
        if done is not None:
            undo = reverse("trajecten:unsign_gpmi", args=[pk]) if wat == "handtekening" else ""
            messages.success(request, "Bewaard.", extra_tags=f"ongedaan={undo}" if undo else "")
            return redirect("trajecten:gpmi", client_pk=row.client_id)
    context = {
        "form": form,
        "gpmi": row,
        "titel": titel,
        "hulp": hulp,
        "termijnen": gpmi_termijnen(row, on=timezone.localdate()),
        "crumbs": crumbs(row.client),
    }
    return TemplateResponse(request, "trajecten/gpmi_dag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def gpmi_evaluatie(request: UserRequest, pk: int) -> HttpResponse:
    """Write down an evaluation of the GPMI."""
    row = open_row(request, _rows(), pk, scherm="gpmi-evaluatie")
    concept = concept_for(
        request, row.client, sleutel=f"gpmi-evaluatie-{pk}", titel="Noteer evaluatie"
    )
    initial = {"gehouden_op": timezone.localdate(), **concept.initial}
    form = EvaluatieForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        evaluatie = attempt(form, lambda: _evaluate(request, row, form))
        if evaluatie is not None:
            undo = reverse("trajecten:remove_evaluatie", args=[evaluatie.pk])
            messages.success(request, "De evaluatie is genoteerd.", extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:gpmi", client_pk=row.client_id)
    context = {
        "form": form,
        "concept": concept,
        "gpmi": row,
        "termijnen": gpmi_termijnen(row, on=timezone.localdate()),
        "crumbs": crumbs(row.client),
    }
    return TemplateResponse(request, "trajecten/gpmi_evaluatie.html", context)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def unsign_gpmi(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a signature noted by mistake."""
    row = find_row(request, _rows(), pk)
    open_client(request.user, row.client_id, scherm="gpmi")
    try:
        commands.unsign_gpmi(gpmi=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De handtekening is teruggenomen.")
    return redirect("trajecten:gpmi", client_pk=row.client_id)


def _rows() -> QuerySet[Gpmi]:
    return Gpmi.objects.select_related("client")


def _register(request: UserRequest, client: Client, form: GpmiForm) -> Gpmi:
    return commands.register_gpmi(
        client=client, by=request.user, at=timezone.now(), **form.cleaned_data
    )


def _set(request: UserRequest, command: Callable[..., Gpmi], row: Gpmi, dag: date) -> Gpmi:
    return command(row, dag, by=request.user, at=timezone.now())


def _evaluate(request: UserRequest, row: Gpmi, form: EvaluatieForm) -> Evaluatie:
    return commands.register_evaluatie(
        gpmi=row,
        gegevens=evaluatie_gegevens(form),
        by=request.user,
        at=timezone.now(),
        afspraak=named_afspraak(request, row.client_id),
    )


def _facts(gpmi: Gpmi) -> list[Fact]:
    def day(value: date | None) -> str:
        return format_short(value) if value else ""

    return [
        Fact("Beslissing over het leefloon", day(gpmi.beslist_op)),
        Fact("Ontwerp overhandigd", day(gpmi.ontwerp_op), missing="nog niet"),
        Fact("Ondertekend", day(gpmi.ondertekend_op), missing="nog niet"),
    ]
