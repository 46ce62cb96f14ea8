"""Under an entry of the log: additions, questions of a leidinggevende, answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands.logvragen import (
    add_logaanvulling,
    answer_logvraag,
    ask_logvraag,
    withdraw_logvraag,
)
from trajecten.forms.contact import AanvullingForm
from trajecten.models import Logboekitem, Logvraag
from trajecten.queries.concepten import Geopend
from trajecten.views.concepten import concept_for
from trajecten.views.contact import after_log, open_log
from trajecten.views.opening import attempt, crumbs, open_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_WRITE)
def add_aanvulling(request: UserRequest, pk: int) -> HttpResponse:
    """Write an addition under an entry."""
    item = open_log(request, pk)
    kop = "Vul de nota aan"
    form, concept = _form(request, item, sleutel=f"aanvulling-{pk}", kop=kop, label="Aanvulling")
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: add_logaanvulling(
                item=item, tekst=form.cleaned_data["tekst"], by=request.user, at=timezone.now()
            ),
            field="tekst",
        )
        if made is not None:
            return _done(request, item, "De aanvulling is bewaard.")
    return _page(request, item, form, concept, {"kop": kop, "knop": "Bewaar de aanvulling"})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_ASK)
def ask(request: UserRequest, pk: int) -> HttpResponse:
    """Ask the author of an entry something about it."""
    item = open_log(request, pk)
    kop = "Stel een vraag"
    form, concept = _form(request, item, sleutel=f"vraag-{pk}", kop=kop, label="Uw vraag")
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: ask_logvraag(
                item=item, vraag=form.cleaned_data["tekst"], by=request.user, at=timezone.now()
            ),
            field="tekst",
        )
        if made is not None:
            return _done(request, item, f"De vraag wacht op {item.auteur.naam}.")
    return _page(request, item, form, concept, {"kop": kop, "knop": "Stel de vraag"})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_WRITE)
def answer(request: UserRequest, pk: int) -> HttpResponse:
    """Answer a question about one's own entry."""
    vraag = _open_vraag(request, pk)
    item = vraag.item
    kop = "Beantwoord de vraag"
    form, concept = _form(request, item, sleutel=f"antwoord-{pk}", kop=kop, label="Uw antwoord")
    if request.method == "POST" and form.is_valid():
        answered = attempt(
            form,
            lambda: answer_logvraag(
                vraag=vraag,
                antwoord=form.cleaned_data["tekst"],
                by=request.user,
                at=timezone.now(),
            ),
            field="tekst",
        )
        if answered is not None:
            return _done(request, item, "Uw antwoord is bewaard. De vraag is gesloten.")
    words = {"kop": kop, "knop": "Bewaar het antwoord", "vraag": vraag}
    return _page(request, item, form, concept, words)


@require_POST
@requires(Permission.LOG_ASK)
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Close a question without an answer."""
    vraag = _open_vraag(request, pk)
    try:
        withdraw_logvraag(vraag=vraag, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(after_log(vraag.client_id, vraag.item.traject_id))
    return _done(request, vraag.item, "De vraag is gesloten.")


def _open_vraag(request: UserRequest, pk: int) -> Logvraag:
    rows = Logvraag.objects.select_related("client", "item__client", "item__auteur", "gesteld_door")
    found: Logvraag = open_row(request, rows, pk, scherm="logboek")
    return found


def _form(
    request: UserRequest, item: Logboekitem, *, sleutel: str, kop: str, label: str
) -> tuple[AanvullingForm, Geopend]:
    concept = concept_for(request, item.client, sleutel=sleutel, titel=kop)
    return AanvullingForm(request.POST or None, initial=concept.initial, label=label), concept


def _done(request: UserRequest, item: Logboekitem, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(after_log(item.client_id, item.traject_id))


def _page(
    request: UserRequest,
    item: Logboekitem,
    form: AanvullingForm,
    concept: Geopend,
    words: dict[str, Any],
) -> HttpResponse:
    context = {
        "form": form,
        "item": item,
        "concept": concept,
        "vraag": None,
        "back_url": after_log(item.client_id, item.traject_id),
        "crumbs": crumbs(item.client),
        **words,
    }
    return TemplateResponse(request, "trajecten/logboek_onder.html", context)
