"""Own words of the bestuur: written by the beheerder, seen as they will be printed."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Bestuur
from toegang.permissions import Permission
from trajecten.commands.tekstblokken import write_tekstblok
from trajecten.forms.tekstblokken import TekstblokForm
from trajecten.models import Tekstblok
from trajecten.queries import regels_voor
from trajecten.queries.tekstblokken import Versie, laatste_versies, staat
from trajecten.reference.teksten import Standaardblok, standaardblokken
from trajecten.rules.teksten import Alineas, alineas
from trajecten.rules.termijn import geldige_regel
from trajecten.views.opening import attempt


@dataclass(frozen=True, slots=True)
class Taalregel:
    """One text in one language, on the list."""

    taal: str
    naam: str
    versie: Versie


@require_safe
@requires(Permission.SJABLOON_CHANGE)
def tekstblokken(request: UserRequest) -> TemplateResponse:
    """List every text with its languages, own or standard."""
    rows = laatste_versies(_bestuur(request).pk)
    blokken = [
        (blok, [Taalregel(taal, naam, staat(blok, taal, rows)) for taal, naam in blok.talen])
        for blok in standaardblokken().values()
    ]
    return TemplateResponse(request, "trajecten/tekstblokken.html", {"blokken": blokken})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SJABLOON_CHANGE)
def tekstblok(request: UserRequest, blok: str, taal: str) -> HttpResponse:
    """Write one text in one language, look at it as it will be printed, and save it."""
    bestuur = _bestuur(request)
    found = _blok(blok, taal)
    nu = staat(found, taal, laatste_versies(bestuur.pk))
    form = TekstblokForm(request.POST or None, initial={"tekst": nu.tekst, "na_versie": nu.versie})
    is_preview = "bekijk" in request.POST
    if request.method == "POST" and form.is_valid() and not is_preview:
        written = attempt(form, lambda: _write(request, found, taal, form))
        if written is not None:
            messages.success(request, "Bewaard. Nieuwe stukken krijgen deze tekst.")
            return redirect("trajecten:tekstblokken")
    shown = form.cleaned_data.get("tekst", "") if form.is_bound and form.is_valid() else nu.tekst
    versies = Tekstblok.objects.visible_to(request.user).filter(code=found.code, taal=taal)
    context = {
        "blok": found,
        "taal": taal,
        "taalnaam": dict(found.talen)[taal],
        "form": form,
        "voorbeeld": _preview(bestuur, shown or found.teksten[taal]),
        "is_preview": is_preview,
        "is_eigen": nu.is_eigen,
        "standaard": found.teksten[taal],
        "versies": versies.select_related("door").order_by("-versie"),
    }
    return TemplateResponse(request, "trajecten/tekstblok.html", context)


def _write(request: UserRequest, blok: Standaardblok, taal: str, form: TekstblokForm) -> Tekstblok:
    tekst = "" if "standaard" in request.POST else form.cleaned_data["tekst"]
    return write_tekstblok(
        code=blok.code,
        taal=taal,
        tekst=tekst,
        na_versie=form.cleaned_data["na_versie"],
        by=request.user,
        at=timezone.now(),
    )


def _preview(bestuur: Bestuur, tekst: str) -> Alineas:
    regel = geldige_regel(regels_voor(bestuur.pk), "gpmi.bedenktijd_dagen", op=timezone.localdate())
    woorden = {"bestuur": bestuur.naam, "telefoon": bestuur.telefoon, "bedenktijd": regel.waarde}
    return alineas(tekst, woorden)


def _blok(code: str, taal: str) -> Standaardblok:
    found = standaardblokken().get(code)
    if found is None or taal not in found.teksten:
        raise Http404
    return found


def _bestuur(request: UserRequest) -> Bestuur:
    if request.user.bestuur is None:
        raise Http404
    return request.user.bestuur
