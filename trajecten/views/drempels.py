"""What stands in the way of a client: note, change, solve, look behind the mask."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten import commands as clienten
from clienten.access import open_client
from clienten.commands.drempels import versie_of
from clienten.enums import DrempelStand
from clienten.models import Client, Drempel, GevoeligeDrempel
from clienten.queries.drempels import default_gebied, gebieden
from kern.belgian_dates import format_short
from kern.errors import DomainError
from kern.pieces import Act, Fact
from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten import commands
from trajecten.commands import Oplossing
from trajecten.forms.drempels import DrempelForm, OplossingForm, initial_of
from trajecten.queries.drempels import history_of, steps_to_block, waits_for
from trajecten.views.opening import attempt, client_url, find_row, open_row, renew_versie


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def add_drempel(request: UserRequest, client_pk: int) -> HttpResponse:
    """Note what stands in the way."""
    client = open_client(request.user, client_pk, scherm="drempel noteren")
    initial = {
        "stand": DrempelStand.OPEN,
        "van": timezone.localdate(),
        "gebied": default_gebied(client),
    }
    form = DrempelForm(request.POST or None, initial=initial, **_choices(request.user))
    if request.method == "POST" and form.is_valid():
        drempel = attempt(
            form,
            lambda: clienten.register_drempel(
                client=client, gegevens=form.gegevens(), by=request.user, at=timezone.now()
            ),
        )
        if drempel is not None:
            messages.success(request, "De drempel is genoteerd.")
            if steps_to_block(client, request.user, drempel_pk=drempel.pk).exists():
                return redirect("trajecten:block_stap", pk=drempel.pk)
            return redirect("trajecten:drempel", pk=drempel.pk)
    context = _form_context(request, form, client) | {
        "kop": "Noteer een drempel",
        "knop": "Noteer de drempel",
        "terug": client_url(client.pk),
    }
    return TemplateResponse(request, "trajecten/drempel_formulier.html", context)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def drempel(request: UserRequest, pk: int) -> TemplateResponse:
    """Show one barrier, the steps that wait for it, and what was done."""
    row = _open(request, pk, scherm="drempel")
    return TemplateResponse(request, "trajecten/drempel.html", _page(request, row))


@require_POST
@requires(Permission.GEVOELIG_VIEW)
def reveal_drempel(request: UserRequest, pk: int) -> TemplateResponse:
    """Show once what stands in the compartment; that it was shown is written down."""
    row = find_row(request, Drempel.objects.select_related("client", "eigenaar"), pk)
    binnen = clienten.reveal_drempel(drempel=row, by=request.user, at=timezone.now())
    if request.htmx:
        context = {"drempel": row, "binnen": binnen}
        return TemplateResponse(request, "trajecten/_drempel_inhoud.html", context)
    context = _page(request, row) | {"binnen": binnen, "is_getoond": True}
    return TemplateResponse(request, "trajecten/drempel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def change_drempel(request: UserRequest, pk: int) -> HttpResponse:
    """Change a barrier; who may not open the compartment changes what stands outside."""
    row = find_row(request, Drempel.objects.select_related("client", "eigenaar"), pk)
    may = request.user.may(Permission.GEVOELIG_VIEW)
    binnen = _contents(request, row, may)
    form = DrempelForm(
        request.POST or None,
        initial=initial_of(row, binnen) | {"versie": versie_of(row)},
        is_dicht=row.is_gevoelig and not may,
        **_choices(request.user),
    )
    if request.method == "POST" and form.is_valid() and _changed(request, row, form):
        messages.success(request, "Bewaard.")
        return redirect("trajecten:drempel", pk=row.pk)
    context = _form_context(request, form, row.client) | {
        "kop": "Wijzig de drempel",
        "knop": "Bewaar de drempel",
        "terug": reverse("trajecten:drempel", args=[row.pk]),
    }
    return TemplateResponse(request, "trajecten/drempel_formulier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def resolve_drempel(request: UserRequest, pk: int) -> HttpResponse:
    """Write that a barrier is solved, and say which steps go on."""
    row = _open(request, pk, scherm="drempel oplossen")
    form = OplossingForm(request.POST or None, initial={"op": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        solved = attempt(
            form,
            lambda: commands.resolve_drempel(
                drempel=row, op=form.cleaned_data["op"], by=request.user, at=timezone.now()
            ),
            field="op",
        )
        if solved is not None:
            undo = reverse("trajecten:reopen_drempel", args=[row.pk])
            messages.success(request, _solved(solved), extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:drempel", pk=row.pk)
    waiting = [wait for wait in waits_for(row, request.user) if wait.tot is None]
    context = {
        "form": form,
        "drempel": row,
        "lines": [f"Deze stap kan verder: {wait.stap}" for wait in waiting if wait.stap.is_open],
        "crumbs": crumbs_of(row.client, row),
    }
    return TemplateResponse(request, "trajecten/drempel_oplossen.html", context)


@require_POST
@requires(Permission.CLIENT_CHANGE)
def reopen_drempel(request: UserRequest, pk: int) -> HttpResponse:
    """Let a solved barrier stand again."""
    row = _open(request, pk, scherm="drempel heropenen")
    try:
        clienten.reopen_drempel(drempel=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De drempel staat weer open. Zeg welke stappen erop wachten.")
    return redirect("trajecten:drempel", pk=row.pk)


def crumbs_of(client: Client, drempel: Drempel | None = None) -> list[Act]:
    """Return the way back: the client's file, the barrier."""
    found = [Act(client.naam, url)] if (url := client_url(client.pk)) else []
    if drempel is not None:
        found.append(Act(name_of(drempel), reverse("trajecten:drempel", args=[drempel.pk])))
    return found


