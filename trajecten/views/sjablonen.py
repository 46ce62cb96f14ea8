"""Templates: kept by the beheerder, version by version."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands import sjablonen as commands
from trajecten.commands.sjablonen import RegelVanSjabloon, SjabloonGegevens, gegevens_van
from trajecten.enums import Levensdomein, SjabloonAnker, SjabloonSoort, Uitvoerder
from trajecten.forms.sjablonen import RegelFormSet, RegelFormulieren, SjabloonForm, begin_van
from trajecten.models import Instrument, Sjabloon
from trajecten.reference.teksten import standaardsjablonen
from trajecten.views.opening import attempt

LEEG = RegelVanSjabloon(
    soort=SjabloonSoort.STAP,
    tekst="",
    domein=Levensdomein.WERK,
    uitvoerders=[Uitvoerder.CLIENT],
    anker=SjabloonAnker.VANDAAG,
)


@require_safe
@requires(Permission.SJABLOON_CHANGE)
def sjablonen(request: UserRequest) -> TemplateResponse:
    """List the templates in use, and those that were retired."""
    rows = list(Sjabloon.objects.visible_to(request.user).for_list())
    running = {row.reeks for row in rows if row.gesloten_at is None}
    had = {row.standaard for row in rows}
    latest = {row.reeks: row for row in reversed(rows) if row.reeks not in running}
    context = {
        "in_gebruik": [row for row in rows if row.gesloten_at is None],
        "uit_gebruik": sorted(latest.values(), key=lambda row: row.naam),
        "standaard": [row for row in standaardsjablonen() if row.code not in had],
    }
    return TemplateResponse(request, "trajecten/sjablonen.html", context)


@require_POST
@requires(Permission.SJABLOON_CHANGE)
def take_standaard(request: UserRequest) -> HttpResponse:
    """Take over the templates of the release."""
    try:
        made = commands.take_standaard(by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = f"{len(made)} sjablonen overgenomen. U mag ze wijzigen." if made else ""
        messages.success(request, said or "U had alle standaardsjablonen al.")
    return redirect("trajecten:sjablonen")


@require_safe
@requires(Permission.SJABLOON_CHANGE)
def sjabloon(request: UserRequest, pk: int) -> TemplateResponse:
    """Show one version of a template with its lines, and the other versions."""
    row = _find(request, pk)
    versies = Sjabloon.objects.visible_to(request.user).filter(reeks=row.reeks)
    context = {
        "sjabloon": row,
        "regels": row.regels.order_by("nummer"),
        "versies": versies.select_related("gemaakt_door").order_by("-versie"),
    }
    return TemplateResponse(request, "trajecten/sjabloon.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SJABLOON_CHANGE)
def sjabloon_nieuw(request: UserRequest) -> HttpResponse:
    """Write a new template."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SJABLOON_CHANGE)
def change_sjabloon(request: UserRequest, pk: int) -> HttpResponse:
    """Edit a template as a table; saving makes the next version."""
    row = _find(request, pk)
    if row.gesloten_at is not None:
        messages.error(
            request, "Deze versie is niet meer in gebruik. Kopieer ze om ze te wijzigen."
        )
        return redirect("trajecten:sjabloon", pk)
    return _edit(request, row)


@require_POST
@requires(Permission.SJABLOON_CHANGE)
def copy_sjabloon(request: UserRequest, pk: int) -> HttpResponse:
    """Make an own template out of another one."""
    try:
        made = commands.copy_sjabloon(
            sjabloon=_find(request, pk), by=request.user, at=timezone.now()
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("trajecten:sjabloon", pk)
    messages.success(request, f"De kopie heet “{made.naam}”.")
    return redirect("trajecten:change_sjabloon", made.pk)


@require_POST
@requires(Permission.SJABLOON_CHANGE)
def retire_sjabloon(request: UserRequest, pk: int) -> HttpResponse:
    """Take a template out of use."""
    row = commands.retire_sjabloon(sjabloon=_find(request, pk), by=request.user, at=timezone.now())
    messages.success(request, f"“{row.naam}” is niet meer te kiezen. U kunt het blijven lezen.")
    return redirect("trajecten:sjablonen")


def _edit(request: UserRequest, row: Sjabloon | None) -> HttpResponse:
    stored = gegevens_van(row) if row else None
    instrumenten = Instrument.objects.startable_on(timezone.localdate())
    if row is not None and row.instrument_id is not None:
        # One that closed meanwhile stays the choice it was.
        instrumenten = instrumenten | Instrument.objects.filter(pk=row.instrument_id)
    form = SjabloonForm(
        request.POST or None,
        instrumenten=instrumenten.for_list(),
        initial={"naam": stored.naam, "instrument": stored.instrument} if stored else None,
    )
    formulieren = RegelFormulieren(
        request.POST or None, prefix="r", initial=begin_van(stored) if stored else _new_lines()
    )
    lines = cast(RegelFormSet, formulieren)
    for line in lines.forms:
        # A line that was not touched counts as much as one that was.
        line.empty_permitted = False
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        gegevens = SjabloonGegevens(**form.cleaned_data, regels=lines.regels())
        made = attempt(form, lambda: _save(request, row, gegevens))
        if made is not None:
            messages.success(request, f"“{made.naam}” is bewaard als versie {made.versie}.")
            return redirect("trajecten:sjabloon", made.pk)
    context = {"form": form, "lines": lines, "sjabloon": row}
    return TemplateResponse(request, "trajecten/sjabloon_wijzigen.html", context)


def _save(request: UserRequest, row: Sjabloon | None, gegevens: SjabloonGegevens) -> Sjabloon:
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if row is None:
        return commands.add_sjabloon(gegevens=gegevens, **who)
    return commands.change_sjabloon(sjabloon=row, gegevens=gegevens, **who)


def _new_lines() -> list[dict[str, Any]]:
    """Return a first goal and a first step, still without words."""
    goal = begin_van(SjabloonGegevens(naam="", regels=[LEEG, LEEG]))
    return [goal[0] | {"soort": SjabloonSoort.DOEL}, goal[1]]


def _find(request: UserRequest, pk: int) -> Sjabloon:
    rows = Sjabloon.objects.visible_to(request.user).select_related("instrument", "gemaakt_door")
    return get_object_or_404(rows, pk=pk)
