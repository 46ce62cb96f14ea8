"""Ending and reopening a traject."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.commands import EindGegevens, StapGegevens
from trajecten.enums import Eindreden, StapSoort, Uitvoerder
from trajecten.forms.trajecten import EindForm, HeropenForm, kanaal_van
from trajecten.models import Traject
from trajecten.overzicht import Trajectblad
from trajecten.views.concepten import concept_for
from trajecten.views.opening import attempt, crumbs, open_blad


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def end(request: UserRequest, pk: int) -> HttpResponse:
    """End the traject with its reason and what comes next; without that there is no button."""
    blad = open_blad(request, pk, scherm="traject beëindigen")
    traject = blad.traject
    open_stappen = blad.open_stappen
    initial = {
        "versie": blad.versie,
        "einddatum": timezone.localdate(),
        "vervolg": EindForm.BESTAANDE if open_stappen else "",
        "uitvoerder": Uitvoerder.CLIENT,
    }
    concept = concept_for(
        request, traject.client, sleutel=f"einde-{pk}", titel="Beëindig het traject"
    )
    form = EindForm(
        request.POST or None,
        initial=initial | concept.initial,
        andere=_andere(traject),
        heeft_stap=bool(open_stappen),
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: commands.end_traject(
                traject=traject,
                gegevens=_gegevens(form.cleaned_data),
                by=request.user,
                at=timezone.now(),
                versie=form.cleaned_data["versie"],
            ),
        )
        if done is not None:
            undo = reverse("trajecten:reopen", args=[pk])
            messages.success(request, "Het traject is beëindigd.", extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:traject", pk=pk)
    context = {
        "form": form,
        "concept": concept,
        "blad": blad,
        "open_stappen": open_stappen,
        "vervolg": form["vervolg"].value() or "",
        "crumbs": crumbs(traject.client, traject),
        "na_de_limiet": _na_de_limiet(blad),
    }
    return TemplateResponse(request, "trajecten/einde.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Undo the end; later than the same day it asks why."""
    blad = open_blad(request, pk, scherm="traject heropenen")
    form = HeropenForm(request.POST or None, initial={"versie": blad.versie})
    if request.method == "POST":
        form = HeropenForm({"reden": "", "versie": "", **request.POST.dict()})
        if form.is_valid():
            done = attempt(
                form,
                lambda: commands.reopen_traject(
                    traject=blad.traject, by=request.user, at=timezone.now(), **form.cleaned_data
                ),
            )
            if done is not None:
                messages.success(request, "Het traject loopt weer.")
                return redirect("trajecten:traject", pk=pk)
    context = {"form": form, "blad": blad, "crumbs": crumbs(blad.traject.client, blad.traject)}
    return TemplateResponse(request, "trajecten/heropenen.html", context)


def _andere(traject: Traject) -> QuerySet[Traject]:
    rows = Traject.objects.filter(client=traject.client_id).exclude(pk=traject.pk)
    rows = rows.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=timezone.localdate()))
    return rows.select_related("instrument").order_by("-begindatum")


def _gegevens(facts: dict[str, Any]) -> EindGegevens:
    vervolg = facts["vervolg"]
    stap = None
    if vervolg == EindForm.STAP:
        stap = StapGegevens(
            soort=StapSoort(facts["soort"]),
            tekst=facts["tekst"],
            uitvoerder=Uitvoerder(facts["uitvoerder"]),
            partner=facts["partner"],
            tegen=facts["tegen"],
            kanaal=kanaal_van(facts["hoe"]),
        )
    elif vervolg == EindForm.GEEN:
        stap = StapGegevens(
            soort=StapSoort.GEEN,
            tekst=facts["reden_geen"],
            uitvoerder=Uitvoerder.OCMW,
            tegen=facts["einddatum"],
            kanaal=kanaal_van(facts["hoe_geen"]),
        )
    return EindGegevens(
        einddatum=facts["einddatum"],
        eindreden=Eindreden(facts["eindreden"]),
        toelichting=facts["toelichting"],
        stap=stap,
        volgend_traject=facts.get("volgend_traject") if vervolg == EindForm.TRAJECT else None,
    )


def _na_de_limiet(blad: Trajectblad) -> bool:
    dag = blad.limiet.uiterste_dag
    return dag is not None and dag < blad.on
