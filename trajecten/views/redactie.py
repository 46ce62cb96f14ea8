"""Taking words out of a text: choose, look at what will stand there, do it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.errors import DomainError
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission
from toegang.redactie import MARK
from trajecten.commands.redactie import TEKSTEN, check_passage, may_redact, redact
from trajecten.enums import RedactieReden, Redigeerbaar
from trajecten.forms.redactie import RedactieForm
from trajecten.views.opening import client_url, crumbs, open_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_WRITE)
def redactie(request: UserRequest, tekstsoort: str, pk: int) -> HttpResponse:
    """Take a passage out of a text, after showing what will stand there."""
    soort, row = _open(request, tekstsoort, pk)
    tekst = getattr(row, TEKSTEN[soort].kolom)
    form = RedactieForm(request.POST or None)
    passage = ""
    if request.method == "POST" and form.is_valid():
        try:
            passage = check_passage(tekstsoort=soort, row=row, passage=form.cleaned_data["passage"])
            if request.POST.get("zeker"):
                _do(request, soort, row, form)
                return redirect(client_url(row.client_id) or reverse("trajecten:concepten"))
        except DomainError as refusal:
            passage = ""
            form.add_error("passage", str(refusal))
    context = {
        "form": form,
        "client": row.client,
        "soort": soort.label,
        "tekst": tekst if isinstance(tekst, str) else "",
        # Pieces of the text as it will stand; between them lies the mark.
        "stukken": tekst.split(passage) if passage and isinstance(tekst, str) else [],
        "merk": MARK,
        "zeker": bool(passage),
        "back_url": client_url(row.client_id),
        "crumbs": crumbs(row.client),
    }
    return TemplateResponse(request, "trajecten/redactie.html", context)


def redact_acts(user: Gebruiker, *texts: tuple[Redigeerbaar, Any, str]) -> list[Act]:
    """Return the ways to take words out of these texts (kind, row, label) that the user has."""
    if not user.may(Permission.LOG_WRITE):
        return []
    return [
        Act(label, reverse("trajecten:redactie", args=[soort.value, row.pk]), "sluit")
        for soort, row, label in texts
        if getattr(row, TEKSTEN[soort].kolom) and may_redact(user, soort, row)
    ]


def _open(request: UserRequest, tekstsoort: str, pk: int) -> tuple[Redigeerbaar, Any]:
    if tekstsoort not in Redigeerbaar.values:
        raise Http404
    soort = Redigeerbaar(tekstsoort)
    rows: QuerySet[Any] = TEKSTEN[soort].model._default_manager.all()
    rows = rows.select_related("client")
    row = open_row(request, rows, pk, scherm="woorden weglaten")
    if not may_redact(request.user, soort, row):
        raise PermissionDenied
    return soort, row


def _do(request: UserRequest, soort: Redigeerbaar, row: Any, form: RedactieForm) -> None:
    redact(
        tekstsoort=soort,
        row=row,
        passage=form.cleaned_data["passage"],
        reden=RedactieReden(form.cleaned_data["reden"]),
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, "De woorden zijn weggelaten, ook uit de geschiedenis.")
