"""The doors: a link, the short code of a letter, another language, and leaving."""

from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.db.scope import BESTUUR, set_local
from portaal import talen
from portaal.access import door
from portaal.antwoorden import closed, too_often, wrong
from portaal.commands import (
    choose_language,
    end_stay,
    enter,
    log_opening,
    send_confirmation,
)
from portaal.commands.binnen import Factor, Poging, Uitslag
from portaal.forms.deur import STUUR, CodeForm, WieForm
from portaal.http import PAD, PortaalRequest, drop_cookie
from portaal.models import Portaallink
from portaal.queries.deur import is_live, link_by_code, link_by_token
from portaal.remmen import HOUR, QUARTER, address_of, allowed
from portaal.rules.sleutels import read_code, read_token

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
    if request.method != "POST":
        if request.method == "GET":
            log_opening(link=found, at=now)
        return _door(request, WieForm(met_code=_by_code(found)))
    if not allowed("deur", address_of(request), most=40, seconds=QUARTER):
        return too_often(request)
    return _answered(request, found, now)


def _answered(request: PortaalRequest, found: Portaallink, now: datetime) -> HttpResponse:
    if STUUR in request.POST:
        gestuurd = send_confirmation(link=found, at=now)
        return _door(request, WieForm(met_code=_by_code(found)), gestuurd=gestuurd)
    form = WieForm(request.POST, met_code=_by_code(found))
    if not form.is_valid():
        return _door(request, form)
    poging = enter(link=found, factor=form.factor(), taal=talen.chosen(request), at=now)
    if poging.uitslag is Uitslag.FOUT:
        wrong(form)
        return _door(request, form)
    return _outcome(request, poging, found)


def _door(request: PortaalRequest, form: WieForm, *, gestuurd: bool = False) -> HttpResponse:
    return TemplateResponse(request, "portaal/deur.html", {"form": form, "gestuurd": gestuurd})


def _by_code(found: Portaallink) -> bool:
    return found.client.geboortedatum is None


def _outcome(request: PortaalRequest, poging: Poging, found: Portaallink) -> HttpResponse:
    """Send her on to an address that holds no token; who was inside before on this phone is out."""
    new, before = poging.sessie, request.portaal.sessie
    if new is None:
        return closed(request, poging.uitslag, found)
    if before is not None and before.bestuur_id == new.bestuur_id:
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
    """Ask for the short code of a letter; a code that does not exist is answered like a wrong one.

    So a code tells nothing without the birth date, and wrong ones are counted either way.
    """
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not allowed("codes", address_of(request), most=20, seconds=QUARTER):
            return too_often(request)
        if form.is_valid():
            return _try_code(request, form)
    return TemplateResponse(request, "portaal/code.html", {"form": form})


def _try_code(request: PortaalRequest, form: CodeForm) -> HttpResponse:
    gelezen = read_code(form.cleaned_data["brief"])
    sleutel = gelezen.sleutel if gelezen is not None else form.cleaned_data["brief"]
    if not allowed("code", sleutel, most=5, seconds=HOUR):
        return closed(request, Uitslag.GEBLOKKEERD, None)
    found = None
    if gelezen is not None:
        set_local({BESTUUR: str(gelezen.bestuur_id)})
        found = link_by_code(gelezen)
    poging = _enter_by_code(request, found, form.factor())
    if found is None or poging.uitslag in {Uitslag.FOUT, Uitslag.DICHT}:
        form.wrong()
        return TemplateResponse(request, "portaal/code.html", {"form": form})
    if poging.uitslag is Uitslag.GEBLOKKEERD:
        return closed(request, poging.uitslag, None)
    return _outcome(request, poging, found)


def _enter_by_code(request: PortaalRequest, found: Portaallink | None, factor: Factor) -> Poging:
    if found is None:
        return Poging(Uitslag.FOUT)
    return enter(link=found, factor=factor, taal=talen.chosen(request), at=timezone.now())


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
