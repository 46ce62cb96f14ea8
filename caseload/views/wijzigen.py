"""Registering a client and changing what is known of her."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from caseload import commands
from caseload.forms.dossier import ClientForm, InszForm, RegistreerForm
from caseload.forms.gezien import changed_since, is_untouched, prints_of
from caseload.queries.dag import leads
from caseload.views import kop
from caseload.views.tonen import file_url, workers_of
from clienten import commands as clienten
from clienten.access import open_client
from clienten.commands.personen import FIELDS, label_of
from clienten.models import Client
from clienten.queries import lookalikes
from kern.belgian_dates import format_short
from kern.errors import DomainError
from kern.pieces import Act
from kern.words import day_of
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_REGISTER)
def registreer(request: UserRequest) -> HttpResponse:
    """Open a file for a new person, after looking whether there is one already."""
    form = RegistreerForm(
        request.POST or None,
        medewerkers=workers_of(request.user) if _assigns(request) else (),
        initial=_place_of(request) | {"volger": "" if leads(request.user) else request.user.pk},
    )
    context: dict[str, Any] = {"form": form, "lijkt_op": []}
    if request.method == "POST" and form.is_valid():
        context["lijkt_op"] = _alike(request, form)
        if not context["lijkt_op"]:
            done = _register(request, form, context)
            if done is not None:
                return done
    return TemplateResponse(request, "caseload/registreer.html", context)


def _place_of(request: UserRequest) -> dict[str, str]:
    bestuur = request.user.bestuur
    return {"postcode": bestuur.postcode, "gemeente": bestuur.gemeente} if bestuur else {}


def _alike(request: UserRequest, form: RegistreerForm) -> list[dict[str, Any]]:
    data = form.cleaned_data
    if data.get("toch"):
        return []
    found = lookalikes(
        request.user,
        familienaam=data["familienaam"],
        voornaam=data["voornaam"],
        geboortedatum=data["geboortedatum"],
    )
    if found:
        form.offer_toch()
    return [{"client": client, "url": file_url(request.user, client.pk)} for client in found]


def _register(
    request: UserRequest, form: RegistreerForm, context: dict[str, Any]
) -> HttpResponse | None:
    bestuur = request.user.bestuur
    if bestuur is None:
        return None
    try:
        client = commands.register_client(
            bestuur=bestuur,
            gegevens=form.gegevens(),
            insz=form.cleaned_data["insz"],
            spilfiguur=form.spilfiguur() if _assigns(request) else None,
            by=request.user,
            at=timezone.now(),
        )
    except clienten.DubbelDossier as refusal:
        form.add_error(None, str(refusal))
        if refusal.client_pk:
            context["bestaand_url"] = file_url(request.user, refusal.client_pk)
        return None
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, f"Dossier geopend voor {client.naam}.")
    if _assigns(request) and form.spilfiguur() != request.user:
        return redirect("caseload:clienten")
    return redirect(file_url(request.user, client.pk))


def _assigns(request: UserRequest) -> bool:
    return request.user.may(Permission.CLIENT_CHANGE)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def wijzig(request: UserRequest, pk: int) -> HttpResponse:
    """Change the data; whoever saves second sees what changed and loses nothing."""
    now = timezone.now()
    client = open_client(request.user, pk, scherm="gegevens wijzigen", at=now)
    current = {name: getattr(client, name) for name in FIELDS}
    form = ClientForm(request.POST or None, initial=current | {"gezien": prints_of(current)})
    meanwhile: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        values, meanwhile = _merged(form, current)
        if meanwhile:
            form = ClientForm(_again(request, values, current))
        else:
            try:
                commands.change_client(client=client, gegevens=values, by=request.user, at=now)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Bewaard.")
                return redirect("caseload:gegevens", pk=pk)
    context = {
        "client": client,
        "crumbs": [*kop.crumbs(), _crumb(client)],
        "form": form,
        "intussen": meanwhile,
    }
    return TemplateResponse(request, "caseload/wijzig.html", context)


def _merged(
    form: ClientForm, current: dict[str, Any]
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return what to write, and what somebody else changed of what is typed here."""
    values, prints = form.gegevens(), form.cleaned_data["gezien"]
    meanwhile = []
    for name in changed_since(prints, current):
        if is_untouched(prints, name, values[name]):
            values[name] = current[name]
        if values[name] != current[name]:
            meanwhile.append({"label": label_of(name), "nu": _readable(name, current[name])})
    return values, meanwhile


def _again(request: UserRequest, values: dict[str, Any], current: dict[str, Any]) -> dict[str, Any]:
    typed = {
        name: format_short(day_of(value)) if name == "geboortedatum" and value else value
        for name, value in values.items()
    }
    return typed | {"gezien": prints_of(current)}


def _readable(name: str, value: Any) -> str:
    if not value:
        return "leeg"
    if name == "geboortedatum":
        return str(format_short(value))
    choices = dict(getattr(Client, name).field.flatchoices)
    return str(choices.get(value, value))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def insz(request: UserRequest, pk: int) -> HttpResponse:
    """Give the client a national number, or another one."""
    now = timezone.now()
    client = open_client(request.user, pk, scherm="rijksregisternummer wijzigen", at=now)
    form = InszForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            clienten.set_insz(
                client=client, insz=form.cleaned_data["insz"], by=request.user, at=now
            )
        except DomainError as refusal:
            form.add_error("insz", str(refusal))
        else:
            messages.success(request, "Bewaard. Het vorige nummer blijft in de historiek.")
            return redirect("caseload:gegevens", pk=pk)
    context = {
        "client": client,
        "crumbs": [*kop.crumbs(), _crumb(client)],
        "form": form,
        "kop": "Rijksregisternummer",
        "uitleg": "Een vroeger nummer, zoals een BIS-nummer, blijft in het dossier en wordt "
        "teruggevonden.",
        "knop": "Bewaar het nummer",
        "terug": reverse("caseload:gegevens", args=[pk]),
    }
    return TemplateResponse(request, "caseload/formulier.html", context)


def _crumb(client: Client) -> Act:
    return Act(client.naam, reverse("caseload:dossier", args=[client.pk]))
