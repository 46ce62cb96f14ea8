"""Next steps: agree, tick, drop, and take that back."""

from collections.abc import Callable

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
from trajecten.enums import StapEigenaar, StapSoort
from trajecten.forms.trajecten import StapForm
from trajecten.models import VolgendeStap
from trajecten.views.opening import attempt, crumbs, open_blad, open_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def add_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Agree on what comes next."""
    blad = open_blad(request, pk, scherm="vervolgstap")
    traject = blad.traject
    form = StapForm(request.POST or None, initial={"eigenaar": StapEigenaar.CLIENT})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        gegevens = StapGegevens(
            soort=StapSoort(facts["soort"]),
            tekst=facts["tekst"],
            eigenaar=StapEigenaar(facts["eigenaar"]),
            tegen=facts["tegen"],
        )
        stap = attempt(
            form,
            lambda: commands.agree_stap(
                traject=traject, gegevens=gegevens, by=request.user, at=timezone.now()
            ),
        )
        if stap is not None:
            undo = reverse("trajecten:drop_stap", args=[stap.pk])
            messages.success(request, "Afgesproken.", extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:traject", pk=traject.pk)
    context = {"form": form, "blad": blad, "crumbs": crumbs(traject.client, traject)}
    return TemplateResponse(request, "trajecten/stap.html", context)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def finish_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Tick a step as done."""
    stap = open_row(request, _stappen(), pk, scherm="vervolgstap")
    return _close(request, stap, commands.finish_stap, "Afgevinkt.")


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def drop_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Let a step lapse."""
    stap = open_row(request, _stappen(), pk, scherm="vervolgstap")
    return _close(request, stap, commands.drop_stap, "De stap is vervallen.")


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def reopen_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Let a closed step stand again."""
    stap = open_row(request, _stappen(), pk, scherm="vervolgstap")
    try:
        commands.reopen_stap(stap=stap, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De stap staat weer open.")
    return redirect("trajecten:traject", pk=stap.traject_id)


def _stappen() -> QuerySet[VolgendeStap]:
    return VolgendeStap.objects.select_related("traject__client", "traject__instrument")


def _close(
    request: UserRequest, stap: VolgendeStap, command: Callable[..., VolgendeStap], said: str
) -> HttpResponse:
    try:
        command(stap=stap, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("trajecten:reopen_stap", args=[stap.pk])
        messages.success(request, said, extra_tags=f"ongedaan={undo}")
    return redirect("trajecten:traject", pk=stap.traject_id)
