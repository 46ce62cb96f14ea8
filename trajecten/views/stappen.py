"""The next step after a traject: put it in the plan, tick, let it lapse, and take that back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.commands import StapGegevens
from trajecten.commands.plan import drop_item, finish_item, reopen_item
from trajecten.commands.wie import Wie
from trajecten.enums import PlanStatus, StapSoort, Uitvoerder
from trajecten.forms.trajecten import StapForm, VervalForm, kanaal_van
from trajecten.models import Stap
from trajecten.views.opening import attempt, crumbs, open_blad, open_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def add_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Agree on what comes next, or propose it to the client."""
    blad = open_blad(request, pk, scherm="vervolgstap")
    traject = blad.traject
    form = StapForm(request.POST or None, initial={"uitvoerder": Uitvoerder.CLIENT})
    if request.method == "POST" and form.is_valid():
        gegevens = _gegevens(form.cleaned_data)
        stap = attempt(
            form,
            lambda: commands.agree_stap(
                traject=traject, gegevens=gegevens, by=request.user, at=timezone.now()
            ),
        )
        if stap is not None:
            undo = reverse("trajecten:withdraw_stap", args=[stap.pk])
            messages.success(request, _said(stap), extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:traject", pk=traject.pk)
    context = {"form": form, "blad": blad, "crumbs": crumbs(traject.client, traject)}
    return TemplateResponse(request, "trajecten/stap.html", context)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def finish_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Tick a step as done."""
    stap = open_row(request, _stappen(), pk, scherm="vervolgstap")
    undo = reverse("trajecten:reopen_stap", args=[stap.pk])
    return _act(request, stap, finish_item, "Afgevinkt.", undo=undo)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def drop_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Let a step lapse, with the reason that the client reads."""
    stap = open_row(request, _stappen(), pk, scherm="vervolgstap")
    form = VervalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: drop_item(
                item=stap,
                wie=Wie.ocmw(request.user),
                at=timezone.now(),
                reden=form.cleaned_data["reden"],
            ),
        )
        if done is not None:
            undo = reverse("trajecten:reopen_stap", args=[stap.pk])
            messages.success(request, "De stap is vervallen.", extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:traject", pk=stap.traject_id)
    context = {"form": form, "stap": stap, "crumbs": crumbs(stap.client, stap.traject)}
    return TemplateResponse(request, "trajecten/stap_vervalt.html", context)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def withdraw_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a step that was only just filled in."""
    stap = open_row(request, _stappen(), pk, scherm="vervolgstap")
    try:
        commands.withdraw_stap(stap=stap, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De stap is teruggenomen.")
    return redirect("trajecten:traject", pk=stap.traject_id)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def reopen_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Let a closed step stand again."""
    stap = open_row(request, _stappen(), pk, scherm="vervolgstap")
    return _act(request, stap, reopen_item, "De stap staat weer open.")


def _stappen() -> QuerySet[Stap]:
    steps = Stap.objects.next_steps()
    return steps.select_related("client", "traject__client", "traject__instrument")


def _gegevens(facts: dict[str, Any]) -> StapGegevens:
    return StapGegevens(
        soort=StapSoort(facts["soort"]),
        tekst=facts["tekst"],
        uitvoerder=Uitvoerder(facts["uitvoerder"]),
        partner=facts["partner"],
        tegen=facts["tegen"],
        kanaal=kanaal_van(facts["hoe"]),
    )


def _said(stap: Stap) -> str:
    if stap.status == PlanStatus.AFGESPROKEN:
        return "Afgesproken."
    return "Voorgesteld. Het is afgesproken zodra de cliënt akkoord gaat."


def _act(
    request: UserRequest, stap: Stap, command: Callable[..., object], said: str, *, undo: str = ""
) -> HttpResponse:
    try:
        command(item=stap, wie=Wie.ocmw(request.user), at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said, extra_tags=f"ongedaan={undo}" if undo else "")
    return redirect("trajecten:traject", pk=stap.traject_id)
