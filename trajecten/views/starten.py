"""Starting and correcting a traject."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clienten.access import open_client
from clienten.models import Client
from kern.belgian_dates import DateError, parse_date
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.commands import TrajectGegevens
from trajecten.forms.trajecten import TrajectForm
from trajecten.models import Instrument, Traject
from trajecten.queries import Keuze, startkeuze
from trajecten.views.opening import attempt, client_url, crumbs, open_blad, open_traject


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def start(request: UserRequest, client_pk: int) -> HttpResponse:
    """Choose an instrument that is open on the start day, then fill in its facts."""
    client = open_client(request.user, client_pk, scherm="traject starten")
    day = _start_day(request)
    keuzes = startkeuze(on=day)
    code = request.POST.get("instrument") or request.GET.get("instrument", "")
    gekozen = next((keuze for keuze in keuzes if keuze.code == code), None)
    form = TrajectForm(
        request.POST or None,
        initial={"begindatum": day},
        instrument_code=code,
    )
    if request.method == "POST" and gekozen is not None and form.is_valid():
        traject = attempt(form, lambda: _start(request, client, code, form))
        if traject is not None:
            undo = reverse("trajecten:withdraw_start", args=[traject.pk])
            messages.success(request, "Het traject is gestart.", extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:traject", pk=traject.pk)
    context = {
        "client": client,
        "client_url": client_url(client.pk),
        "crumbs": crumbs(client),
        "dag": day,
        "keuzes": _ladder(keuzes),
        "gesloten": [keuze for keuze in keuzes if not keuze.mag],
        "gekozen": gekozen,
        "form": form,
    }
    return TemplateResponse(request, "trajecten/starten.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def correct(request: UserRequest, pk: int) -> HttpResponse:
    """Correct the facts of a traject; everything is checked again."""
    blad = open_blad(request, pk, scherm="traject verbeteren")
    traject = blad.traject
    code = traject.instrument.code
    known = TrajectGegevens.of(traject).as_columns()
    form = TrajectForm(
        request.POST or None, initial={**known, "versie": blad.versie}, instrument_code=code
    )
    if request.method == "POST" and form.is_valid():
        gegevens = TrajectGegevens(**{**known, **form.facts()})
        done = attempt(
            form,
            lambda: commands.correct_traject(
                traject=traject,
                gegevens=gegevens,
                by=request.user,
                at=timezone.now(),
                reden=form.cleaned_data["reden"],
                versie=form.cleaned_data["versie"],
            ),
        )
        if done is not None:
            messages.success(request, "Bewaard.")
            return redirect("trajecten:traject", pk=pk)
    context = {"form": form, "blad": blad, "crumbs": crumbs(traject.client, traject)}
    return TemplateResponse(request, "trajecten/verbeteren.html", context)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def withdraw_start(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a start of today."""
    traject = open_traject(request, pk, scherm="traject intrekken")
    client_pk = traject.client_id
    try:
        commands.withdraw_start(traject=traject, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("trajecten:traject", pk=pk)
    messages.success(request, "De start is ingetrokken.")
    return redirect(client_url(client_pk) or reverse("trajecten:start", args=[client_pk]))


def _start(request: UserRequest, client: Client, code: str, form: TrajectForm) -> Traject:
    return commands.start_traject(
        client=client,
        instrument=Instrument.objects.select_related("opvolger").get(code=code),
        gegevens=TrajectGegevens(**form.facts()),
        by=request.user,
        at=timezone.now(),
        reden=form.cleaned_data["reden"],
    )


def _start_day(request: UserRequest) -> date:
    """Return the typed start day; what is no date is told by the form, the list shows today."""
    today = timezone.localdate()
    typed = request.POST.get("begindatum") or request.GET.get("dag", "")
    try:
        return parse_date(typed, today=today) if typed else today
    except DateError:
        return today


def _ladder(keuzes: list[Keuze]) -> list[tuple[int, list[Keuze]]]:
    treden: dict[int, list[Keuze]] = {}
    for keuze in keuzes:
        if keuze.mag:
            treden.setdefault(keuze.trede, []).append(keuze)
    return sorted(treden.items())
