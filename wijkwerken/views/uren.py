"""Hours: the grid of a month, and the hours of one person."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.access import open_client
from clienten.dossierkop import crumbs as back
from clienten.dossierkop import head
from clienten.models import Client
from kern.errors import DomainError
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.queries import regels_voor
from trajecten.views.opening import attempt, client_url
from wijkwerken.commands.prestaties import (
    Bewaard,
    PrestatieGegevens,
    correct_prestatie,
    record_maand,
    record_prestatie,
    withdraw_prestatie,
)
from wijkwerken.forms.uren import MaandForm, PrestatieForm, first_values, maand_of
from wijkwerken.models import Inschrijving, Organisator, Prestatie
from wijkwerken.queries.meters import meter_of
from wijkwerken.queries.overzicht import maandbladen
from wijkwerken.queries.roosterblad import Rooster
from wijkwerken.queries.uren import (
    met_getypt,
    met_opmerkingen,
    met_ritme,
    rooster,
    wijkwerkers,
)
from wijkwerken.rules.prestaties import uren_in_woorden

# One row that the browser saves by itself, beside the whole form.
RIJ = "X-Uren-Rij"


@require_safe
@requires(Permission.WIJKWERK_CHANGE)
def nu(request: UserRequest) -> HttpResponse:
    """Go to the grid of this month; in its first week hours of the month before come in."""
    vandaag = timezone.localdate()
    return redirect("wijkwerken:uren", jaar=vandaag.year, maand=vandaag.month)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def maandrooster(request: UserRequest, jaar: int, maand: int) -> HttpResponse:
    """Show the month of all wijk-werkers, and take what is typed in it."""
    eerste = maand_of(jaar, maand)
    if eerste is None:
        raise Http404
    rows = _chosen(request, eerste)
    if request.method == "POST":
        return _save(request, eerste, rows)
    blad = rooster(request.user, rows, maand=eerste, op=timezone.localdate())
    if "ritme" in request.GET:
        blad = met_ritme(blad)
    return _page(request, blad)


def _chosen(request: UserRequest, maand: date) -> list[Inschrijving]:
    rows = wijkwerkers(request.user, maand=maand)
    organisator = request.GET.get("organisator", "")
    if organisator.isdecimal():
        rows = rows.filter(organisator=int(organisator[:18]))
    rij = request.headers.get(RIJ, "")
    return list(rows.filter(pk=int(rij[:18])) if rij.isdecimal() else rows)


def _save(request: UserRequest, maand: date, rows: list[Inschrijving]) -> HttpResponse:
    op = timezone.localdate()
    form = MaandForm(request.POST, rooster(request.user, rows, maand=maand, op=op))
    done = record_maand(cellen=form.cellen, by=request.user, at=timezone.now())
    fouten = form.fouten | done.geweigerd
    is_row = RIJ in request.headers
    if not fouten and not is_row:
        messages.success(request, _said(len(done.bewaard)))
        for opmerking in (text for texts in done.opmerkingen.values() for text in texts):
            messages.warning(request, opmerking)
        organisator = request.GET.get("organisator", "")
        return redirect(
            request.path
            + (f"?organisator={int(organisator[:18])}" if organisator.isdecimal() else "")
        )
    blad = rooster(request.user, rows, maand=maand, op=op)
    blad = met_opmerkingen(met_getypt(blad, form.getypt, fouten), done.opmerkingen)
    if is_row:
        context = {"blad": blad, "is_row": True}
        return TemplateResponse(request, "wijkwerken/uren_rijen.html", context)
    if done.bewaard:
        messages.success(request, _said(len(done.bewaard)))
    return _page(request, blad)


def _page(request: UserRequest, blad: Rooster) -> HttpResponse:
    vandaag = timezone.localdate()
    organisatoren = Organisator.objects.visible_to(request.user).order_by("naam")
    context = {
        "blad": blad,
        "is_row": False,
        "is_nu": (blad.maand.year, blad.maand.month) == (vandaag.year, vandaag.month),
        "kan_verder": blad.volgende <= vandaag,
        "is_voorstel": "ritme" in request.GET,
        "organisatoren": organisatoren,
        "organisator": request.GET.get("organisator", ""),
        "mag_organisatoren": request.user.may(Permission.WIJKWERK_LIST_CHANGE),
        "mag_uitkomsten": request.user.may(Permission.DREMPEL_REPORT),
    }
    return TemplateResponse(request, "wijkwerken/uren.html", context)


def _said(aantal: int) -> str:
    if not aantal:
        return "Er was niets gewijzigd."
    return "1 dag bewaard." if aantal == 1 else f"{aantal} dagen bewaard."


@require_safe
@requires(Permission.WIJKWERK_VIEW)
def client_uren(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show the hours of one person, month by month, with the money in her pocket."""
    client = open_client(request.user, client_pk, scherm="uren wijk-werken")
    inschrijving = _laatste(request, client)
    if inschrijving is None:
        raise Http404
    regels, on = regels_voor(client.bestuur_id), timezone.localdate()
    context = head(client, request.user, "wijkwerken:client", on=on) | {
        "inschrijving": inschrijving,
        "meter": meter_of(inschrijving, on=on, regels=regels),
        "bladen": maandbladen(inschrijving, regels=regels),
        "mag_wijzigen": request.user.may(Permission.WIJKWERK_CHANGE),
        "crumbs": _crumbs(client),
    }
    return TemplateResponse(request, "wijkwerken/uren_client.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def add_prestatie(request: UserRequest, client_pk: int) -> HttpResponse:
    """Note one performance, also one that runs past midnight."""
    client = open_client(request.user, client_pk, scherm="uren wijk-werken")
    inschrijving = _laatste(request, client)
    if inschrijving is None:
        raise Http404
    form = PrestatieForm(
        request.POST or None,
        inschrijving=inschrijving,
        initial={"dag": timezone.localdate(), "sleutel": uuid4().hex},
    )
    if request.method == "POST" and form.is_valid():
        gegevens = _gegevens(form)
        done = attempt(
            form,
            lambda: record_prestatie(
                inschrijving=inschrijving, gegevens=gegevens, by=request.user, at=timezone.now()
            ),
        )
        if done is not None:
            return _done(request, client, done)
    context = {"form": form, "client": client, "crumbs": _crumbs(client, "Uren"), "titel": NIEUW}
    return TemplateResponse(request, "wijkwerken/uren_prestatie.html", context)


NIEUW, VERBETER = "Noteer uren", "Verbeter de uren"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def change_prestatie(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a performance; what stood there stays as an older version."""
    prestatie = _prestatie(request, pk)
    client = open_client(request.user, prestatie.client_id, scherm="uren wijk-werken")
    form = PrestatieForm(
        request.POST or None,
        inschrijving=prestatie.inschrijving,
        prestatie=prestatie,
        initial=first_values(prestatie),
    )
    if request.method == "POST" and form.is_valid():
        gegevens = _gegevens(form)
        done = attempt(
            form,
            lambda: correct_prestatie(
                prestatie=prestatie, gegevens=gegevens, by=request.user, at=timezone.now()
            ),
        )
        if done is not None:
            return _done(request, client, done)
    context = {
        "form": form,
        "client": client,
        "prestatie": prestatie,
        "crumbs": _crumbs(client, "Uren"),
        "titel": VERBETER,
    }
    return TemplateResponse(request, "wijkwerken/uren_prestatie.html", context)


@require_POST
@requires(Permission.WIJKWERK_CHANGE)
def drop_prestatie(request: UserRequest, pk: int) -> HttpResponse:
    """Take hours back."""
    prestatie = _prestatie(request, pk)
    open_client(request.user, prestatie.client_id, scherm="uren wijk-werken")
    try:
        withdraw_prestatie(prestatie=prestatie, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Ingetrokken. De uren tellen niet meer mee.")
    return redirect("wijkwerken:client_uren", client_pk=prestatie.client_id)


def _gegevens(form: PrestatieForm) -> PrestatieGegevens:
    facts = form.cleaned_data
    return PrestatieGegevens(
        dag=facts["dag"],
        minuten=facts["minuten"],
        opdracht=facts["opdracht"],
        begin=facts["begin"],
        sleutel=facts["sleutel"],
    )


def _done(request: UserRequest, client: Client, done: Bewaard) -> HttpResponse:
    minuten = sum(row.minuten for row in done.rijen)
    messages.success(request, f"{uren_in_woorden(minuten)} bewaard.")
    for opmerking in done.opmerkingen:
        messages.warning(request, opmerking)
    return redirect("wijkwerken:client_uren", client_pk=client.pk)


def _prestatie(request: UserRequest, pk: int) -> Prestatie:
    rows = Prestatie.objects.visible_to(request.user).filter(vervallen_at__isnull=True)
    row = rows.select_related("inschrijving", "opdracht").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _laatste(request: UserRequest, client: Client) -> Inschrijving | None:
    rows = Inschrijving.objects.visible_to(request.user).filter(client=client)
    rows = rows.select_related("client", "traject", "organisator")
    return rows.order_by("-traject__begindatum", "-pk").first()


def _crumbs(client: Client, *verder: str) -> list[Act]:
    found = [*back(), Act(client.naam, client_url(client.pk))]
    if verder:
        found.append(Act("Uren", reverse("wijkwerken:client_uren", args=[client.pk])))
    return found
