"""Steps that wait for a barrier: from the barrier, from the step, and all on one board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.access import log_list
from clienten.enums import DrempelSoort
from clienten.models import Drempel
from clienten.queries.drempels import gebieden
from kern.errors import DomainError
from kern.pieces import FilterWord
from kern.words import Urgency, urgency
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands.blokkeringen import block_stappen
from trajecten.commands.blokkeringen import release_stap as release
from trajecten.forms.drempels import BordFilter, WaaropForm, WachtForm
from trajecten.models import Blokkering, Stap
from trajecten.queries.drempels import TEAM, Bordkeuze, count_by_kind, steps_to_block
from trajecten.views.drempels import crumbs_of, name_of
from trajecten.views.opening import attempt, client_url, open_row

PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class Bordregel:
    """A line of the board."""

    blokkering: Blokkering
    client_url: str
    wachttijd: str
    dringend: Urgency | None
    wie: str


@dataclass(frozen=True, slots=True)
class Bordgroep:
    """The steps that wait for one kind of barrier; `aantal` counts all pages."""

    soort: DrempelSoort
    aantal: int
    regels: tuple[Bordregel, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def block_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Say which steps wait for a barrier."""
    rows = Drempel.objects.select_related("client")
    drempel: Drempel = open_row(request, rows, pk, scherm="stap laten wachten")
    stappen = steps_to_block(drempel.client, request.user, drempel_pk=drempel.pk)
    initial = {"van": max(drempel.van, timezone.localdate())}
    form = WachtForm(request.POST or None, initial=initial, stappen=stappen)
    if request.method == "POST" and form.is_valid():
        steps = list(form.cleaned_data["stappen"])
        done = attempt(form, lambda: _block(request, drempel, steps, form))
        if done:
            messages.success(
                request,
                "Deze stap wacht nu." if len(done) == 1 else f"{len(done)} stappen wachten nu.",
            )
            return redirect("trajecten:drempel", pk=drempel.pk)
    context = {
        "form": form,
        "drempel": drempel,
        "naam": name_of(drempel),
        "heeft_stappen": stappen.exists(),
        "crumbs": crumbs_of(drempel.client, drempel),
    }
    return TemplateResponse(request, "trajecten/drempel_stappen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAJECT_CHANGE)
def wait_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Say for which barrier a step waits."""
    stap: Stap = open_row(request, Stap.objects.select_related("client"), pk, scherm="stap wacht")
    drempels = Drempel.objects.visible_to(request.user).filter(client=stap.client_id).unsolved()
    drempels = drempels.exclude(blokkeringen__stap=stap, blokkeringen__tot__isnull=True)
    form = WaaropForm(
        request.POST or None,
        initial={"van": timezone.localdate()},
        drempels=drempels.order_by("van", "pk"),
    )
    if request.method == "POST" and form.is_valid():
        drempel = form.cleaned_data["drempel"]
        if attempt(form, lambda: _block(request, drempel, [stap], form)):
            messages.success(request, "Deze stap wacht nu.")
            return redirect("trajecten:plan", client_pk=stap.client_id)
    context = {
        "form": form,
        "stap": stap,
        "heeft_drempels": drempels.exists(),
        "crumbs": crumbs_of(stap.client),
        "terug": reverse("trajecten:plan", args=[stap.client_id]),
    }
    return TemplateResponse(request, "trajecten/drempel_waarop.html", context)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def release_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Let a step go on."""
    rows = Blokkering.objects.select_related("client", "drempel", "stap")
    wait: Blokkering = open_row(request, rows, pk, scherm="stap kan verder")
    try:
        stap = release(blokkering=wait, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Deze stap kan verder: {stap}.")
    return redirect("trajecten:drempel", pk=wait.drempel_id)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def bord(request: UserRequest) -> TemplateResponse:
    """Show every step that waits for a barrier, by kind of barrier, the longest wait first."""
    today = timezone.localdate()
    keuze, form = _choice(request)
    rows = keuze.apply(request.user, on=today)
    counts = count_by_kind(rows)
    paginator = Paginator(rows, PER_PAGE)
    # The count is known already.
    paginator.count = sum(counts.values())
    page = paginator.get_page(request.GET.get("page"))
    context = _board(form, keuze, counts, list(page), today=today) | {
        "page": page,
        "afdruk_url": f"{reverse('trajecten:drempelbord_afdruk')}?{urlencode(keuze.params())}",
    }
    return TemplateResponse(request, "trajecten/drempelbord.html", context)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def bord_afdruk(request: UserRequest) -> TemplateResponse:
    """Show the whole board on one page, to print; that it left stands in each read log."""
    now = timezone.now()
    today = timezone.localdate(now)
    keuze, form = _choice(request)
    rows = keuze.apply(request.user, on=today)
    found = list(rows)
    clients = {row.client_id for row in found}
    log_list(request.user, sorted(clients), scherm="afgedrukt drempelbord", at=now)
    context = _board(form, keuze, _counted(found), found, today=today) | {
        "bord_url": f"{reverse('trajecten:drempelbord')}?{urlencode(keuze.params())}",
    }
    return TemplateResponse(request, "trajecten/drempelbord_afdruk.html", context)


def _block(
    request: UserRequest, drempel: Drempel, stappen: Sequence[Stap], form: WachtForm | WaaropForm
) -> tuple[Blokkering, ...]:
    return block_stappen(
        stappen=stappen,
        drempel=drempel,
        van=form.cleaned_data["van"],
        by=request.user,
        at=timezone.now(),
    )


def _choice(request: UserRequest) -> tuple[Bordkeuze, BordFilter]:
    form = BordFilter(request.GET or None, gebieden=gebieden(request.user))
    if not form.is_bound:
        return Bordkeuze(), form
    return Bordkeuze(**form.chosen()), form


def _board(
    form: BordFilter,
    keuze: Bordkeuze,
    counts: dict[DrempelSoort, int],
    rows: Sequence[Blokkering],
    *,
    today: date,
) -> dict[str, Any]:
    groups = [
        Bordgroep(soort, counts[soort], tuple(_line(row, today) for row in found))
        for soort, found in groupby(rows, key=lambda row: DrempelSoort(row.drempel.soort))
    ]
    return {
        "filter": form,
        "groepen": groups,
        "aantal": sum(counts.values()),
        "woorden": _words(form, keuze),
    }


def _counted(rows: Iterable[Blokkering]) -> dict[DrempelSoort, int]:
    grouped = groupby(rows, key=lambda row: DrempelSoort(row.drempel.soort))
    return {soort: len(list(found)) for soort, found in grouped}


def _line(row: Blokkering, today: date) -> Bordregel:
    day = row.stap.geldt_tegen
    names = [row.drempel.eigenaar.naam if row.drempel.eigenaar else "", row.drempel.wie]
    return Bordregel(
        blokkering=row,
        client_url=client_url(row.client_id),
        wachttijd=row.wachttijd_op(today),
        dringend=urgency(day, today) if day is not None and day <= today else None,
        wie=", ".join(name for name in names if name),
    )


def _words(form: BordFilter, keuze: Bordkeuze) -> list[FilterWord]:
    words = []
    for name in keuze.params():
        if name == "wie" and keuze.wie == TEAM:
            continue
        field = form[name]
        chosen = dict(getattr(field.field, "choices", [])).get(getattr(keuze, name))
        rest = urlencode(keuze.without(name).params())
        words.append(FilterWord(f"{field.label}: {chosen}", f"?{rest}"))
    return words
