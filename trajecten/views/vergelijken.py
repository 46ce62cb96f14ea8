"""What-if: today's answer beside the assumed one; nothing is saved."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django.http import QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from kern.periods import Period
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.forms.base import PreviewedForm
from trajecten.forms.trajecten import WatAlsForm
from trajecten.overzicht import Trajectblad
from trajecten.rules.feiten import SchorsingFeit, VerlengingFeit
from trajecten.rules.klokken import zoek_termijn
from trajecten.rules.termijn import Termijn, veronderstel
from trajecten.rules.vergelijking import Vergelijking, vergelijk
from trajecten.views.opening import crumbs, open_blad

# What somebody may assume of a rule: how long, and what a suspension does.
ASSUMED = ("max_maanden", "max_duur", "evaluatie_maanden", "schorsing_beleid")


@require_safe
@requires(Permission.TRAJECT_VIEW)
def what_if(request: UserRequest, pk: int) -> TemplateResponse:
    """Compute the clocks with assumed facts and show both answers side by side."""
    blad = open_blad(request, pk, scherm="wat als")
    asked = any(name in request.GET for name in WatAlsForm.base_fields)
    form = WatAlsForm(request.GET if asked else None, regels=_regelkeuze(blad))
    dan: tuple[Termijn, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            dan = _assumed(blad, form.cleaned_data)
        except ValueError:
            form.add_error("waarde", "Met deze waarde kan niet gerekend worden.")
    context = {
        "form": form,
        "blad": blad,
        "crumbs": crumbs(blad.traject.client, blad.traject),
        "vergelijkingen": naast_elkaar(blad.termijnen, dan),
    }
    template = "trajecten/_vergelijking.html" if request.htmx else "trajecten/wat_als.html"
    return TemplateResponse(request, template, context)


def naast_elkaar(nu: Sequence[Termijn], dan: Sequence[Termijn]) -> list[Vergelijking]:
    """Pair the clocks of two answers; the limit first."""
    pairs = ((item, zoek_termijn(dan, item.klok)) for item in nu)
    return [vergelijk(item, other) for item, other in pairs if other is not None]


def show_preview(form: PreviewedForm, dan: Sequence[Termijn]) -> PreviewedForm:
    """Remember in the form what the preview showed, so that saving saves just that."""
    if dan:
        data = cast(QueryDict, form.data).copy()
        data["gezien"] = form.print_of()
        form.data = data
    return form


def _assumed(blad: Trajectblad, assumed: dict[str, Any]) -> tuple[Termijn, ...]:
    feiten = blad.feiten
    if van := assumed.get("van"):
        feit = SchorsingFeit(Period(van, assumed.get("tot")), reden=assumed.get("reden", ""))
        feiten = replace(feiten, schorsingen=(*feiten.schorsingen, feit))
    if verlengd_tot := assumed.get("verlengd_tot"):
        feit_v = VerlengingFeit(verlengd_tot)
        feiten = replace(feiten, verlengingen=(*feiten.verlengingen, feit_v))
    if (uren := assumed.get("uren_per_week")) is not None:
        feiten = replace(feiten, uren_per_week=uren)
    regels = blad.regels
    if regel := assumed.get("regel"):
        regels = veronderstel(regels, regel, assumed["waarde"].strip())
    return blad.bereken(feiten, regels)


def _regelkeuze(blad: Trajectblad) -> list[tuple[str, str]]:
    klok = blad.traject.instrument.klok
    stam = "ama" if klok.startswith("ama") else klok
    gezocht = {f"{stam}.{deel}" for deel in ASSUMED}
    return [
        (rij.code, f"{rij.code} (nu {rij.waarde} {rij.eenheid})")
        for rij in blad.regels
        if rij.code in gezocht and rij.geldt_op(blad.on)
    ]
