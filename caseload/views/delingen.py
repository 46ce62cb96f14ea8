"""What is shared about a client, with whom and why: written down, and ended."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from caseload.forms.delingen import DelingEindeForm, DelingForm
from caseload.views import kop
from clienten.access import open_client
from clienten.commands import end_deling, register_deling
from clienten.models import Client, Deling
from kern.belgian_dates import format_short
from kern.errors import DomainError
from kern.forms import LayoutForm
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission

SCHERM = "gedeeld"


@require_safe
@requires(Permission.CLIENT_OPEN)
def delingen(request: UserRequest, pk: int) -> HttpResponse:
    """Show what is and was shared; the client sees the same list."""
    now = timezone.now()
    today = timezone.localdate(now)
    client = open_client(request.user, pk, scherm=SCHERM, at=now)
    rows = Deling.objects.visible_to(request.user).filter(client=client).for_list()
    context = kop.page(client, request.user, "caseload:delingen", on=today) | {
        "delingen": [(row, row.runs_on(today)) for row in rows],
        "mag_wijzigen": request.user.may(Permission.CLIENT_CHANGE),
    }
    return TemplateResponse(request, "caseload/delingen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def deling_nieuw(request: UserRequest, pk: int) -> HttpResponse:
    """Write down that something is shared."""
    client = open_client(request.user, pk, scherm=SCHERM, at=timezone.now())
    form = DelingForm(request.POST or None, initial={"van": timezone.localdate()})

    def save() -> str:
        row = register_deling(
            client=client, gegevens=form.gegevens(), by=request.user, at=timezone.now()
        )
        return f"Bewaard. De cliënt ziet dat u dit deelt met {row.met_wie}."

    return _answer(request, client, form, save, "Noteer wat u deelt", "Bewaar de deling")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def deling_einde(request: UserRequest, pk: int, deling_pk: int) -> HttpResponse:
    """Write down until when it is shared."""
    client = open_client(request.user, pk, scherm=SCHERM, at=timezone.now())
    rows = Deling.objects.visible_to(request.user).filter(client=client, pk=deling_pk)
    deling = rows.first()
    if deling is None:
        raise Http404
    form = DelingEindeForm(request.POST or None, initial={"tot": timezone.localdate()})

    def save() -> str:
        tot = form.cleaned_data["tot"]
        end_deling(deling=deling, tot=tot, by=request.user, at=timezone.now())
        return f"Bewaard. De deling met {deling.met_wie} loopt t.e.m. {format_short(tot)}."

    heading = f"Deling met {deling.met_wie} stoppen"
    return _answer(request, client, form, save, heading, "Stop de deling")


def _answer(
    request: UserRequest,
    client: Client,
    form: LayoutForm,
    save: Callable[[], str],
    heading: str,
    button: str,
) -> HttpResponse:
    terug = reverse("caseload:delingen", args=[client.pk])
    if request.method == "POST" and form.is_valid():
        try:
            said = save()
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(terug)
    dossier = Act(client.naam, reverse("caseload:dossier", args=[client.pk]))
    context = {
        "client": client,
        "crumbs": [*kop.crumbs(), dossier, Act("Gedeeld", terug)],
        "form": form,
        "kop": heading,
        "uitleg": "De cliënt leest in Mijn plan wat gedeeld is, met wie en waarom.",
        "knop": button,
        "terug": terug,
    }
    return TemplateResponse(request, "caseload/formulier.html", context)
