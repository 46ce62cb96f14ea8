"""Saying that something is done, is not needed any more, or is needed after all."""

from collections.abc import Callable

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
from trajecten.enums import AkkoordKanaal, Stem
from trajecten.forms.plan import SlotForm, VervalForm, renew
from trajecten.models import Doel, Stap
from trajecten.queries.plan import Planregel
from trajecten.views.opening import attempt
from trajecten.views.plan.kaarten import Kaarten, speaks_for_drop
from trajecten.views.plan.opening import (
    address,
    back_to,
    carried,
    crumbs,
    draft,
    open_item,
    plan_url,
)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def finish(request: UserRequest, client_pk: int, pk: int, soort: str) -> HttpResponse:
    """Say that it is done, with a word if one likes."""
    regel = open_item(request, client_pk, soort, pk, scherm="stappenplan")
    form = SlotForm(request.POST or None, initial={"revisie": regel.item.revisie})
    act = _close(request, regel, form, commands.finish_item, Wie.ocmw(request.user), "woord")
    if act is not None:
        undo = address("reopen", regel)
        messages.success(request, "Gedaan.", extra_tags=f"ongedaan={undo}")
        return back_to(request, client_pk, regel.item)
    return _page(request, regel, form, kop="Gedaan", knop="Zet op gedaan")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def drop(request: UserRequest, client_pk: int, pk: int, soort: str) -> HttpResponse:
    """Let it lapse; what was agreed needs a reason, which the client reads."""
    regel = open_item(request, client_pk, soort, pk, scherm="stappenplan")
    item = regel.item
    form = VervalForm(
        request.POST or None,
        initial={"revisie": item.revisie},
        was_agreed=item.afgesproken_op is not None,
    )
    hers = speaks_for_drop(item) == Stem.CLIENT
    wie = (
        Wie.client(AkkoordKanaal.BUREAU, gebruiker=request.user) if hers else Wie.ocmw(request.user)
    )
    act = _close(request, regel, form, commands.drop_item, wie, "reden")
    if act is not None:
        undo = address("reopen", regel)
        messages.success(request, "Dit is niet meer nodig.", extra_tags=f"ongedaan={undo}")
        return back_to(request, client_pk, item)
    naam = item.client.voornaam
    hint = (
        f"Dit is een voorstel van {naam}. U noteert hier dat {naam} het zelf niet meer wil. Wilt "
        "u het niet, antwoord dan op het voorstel."
    )
    return _page(
        request,
        regel,
        form,
        kop="Niet meer nodig",
        knop=f"Noteer dat {naam} het niet meer wil" if hers else "Laat vervallen",
        hint=hint if hers else "",
    )


@require_POST
@requires(Permission.PLAN_CHANGE)
def reopen(request: UserRequest, client_pk: int, pk: int, soort: str) -> HttpResponse:
    """Let it stand again."""
    regel = open_item(request, client_pk, soort, pk, scherm="stappenplan")
    try:
        commands.reopen_item(item=regel.item, wie=Wie.ocmw(request.user), at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Dit staat weer open.")
    return back_to(request, client_pk, regel.item)


def _close(
    request: UserRequest,
    regel: Planregel,
    form: SlotForm,
    command: Callable[..., Doel | Stap],
    wie: Wie,
    word: str,
) -> Doel | Stap | None:
    if request.method != "POST" or not form.is_valid():
        return None
    facts = form.cleaned_data
    said = {word: facts["woord"], "revisie": facts["revisie"]}
    row = attempt(form, lambda: command(item=regel.item, wie=wie, at=timezone.now(), **said))
    if row is None:
        renew(form, revisie=regel.item.revisie)
    return row


def _page(
    request: UserRequest,
    regel: Planregel,
    form: SlotForm,
    *,
    kop: str,
    knop: str,
    hint: str = "",
) -> TemplateResponse:
    client, zicht = regel.item.client, carried(request)
    sleutel = f"slot-{regel.soort}-{regel.item.pk}"
    context = {
        "concept": draft(request, client, sleutel=sleutel, titel=kop),
        "client": client,
        "form": form,
        "kop": kop,
        "knop": knop,
        "hint": hint,
        "kaart": Kaarten(client=client, today=timezone.localdate()).card(regel),
        "is_overtaken": False,
        "zicht": zicht.query(),
        "terug": plan_url(client.pk, zicht, regel.item),
        "crumbs": crumbs(client, zicht),
    }
    return TemplateResponse(request, "trajecten/plan/formulier.html", context)
