"""Her appointments: when, where, with whom; and what she wants to talk about."""

from functools import partial

from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portaal.access import client_page
from portaal.forms.afspraken import AfzegForm, PuntForm
from portaal.http import ClientRequest
from portaal.pagina import attempt, go_to, page, voice
from portaal.queries.afspraken import my_afspraak
from trajecten.commands.agendapunten import add_agendapunt, remove_agendapunt
from trajecten.commands.uitkomsten import cancel_afspraak
from trajecten.enums import AfspraakOorzaak
from trajecten.models import Afspraak, Agendapunt
from trajecten.queries.afspraken import afspraken_of_client, agenda_van_gesprek

_GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@client_page
def lijst(request: ClientRequest) -> HttpResponse:
    """List what is to come first; what is past is folded."""
    found = afspraken_of_client(request.client, at=timezone.now())
    return page(request, "afspraken/lijst.html", {"afspraken": found})


@require_http_methods(_GET_OR_POST)
@client_page
def toon(request: ClientRequest, pk: int) -> HttpResponse:
    """Show one appointment; for a talk between three, she puts points on the list."""
    afspraak = _afspraak(request, pk)
    form = PuntForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add = partial(
            add_agendapunt,
            afspraak=afspraak,
            tekst=form.cleaned_data["tekst"],
            wie=voice(request),
            at=timezone.now(),
        )
        if attempt(form, add):
            return go_to("afspraak", pk, ok="punt")
    punten = agenda_van_gesprek(afspraak) if afspraak.is_driegesprek else ()
    context = {
        "afspraak": afspraak,
        "punten": punten,
        "form": form,
        "komt_nog": _is_coming(afspraak),
    }
    return page(request, "afspraken/toon.html", context)


@require_http_methods(_GET_OR_POST)
@client_page
def afzeggen(request: ClientRequest, pk: int) -> HttpResponse:
    """Say that she cannot come; the worker hears it, nobody judges."""
    afspraak = _afspraak(request, pk)
    if not _is_coming(afspraak):
        return go_to("afspraak", pk)
    form = AfzegForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel = partial(
            cancel_afspraak,
            afspraak=afspraak,
            oorzaak=AfspraakOorzaak.DOOR_CLIENT,
            by=None,
            at=timezone.now(),
            reden=form.cleaned_data["tekst"],
        )
        if attempt(form, cancel):
            return go_to("afspraken", ok="afgezegd")
        afspraak = _afspraak(request, pk)
    return page(request, "afspraken/afzeggen.html", {"afspraak": afspraak, "form": form})


@require_POST
@client_page
def punt_weg(request: ClientRequest, pk: int) -> HttpResponse:
    """Take a point of her own off the list."""
    rows = Agendapunt.objects.owned_by(request.client).select_related("afspraak")
    punt = rows.filter(pk=pk).first()
    if punt is None:
        raise Http404
    remove = partial(remove_agendapunt, punt=punt, wie=voice(request), at=timezone.now())
    ok = "punt_weg" if attempt(Form(request.POST), remove) else "niet"
    return go_to("afspraak", punt.afspraak_id, ok=ok)


def _afspraak(request: ClientRequest, pk: int) -> Afspraak:
    found = my_afspraak(request.client, pk)
    if found is None:
        raise Http404
    return found


def _is_coming(afspraak: Afspraak) -> bool:
    return afspraak.is_gepland and afspraak.begint_at > timezone.now()
