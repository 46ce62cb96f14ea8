"""Beheer of rules and instruments: versions with their source, own choices, two pairs of eyes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.belgian_dates import format_short
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.berekening import gevolg
from trajecten.commands import RegelGegevens
from trajecten.enums import Overgang, RegelStatus
from trajecten.forms.regels import RegelForm
from trajecten.models import Instrument, Regel
from trajecten.queries import eigen_versie, regels_in_gebruik
from trajecten.views.opening import attempt

PER_PAGE = 60


@require_safe
@requires(Permission.REGEL_VIEW)
def regels(request: UserRequest) -> TemplateResponse:
    """List the rules that count today, own and general, with what waits for approval."""
    zoek = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    rows = regels_in_gebruik(request.user, on=timezone.localdate(), zoek=zoek)
    voorstellen = Regel.objects.visible_to(request.user).filter(status=RegelStatus.VOORGESTELD)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "voorstellen": list(voorstellen.select_related("voorgesteld_door").order_by("pk")),
        "zoek": zoek,
        "may_change": request.user.may(Permission.REGEL_CHANGE),
    }
    return TemplateResponse(request, "trajecten/regels.html", context)


@require_safe
@requires(Permission.REGEL_VIEW)
def regel(request: UserRequest, code: str) -> TemplateResponse:
    """Show every version of a rule, newest first."""
    versies = _versies(request, code)
    context = {
        "code": code,
        "versies": versies,
        "geldend": next((row for row in versies if _geldt(row)), None),
        "may_change": request.user.may(Permission.REGEL_CHANGE),
    }
    return TemplateResponse(request, "trajecten/regel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REGEL_CHANGE)
def propose_regel(request: UserRequest, code: str) -> HttpResponse:
    """Propose an own version of a rule."""
    versies = _versies(request, code)
    form = RegelForm(request.POST or None, initial={"overgang": Overgang.NIEUWE_STARTS})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        voorstel = attempt(
            form,
            lambda: commands.propose_regel(
                gegevens=RegelGegevens(
                    **{**facts, "overgang": Overgang(facts["overgang"])}, code=code
                ),
                by=request.user,
                at=timezone.now(),
            ),
            field="waarde",
        )
        if voorstel is not None:
            messages.success(request, "Het voorstel wacht op goedkeuring door een collega.")
            return redirect("trajecten:regel_voorstel", pk=voorstel.pk)
    context = {"code": code, "form": form, "algemeen": versies[0]}
    return TemplateResponse(request, "trajecten/regel_nieuw.html", context)


@require_safe
@requires(Permission.REGEL_CHANGE)
def regel_voorstel(request: UserRequest, pk: int) -> TemplateResponse:
    """Show a proposal with what it would do, before anybody approves it."""
    row = _own(request, pk)
    is_open = row.status == RegelStatus.VOORGESTELD
    effect = None
    if is_open and row.bestuur_id is not None:
        effect = gevolg(row.bestuur_id, eigen_versie(row), on=timezone.localdate())
    context = {
        "regel": row,
        "is_open": is_open,
        "gevolg": effect,
        "is_own_proposal": row.voorgesteld_door_id == request.user.pk,
    }
    return TemplateResponse(request, "trajecten/regel_voorstel.html", context)


@require_POST
@requires(Permission.REGEL_CHANGE)
def approve_regel(request: UserRequest, pk: int) -> HttpResponse:
    """Approve what a colleague proposed."""
    row = _own(request, pk)
    try:
        commands.approve_regel(regel=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("trajecten:regel_voorstel", pk=pk)
    van = format_short(row.geldig_van) if row.geldig_van else "altijd"
    said = f"De regel geldt vanaf {van}. De uiterste dagen worden nu herberekend."
    messages.success(request, said)
    return redirect("trajecten:regel", code=row.code)


@require_POST
@requires(Permission.REGEL_CHANGE)
def withdraw_regel(request: UserRequest, pk: int) -> HttpResponse:
    """Withdraw a proposal or a version that is not in force yet."""
    row = _own(request, pk)
    try:
        commands.withdraw_regel(regel=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De versie is ingetrokken.")
    return redirect("trajecten:regel", code=row.code)


@require_safe
@requires(Permission.REGEL_VIEW)
def instrumenten(request: UserRequest) -> TemplateResponse:
    """List the instruments, rung by rung, open and closed."""
    rows = Instrument.objects.select_related("opvolger").for_list()
    context = {"instrumenten": rows, "may_change": request.user.may(Permission.REGEL_CHANGE)}
    return TemplateResponse(request, "trajecten/instrumenten.html", context)


def _versies(request: UserRequest, code: str) -> list[Regel]:
    if not code.isprintable():
        raise Http404
    rows = Regel.objects.visible_to(request.user).filter(code=code)
    rows = rows.select_related("voorgesteld_door", "goedgekeurd_door")
    versies = list(rows.order_by("-geldig_van", "-pk"))
    if not versies:
        raise Http404
    return sorted(versies, key=lambda row: row.bestuur_id is None)


def _geldt(row: Regel) -> bool:
    today = timezone.localdate()
    return (
        row.status == RegelStatus.GOEDGEKEURD
        and (row.geldig_van is None or row.geldig_van <= today)
        and (row.geldig_tot is None or row.geldig_tot >= today)
    )


def _own(request: UserRequest, pk: int) -> Regel:
    rows = Regel.objects.visible_to(request.user).filter(~Q(bestuur__isnull=True))
    return get_object_or_404(rows.select_related("voorgesteld_door", "goedgekeurd_door"), pk=pk)
