"""Suspensions: what it would do stands on the screen before it is saved."""

from dataclasses import replace
from typing import Any

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
from kern.periods import ONE_DAY, Period
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.commands import check_schorsing
from trajecten.enums import SchorsingReden
from trajecten.forms.base import PreviewedForm
from trajecten.forms.termijnen import SchorsingForm, TerugForm
from trajecten.models import Schorsing
from trajecten.overzicht import Trajectblad
from trajecten.rules.feiten import SchorsingFeit, TrajectFeiten
from trajecten.rules.termijn import Termijn
from trajecten.views.opening import attempt, crumbs, find_row, open_blad, open_row
from trajecten.views.vergelijken import naast_elkaar, show_preview


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def add_schorsing(request: UserRequest, pk: int) -> HttpResponse:
    """Suspend the traject, after showing what that does to its days."""
    blad = open_blad(request, pk, scherm="schorsing")
    form = SchorsingForm(request.POST or None, initial={"versie": blad.versie})
    if request.method == "POST" and form.is_valid():
        if "bewaar" in request.POST and form.is_seen:
            schorsing = attempt(form, lambda: _add(request, blad, form))
            if schorsing is not None:
                undo = reverse("trajecten:remove_schorsing", args=[schorsing.pk])
                return _done(request, blad, "De schorsing is bewaard.", undo)
        else:
            attempt(form, lambda: _check(blad, form, None))
    titel = "Schors het traject"
    return _page(request, blad, form, _assumed(blad, form, None), titel, "Bewaar de schorsing")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def change_schorsing(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a suspension, after showing what that does."""
    schorsing = find_row(request, _rows(), pk)
    blad = open_blad(request, schorsing.traject_id, scherm="schorsing")
    known = {name: getattr(schorsing, name) for name in ("van", "tot", "reden", "toelichting")}
    form = SchorsingForm(request.POST or None, initial={**known, "versie": blad.versie})
    if request.method == "POST" and form.is_valid():
        if "bewaar" in request.POST and form.is_seen:
            if attempt(form, lambda: _change(request, schorsing, form)):
                return _done(request, blad, "De schorsing is verbeterd.")
        else:
            attempt(form, lambda: _check(blad, form, schorsing))
    dan = _assumed(blad, form, schorsing)
    titel = f"Verbeter de schorsing van {format_short(schorsing.van)}"
    return _page(request, blad, form, dan, titel, "Bewaar de schorsing", schorsing)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def close_schorsing(request: UserRequest, pk: int) -> HttpResponse:
    """End an open suspension with the first day back."""
    schorsing = find_row(request, _rows(), pk)
    blad = open_blad(request, schorsing.traject_id, scherm="schorsing")
    form = TerugForm(
        request.POST or None, initial={"versie": blad.versie, "terug_op": timezone.localdate()}
    )
    dan: tuple[Termijn, ...] = ()
    if request.method == "POST" and form.is_valid():
        terug_op = form.cleaned_data["terug_op"]
        if "bewaar" in request.POST and form.is_seen:
            if attempt(form, lambda: _close(request, schorsing, form), field="terug_op"):
                return _done(request, blad, "De schorsing is afgesloten.")
        elif terug_op <= schorsing.van:
            form.add_error("terug_op", "De eerste dag terug ligt niet na het begin.")
        else:
            feit = SchorsingFeit(Period(schorsing.van, terug_op - ONE_DAY), reden=schorsing.reden)
            dan = blad.bereken(_met(blad, feit, schorsing), blad.regels)
    titel = f"Terug na de schorsing van {format_short(schorsing.van)}"
    return _page(request, blad, form, dan, titel, "Bewaar de eerste dag terug", schorsing)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def remove_schorsing(request: UserRequest, pk: int) -> HttpResponse:
    """Take away a suspension that never was."""
    schorsing = open_row(request, _rows(), pk, scherm="schorsing")
    try:
        commands.remove_schorsing(schorsing=schorsing, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De schorsing is verwijderd.")
    return redirect("trajecten:traject", pk=schorsing.traject_id)


def _rows() -> QuerySet[Schorsing]:
    return Schorsing.objects.select_related("traject__client", "traject__instrument")


def _values(form: PreviewedForm) -> dict[str, Any]:
    facts = form.cleaned_data
    return {
        "van": facts["van"],
        "tot": facts["tot"],
        "reden": SchorsingReden(facts["reden"]),
        "toelichting": facts["toelichting"],
        "versie": facts["versie"],
    }


def _add(request: UserRequest, blad: Trajectblad, form: PreviewedForm) -> Schorsing:
    return commands.add_schorsing(
        traject=blad.traject, by=request.user, at=timezone.now(), **_values(form)
    )


def _change(request: UserRequest, schorsing: Schorsing, form: PreviewedForm) -> Schorsing:
    return commands.change_schorsing(
        schorsing=schorsing, by=request.user, at=timezone.now(), **_values(form)
    )


def _close(request: UserRequest, schorsing: Schorsing, form: PreviewedForm) -> Schorsing:
    return commands.close_schorsing(
        schorsing=schorsing,
        terug_op=form.cleaned_data["terug_op"],
        by=request.user,
        at=timezone.now(),
        versie=form.cleaned_data["versie"],
    )


def _check(blad: Trajectblad, form: PreviewedForm, behalve: Schorsing | None) -> None:
    facts = form.cleaned_data
    check_schorsing(blad.traject, facts["van"], facts["tot"], at=timezone.now(), behalve=behalve)


def _assumed(
    blad: Trajectblad, form: PreviewedForm, behalve: Schorsing | None
) -> tuple[Termijn, ...]:
    if not form.is_bound or not form.is_valid():
        return ()
    facts = form.cleaned_data
    feit = SchorsingFeit(Period(facts["van"], facts["tot"]), reden=facts["reden"])
    return blad.bereken(_met(blad, feit, behalve), blad.regels)


def _met(blad: Trajectblad, feit: SchorsingFeit, behalve: Schorsing | None) -> TrajectFeiten:
    rest = [item for item in blad.feiten.schorsingen if item.periode.begin != _van(behalve)]
    return replace(blad.feiten, schorsingen=(*rest, feit))


def _van(schorsing: Schorsing | None) -> object:
    return schorsing.van if schorsing is not None else None


def _done(request: UserRequest, blad: Trajectblad, said: str, undo: str = "") -> HttpResponse:
    messages.success(request, said, extra_tags=f"ongedaan={undo}" if undo else "")
    return redirect("trajecten:traject", pk=blad.traject.pk)


def _page(
    request: UserRequest,
    blad: Trajectblad,
    form: PreviewedForm,
    dan: tuple[Termijn, ...],
    titel: str,
    bewaar: str,
    schorsing: Schorsing | None = None,
) -> TemplateResponse:
    context = {
        "form": show_preview(form, dan),
        "blad": blad,
        "titel": titel,
        "bewaar": bewaar,
        "schorsing": schorsing,
        "crumbs": crumbs(blad.traject.client, blad.traject),
        "vergelijkingen": naast_elkaar(blad.termijnen, dan),
    }
    return TemplateResponse(request, "trajecten/schorsing.html", context)
