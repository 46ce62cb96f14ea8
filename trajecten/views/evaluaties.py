"""Evaluations: held, still needed, and planned."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.access import open_client
from kern.belgian_dates import format_short
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.commands import EvaluatieGegevens
from trajecten.enums import AfspraakSoort, EvaluatieWijze
from trajecten.forms.evaluaties import EvaluatieForm
from trajecten.models import Afspraak, Evaluatie, Gpmi
from trajecten.overzicht import Trajectblad
from trajecten.queries import lopend_gpmi
from trajecten.queries.evaluaties import NogTeHouden, evaluatieblad
from trajecten.views.concepten import concept_for
from trajecten.views.inschatting import estimate_lane, estimates
from trajecten.views.opening import attempt, crumbs, open_blad, open_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def add_evaluatie(request: UserRequest, pk: int) -> HttpResponse:
    """Write down an evaluation of the traject that was held."""
    blad = open_blad(request, pk, scherm="evaluatie")
    traject = blad.traject
    gpmi = lopend_gpmi(traject.client_id)
    signed = gpmi if gpmi is not None and gpmi.ondertekend_op else None
    concept = concept_for(
        request, traject.client, sleutel=f"evaluatie-{pk}", titel="Noteer evaluatie"
    )
    initial = {"gehouden_op": timezone.localdate(), "versie": blad.versie}
    form = EvaluatieForm(
        request.POST or None,
        initial=initial | concept.initial,
        met_gpmi=signed is not None,
    )
    if request.method == "POST" and form.is_valid():
        evaluatie = attempt(form, lambda: _evaluate(request, blad, signed, form))
        if evaluatie is not None:
            undo = reverse("trajecten:remove_evaluatie", args=[evaluatie.pk])
            messages.success(request, "De evaluatie is genoteerd.", extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:traject", pk=pk)
    context = {
        "form": form,
        "concept": concept,
        "blad": blad,
        "crumbs": crumbs(traject.client, traject),
    }
    return TemplateResponse(request, "trajecten/evaluatie.html", context)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def evaluaties(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show what was held, what is still needed and by when, and how the estimate moved."""
    client = open_client(request.user, client_pk, scherm="evaluaties")
    now = timezone.now()
    blad = evaluatieblad(client, request.user, at=now)
    context = {
        "client": client,
        "crumbs": crumbs(client),
        "blad": blad,
        "nog": [_line(client.pk, item) for item in blad.nog],
        "inschattingen": estimates(blad.inschattingen),
        "baan": estimate_lane(blad.inschattingen),
        "mag_plannen": request.user.may(Permission.AFSPRAAK_MAKE),
    }
    return TemplateResponse(request, "trajecten/evaluaties.html", context)


@dataclass(frozen=True, slots=True)
class Regel:
    """One evaluation still to hold, with where to plan it."""

    nog: NogTeHouden
    plan_url: str


def _line(client_pk: int, item: NogTeHouden) -> Regel:
    dag = item.voorstel.dag
    bij = f"g{item.gpmi.pk}" if item.gpmi else f"t{item.traject.pk}" if item.traject else ""
    query = {"soort": AfspraakSoort.EVALUATIE.value, "bij": bij}
    if dag is not None:
        query["dag"] = format_short(dag)
    return Regel(item, reverse("trajecten:plan_afspraak", args=[client_pk], query=query))


def named_afspraak(request: UserRequest, client_pk: int) -> Afspraak | None:
    """Return the appointment that the address names, when it is one of this client."""
    asked = request.GET.get("afspraak", "")
    rows = Afspraak.objects.visible_to(request.user).filter(client=client_pk)
    return rows.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 15 else None


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
        afspraak=named_afspraak(request, blad.traject.client_id),
    )