def name_of(drempel: Drempel) -> str:
    """Return what a page about a barrier is called."""
    return "Gevoelige drempel" if drempel.is_gevoelig else str(drempel)


def _open(request: UserRequest, pk: int, *, scherm: str) -> Drempel:
    rows = Drempel.objects.select_related("client", "eigenaar")
    row: Drempel = open_row(request, rows, pk, scherm=scherm)
    return row


def _contents(request: UserRequest, row: Drempel, may: bool) -> GevoeligeDrempel | None:
    """Return what the form shows from the compartment; the file is opened either way."""
    if row.is_gevoelig and may:
        return clienten.reveal_drempel(drempel=row, by=request.user, at=timezone.now())
    open_client(request.user, row.client_id, scherm="drempel wijzigen")
    return None


def _changed(request: UserRequest, row: Drempel, form: DrempelForm) -> bool:
    try:
        clienten.change_drempel(
            drempel=row,
            gegevens=form.gegevens(),
            versie=form.cleaned_data["versie"],
            by=request.user,
            at=timezone.now(),
        )
    except clienten.IntussenGewijzigd as refusal:
        form.add_error(None, str(refusal))
        renew_versie(form)
        return False
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _choices(user: Gebruiker) -> dict[str, Any]:
    bestuur_id = user.bestuur.pk if user.bestuur else 0
    workers = Gebruiker.objects.following_clients_at(bestuur_id, on=timezone.localdate())
    return {
        "medewerkers": workers.for_list(),
        "mag_gevoelig": user.may(Permission.GEVOELIG_VIEW),
    }


def _form_context(request: UserRequest, form: DrempelForm, client: Client) -> dict[str, Any]:
    return {
        "form": form,
        "client": client,
        "gebieden": gebieden(request.user),
        "crumbs": crumbs_of(client),
    }


def _page(request: UserRequest, row: Drempel) -> dict[str, Any]:
    waits = waits_for(row, request.user)
    may_change = request.user.may(Permission.CLIENT_CHANGE)
    return {
        "drempel": row,
        "client": row.client,
        "naam": name_of(row),
        "facts": _facts(row),
        "wachtend": [wait for wait in waits if wait.tot is None and wait.stap.is_open],
        "vroeger": [wait for wait in waits if wait.tot is not None],
        "historiek": history_of(row, waits, request.user),
        "may_change": may_change,
        "kan_wachten": may_change
        and not row.is_opgelost
        and steps_to_block(row.client, request.user, drempel_pk=row.pk).exists(),
        "mag_gevoelig": request.user.may(Permission.GEVOELIG_VIEW),
        "crumbs": crumbs_of(row.client),
    }


def _facts(row: Drempel) -> list[Fact]:
    facts = [
        Fact("Hoe staat het ermee?", str(row.get_stand_display())),
        Fact("Sinds", format_short(row.van)),
        Fact("Wie pakt het aan?", row.eigenaar.naam if row.eigenaar else "", missing="nog niemand"),
        Fact("Gebied", row.gebied, missing="niet ingevuld"),
    ]
    if row.tot is not None:
        facts.insert(1, Fact("Opgelost op", format_short(row.tot)))
    if not row.is_gevoelig:
        facts += [
            Fact("Wat speelt er?", row.omschrijving, missing="niet ingevuld"),
            Fact("Wat doen we eraan?", row.actie, missing="nog niets"),
            Fact("Wie helpt nog?", row.wie, missing="niemand anders"),
        ]
    return facts


def _solved(solved: Oplossing) -> str:
    if not solved.stappen:
        return "De drempel is opgelost."
    if len(solved.stappen) == 1:
        return f"De drempel is opgelost. Deze stap kan verder: {solved.stappen[0]}."
    steps = "; ".join(str(stap) for stap in solved.stappen)
    return f"De drempel is opgelost. Deze stappen kunnen verder: {steps}."
