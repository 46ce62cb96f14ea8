"""Appointments of a client: made, moved, corrected, taken back, and shown."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.access import open_card, open_client
from clienten.models import Client
from kern.belgian_dates import format_near
from kern.errors import DomainError
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.afspraakbericht import kanaal_van
from trajecten.commands.afspraken import (
    change_afspraak,
    note_afspraak,
    plan_afspraak,
    withdraw_afspraak,
)
from trajecten.enums import AfspraakSoort, LogSoort, Redigeerbaar
from trajecten.forms.afspraken import BalieForm, NotitieForm
from trajecten.models import Afspraak
from trajecten.queries.afspraken import afspraken_in_dossier, agenda_van_gesprek
from trajecten.views.afspraakformulier import (
    as_typed,
    first_to_see,
    form_context,
    form_for,
    initial_of,
    warnings_for,
)
from trajecten.views.opening import attempt, find_row
from trajecten.views.redactie import redact_acts

LOG_SOORT = {
    AfspraakSoort.TELEFOON: LogSoort.TELEFOON,
    AfspraakSoort.HUISBEZOEK: LogSoort.HUISBEZOEK,
    AfspraakSoort.WERKPLEK: LogSoort.WERKPLEKBEZOEK,
}


def open_person(request: UserRequest, client_pk: int, *, scherm: str) -> Client:
    """Return the client: the file for who may open it, the card for the reception desk."""
    if request.user.may(Permission.CLIENT_OPEN):
        return open_client(request.user, client_pk, scherm=scherm)
    return open_card(request.user, client_pk, scherm=scherm, at=timezone.now())


def find_afspraak(request: UserRequest, pk: int, *, scherm: str) -> Afspraak:
    """Return the appointment and write the read log, or answer 404."""
    rows = Afspraak.objects.select_related("client", "medewerker", "traject__instrument", "gpmi")
    row: Afspraak = find_row(request, rows, pk)
    open_person(request, row.client_id, scherm=scherm)
    return row


def person_url(request: UserRequest, client_pk: int) -> str:
    """Return where this user finds the client's appointments."""
    if request.user.may(Permission.TRAJECT_VIEW):
        return reverse("trajecten:afspraken", args=[client_pk])
    return reverse("caseload:balie", args=[client_pk])


def way_back(request: UserRequest, client: Client) -> list[Act]:
    """Return the way back to the client."""
    dossier = "caseload:dossier" if request.user.may(Permission.CLIENT_OPEN) else "caseload:balie"
    return [Act(client.naam, reverse(dossier, args=[client.pk]))]


