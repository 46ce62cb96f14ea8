"""Versions of the plan: put forward, agree, look back, compare, withdraw."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.access import open_client
from clienten.enums import Taal
from clienten.models import Client
from kern.errors import DomainError
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands import plan as commands
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, Stem
from trajecten.forms.plan import renew
from trajecten.forms.planakkoord import AkkoordForm, VersiekeuzeForm
from trajecten.models import Akkoord, AkkoordScan, Planversie
from trajecten.queries.plan import Plan, Versieblad, read_plan, versies_of
from trajecten.rules.plan.verschil import verschil
from trajecten.views.opening import attempt
from trajecten.views.plan.inhoudsblad import blad_van, verschilblad, voice_of
from trajecten.views.plan.kaarten import HOE, KLEUR
from trajecten.views.plan.opening import crumbs, page
from trajecten.views.plan.pagina import stand_of, version_print_url
from trajecten.views.plan.scans import refuse_too_large
from trajecten.views.plan.zicht import Zicht

NU = "nu"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def put_forward(request: UserRequest, client_pk: int) -> HttpResponse:
    """Agree for the OCMW to the whole plan; the client is asked next, or answered first."""
    client = open_client(request.user, client_pk, scherm="versie voorleggen")
    if request.method == "POST":
        try:
            versie = commands.agree_plan(
                client=client,
                wie=Wie.ocmw(request.user),
                at=timezone.now(),
                gezien=request.POST.get("gezien", ""),
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _put(versie, client))
            return redirect("trajecten:plan", client_pk=client.pk)
    plan = read_plan(client)
    waits = plan.voorgelegd
    # Of what the client agreed to first, the OCMW reads exactly those words.
    hers = waits if waits and waits.akkoord_van(Stem.OCMW) is None else None
    context = _text_page(plan, hers.versie if hers else None) | {
        "is_van_client": hers is not None,
        "crumbs": crumbs(client, Zicht()),
    }
    return TemplateResponse(request, "trajecten/plan/voorleggen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def together(request: UserRequest, client_pk: int) -> HttpResponse:
    """Agree for both: the client said yes at the desk, on paper or by telephone."""
    client = open_client(request.user, client_pk, scherm="samen akkoord gaan")
    plan = read_plan(client)
    waits = plan.voorgelegd if request.GET.get("tekst") != NU else None
    versie = waits.versie if waits else None
    initial = {"gezien": versie.hash if versie else plan.hash, "taal": client.taal or "nl"}
    form = AkkoordForm(request.POST or None, request.FILES or None, initial=initial)
    refuse_too_large(request, form)
    if request.method == "POST" and form.is_valid():
        agreed = attempt(form, lambda: _together(request, client, form))
        if agreed is not None:
            messages.success(
                request, f"Versie {agreed.nummer} is samen afgesproken en geldt vanaf nu."
            )
            return redirect("trajecten:plan", client_pk=client.pk)
        renew(form, gezien=initial["gezien"])
    context = _text_page(plan, versie) | {
        "form": form,
        "voorgelegd": plan.voorgelegd,
        "is_gewijzigd": waits is not None and waits.versie.hash != plan.hash,
        "crumbs": crumbs(client, Zicht()),
    }
    return TemplateResponse(request, "trajecten/plan/samen_akkoord.html", context)


@require_POST
@requires(Permission.PLAN_CHANGE)
def withdraw(request: UserRequest, client_pk: int, pk: int) -> HttpResponse:
    """Take back a version that still waits for the client."""
    client = open_client(request.user, client_pk, scherm="versies van het plan")
    blad = _find(client, pk)
    try:
        commands.withdraw_versie(versie=blad.versie, wie=Wie.ocmw(request.user), at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Versie {blad.versie.nummer} is ingetrokken.")
    return redirect("trajecten:plan", client_pk=client.pk)


@require_safe
@requires(Permission.CLIENT_OPEN)
def versions(request: UserRequest, client_pk: int) -> TemplateResponse:
    """Show every version: who agreed to it, when and how."""
    client = open_client(request.user, client_pk, scherm="versies van het plan")
    bladen = versies_of(client)
    context = page(client, request.user) | {
        "versies": [_line(blad, client) for blad in bladen],
        "keuze": _choice_form(bladen, {}),
    }
    return TemplateResponse(request, "trajecten/plan/versies.html", context)


@require_safe
@requires(Permission.CLIENT_OPEN)
def version(request: UserRequest, client_pk: int, pk: int) -> TemplateResponse:
    """Show exactly what was agreed, and the proof of it."""
    client = open_client(request.user, client_pk, scherm="versie van het plan")
    blad = _find(client, pk)
    kept = set(AkkoordScan.objects.owned_by(client).values_list("akkoord_id", flat=True))
    may_add = request.user.may(Permission.PLAN_CHANGE)
    context = page(client, request.user) | {
        "regel": _line(blad, client, papers=partial(_paper, client, kept, may_add=may_add)),
        "inhoud": blad_van(blad.versie.inhoud, client),
        "print_url": version_print_url(blad.versie.pk),
    }
    return TemplateResponse(request, "trajecten/plan/versie.html", context)


@require_safe
@requires(Permission.CLIENT_OPEN)
def differences(request: UserRequest, client_pk: int) -> HttpResponse:
    """Lay two texts of the plan beside each other; at first what is agreed and what is now."""
    client = open_client(request.user, client_pk, scherm="verschillen in het plan")
    plan, bladen = read_plan(client), versies_of(client)
    chosen = _chosen(request, plan)
    if chosen is None:
        messages.info(request, "Er is nog geen afgesproken versie om mee te vergelijken.")
        return redirect("trajecten:plan", client_pk=client.pk)
    contents = {str(blad.versie.nummer): blad.versie.inhoud for blad in bladen}
    contents[NU] = plan.inhoud
    if not set(chosen.values()) <= contents.keys():
        raise Http404
    texts = contents[chosen["van"]], contents[chosen["naar"]]
    found = verschil(*texts, gedaan=_done(plan))
    context = page(client, request.user) | {
        "blad": verschilblad(found, client, *texts),
        "aantal": found.aantal,
        "was": _title(chosen["van"]),
        "wordt": _title(chosen["naar"]),
        "keuze": _choice_form(bladen, chosen),
        "van_kracht": plan.van_kracht,
    }
    return TemplateResponse(request, "trajecten/plan/verschillen.html", context)


def _together(request: UserRequest, client: Client, form: AkkoordForm) -> Planversie:
    facts = form.cleaned_data
    wie = Wie.client(
        AkkoordKanaal(facts["kanaal"]),
        gebruiker=request.user,
        taal=facts["taal"],
        tolk=facts["tolk"],
    )
    return commands.agree_together(
        client=client,
        by=request.user,
        at=timezone.now(),
        gezien=facts["gezien"],
        wie=wie,
        scan=facts["scan"],
    )


def _text_page(plan: Plan, versie: Planversie | None) -> dict[str, Any]:
    """Return the words somebody is about to agree to, and what is new in them."""
    client = plan.client
    inhoud = versie.inhoud if versie else plan.inhoud
    held = plan.van_kracht
    texts = (held.versie.inhoud, inhoud) if held else ()
    found = verschil(*texts, gedaan=_done(plan)) if held else None
    return {
        "client": client,
        "versie": versie,
        "gezien": versie.hash if versie else plan.hash,
        "inhoud": blad_van(inhoud, client),
        "verschil": verschilblad(found, client, *texts) if found else None,
        "was": f"Versie {held.versie.nummer}" if held else "",
        "stand": stand_of(plan, client.voornaam or "de cliënt"),
    }


def _done(plan: Plan) -> set[tuple[str, int]]:
    return {
        (regel.soort, regel.item.pk)
        for regel in plan.regels
        if regel.item.status == PlanStatus.GEDAAN
    }


def _put(versie: Planversie, client: Client) -> str:
    if versie.van_kracht_at is not None:
        return f"Versie {versie.nummer} is samen afgesproken en geldt vanaf nu."
    return f"Versie {versie.nummer} ligt voor. {client.voornaam} kan nu akkoord gaan."


def _find(client: Client, pk: int) -> Versieblad:
    blad = next((row for row in versies_of(client) if row.versie.pk == pk), None)
    if blad is None:
        raise Http404
    # One object for who is asked and who answers.
    blad.versie.client = client
    return blad


def _line(
    blad: Versieblad, client: Client, papers: Callable[[Akkoord], Act | None] = lambda row: None
) -> dict[str, Any]:
    versie = blad.versie
    level, word = _state(versie)
    return {
        "versie": versie,
        "level": level,
        "word": word,
        "hash": versie.hash[:12],
        "akkoorden": [
            {
                "akkoord": akkoord,
                "voice": KLEUR[Stem(akkoord.stem)],
                "who": voice_of(Stem(akkoord.stem), client).who,
                "hoe": HOE[AkkoordKanaal(akkoord.kanaal)],
                "taal": str(Taal(akkoord.taal).label) if akkoord.taal in Taal.values else "",
                "van_client": akkoord.stem == Stem.CLIENT,
                "blad": papers(akkoord),
            }
            for akkoord in blad.akkoorden
        ],
    }


def _state(versie: Planversie) -> tuple[str, str]:
    if versie.ingetrokken_at:
        return "rest", "Ingetrokken"
    if versie.van_kracht_at is None:
        return "binnenkort", "Wacht op akkoord"
    return ("rest", "Vervangen") if versie.vervangen_at else ("orde", "Geldt nu")


def _paper(client: Client, kept: set[int], akkoord: Akkoord, *, may_add: bool) -> Act | None:
    if akkoord.pk in kept:
        return Act(
            "Bekijk het getekende blad",
            reverse("trajecten:plan_scan", args=[client.pk, akkoord.pk]),
        )
    if akkoord.stem != Stem.CLIENT or not may_add:
        return None
    return Act(
        "Voeg het getekende blad toe",
        reverse("trajecten:plan_add_scan", args=[client.pk, akkoord.pk]),
    )


def _chosen(request: UserRequest, plan: Plan) -> dict[str, str] | None:
    van, naar = request.GET.get("van", ""), request.GET.get("naar", NU)
    if van:
        return {"van": van, "naar": naar}
    if plan.van_kracht is None:
        return None
    return {"van": str(plan.van_kracht.versie.nummer), "naar": naar}


def _choice_form(bladen: list[Versieblad], chosen: dict[str, str]) -> VersiekeuzeForm | None:
    if not bladen:
        return None
    choices = [(NU, "Zoals het nu is")]
    choices += [(str(row.versie.nummer), f"Versie {row.versie.nummer}") for row in bladen]
    initial = chosen or {"van": str(bladen[0].versie.nummer), "naar": NU}
    return VersiekeuzeForm(initial=initial, choices=choices)


def _title(key: str) -> str:
    return "Zoals het nu is" if key == NU else f"Versie {key}"
