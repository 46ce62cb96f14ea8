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
from trajecten.rules.termijn import RegelRij, Termijn, veronderstel
from trajecten.rules.vergelijking import Vergelijking, vergelijk
from trajecten.views.opening import crumbs, open_blad

# Under which of these names a clock keeps its duration.
DURATIONS = ("max_maanden", "max_duur", "evaluatie_maanden")


@require_safe
@requires(Permission.TRAJECT_VIEW)
def what_if(request: UserRequest, pk: int) -> TemplateResponse:
    """Compute the clocks with assumed facts and show both answers side by side."""
    blad = open_blad(request, pk, scherm="wat als")
    asked = any(name in request.GET for name in WatAlsForm.base_fields)
    duur, beleid = _duurregel(blad), _beleidregel(blad)
    form = WatAlsForm(
        request.GET if asked else None,
        duur=f"Duur (nu {duur.waarde} {duur.eenheid})" if duur else "",
        met_beleid=beleid is not None,
        met_uren=blad.traject.instrument.klok.startswith("ama"),
    )
    dan: tuple[Termijn, ...] = ()
    if form.is_bound and form.is_valid():
        dan = _assumed(blad, form.cleaned_data)
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
    assumptions = ((_duurregel(blad), "duur"), (_beleidregel(blad), "beleid"))
    for regel, name in assumptions:
        if regel is not None and assumed.get(name):
            regels = veronderstel(regels, regel.code, str(assumed[name]))
    return blad.bereken(feiten, regels)


def _duurregel(blad: Trajectblad) -> RegelRij | None:
    stam = _stam(blad)
    codes = {f"{stam}.{deel}" for deel in DURATIONS}
    rijen = (rij for rij in blad.regels if rij.code in codes and rij.geldt_op(blad.on))
    return min(rijen, key=lambda rij: (_rank(rij), not rij.eigen), default=None)


def _rank(rij: RegelRij) -> int:
    return DURATIONS.index(rij.code.rpartition(".")[2])


def _beleidregel(blad: Trajectblad) -> RegelRij | None:
    code = f"{blad.traject.instrument.klok}.schorsing_beleid"
    return next((rij for rij in blad.regels if rij.code == code), None)


def _stam(blad: Trajectblad) -> str:
    klok = blad.traject.instrument.klok
    return "ama" if klok.startswith("ama") else klok
