"""Acts on many rows of a list at once, and named views."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseload import commands
from caseload.enums import Lijst
from caseload.forms.dossier import SpilfiguurForm
from caseload.forms.filters import WeergaveForm
from caseload.models import Weergave
from caseload.views.lijst import CLIENTEN, TRAJECTEN, read_list
from caseload.views.tonen import address, workers_of
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission

SHOWN_NAMES = 8


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOEWIJZING_CHANGE)
def toewijzen(request: UserRequest) -> HttpResponse:
    """Give many clients another spilfiguur in one act."""
    user = request.user
    stand = read_list(request, CLIENTEN)
    clients = list(stand.selection)
    if not clients:
        messages.warning(request, "Vink eerst aan welke cliënten u wilt toewijzen.")
        return redirect(stand.query())
    form = SpilfiguurForm(
        request.POST or None, medewerkers=workers_of(user), initial={"van": stand.vandaag}
    )
    if request.method == "POST" and form.is_valid() and user.bestuur is not None:
        try:
            done = commands.assign_many(
                bestuur=user.bestuur,
                client_pks=[client.pk for client in clients],
                **form.cleaned_data,
                by=user,
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(form.cleaned_data["gebruiker"], len(done)))
            return redirect(stand.query())
    context = {
        "form": form,
        "aantal": len(clients),
        "namen": [client.naam for client in clients[:SHOWN_NAMES]],
        "meer": max(0, len(clients) - SHOWN_NAMES),
        "terug": stand.query(),
    }
    return TemplateResponse(request, "caseload/toewijzen.html", context)


@require_safe
@requires(Permission.VERSLAG_MAKE)
def verslagen(request: UserRequest) -> HttpResponse:
    """Ask whether reports must be made of the ticked trajecten; the archive makes them."""
    stand = read_list(request, TRAJECTEN)
    rows = list(stand.selection)
    url = address("rapporten:maak_bundel")
    if not url:
        raise Http404
    if not rows:
        messages.warning(request, "Vink eerst aan van welke trajecten u een verslag wilt.")
        return redirect(stand.query())
    context = {
        "trajecten": rows,
        "namen": [f"{row.client.naam}, {row.instrument}" for row in rows[:SHOWN_NAMES]],
        "meer": max(0, len(rows) - SHOWN_NAMES),
        "url": url,
        "terug": stand.query(),
    }
    return TemplateResponse(request, "caseload/verslagen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_LIST)
def weergave_nieuw(request: UserRequest, lijst: str) -> HttpResponse:
    """Keep the list as it stands under a name."""
    user = request.user
    if lijst not in Lijst.values:
        raise Http404
    soort = CLIENTEN if lijst == Lijst.CLIENTEN else TRAJECTEN
    if soort is TRAJECTEN and not user.may(Permission.TRAJECT_VIEW):
        raise PermissionDenied
    stand = read_list(request, soort)
    form = WeergaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and user.bestuur is not None:
        filters = stand.query().partition("?")[2]
        try:
            commands.save_weergave(
                bestuur=user.bestuur,
                lijst=soort.lijst,
                naam=form.cleaned_data["naam"],
                filters=filters[:1000],
                by=user,
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error("naam", str(refusal))
        else:
            messages.success(request, f"Weergave bewaard: {form.cleaned_data['naam']}.")
            return redirect(stand.query())
    context = {"form": form, "terug": stand.query(), "soort": soort}
    return TemplateResponse(request, "caseload/weergave.html", context)


@require_POST
@requires(Permission.CLIENT_LIST)
def weergave_weg(request: UserRequest, pk: int) -> HttpResponse:
    """Throw one of one's own named views away."""
    weergave = get_object_or_404(Weergave.objects.visible_to(request.user), pk=pk)
    commands.delete_weergave(weergave=weergave, by=request.user, at=timezone.now())
    messages.success(request, f"Weergave verwijderd: {weergave.naam}.")
    return redirect(f"{reverse(f'caseload:{weergave.lijst}')}?{weergave.filters}")


def _said(gebruiker: Gebruiker, number: int) -> str:
    if number == 0:
        return f"{gebruiker.naam} was al spilfiguur van al deze cliënten."
    whom = "1 cliënt" if number == 1 else f"{number} cliënten"
    return f"{gebruiker.naam} is nu spilfiguur van {whom}."
