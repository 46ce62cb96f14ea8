"""Evaluations that were held."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.commands import EvaluatieGegevens
from trajecten.enums import EvaluatieWijze
from trajecten.forms.evaluaties import EvaluatieForm
from trajecten.models import Evaluatie, Gpmi
from trajecten.overzicht import Trajectblad
from trajecten.queries import lopend_gpmi
from trajecten.views.opening import attempt, crumbs, open_blad, open_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def add_evaluatie(request: UserRequest, pk: int) -> HttpResponse:
    """Write down an evaluation of the traject that was held."""
    blad = open_blad(request, pk, scherm="evaluatie")
    traject = blad.traject
    gpmi = lopend_gpmi(traject.client_id)
    signed = gpmi if gpmi is not None and gpmi.ondertekend_op else None
    form = EvaluatieForm(
        request.POST or None,
        initial={"gehouden_op": timezone.localdate(), "versie": blad.versie},
        met_gpmi=signed is not None,
    )
    if request.method == "POST" and form.is_valid():
        evaluatie = attempt(form, lambda: _evaluate(request, blad, signed, form))
        if evaluatie is not None:
            undo = reverse("trajecten:remove_evaluatie", args=[evaluatie.pk])
            messages.success(request, "De evaluatie is genoteerd.", extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:traject", pk=pk)
    context = {"form": form, "blad": blad, "crumbs": crumbs(traject.client, traject)}
    return TemplateResponse(request, "trajecten/evaluatie.html", context)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def remove_evaluatie(request: UserRequest, pk: int) -> HttpResponse:
    """Take away an evaluation that was entered by mistake."""
    rows = Evaluatie.objects.select_related("client", "traject", "gpmi")
    evaluatie = open_row(request, rows, pk, scherm="evaluatie")
    traject_pk, client_pk = evaluatie.traject_id, evaluatie.client_id
    try:
        commands.remove_evaluatie(evaluatie=evaluatie, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De evaluatie is verwijderd.")
    if traject_pk is None:
        return redirect("trajecten:gpmi", client_pk=client_pk)
    return redirect("trajecten:traject", pk=traject_pk)


def evaluatie_gegevens(form: EvaluatieForm) -> EvaluatieGegevens:
    """Return what was filled in as the command takes it."""
    facts = form.cleaned_data
    return EvaluatieGegevens(
        gehouden_op=facts["gehouden_op"],
        wijze=EvaluatieWijze(facts["wijze"]),
        verslag=facts["verslag"],
        is_nec_haalbaar=facts["is_nec_haalbaar"],
    )


def _evaluate(
    request: UserRequest, blad: Trajectblad, gpmi: Gpmi | None, form: EvaluatieForm
) -> Evaluatie:
    return commands.register_evaluatie(
        traject=blad.traject,
        gpmi=gpmi if form.cleaned_data.get("ook_gpmi") else None,
        gegevens=evaluatie_gegevens(form),
        by=request.user,
        at=timezone.now(),
        versie=form.cleaned_data["versie"],
    )
