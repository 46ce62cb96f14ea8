"""Going on after being away too long: she says who she is, and nothing typed is lost."""

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from portaal.antwoorden import closed, wrong
from portaal.commands.binnen import Uitslag, resume
from portaal.commands.codes import send_confirmation
from portaal.forms.deur import STUUR, WIE, WieForm
from portaal.http import PortaalRequest
from portaal.models import Portaalsessie
from portaal.rules.termijnen import Stand

_OURS = ("csrfmiddlewaretoken", f"{WIE}-")


def ask_or_resume(request: PortaalRequest, sessie: Portaalsessie) -> HttpResponse | None:
    """Ask who she is, or take the stay up; nothing when the view may go on with what was typed."""
    answered = request.method == "POST" and f"{WIE}-hervat" in request.POST
    met_code = sessie.client.geboortedatum is None
    if answered and STUUR in request.POST:
        gestuurd = send_confirmation(link=sessie.link, at=timezone.now())
        return _ask(request, WieForm(met_code=met_code), gestuurd=gestuurd)
    form = WieForm(request.POST if answered else None, met_code=met_code)
    if not answered or not form.is_valid():
        return _ask(request, form)
    poging = resume(sessie=sessie, factor=form.factor(), at=timezone.now())
    if poging.uitslag is Uitslag.FOUT:
        wrong(form)
        return _ask(request, form)
    if poging.sessie is None:
        return closed(request, poging.uitslag, sessie.link)
    request.portaal.sessie, request.portaal.stand = poging.sessie, Stand.OPEN
    request.portaal.nieuw_geheim = poging.geheim
    if request.POST.get(f"{WIE}-methode") != "POST":
        return HttpResponseRedirect(request.get_full_path(), status=303)
    typed = request.POST.copy()
    for name in [name for name in typed if name.startswith(_OURS)]:
        del typed[name]
    request.POST = typed  # type: ignore[assignment]
    return None


def _ask(request: PortaalRequest, form: WieForm, *, gestuurd: bool = False) -> HttpResponse:
    was = request.POST.get(f"{WIE}-methode") or request.method
    context = {
        "form": form,
        "gestuurd": gestuurd,
        "methode": "POST" if was == "POST" else "GET",
        "getypt": _pairs(request.POST),
    }
    return TemplateResponse(request, "portaal/opnieuw.html", context, status=403)


def _pairs(typed: QueryDict) -> list[tuple[str, str]]:
    """Return what was typed, to be carried on; nothing of it is looked at here."""
    return [
        (name, str(value))
        for name, values in typed.lists()
        if not name.startswith(_OURS)
        for value in values
    ]
