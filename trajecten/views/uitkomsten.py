"""What came of an appointment."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kern.errors import DomainError
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.afspraakbericht import kanaal_van
from trajecten.commands.afspraken import note_told
from trajecten.commands.uitkomsten import (
    cancel_afspraak,
    hold_afspraak,
    miss_afspraak,
    reopen_afspraak,
)
from trajecten.enums import AfspraakOorzaak
from trajecten.forms.afspraken import AfzegForm, NietDoorgegaanForm
from trajecten.models import Afspraak
from trajecten.views.afspraken import find_afspraak, log_url, person_url, way_back
from trajecten.views.opening import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AFSPRAAK_MAKE)
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Call an appointment off."""
    row = find_afspraak(request, pk, scherm="afspraak afzeggen")
    kanaal = kanaal_van(row.client) if row.begint_at > timezone.now() else None
    form = AfzegForm(
        request.POST or None,
        kanaal=f"per {kanaal.label.lower()}" if kanaal else "",
        is_driegesprek=row.is_driegesprek,
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _cancel(request, row, form))
        if done is not None:
            undo = reverse("trajecten:reopen_afspraak", args=[row.pk])
            messages.success(request, "De afspraak is afgezegd.", extra_tags=f"ongedaan={undo}")
            return redirect(person_url(request, row.client_id))
    return _page(request, row, form, "Zeg de afspraak af")


@require_POST
@requires(Permission.LOG_WRITE)
def hold(request: UserRequest, pk: int) -> HttpResponse:
    """Note that it was held, and go on to the log with one press."""
    row = find_afspraak(request, pk, scherm="afspraak")
    done = _try(request, lambda: hold_afspraak(afspraak=row, by=request.user, at=timezone.now()))
    if done:
        undo = reverse("trajecten:reopen_afspraak", args=[row.pk])
        messages.success(
            request, "Genoteerd: de afspraak ging door.", extra_tags=f"ongedaan={undo}"
        )
        if request.POST.get("naar") == "logboek":
            return redirect(log_url(row))
    return redirect("trajecten:afspraak", pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_WRITE)
def miss(request: UserRequest, pk: int) -> HttpResponse:
    """Note that the client was not there."""
    row = find_afspraak(request, pk, scherm="afspraak")
    form = NietDoorgegaanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: miss_afspraak(
                afspraak=row,
                reden=form.cleaned_data["reden"],
                by=request.user,
                at=timezone.now(),
            ),
        )
        if done is not None:
            undo = reverse("trajecten:reopen_afspraak", args=[row.pk])
            messages.success(
                request,
                "Genoteerd: de afspraak ging niet door.",
                extra_tags=f"ongedaan={undo}",
            )
            return redirect("trajecten:afspraak", pk=row.pk)
    return _page(request, row, form, "De cliënt was er niet")


@require_POST
@requires(Permission.AFSPRAAK_MAKE)
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Let an appointment stand again."""
    row = find_afspraak(request, pk, scherm="afspraak")
    if _try(request, lambda: reopen_afspraak(afspraak=row, by=request.user, at=timezone.now())):
        messages.success(request, "De afspraak staat weer op gepland.")
    return redirect(person_url(request, row.client_id))


@require_POST
@requires(Permission.AFSPRAAK_MAKE)
def told(request: UserRequest, pk: int) -> HttpResponse:
    """Note that the client was called, so that her name leaves the list."""
    row = find_afspraak(request, pk, scherm="afspraak")
    if _try(request, lambda: note_told(afspraak=row, by=request.user, at=timezone.now())):
        messages.success(request, "Genoteerd: de cliënt weet het.")
    return redirect("trajecten:agenda")


def _cancel(request: UserRequest, row: Afspraak, form: AfzegForm) -> Afspraak:
    facts = form.cleaned_data
    return cancel_afspraak(
        afspraak=row,
        oorzaak=AfspraakOorzaak(facts["oorzaak"]),
        reden=facts["reden"],
        by=request.user,
        at=timezone.now(),
        laat_weten=bool(facts.get("laat_weten")),
    )


def _try(request: UserRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _page(
    request: UserRequest, row: Afspraak, form: AfzegForm | NietDoorgegaanForm, titel: str
) -> HttpResponse:
    back = person_url(request, row.client_id)
    if request.user.may(Permission.TRAJECT_VIEW):
        back = reverse("trajecten:afspraak", args=[row.pk])
    context = {
        "afspraak": row,
        "client": row.client,
        "form": form,
        "titel": titel,
        "back_url": back,
        "crumbs": [*way_back(request, row.client), Act("Afspraken", back)],
        "is_zonder_oordeel": isinstance(form, NietDoorgegaanForm),
    }
    return TemplateResponse(request, "trajecten/afspraak_uitkomst.html", context)
