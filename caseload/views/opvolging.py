"""Standing, assignment, VDAB and restriction of a client: one form each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from caseload import commands
from caseload.forms.dossier import (
    AfschermForm,
    LaatsteDagForm,
    StatuutForm,
    ToewijzingForm,
    VdabForm,
)
from caseload.queries.dag import leads
from caseload.views import kop
from caseload.views.tonen import workers_of
from clienten import commands as clienten
from clienten.access import open_client
from clienten.models import Client, Machtiging, Statuut, Toewijzing
from kern.belgian_dates import format_short
from kern.errors import DomainError
from kern.forms import LayoutForm
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def statuut_nieuw(request: UserRequest, pk: int) -> HttpResponse:
    """Give the client a standing from a day on."""
    client = _open(request, pk, "statuut")
    form = StatuutForm(request.POST or None, initial={"van": timezone.localdate()})

    def save() -> str:
        statuut = commands.add_statuut(
            client=client, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        return f"Bewaard. Statuut vanaf {format_short(statuut.van)}: {statuut}."

    return _answer(request, client, form, save, "Statuut", "Bewaar het statuut")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def statuut_einde(request: UserRequest, pk: int, statuut_pk: int) -> HttpResponse:
    """Let a standing end."""
    client = _open(request, pk, "statuut")
    statuut = Statuut.objects.visible_to(request.user).filter(client=client, pk=statuut_pk).first()
    if statuut is None:
        raise Http404
    form = LaatsteDagForm(request.POST or None, initial={"tot": timezone.localdate()})

    def save() -> str:
        commands.close_statuut(
            statuut=statuut, tot=form.cleaned_data["tot"], by=request.user, at=timezone.now()
        )
        return f"Bewaard. {statuut} loopt t.e.m. {format_short(form.cleaned_data['tot'])}."

    return _answer(request, client, form, save, f"{statuut} beëindigen", "Beëindig het statuut")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def toewijzing_nieuw(request: UserRequest, pk: int) -> HttpResponse:
    """Say who follows the client, as spilfiguur or beside her."""
    client = _open(request, pk, "toewijzing")
    workers = workers_of(request.user)
    has_spil = Toewijzing.objects.active_on(timezone.localdate()).filter(
        client=client, is_spilfiguur=True
    )
    form = ToewijzingForm(
        request.POST or None,
        medewerkers=workers,
        initial={
            "van": timezone.localdate(),
            # A lead divides the work: she chooses a name, her own is not filled in for her.
            "gebruiker": None if leads(request.user) else request.user.pk,
            "is_spilfiguur": not has_spil.exists(),
        },
    )

    def save() -> str:
        commands.assign(client=client, **form.cleaned_data, by=request.user, at=timezone.now())
        role = "spilfiguur" if form.cleaned_data["is_spilfiguur"] else "mee verantwoordelijk"
        return f"Bewaard. {form.cleaned_data['gebruiker'].naam} is {role}."

    return _answer(request, client, form, save, "Wie volgt deze cliënt?", "Wijs toe")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def toewijzing_einde(request: UserRequest, pk: int, toewijzing_pk: int) -> HttpResponse:
    """Let a worker stop following the client."""
    client = _open(request, pk, "toewijzing")
    rows = Toewijzing.objects.visible_to(request.user).select_related("gebruiker")
    row = rows.filter(client=client, pk=toewijzing_pk).first()
    if row is None:
        raise Http404
    form = LaatsteDagForm(request.POST or None, initial={"tot": timezone.localdate()})

    def save() -> str:
        commands.end_toewijzing(
            toewijzing=row, tot=form.cleaned_data["tot"], by=request.user, at=timezone.now()
        )
        return (
            f"Bewaard. {row.gebruiker.naam} volgt t.e.m. {format_short(form.cleaned_data['tot'])}."
        )

    heading = f"{row.gebruiker.naam} stopt met deze cliënt"
    return _answer(request, client, form, save, heading, "Beëindig de toewijzing")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_CHANGE)
def vdab(request: UserRequest, pk: int) -> HttpResponse:
    """Record a registration with VDAB, or why there is none."""
    client = _open(request, pk, "VDAB")
    form = VdabForm(request.POST or None, initial={"van": timezone.localdate()})

    def save() -> str:
        commands.record_vdab(client=client, **form.cleaned_data, by=request.user, at=timezone.now())
        return "Bewaard."

    return _answer(request, client, form, save, "VDAB", "Bewaar")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_RESTRICT)
def afschermen(request: UserRequest, pk: int) -> HttpResponse:
    """Hide a file from all but named workers."""
    client = _open(request, pk, "afscherming")
    named = Machtiging.objects.filter(client=client).values_list("gebruiker", flat=True)
    follows = Toewijzing.objects.active_on(timezone.localdate()).filter(client=client)
    chosen = (
        {*named}
        if client.afgeschermd
        else {request.user.pk} | {*follows.values_list("gebruiker", flat=True)}
    )
    form = AfschermForm(
        request.POST or None,
        medewerkers=workers_of(request.user),
        initial={"gemachtigden": [str(key) for key in chosen]},
    )

    def save() -> str:
        clienten.restrict_client(
            client=client, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        return "Bewaard. Alleen wie u aanvinkte, vindt dit dossier nog."

    target = None
    if form.is_bound and str(request.user.pk) not in request.POST.getlist("gemachtigden"):
        target = reverse("caseload:clienten")
    return _answer(
        request,
        client,
        form,
        save,
        "Dossier afschermen",
        "Scherm het dossier af",
        template="caseload/afschermen.html",
        target=target,
    )


@require_POST
@requires(Permission.CLIENT_RESTRICT)
def vrijgeven(request: UserRequest, pk: int) -> HttpResponse:
    """Make a restricted file an ordinary one."""
    client = _open(request, pk, "afscherming")
    try:
        clienten.unrestrict_client(client=client, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Het dossier is niet meer afgeschermd.")
    return redirect("caseload:gegevens", pk=pk)


def _open(request: UserRequest, pk: int, scherm: str) -> Client:
    return open_client(request.user, pk, scherm=scherm, at=timezone.now())


def _answer(
    request: UserRequest,
    client: Client,
    form: LayoutForm,
    save: Callable[[], str],
    heading: str,
    button: str,
    *,
    template: str = "caseload/formulier.html",
    target: str | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            said = save()
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(target or reverse("caseload:gegevens", args=[client.pk]))
    context: dict[str, Any] = {
        "client": client,
        "crumbs": [
            *kop.crumbs(),
            Act(client.naam, reverse("caseload:dossier", args=[client.pk])),
        ],
        "form": form,
        "kop": heading,
        "uitleg": "",
        "knop": button,
        "terug": reverse("caseload:gegevens", args=[client.pk]),
    }
    return TemplateResponse(request, template, context)
