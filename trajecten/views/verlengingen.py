"""Extensions: ask, decide, withdraw."""

from dataclasses import replace

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kern.belgian_dates import format_short
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.forms.termijnen import BeslissingForm, VerlengingForm
from trajecten.models import Verlenging
from trajecten.overzicht import Trajectblad
from trajecten.rules.feiten import VerlengingFeit
from trajecten.rules.termijn import Termijn
from trajecten.views.opening import attempt, crumbs, find_row, open_blad, open_row
from trajecten.views.vergelijken import naast_elkaar, show_preview


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def request_verlenging(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for a later last day, after showing what it would become."""
    blad = open_blad(request, pk, scherm="verlenging")
    form = VerlengingForm(request.POST or None, initial={"versie": blad.versie})
    if request.method == "POST" and form.is_valid():
        if "bewaar" in request.POST and form.is_seen:
            verlenging = attempt(form, lambda: _ask(request, blad, form), field="tot")
            if verlenging is not None:
                undo = reverse("trajecten:withdraw_verlenging", args=[verlenging.pk])
                said = "De vraag ligt bij uw leidinggevende."
                messages.success(request, said, extra_tags=f"ongedaan={undo}")
                return redirect("trajecten:traject", pk=blad.traject.pk)
        else:
            attempt(form, lambda: _check(blad, form), field="tot")
    dan: tuple[Termijn, ...] = ()
    if form.is_bound and form.is_valid():
        dan = _verlengd(blad, VerlengingFeit(form.cleaned_data["tot"]))
    context = {
        "form": show_preview(form, dan),
        "blad": blad,
        "crumbs": crumbs(blad.traject.client, blad.traject),
        "vergelijkingen": naast_elkaar(blad.termijnen, dan),
    }
    return TemplateResponse(request, "trajecten/verlenging.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VERLENGING_DECIDE)
def decide_verlenging(request: UserRequest, pk: int) -> HttpResponse:
    """Approve or refuse what somebody else asked."""
    verlenging = find_row(request, _rows(), pk)
    blad = open_blad(request, verlenging.traject_id, scherm="verlenging beslissen")
    form = BeslissingForm(request.POST or None, initial={"versie": blad.versie})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: commands.decide_verlenging(
                verlenging=verlenging,
                goedgekeurd=form.cleaned_data["besluit"] == "ja",
                reden=form.cleaned_data["reden"],
                by=request.user,
                at=timezone.now(),
                versie=form.cleaned_data["versie"],
            ),
        )
        if done is not None:
            messages.success(request, f"De verlenging is {done.get_status_display().lower()}.")
            return redirect("trajecten:traject", pk=blad.traject.pk)
    dan = _verlengd(blad, VerlengingFeit(verlenging.tot, reden=verlenging.reden))
    context = {
        "form": form,
        "blad": blad,
        "verlenging": verlenging,
        "crumbs": crumbs(blad.traject.client, blad.traject),
        "vergelijkingen": naast_elkaar(blad.termijnen, dan),
    }
    return TemplateResponse(request, "trajecten/beslissing.html", context)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def withdraw_verlenging(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a request on which nobody decided yet."""
    verlenging = open_row(request, _rows(), pk, scherm="verlenging")
    try:
        commands.withdraw_verlenging(verlenging=verlenging, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = f"De vraag om te verlengen t.e.m. {format_short(verlenging.tot)} is ingetrokken."
        messages.success(request, said)
    return redirect("trajecten:traject", pk=verlenging.traject_id)


def _rows() -> QuerySet[Verlenging]:
    return Verlenging.objects.select_related(
        "traject__client", "traject__instrument", "gevraagd_door"
    )


def _ask(request: UserRequest, blad: Trajectblad, form: VerlengingForm) -> Verlenging:
    return commands.request_verlenging(
        traject=blad.traject, by=request.user, at=timezone.now(), **form.facts()
    )


def _check(blad: Trajectblad, form: VerlengingForm) -> None:
    commands.check_verlenging(blad.traject, form.cleaned_data["tot"], at=timezone.now())


def _verlengd(blad: Trajectblad, feit: VerlengingFeit) -> tuple[Termijn, ...]:
    feiten = replace(blad.feiten, verlengingen=(*blad.feiten.verlengingen, feit))
    return blad.bereken(feiten, blad.regels)
