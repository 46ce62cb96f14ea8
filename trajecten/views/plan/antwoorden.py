"""Answering a proposal: for the OCMW, or as the client said it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands import plan as commands
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, ReactieSoort, Stem
from trajecten.forms.plan import AntwoordForm, ClientAntwoordForm, PartnerAntwoordForm, renew
from trajecten.models import Reactie
from trajecten.queries.concepten import Geopend
from trajecten.queries.plan import Planregel, read_regel
from trajecten.views.opening import attempt
from trajecten.views.plan.kaarten import Kaarten
from trajecten.views.plan.opening import back_to, carried, crumbs, draft, open_item, plan_url

SAID = {
    ReactieSoort.AKKOORD: "Afgesproken.",
    ReactieSoort.ANDER_TEMPO: "Genoteerd. De andere kant kan nu antwoorden.",
    ReactieSoort.NIET_AKKOORD: "Genoteerd. Het blijft zichtbaar en de rest van het plan gaat door.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def react(request: UserRequest, client_pk: int, pk: int, soort: str) -> HttpResponse:
    """Answer for the OCMW."""
    regel = open_item(request, client_pk, soort, pk, scherm="stappenplan")
    kop = "Antwoord namens het OCMW"
    concept = draft(request, regel.item.client, sleutel=f"antwoord-{soort}-{pk}", titel=kop)
    initial = _initial(regel) | concept.initial
    asked = _asked(regel, Stem.OCMW)
    form = AntwoordForm(request.POST or None, initial=initial, gevraagd=asked)
    if request.method == "POST" and form.is_valid():
        reactie = _react(regel, form, Wie.ocmw(request.user))
        if reactie is not None:
            messages.success(request, SAID[ReactieSoort(reactie.soort)])
            return back_to(request, client_pk, regel.item)
    return _page(request, regel, form, kop=kop, concept=concept)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def note(request: UserRequest, client_pk: int, pk: int, soort: str) -> HttpResponse:
    """Write down what the client answered at the desk, by telephone or on paper."""
    regel = open_item(request, client_pk, soort, pk, scherm="stappenplan")
    kop = f"Noteer het antwoord van {regel.item.client.voornaam}"
    concept = draft(request, regel.item.client, sleutel=f"van-client-{soort}-{pk}", titel=kop)
    initial = _initial(regel) | {"kanaal": AkkoordKanaal.BUREAU} | concept.initial
    asked = _asked(regel, Stem.CLIENT)
    form = ClientAntwoordForm(request.POST or None, initial=initial, gevraagd=asked)
    if request.method == "POST" and form.is_valid():
        reactie = _react(regel, form, _client(request, form))
        if reactie is not None:
            messages.success(request, SAID[ReactieSoort(reactie.soort)])
            return back_to(request, client_pk, regel.item)
    return _page(request, regel, form, kop=kop, concept=concept)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def note_partner(request: UserRequest, client_pk: int, pk: int, soort: str) -> HttpResponse:
    """Write down what a partner says; it stands beside both answers and decides nothing."""
    regel = open_item(request, client_pk, soort, pk, scherm="stappenplan")
    kop = "Noteer wat de partner zegt"
    concept = draft(request, regel.item.client, sleutel=f"van-partner-{soort}-{pk}", titel=kop)
    first = {"partner": regel.item.partner, "kanaal": AkkoordKanaal.TELEFOON}
    initial = _initial(regel) | first | concept.initial
    form = PartnerAntwoordForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        wie = Wie.van_partner(facts["partner"], AkkoordKanaal(facts["kanaal"]), request.user)
        if _react(regel, form, wie) is not None:
            messages.success(request, "Genoteerd. De partner zegt mee, maar beslist niet.")
            return back_to(request, client_pk, regel.item)
    return _page(request, regel, form, kop=kop, concept=concept)


@require_POST
@requires(Permission.PLAN_CHANGE)
def leave(request: UserRequest, client_pk: int, pk: int, soort: str) -> HttpResponse:
    """Leave it at the disagreement."""
    regel = open_item(request, client_pk, soort, pk, scherm="stappenplan")
    revisie = request.POST.get("revisie", "")
    try:
        commands.leave_disagreed(
            item=regel.item,
            wie=Wie.ocmw(request.user),
            at=timezone.now(),
            revisie=int(revisie) if revisie.isdecimal() and len(revisie) < 9 else 0,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "Dit blijft staan als niet afgesproken. De rest van het plan gaat door."
        )
    return back_to(request, client_pk, regel.item)


def _client(request: UserRequest, form: AntwoordForm) -> Wie:
    facts = form.cleaned_data
    return Wie.client(AkkoordKanaal(facts["kanaal"]), gebruiker=request.user, tolk=facts["tolk"])


def _react(regel: Planregel, form: AntwoordForm, wie: Wie) -> Reactie | None:
    facts = form.cleaned_data
    reactie = attempt(
        form,
        lambda: commands.react(
            item=regel.item,
            soort=ReactieSoort(facts["soort"]),
            wie=wie,
            at=timezone.now(),
            revisie=facts["revisie"],
            tekst=facts["tekst"],
            dag=facts["dag"],
        ),
    )
    if reactie is None:
        renew(form, revisie=regel.item.revisie)
    return reactie


def _asked(regel: Planregel, stem: Stem) -> date | None:
    """Return the day that the other side asked for and this one answers now."""
    last = regel.nu[-1] if regel.nu else None
    return regel.gevraagde_dag if last is not None and last.stem != stem else None


def _initial(regel: Planregel) -> dict[str, Any]:
    return {"revisie": regel.item.revisie}


def _page(
    request: UserRequest, regel: Planregel, form: AntwoordForm, *, kop: str, concept: Geopend
) -> TemplateResponse:
    client = regel.item.client
    now = read_regel(type(regel.item), client, regel.item.pk) if form.errors else regel
    zicht = carried(request)
    context = {
        "client": client,
        "form": form,
        "concept": concept,
        "kop": kop,
        "knop": "Bewaar het antwoord",
        "kaart": Kaarten(client=client, today=timezone.localdate()).card(now or regel),
        "is_overtaken": False,
        "zicht": zicht.query(),
        "terug": plan_url(client.pk, zicht, regel.item),
        "crumbs": crumbs(client, zicht),
    }
    return TemplateResponse(request, "trajecten/plan/formulier.html", context)
