"""Her own data: what she changes herself, and what she asks the OCMW to correct."""

from functools import partial
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clienten.commands import change_own_gegevens
from portaal.access import client_page
from portaal.commands.melden import report_wrong
from portaal.forms.profiel import TALEN, FoutForm, ProfielForm
from portaal.http import ClientRequest
from portaal.pagina import attempt, go_to, page, voice

_GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@client_page
def gegevens(request: ClientRequest) -> HttpResponse:
    """Show what is known about her and how she is reached."""
    names = {str(code): naam for code, naam in TALEN}
    return page(request, "gegevens/toon.html", {"taal": names.get(request.client.taal, "")})


@require_http_methods(_GET_OR_POST)
@client_page
def wijzig(request: ClientRequest) -> HttpResponse:
    """Change how she is reached."""
    form = ProfielForm(request.POST or None, client=request.client)
    if request.method == "POST" and form.is_valid():
        change = partial(
            change_own_gegevens,
            client=request.client,
            gegevens=form.gewijzigd,
            gezien=form.gezien,
            at=timezone.now(),
        )
        if attempt(form, change):
            return go_to("gegevens", ok="gegevens")
    return page(request, "gegevens/wijzig.html", {"form": form})


@require_http_methods(_GET_OR_POST)
@client_page
def klopt_niet(request: ClientRequest) -> HttpResponse:
    """Say what is not right; the OCMW then has a step to do, within a month."""
    form = FoutForm(request.POST or None, initial={"sleutel": uuid4()})
    if request.method == "POST" and form.is_valid():
        report = partial(
            report_wrong,
            client=request.client,
            tekst=form.cleaned_data["tekst"],
            wie=voice(request),
            at=timezone.now(),
            sleutel=str(form.cleaned_data["sleutel"] or uuid4()),
        )
        if attempt(form, report):
            return go_to("gegevens", ok="fout_gemeld")
    return page(request, "gegevens/klopt_niet.html", {"form": form})
