"""The doors: a link, the short code of a letter, another language, and leaving."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portaal import talen
from portaal.access import door
from portaal.antwoorden import closed, wrong
from portaal.commands import choose_language, end_stay, enter, log_opening
from portaal.commands.binnen import Poging, Uitslag
from portaal.forms import WieForm
from portaal.http import PAD, PortaalRequest, drop_cookie
from portaal.models import Portaallink
from portaal.queries import is_live, link_by_token
from portaal.rules.sleutels import read_token

_GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(_GET_OR_POST)
@door
def link(request: PortaalRequest, token: str) -> HttpResponse:
    """Ask who comes; opening the link changes nothing, so that a mail scanner may."""
    now = timezone.now()
    gelezen = read_token(token)
    found = link_by_token(gelezen) if gelezen is not None else None
    if found is None or not is_live(found, at=now):
        return closed(request, Uitslag.DICHT, found)
    _speak(request, found)
    if found.geblokkeerd_at is not None:
        return closed(request, Uitslag.GEBLOKKEERD, found)
    if request.method == "GET":
        log_opening(link=found, at=now)
    met_code = found.client.geboortedatum is None
    form = WieForm(request.POST or None, met_code=met_code)
    if request.method == "POST" and form.is_valid():
        poging = enter(link=found, factor=form.factor(), taal=talen.chosen(request), at=now)
        if poging.uitslag is Uitslag.BINNEN:
            return let_in(request, poging)
        if poging.uitslag is not Uitslag.FOUT:
            return closed(request, poging.uitslag, found)
        wrong(form)
    return TemplateResponse(request, "portaal/deur.html", {"form": form, "met_code": met_code})


def let_in(request: PortaalRequest, poging: Poging) -> HttpResponse:
    """Send her on to an address that holds no token; who was inside before on this phone is out."""
    before, new = request.portaal.sessie, poging.sessie
    if before is not None and new is not None and before.bestuur_id == new.bestuur_id:
        end_stay(sessie=before, at=timezone.now())
    request.portaal.sessie = new
    request.portaal.nieuw_geheim = poging.geheim
    return HttpResponseRedirect(reverse("portaal:start"), status=303)


def _speak(request: PortaalRequest, found: Portaallink) -> None:
    """Speak the language of whom the link was sent to, unless another was chosen."""
    if not talen.chosen(request):
        request.portaal.taal = talen.supported(found.client.taal)
        translation.activate(talen.DJANGO[request.portaal.taal])


@require_http_methods(_GET_OR_POST)
@door
def code(request: PortaalRequest) -> HttpResponse:
    """Ask for the short code of a letter."""
    return TemplateResponse(request, "portaal/code.html", {"form": WieForm()})


@require_POST
@door
def taal(request: PortaalRequest) -> HttpResponse:
    """Speak another language from here on."""
    gekozen = talen.supported(request.POST.get("taal", ""))
    terug = request.POST.get("terug", "")
    own = url_has_allowed_host_and_scheme(terug, None) and terug.startswith(PAD)
    response = HttpResponseRedirect(terug if own else reverse("portaal:code"), status=303)
    if request.portaal.sessie is not None and request.portaal.is_binnen:
        choose_language(sessie=request.portaal.sessie, taal=gekozen)
    talen.remember(response, gekozen)
    return response


@require_POST
@door
def uit(request: PortaalRequest) -> HttpResponse:
    """Leave by one touch: the stay is over, and the browser forgets the pages."""
    if request.portaal.sessie is not None:
        end_stay(sessie=request.portaal.sessie, at=timezone.now())
        request.portaal.sessie = None
    response = HttpResponseRedirect(reverse("portaal:weg"), status=303)
    drop_cookie(response)
    # Not "cookies" or "storage": a worker may be signed in on the same computer.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
@door
def weg(request: PortaalRequest) -> HttpResponse:
    """A page that says nothing about anybody."""
    return TemplateResponse(request, "portaal/weg.html", {})
