"""The talk between three: its agenda, what was said, what was agreed, and the sheet of paper."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.errors import DomainError
from kern.pdf import render_pdf
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands.agendapunten import add_agendapunt, note_agendapunt, remove_agendapunt
from trajecten.commands.driegesprek import agree_at_table
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, Redigeerbaar, Stem
from trajecten.forms.driegesprek import BesprokenForm, PuntForm, TafelAfspraakForm
from trajecten.models import Afspraak, Agendapunt, Stap
from trajecten.queries.driegesprek import driegesprek_van
from trajecten.queries.tekstblokken import teksten_op
from trajecten.views.afspraken import find_afspraak, way_back
from trajecten.views.brief import pdf_answer
from trajecten.views.opening import attempt, open_row
from trajecten.views.redactie import redact_acts

# Two forms on one page, each with boxes of its own.
PUNT_ID, STAP_ID = "punt_%s", "stap_%s"


@require_safe
@requires(Permission.TRAJECT_CHANGE)
def gesprek(request: UserRequest, pk: int) -> HttpResponse:
    """Show the agenda with room for what is said, and what was agreed."""
    row = find_afspraak(request, pk, scherm="gesprek met drie")
    if not row.is_driegesprek:
        return redirect("trajecten:afspraak", pk=pk)
    return _page(request, row)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def add_punt(request: UserRequest, pk: int) -> HttpResponse:
    """Put a point on the agenda, in the voice of who wants to talk about it."""
    row = find_afspraak(request, pk, scherm="gesprek met drie")
    form = PuntForm(request.POST, auto_id=PUNT_ID)
    if form.is_valid():
        punt = attempt(form, lambda: _add(request, row, form), field="tekst")
        if punt is not None:
            undo = reverse("trajecten:remove_agendapunt", args=[punt.pk])
            messages.success(request, "Het punt staat op de agenda.", extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:driegesprek", pk=pk)
    return _page(request, row, puntform=form)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def remove_punt(request: UserRequest, pk: int) -> HttpResponse:
    """Take a point off the agenda."""
    punt = _punt(request, pk)
    try:
        remove_agendapunt(punt=punt, wie=Wie.ocmw(request.user), at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Het punt is van de agenda.")
    return redirect("trajecten:driegesprek", pk=punt.afspraak_id)


@require_POST
@requires(Permission.TRAJECT_CHANGE)
def note_punt(request: UserRequest, pk: int) -> HttpResponse:
    """Write down what was said about a point."""
    punt = _punt(request, pk)
    form = BesprokenForm(request.POST)
    if form.is_valid():
        note_agendapunt(
            punt=punt,
            besproken=form.cleaned_data["besproken"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "Bewaard.")
    url = reverse("trajecten:driegesprek", args=[punt.afspraak_id])
    return redirect(f"{url}#punt-{punt.pk}")


@require_http_methods(["POST"])
@requires(Permission.TRAJECT_CHANGE)
def add_stap(request: UserRequest, pk: int) -> HttpResponse:
    """Let what is agreed at the table become a step of the plan."""
    row = find_afspraak(request, pk, scherm="gesprek met drie")
    form = TafelAfspraakForm(request.POST, auto_id=STAP_ID)
    if form.is_valid():
        stap = attempt(form, lambda: _agree(request, row, form))
        if stap is not None:
            messages.success(request, "De afspraak staat in het stappenplan.")
            url = reverse("trajecten:driegesprek", args=[pk])
            return redirect(f"{url}#afspraken")
    return _page(request, row, stapform=form)


@require_safe
@requires(Permission.TRAJECT_CHANGE)
def verslag(request: UserRequest, pk: int) -> HttpResponse:
    """Give the report on one sheet, to print before people leave the room."""
    row = find_afspraak(request, pk, scherm="verslag van een gesprek met drie")
    if not row.is_driegesprek:
        return redirect("trajecten:afspraak", pk=pk)
    try:
        content = _sheet(request, row)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("trajecten:driegesprek", pk=pk)
    return pdf_answer(content, f"gesprek-{row.dag:%Y-%m-%d}.pdf")


def _sheet(request: UserRequest, row: Afspraak) -> bytes:
    bestuur = request.user.bestuur
    if bestuur is None:
        raise DomainError("Kies eerst waar u werkt.")
    slot = teksten_op(bestuur, op=timezone.now())["driegesprek_slot"]
    context = {"gesprek": driegesprek_van(row), "bestuur": bestuur, "slot": slot}
    return render_pdf("pdf/driegesprek.html", context)


def _page(request: UserRequest, row: Afspraak, **forms: Any) -> HttpResponse:
    talk = driegesprek_van(row)
    points = [
        (
            punt,
            BesprokenForm(initial={"besproken": punt.besproken}, auto_id=f"punt-{punt.pk}-%s"),
            redact_acts(request.user, (Redigeerbaar.BESPROKEN, punt, "Laat woorden weg")),
        )
        for punt in talk.punten
    ]
    context = {
        "afspraak": row,
        "client": row.client,
        "gesprek": talk,
        "punten": points,
        "is_begonnen": row.begint_at <= timezone.now(),
        "puntform": forms.get("puntform") or PuntForm(auto_id=PUNT_ID),
        "stapform": forms.get("stapform")
        or TafelAfspraakForm(initial={"sleutel": secrets.token_hex(8)}, auto_id=STAP_ID),
        "crumbs": [
            *way_back(request, row.client),
            Act("Afspraak", reverse("trajecten:afspraak", args=[row.pk])),
        ],
    }
    return TemplateResponse(request, "trajecten/driegesprek.html", context)


def _punt(request: UserRequest, pk: int) -> Agendapunt:
    rows = Agendapunt.objects.select_related("client", "afspraak")
    punt: Agendapunt = open_row(request, rows, pk, scherm="gesprek met drie")
    return punt


def _add(request: UserRequest, row: Afspraak, form: PuntForm) -> Agendapunt:
    stem = Stem(form.cleaned_data["stem"])
    wie = Wie.ocmw(request.user)
    if stem != Stem.OCMW:
        wie = Wie(stem=stem, kanaal=AkkoordKanaal.BUREAU, gebruiker=request.user)
    return add_agendapunt(
        afspraak=row, tekst=form.cleaned_data["tekst"], wie=wie, at=timezone.now()
    )


def _agree(request: UserRequest, row: Afspraak, form: TafelAfspraakForm) -> Stap:
    facts = form.cleaned_data
    return agree_at_table(
        afspraak=row,
        gegevens=form.gegevens(row),
        voorsteller=Stem(facts["voorsteller"]),
        is_akkoord=facts["is_akkoord"],
        sleutel=facts["sleutel"],
        by=request.user,
        at=timezone.now(),
    )
