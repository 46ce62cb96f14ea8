"""The worker's page about the client's own door: how it stands, give a link, take it back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clienten.access import open_client
from clienten.models import Client
from kern.errors import DomainError
from kern.pieces import Act
from portaal.brief import make_letter
from portaal.commands import give_link, revoke_links
from portaal.enums import LinkKanaal
from portaal.forms.toegang import GeefForm
from portaal.qr import qr_svg
from portaal.queries.toegang import lines_to, toegang_of
from portaal.talen import DJANGO
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission

GEGEVEN = {
    LinkKanaal.SMS: "De sms vertrekt nu.",
    LinkKanaal.EMAIL: "De mail vertrekt nu.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PORTAAL_INVITE)
def toegang(request: UserRequest, pk: int) -> HttpResponse:
    """Show how the client's access stands, and give her a link."""
    now = timezone.now()
    client = open_client(request.user, pk, scherm="toegang van de cliënt", at=now)
    lines = lines_to(client)
    form = GeefForm(
        request.POST if request.method == "POST" else None,
        labels=lines,
        initial={"kanaal": next(iter(lines))},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _give(request, client, form, now)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "client": client,
        "crumbs": _crumbs(client),
        "toegang": toegang_of(client, request.user, at=now),
        "form": form,
        "leest": client.taal in DJANGO,
        "mag_wijzigen": request.user.may(Permission.CLIENT_CHANGE),
        "wijzig_url": _address("caseload:wijzig", client),
    }
    return TemplateResponse(request, "portaal/staf/toegang.html", context)


def _give(request: UserRequest, client: Client, form: GeefForm, now: datetime) -> HttpResponse:
    kanaal = LinkKanaal(form.cleaned_data["kanaal"])
    how: dict[str, Any] = {
        "client": client,
        "stop_oude": form.cleaned_data["stop_oude"],
        "by": request.user,
        "at": now,
    }
    if kanaal == LinkKanaal.BRIEF:
        pdf = make_letter(**how)
        disposition = {"Content-Disposition": 'attachment; filename="brief-mijn-plan.pdf"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=disposition)
    gegeven = give_link(kanaal=kanaal, **how)
    if kanaal == LinkKanaal.BUREAU:
        context = {
            "client": client,
            "crumbs": [*_crumbs(client), Act("Toegang van de cliënt", request.path)],
            "qr": qr_svg(gegeven.adres, naam="QR-code met de link van de cliënt"),
            "code": gegeven.code,
            "code_adres": request.build_absolute_uri(reverse("portaal:code")),
            "terug": request.path,
        }
        return TemplateResponse(request, "portaal/staf/bureau.html", context)
    messages.success(request, GEGEVEN[kanaal])
    return redirect("portaal:toegang", pk=client.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PORTAAL_INVITE)
def intrekken(request: UserRequest, pk: int) -> HttpResponse:
    """Say what will happen, and take the access back."""
    now = timezone.now()
    client = open_client(request.user, pk, scherm="toegang van de cliënt", at=now)
    if request.method == "POST":
        revoke_links(client=client, by=request.user, at=now)
        messages.success(request, "De toegang is ingetrokken.")
        return redirect("portaal:toegang", pk=client.pk)
    context = {
        "client": client,
        "crumbs": _crumbs(client),
        "terug": reverse("portaal:toegang", args=[client.pk]),
        "gevolgen": [
            "Wie nu in het portaal is, staat er meteen buiten.",
            "De cliënt kan zelf geen nieuwe link vragen tot u er weer een geeft.",
            "Wat de cliënt schreef en antwoordde, blijft bewaard.",
        ],
    }
    return TemplateResponse(request, "portaal/staf/intrekken.html", context)


def _crumbs(client: Client) -> list[Act]:
    url = _address("caseload:dossier", client)
    return [Act(client.naam, url)] if url else []


def _address(name: str, client: Client) -> str:
    try:
        return reverse(name, args=[client.pk])
    except NoReverseMatch:
        return ""
