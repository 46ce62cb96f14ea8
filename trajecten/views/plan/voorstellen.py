"""Proposing goals and steps, and changing them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clienten.access import open_client
from clienten.models import Client
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands import plan as commands
from trajecten.commands.wie import Wie
from trajecten.enums import Stem, Uitvoerder
from trajecten.forms.plan import DoelForm, PlanStapForm, TekstenForm, renew
from trajecten.models import Doel, Stap
from trajecten.queries.concepten import Geopend
from trajecten.queries.plan import Planregel, plan_teksten, read_plan, read_regel, teksten_hash
from trajecten.views.opening import attempt
from trajecten.views.plan.inhoudsblad import text_lines
from trajecten.views.plan.kaarten import Kaarten
from trajecten.views.plan.opening import (
    back_to,
    carried,
    choices_for,
    crumbs,
    draft,
    open_item,
    plan_url,
)

AnyForm = DoelForm | PlanStapForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def propose(request: UserRequest, client_pk: int, soort: str) -> HttpResponse:
    """Propose a goal or a step to the client."""
    client = open_client(request.user, client_pk, scherm="stappenplan")
    initial = {
        "uitvoerders": [Uitvoerder.CLIENT],
        "doel": request.GET.get("doel", ""),
        "traject": request.GET.get("traject", ""),
    }
    word = "doel" if soort == "doel" else "stap"
    kop = f"Stel een {word} voor"
    concept = draft(request, client, sleutel=soort, titel=kop)
    form = _form(soort, request, client, initial | concept.initial)
    if request.method == "POST" and form.is_valid():
        row = attempt(form, lambda: _propose(request, client, form))
        if row is not None:
            messages.success(request, f"Voorgesteld. {client.voornaam} kan nu antwoorden.")
            return back_to(request, client.pk, row)
    return _page(
        request,
        client,
        form,
        concept=concept,
        kop=kop,
        knop=f"Stel {'het doel' if soort == 'doel' else 'de stap'} voor",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def change(request: UserRequest, client_pk: int, pk: int, soort: str) -> HttpResponse:
    """Change a goal or step; what was agreed then waits for the client."""
    regel = open_item(request, client_pk, soort, pk, scherm="stappenplan")
    item, client = regel.item, regel.item.client
    kop = f"Wijzig {'het doel' if soort == 'doel' else 'de stap'}"
    concept = draft(request, client, sleutel=f"{soort}-{pk}", titel=kop)
    form = _form(soort, request, client, _initial(item) | concept.initial, item=item)
    overtaken: Planregel | None = None
    if request.method == "POST" and form.is_valid():
        try:
            row = _change(request, regel, form)
        except commands.PlanChanged as refusal:
            # What she typed stays in the boxes; what stands now is shown above them.
            overtaken = read_regel(type(item), client, item.pk)
            form.add_error(None, str(refusal))
            renew(form, revisie=overtaken.item.revisie if overtaken else item.revisie)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(row, client))
            return back_to(request, client.pk, row)
    return _page(
        request,
        client,
        form,
        concept=concept,
        kop=kop,
        knop="Bewaar de wijziging",
        above={
            "kaart": Kaarten(client=client, today=timezone.localdate()).card(overtaken or regel),
            "is_overtaken": overtaken is not None,
            "terug": plan_url(client.pk, carried(request), item),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def texts(request: UserRequest, client_pk: int) -> HttpResponse:
    """Write what the contract tells besides goals and steps."""
    client = open_client(request.user, client_pk, scherm="stappenplan")
    kop = "Algemene afspraken"
    concept = draft(request, client, sleutel="teksten", titel=kop)
    stappenplan = read_plan(client).stappenplan
    written = {**plan_teksten(stappenplan), "gezien": teksten_hash(stappenplan)}
    form = TekstenForm(request.POST or None, initial=written | concept.initial)
    overtaken = False
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, client, form)
        except commands.PlanChanged as refusal:
            overtaken = True
            form.add_error(None, str(refusal))
            renew(form, gezien=teksten_hash(stappenplan))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Bewaard. Dit hoort bij wat u samen goedkeurt.")
            return redirect(plan_url(client.pk, carried(request)))
    now = text_lines(plan_teksten(stappenplan)) if overtaken else []
    return _page(
        request, client, form, concept=concept, kop=kop, knop="Bewaar", above={"teksten_nu": now}
    )


def _write(request: UserRequest, client: Client, form: TekstenForm) -> None:
    commands.write_plan_teksten(
        client=client,
        teksten=form.teksten(),
        by=request.user,
        at=timezone.now(),
        gezien=form.cleaned_data["gezien"],
    )


def _form(
    soort: str,
    request: UserRequest,
    client: Client,
    initial: dict[str, Any],
    *,
    item: Doel | Stap | None = None,
) -> AnyForm:
    data = request.POST or None
    choices = choices_for(client, request.user)
    if soort == "doel":
        return DoelForm(data, initial=initial, **choices)
    doelen = Doel.objects.visible_to(request.user).filter(client=client)
    wanted = doelen.open()
    if isinstance(item, Stap) and item.doel_id:
        # The goal it hangs on may be done meanwhile; it stays a choice.
        wanted = wanted | doelen.filter(pk=item.doel_id)
    return PlanStapForm(data, initial=initial, doelen=wanted.order_by("pk"), **choices)


def _initial(item: Doel | Stap) -> dict[str, Any]:
    names = ["tekst", "uitvoerders", "partner", "tegen", "domein", "revisie"]
    found = {name: getattr(item, name) for name in names}
    found |= {"gebruiker": item.gebruiker_id, "traject": item.traject_id}
    if isinstance(item, Stap):
        found |= {
            "doel": item.doel_id,
            "vervolg": item.vervolg,
            "toelichting": item.toelichting,
        }
    return found


def _propose(request: UserRequest, client: Client, form: AnyForm) -> Doel | Stap:
    said: dict[str, Any] = {
        "client": client,
        "wie": Wie.ocmw(request.user),
        "at": timezone.now(),
        "sleutel": form.cleaned_data["sleutel"],
    }
    if isinstance(form, DoelForm):
        return commands.propose_doel(gegevens=form.gegevens(), **said)
    return commands.propose_stap(gegevens=form.gegevens(), **said)


def _change(request: UserRequest, regel: Planregel, form: AnyForm) -> Doel | Stap:
    item = regel.item
    said: dict[str, Any] = {
        "wie": Wie.ocmw(request.user),
        "at": timezone.now(),
        "revisie": form.cleaned_data["revisie"] or 0,
    }
    if isinstance(form, DoelForm) and isinstance(item, Doel):
        return commands.change_doel(doel=item, gegevens=form.gegevens(), **said)
    if isinstance(form, PlanStapForm) and isinstance(item, Stap):
        return commands.change_stap(stap=item, gegevens=form.gegevens(item), **said)
    raise LookupError(form)


def _said(row: Doel | Stap, client: Client) -> str:
    if row.wacht_op == Stem.CLIENT:
        return f"Bewaard. {client.voornaam} kan nu antwoorden."
    return "Bewaard."


def _page(
    request: UserRequest,
    client: Client,
    form: Any,
    *,
    concept: Geopend,
    kop: str,
    knop: str,
    above: dict[str, Any] | None = None,
) -> TemplateResponse:
    zicht = carried(request)
    context = {
        "client": client,
        "form": form,
        "concept": concept,
        "kop": kop,
        "knop": knop,
        "kaart": None,
        "is_overtaken": False,
        "teksten_nu": (),
        "zicht": zicht.query(),
        "terug": plan_url(client.pk, zicht),
        "crumbs": crumbs(client, zicht),
        **(above or {}),
    }
    return TemplateResponse(request, "trajecten/plan/formulier.html", context)