@require_safe
@requires(Permission.TRAJECT_VIEW)
def afspraken(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show the appointments of a client, to come and past."""
    client = open_client(request.user, client_pk, scherm="afspraken")
    context = {
        "client": client,
        "crumbs": way_back(request, client),
        "afspraken": afspraken_in_dossier(client, request.user, at=timezone.now(), past=100),
        "mag_noteren": request.user.may(Permission.LOG_WRITE),
    }
    return TemplateResponse(request, "trajecten/afspraken.html", context)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def afspraak(request: UserRequest, pk: int) -> HttpResponse:
    """Show one appointment with what can be done with it."""
    row = find_afspraak(request, pk, scherm="afspraak")
    context = {
        "afspraak": row,
        "client": row.client,
        "crumbs": [
            *way_back(request, row.client),
            Act("Afspraken", reverse("trajecten:afspraken", args=[row.client_id])),
        ],
        "is_begonnen": row.begint_at <= timezone.now(),
        "notitieform": NotitieForm(initial={"notitie": row.notitie}),
        "punten": agenda_van_gesprek(row) if row.is_driegesprek else [],
        "evaluatie_url": _evaluatie_url(row),
        "log_url": log_url(row),
        "meer": redact_acts(
            request.user,
            (Redigeerbaar.AFSPRAAK, row, "Laat woorden weg uit de notitie"),
            (Redigeerbaar.AFSPRAAK_REDEN, row, "Laat woorden weg uit de reden"),
        ),
    }
    return TemplateResponse(request, "trajecten/afspraak.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AFSPRAAK_MAKE)
def plan(request: UserRequest, client_pk: int) -> HttpResponse:
    """Make an appointment; what stands in the way is shown first and never forbids it."""
    client = open_person(request, client_pk, scherm="afspraak maken")
    form = form_for(request, client, initial_of(request, client))
    warnings = warnings_for(request, form, None)
    if request.method == "POST" and form.is_valid() and not first_to_see(form, warnings):
        row = attempt(form, lambda: _plan(request, client, form), field="uur")
        if row is not None:
            undo = reverse("trajecten:withdraw_afspraak", args=[row.pk])
            messages.success(
                request, _said(row, "Gepland", told=form.vertelt), extra_tags=f"ongedaan={undo}"
            )
            return redirect(_after(request, row))
    context = form_context(form, warnings, client) | _around(request, client)
    context["afspraak"] = None
    return TemplateResponse(request, "trajecten/afspraak_plannen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AFSPRAAK_MAKE)
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Move or correct an appointment."""
    row = find_afspraak(request, pk, scherm="afspraak wijzigen")
    if not row.is_gepland:
        messages.error(request, f"Deze afspraak is al {row.get_status_display().lower()}.")
        return redirect(person_url(request, row.client_id))
    form = form_for(request, row.client, as_typed(row))
    warnings = warnings_for(request, form, row)
    if request.method == "POST" and form.is_valid() and not first_to_see(form, warnings):
        done = attempt(form, lambda: _change(request, row, form))
        if done is not None:
            messages.success(request, _said(done, "Bewaard", told=form.vertelt))
            return redirect(_after(request, done))
    context = form_context(form, warnings, row.client) | _around(request, row.client)
    context["afspraak"] = row
    return TemplateResponse(request, "trajecten/afspraak_plannen.html", context)


@require_POST
@requires(Permission.AFSPRAAK_MAKE)
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take back an appointment made by mistake."""
    row = find_afspraak(request, pk, scherm="afspraak")
    try:
        withdraw_afspraak(afspraak=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De afspraak is ingetrokken.")
    return redirect(person_url(request, row.client_id))


@require_POST
@requires(Permission.LOG_WRITE)
def note(request: UserRequest, pk: int) -> HttpResponse:
    """Keep a note inside the office."""
    row = find_afspraak(request, pk, scherm="afspraak")
    form = NotitieForm(request.POST)
    if form.is_valid():
        notitie = form.cleaned_data["notitie"]
        note_afspraak(afspraak=row, notitie=notitie, by=request.user, at=timezone.now())
        messages.success(request, "De notitie is bewaard.")
    return redirect("trajecten:afspraak", pk=row.pk)


def log_url(row: Afspraak) -> str:
    """Return the form of the log with what is known of this appointment filled in."""
    moment = timezone.localtime(row.begint_at)
    query = {
        "dag": f"{moment:%d/%m/%Y}",
        "uur": f"{moment:%H:%M}",
        "soort": LOG_SOORT.get(AfspraakSoort(row.soort), LogSoort.GESPREK),
    }
    if row.traject_id is not None:
        query["traject"] = str(row.traject_id)
    return reverse("trajecten:add_logboekitem", args=[row.client_id], query=query)


def _around(request: UserRequest, client: Client) -> dict[str, object]:
    return {
        "client": client,
        "crumbs": way_back(request, client),
        "back_url": person_url(request, client.pk),
    }


def _after(request: UserRequest, row: Afspraak) -> str:
    if request.user.may(Permission.TRAJECT_VIEW):
        return reverse("trajecten:afspraak", args=[row.pk])
    return person_url(request, row.client_id)


def _plan(request: UserRequest, client: Client, form: BalieForm) -> Afspraak:
    return plan_afspraak(
        client=client,
        gegevens=form.gegevens(),
        by=request.user,
        at=timezone.now(),
        laat_weten=form.vertelt,
    )


def _change(request: UserRequest, row: Afspraak, form: BalieForm) -> Afspraak:
    # What the reception desk does not see stays as it is.
    kept = {
        "soort": row.soort,
        "partner": row.partner,
        "onderwerp": row.onderwerp,
        "notitie": row.notitie,
        "traject": row.traject,
        "gpmi": row.gpmi,
    }
    versie = form.cleaned_data["versie"]
    return change_afspraak(
        afspraak=row,
        gegevens=form.gegevens(**kept),
        volgnummer=int(versie) if versie.isdecimal() else row.volgnummer,
        by=request.user,
        at=timezone.now(),
        laat_weten=form.vertelt,
    )


def _said(row: Afspraak, done: str, *, told: bool) -> str:
    moment = timezone.localtime(row.begint_at)
    when = f"{format_near(moment.date(), timezone.localdate())} om {moment:%H:%M}"
    kanaal = kanaal_van(row.client)
    if told and kanaal is not None:
        return f"{done}: {when}. De cliënt krijgt bericht per {kanaal.label.lower()}."
    return f"{done}: {when}. De cliënt kreeg geen bericht."


def _evaluatie_url(row: Afspraak) -> str:
    if row.soort != AfspraakSoort.EVALUATIE or row.evaluatie_id is not None:
        return ""
    query = {"afspraak": str(row.pk)}
    if row.gpmi_id is not None:
        return reverse("trajecten:gpmi_evaluatie", args=[row.gpmi_id], query=query)
    if row.traject_id is not None:
        return reverse("trajecten:add_evaluatie", args=[row.traject_id], query=query)
    return reverse("trajecten:evaluaties", args=[row.client_id])
