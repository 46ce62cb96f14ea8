"""Days of interim work: noted, shown by window, taken away."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.views.opening import attempt, open_row
from wijkwerken.commands.interim import note_interimdagen, remove_interimdag
from wijkwerken.forms.inschrijving import InterimForm
from wijkwerken.models import Inschrijving, Interimdag
from wijkwerken.queries.inschrijvingen import wijkwerkblad
from wijkwerken.views.inschrijving import client_crumbs, open_inschrijving


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def add_interim(request: UserRequest, pk: int) -> HttpResponse:
    """Note days of interim work, and say at once when a window holds too many."""
    row = open_inschrijving(request, pk)
    form = InterimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dagen = form.cleaned_data["dagen"]
        done = attempt(form, lambda: _note(request, row, dagen), field="dagen")
        if done is not None:
            return redirect("wijkwerken:add_interim", pk=pk)
    context = {
        "form": form,
        "blad": wijkwerkblad(row, on=timezone.localdate()),
        "client": row.traject.client,
        "crumbs": client_crumbs(row.traject.client),
    }
    return TemplateResponse(request, "wijkwerken/interim.html", context)


@require_POST
@requires(Permission.WIJKWERK_CHANGE)
def drop_interim(request: UserRequest, pk: int) -> HttpResponse:
    """Take away a day that was noted by mistake."""
    rows = Interimdag.objects.select_related("inschrijving__traject")
    row: Interimdag = open_row(request, rows, pk, scherm="interimdagen")
    inschrijving_pk = row.inschrijving_id
    remove_interimdag(interimdag=row, by=request.user, at=timezone.now())
    messages.success(request, "De dag is verwijderd.")
    return redirect("wijkwerken:add_interim", pk=inschrijving_pk)


def _note(request: UserRequest, row: Inschrijving, dagen: list[date]) -> bool:
    note_interimdagen(inschrijving=row, dagen=dagen, by=request.user, at=timezone.now())
    messages.success(request, "De dag is bewaard." if len(dagen) == 1 else "De dagen zijn bewaard.")
    return True
