"""One goal or step: agree, ask another day, say no, say that it is done; and her own proposals."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portaal.access import client_page
from portaal.forms.plan import (
    AndereDagForm,
    NeeForm,
    StapVoorstelForm,
    VoorstelForm,
    WoordForm,
    boxes_of,
    who_of,
)
from portaal.http import ClientRequest
from portaal.pagina import attempt, go_to, page, seen, voice
from portaal.queries.plan import Regel, changes_of, my_item
from trajecten.commands import plan
from trajecten.enums import ReactieSoort
from trajecten.models import Doel, Stap

_GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@client_page
def toon(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Show one goal or step, what was said about it, and what she can do."""
    return _show(request, _regel(request, soort, pk), Form())


@require_POST
@client_page
def ja(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Agree with what the page showed."""
    react = partial(_react, request, soort=ReactieSoort.AKKOORD)
    return _do(request, _regel(request, soort, pk), react, ok="ja")


@require_http_methods(_GET_OR_POST)
@client_page
def dag(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Ask for another day."""
    regel = _regel(request, soort, pk)
    if not regel.kan_andere_dag:
        return go_to(soort, pk)
    later = regel.item.tegen is not None and regel.item.tegen >= timezone.localdate()
    form = AndereDagForm(request.POST or None, vanaf=regel.item.tegen, later=later)
    if request.method == "POST" and form.is_valid():
        answer = partial(
            _react,
            request,
            regel,
            soort=ReactieSoort.ANDER_TEMPO,
            tekst=form.cleaned_data["tekst"],
            dag=form.gekozen_dag,
        )
        if attempt(form, answer):
            return go_to("start", ok="dag")
        regel = _regel(request, soort, pk)
    return page(request, "plan/dag.html", {"regel": regel, "form": form})


@require_http_methods(_GET_OR_POST)
@client_page
def nee(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Disagree, in her own words."""
    regel = _regel(request, soort, pk)
    if not regel.kan_niet_akkoord:
        return go_to(soort, pk)
    form = NeeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tekst = form.cleaned_data["tekst"]
        answer = partial(_react, request, regel, soort=ReactieSoort.NIET_AKKOORD, tekst=tekst)
        if attempt(form, answer):
            return go_to("start", ok="nee")
        regel = _regel(request, soort, pk)
    return page(request, "plan/nee.html", {"regel": regel, "form": form})


@require_http_methods(_GET_OR_POST)
@client_page
def klaar(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Say that it is done, with a word if she likes."""
    regel = _regel(request, soort, pk)
    if not regel.kan_klaar:
        return go_to(soort, pk)
    form = WoordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        finish = partial(
            plan.finish_item,
            item=regel.item,
            wie=voice(request),
            at=timezone.now(),
            woord=form.cleaned_data["tekst"],
            revisie=seen(request),
        )
        if attempt(form, finish):
            return go_to("start", ok="klaar")
        regel = _regel(request, soort, pk)
    return page(request, "plan/klaar.html", {"regel": regel, "form": form})


@require_POST
@client_page
def weer_open(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Undo that it is done."""
    regel = _regel(request, soort, pk)

    def reopen(row: Regel) -> object:
        return plan.reopen_item(item=row.item, wie=voice(request), at=timezone.now())

    if not regel.kan_weer_open:
        return go_to(soort, pk)
    return _do(request, regel, reopen, ok="open")


@require_POST
@client_page
def laten(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Leave it at the disagreement."""

    def leave(row: Regel) -> object:
        return plan.leave_disagreed(
            item=row.item, wie=voice(request), at=timezone.now(), revisie=seen(request)
        )

    return _do(request, _regel(request, soort, pk), leave, ok="laten")


@require_http_methods(_GET_OR_POST)
@client_page
def voorstel(request: ClientRequest, soort: str) -> HttpResponse:
    """Propose a step or a goal; sent twice it is one."""
    form = _form_of(soort)(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(form, partial(_propose, request, form)):
        return go_to("start", ok="voorstel")
    return page(request, "plan/voorstel.html", {"form": form, "soort": soort, "regel": None})


@require_http_methods(_GET_OR_POST)
@client_page
def wijzig(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Change a proposal of her own."""
    regel = _regel(request, soort, pk)
    if not regel.kan_wijzigen:
        return go_to(soort, pk)
    item = regel.item
    initial = {"tekst": item.tekst, "wie": who_of(item.uitvoerders), **boxes_of(item.tegen)}
    form = _form_of(soort)(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if attempt(form, partial(_change, request, regel, form)):
            return go_to("start", ok="gewijzigd")
        regel = _regel(request, soort, pk)
    return page(request, "plan/voorstel.html", {"form": form, "soort": soort, "regel": regel})


@require_http_methods(_GET_OR_POST)
@client_page
def weg(request: ClientRequest, pk: int, soort: str) -> HttpResponse:
    """Take back a proposal of her own."""
    regel = _regel(request, soort, pk)
    if not regel.kan_wijzigen:
        return go_to(soort, pk)
    form = Form(request.POST or None)
    if request.method == "POST":
        drop = partial(
            plan.drop_item,
            item=regel.item,
            wie=voice(request),
            at=timezone.now(),
            revisie=seen(request),
        )
        if attempt(form, drop):
            return go_to("start", ok="weg")
        regel = _regel(request, soort, pk)
    return page(request, "plan/weg.html", {"regel": regel, "form": form})


def _regel(request: ClientRequest, soort: str, pk: int) -> Regel:
    found = my_item(request.client, soort, pk, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _show(request: ClientRequest, regel: Regel, form: Form) -> HttpResponse:
    context = {"regel": regel, "form": form, "wijziging": changes_of(request.client, regel)}
    return page(request, "plan/toon.html", context)


def _do(request: ClientRequest, regel: Regel, act: Any, *, ok: str) -> HttpResponse:
    form = Form(request.POST)
    if attempt(form, lambda: act(regel)):
        return go_to("start", ok=ok)
    return _show(request, _regel(request, regel.soort, regel.item.pk), form)


def _react(
    request: ClientRequest,
    regel: Regel,
    *,
    soort: ReactieSoort,
    tekst: str = "",
    dag: date | None = None,
) -> object:
    return plan.react(
        item=regel.item,
        soort=soort,
        wie=voice(request),
        at=timezone.now(),
        revisie=seen(request),
        tekst=tekst,
        dag=dag,
    )


def _form_of(soort: str) -> type[VoorstelForm]:
    return VoorstelForm if soort == "doel" else StapVoorstelForm


def _propose(request: ClientRequest, form: VoorstelForm) -> object:
    told: dict[str, Any] = {
        "client": request.client,
        "wie": voice(request),
        "at": timezone.now(),
        "sleutel": form.merk,
    }
    if isinstance(form, StapVoorstelForm):
        return plan.propose_stap(gegevens=form.stap(), **told)
    return plan.propose_doel(gegevens=form.doel(), **told)


def _change(request: ClientRequest, regel: Regel, form: VoorstelForm) -> object:
    told: dict[str, Any] = {
        "wie": voice(request),
        "at": timezone.now(),
        "revisie": seen(request),
    }
    item = regel.item
    if isinstance(item, Doel):
        was = plan.DoelGegevens.of(item)
        new = replace(was, tekst=form.doel().tekst, tegen=form.gekozen_dag)
        return plan.change_doel(doel=item, gegevens=new, **told)
    return _change_stap(item, form, told)


def _change_stap(item: Stap, form: VoorstelForm, told: dict[str, Any]) -> object:
    wanted = StapVoorstelForm.stap(form)  # type: ignore[arg-type]
    kept = form.cleaned_data["wie"] == who_of(item.uitvoerders)
    was = plan.PlanStapGegevens.of(item)
    # Who does it may be more than she can choose here, a partner for instance.
    movers = was.uitvoerders if kept else wanted.uitvoerders
    new = replace(was, tekst=wanted.tekst, tegen=wanted.tegen, uitvoerders=movers)
    return plan.change_stap(stap=item, gegevens=new, **told)
