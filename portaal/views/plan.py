"""Her plan on one page, what is new in it, and the plan as a whole."""

from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portaal.access import client_page
from portaal.http import ClientRequest
from portaal.pagina import attempt, go_to, page, voice
from portaal.queries.afspraken import next_afspraak
from portaal.queries.nieuws import news_of
from portaal.queries.plan import DONE_SHOWN, MijnPlan, my_plan
from portaal.queries.versie import read_inhoud, read_verschil
from trajecten.commands.plan import agree_plan
from trajecten.enums import Stem
from trajecten.queries.plan import versies_of

_GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@client_page
def start(request: ClientRequest) -> HttpResponse:
    """Show the plan: what is new, what waits for her, what she does, what the OCMW does."""
    mijn = _plan(request)
    verschil = mijn.plan.verschil
    context = {
        "mijn": mijn,
        "nieuw": len(news_of(request.portaalsessie, mijn)),
        "afspraak": next_afspraak(request.client, at=timezone.now()),
        "gedaan": mijn.gedaan[:DONE_SHOWN],
        "wijzigingen": verschil.aantal if verschil else 0,
    }
    return page(request, "plan/start.html", context)


@require_safe
@client_page
def nieuw(request: ClientRequest) -> HttpResponse:
    """List what the OCMW did since she was last here."""
    rows = news_of(request.portaalsessie, _plan(request))
    return page(request, "plan/nieuw.html", {"nieuws": rows})


@require_safe
@client_page
def gedaan(request: ClientRequest) -> HttpResponse:
    """List everything that is done or no longer needed."""
    return page(request, "plan/gedaan.html", {"regels": _plan(request).gedaan})


@require_http_methods(_GET_OR_POST)
@client_page
def akkoord(request: ClientRequest) -> HttpResponse:
    """Show exactly what she would agree to, and let her."""
    form = Form(request.POST or None)
    if request.method == "POST":
        gezien = request.POST.get("gezien", "")
        if attempt(
            form,
            lambda: agree_plan(
                client=request.client, wie=voice(request), at=timezone.now(), gezien=gezien
            ),
        ):
            return go_to("start", ok="plan")
    mijn = _plan(request)
    if not mijn.kan_akkoord and not form.errors:
        return go_to("versie")
    context = {"form": form, "mijn": mijn, "blad": read_inhoud(mijn.plan.inhoud)}
    return page(request, "plan/akkoord.html", context)


@require_safe
@client_page
def niet_akkoord(request: ClientRequest) -> HttpResponse:
    """Say what she can do when she does not agree, and where."""
    return page(request, "plan/niet_akkoord.html", {"mijn": _plan(request)})


@require_safe
@client_page
def versie(request: ClientRequest) -> HttpResponse:
    """Show what both agreed to, and what changed since, word by word."""
    mijn = _plan(request)
    blad, verschil = mijn.plan.van_kracht, mijn.plan.verschil
    context = {
        "mijn": mijn,
        "van_kracht": blad,
        "akkoorden": blad.akkoorden if blad else (),
        "blad": read_inhoud(blad.versie.inhoud) if blad else None,
        "wijzigingen": read_verschil(verschil) if verschil else None,
    }
    return page(request, "plan/versie.html", context)


@require_safe
@client_page
def oude_versie(request: ClientRequest, nummer: int) -> HttpResponse:
    """Show a version that both agreed to, also one that is history."""
    found = [blad for blad in versies_of(request.client) if blad.versie.nummer == nummer]
    if not found or found[0].versie.van_kracht_at is None:
        raise Http404
    context = {
        "van_kracht": found[0],
        "akkoorden": found[0].akkoorden,
        "blad": read_inhoud(found[0].versie.inhoud),
        "client_akkoord": found[0].akkoord_van(Stem.CLIENT),
    }
    return page(request, "plan/oude_versie.html", context)


def _plan(request: ClientRequest) -> MijnPlan:
    return my_plan(request.client, on=timezone.localdate())
