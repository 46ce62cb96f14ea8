"""Taking over a list of hours: offer, look at what will happen, take over."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from wijkwerken.commands.lijst import Lijstrij, Overgenomen, take_over_lijst
from wijkwerken.commands.prestaties import PrestatieGegevens
from wijkwerken.forms.inlezen import KolomForm, LijstForm, seal, unseal
from wijkwerken.lijstbestand import Lijst, read_lijst
from wijkwerken.queries.inlezen import Herkend, recognise
from wijkwerken.rules.lijst import lees_rij

WEG = "De lijst is er niet meer. Kies het bestand opnieuw."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def inlezen(request: UserRequest) -> HttpResponse:
    """Take a list in three steps; until the last one nothing is kept."""
    if request.method == "POST" and "lijst" in request.POST:
        lijst = unseal(request.POST["lijst"], request.user)
        if lijst is not None:
            return _look(request, lijst, KolomForm(request.POST, lijst=lijst))
        messages.error(request, WEG)
    form = LijstForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and request.FILES and form.is_valid():
        try:
            lijst = read_lijst(form.cleaned_data["bestand"].read())
        except DomainError as refusal:
            form.add_error("bestand", str(refusal))
        else:
            kolommen = KolomForm(KolomForm(lijst=lijst).geraden, lijst=lijst)
            return _look(request, lijst, kolommen)
    return TemplateResponse(request, "wijkwerken/inlezen.html", {"form": form})


@dataclass(frozen=True, slots=True)
class Oordeel:
    """A row with what will become of it."""

    herkend: Herkend
    fout: str


def _look(request: UserRequest, lijst: Lijst, form: KolomForm) -> HttpResponse:
    context = {"form": form, "lijst": seal(lijst, request.user), "aantal": len(lijst.rijen)}
    if not form.is_valid():
        return TemplateResponse(request, "wijkwerken/inlezen_kolommen.html", context)
    rijen = [lees_rij(nummer, rij, form.keuze) for nummer, rij in enumerate(lijst.rijen, start=2)]
    herkend = recognise(request.user, rijen)
    is_last = "overnemen" in request.POST
    done = take_over_lijst(
        rijen=_to_write(herkend, lijst.merk),
        by=request.user,
        at=timezone.now(),
        proef=not is_last,
    )
    fouten = {item.rij.nummer: item.fout for item in herkend if item.fout} | done.geweigerd
    if is_last and not fouten:
        messages.success(request, _said(done))
        return redirect("wijkwerken:uren_nu")
    oordelen = [Oordeel(item, fouten.get(item.rij.nummer, "")) for item in herkend]
    context |= {
        "done": done,
        "is_last": is_last,
        "said": _said(done) if is_last else "",
        "fouten": [oordeel for oordeel in oordelen if oordeel.fout],
        "goed": [oordeel for oordeel in oordelen if not oordeel.fout],
    }
    return TemplateResponse(request, "wijkwerken/inlezen_kolommen.html", context)


def _to_write(herkend: list[Herkend], merk: str) -> list[Lijstrij]:
    rijen = []
    for item in herkend:
        rij = item.rij
        if item.inschrijving is None or rij.dag is None:
            continue
        gegevens = PrestatieGegevens(
            dag=rij.dag,
            minuten=rij.minuten,
            begin=rij.begin,
            sleutel=f"lijst-{merk}-{rij.nummer}",
        )
        rijen.append(Lijstrij(rij.nummer, item.inschrijving.pk, gegevens))
    return rijen


def _said(done: Overgenomen) -> str:
    bewaard = "1 rij" if done.bewaard == 1 else f"{done.bewaard} rijen"
    bekend = f" {done.bekend} waren al overgenomen." if done.bekend else ""
    return f"{bewaard} overgenomen.{bekend}"
