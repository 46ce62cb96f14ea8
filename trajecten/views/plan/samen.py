"""At the table: the client beside the screen, one thing at a time, in very plain words."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.access import open_client
from clienten.models import Client
from kern.errors import DomainError
from kern.periods import add_months
from kern.words import full
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands import plan as commands
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, ReactieSoort, Stem, Uitvoerder
from trajecten.forms.plan import AntwoordForm, TafelStapForm
from trajecten.forms.planakkoord import TolkForm
from trajecten.models import Reactie, Stap
from trajecten.queries.plan import Plan, Planregel, read_plan, read_regel
from trajecten.views.opening import attempt, client_url
from trajecten.views.plan.inhoudsblad import Bladregel, blad_van
from trajecten.views.plan.kaarten import HOE, Kaarten, may_agree
from trajecten.views.plan.opening import MODELS, draft
from trajecten.views.plan.pagina import print_url

SCHERM = "samen aan tafel"
EDIT = ["GET", "HEAD", "POST"]
Tafel = dict[str, Any]


@require_http_methods(EDIT)
@requires(Permission.PLAN_CHANGE)
def start(request: UserRequest, client_pk: int) -> HttpResponse:
    """Ask once in which language one speaks, and with whose help."""
    client = open_client(request.user, client_pk, scherm=SCHERM)
    plan = read_plan(client)
    form = TolkForm(request.POST or None, initial={"taal": client.taal or "nl"})
    waiting = [*plan.wacht_op(Stem.CLIENT), *plan.wacht_op(Stem.OCMW)]
    if request.method == "POST" and form.is_valid():
        request.session[_key(client.pk)] = {
            **form.cleaned_data,
            "vragen": [f"{regel.soort}:{regel.item.pk}" for regel in waiting],
        }
        return _to_question(client.pk, 1) if waiting else _to("nieuw", client.pk)
    context = {"form": form, "aantal": len(waiting), "is_bezig": _key(client.pk) in request.session}
    return _page(request, client, "begin", context)


@require_http_methods(EDIT)
@requires(Permission.PLAN_CHANGE)
def question(request: UserRequest, client_pk: int, nr: int) -> HttpResponse:
    """Show one goal or step with what the other said, and ask."""
    client = open_client(request.user, client_pk, scherm=SCHERM)
    tafel = request.session.get(_key(client.pk))
    if tafel is None:
        return _to("", client.pk)
    if not 1 <= nr <= len(tafel["vragen"]):
        return _to("nieuw", client.pk)
    regel = _read(client, tafel, nr)
    if regel is None:
        return _to_question(client.pk, nr + 1)
    form = AntwoordForm(request.POST or None, initial={"revisie": regel.item.revisie})
    if request.method == "POST":
        if "laten" in request.POST:
            return _leave(request, regel, nr)
        said = partial(_react, request, regel, form, tafel)
        if form.is_valid() and attempt(form, said) is not None:
            return _after(client, tafel, nr)
        regel = _read(client, tafel, nr) or regel
    return _page(request, client, "vraag", _question(regel, form, request, tafel, nr))


@require_http_methods(EDIT)
@requires(Permission.PLAN_CHANGE)
def add(request: UserRequest, client_pk: int) -> HttpResponse:
    """Let the client propose something; the OCMW may agree to it at once."""
    client = open_client(request.user, client_pk, scherm=SCHERM)
    tafel = request.session.get(_key(client.pk))
    if tafel is None:
        return _to("", client.pk)
    concept = draft(request, client, sleutel="tafel", titel="Samen aan tafel: iets nieuws")
    initial = {"uitvoerders": [Uitvoerder.CLIENT], **concept.initial}
    form = TafelStapForm(request.POST or None, initial=initial, client=client)
    at_once = "akkoord" in request.POST
    if request.method == "POST" and form.is_valid():
        if at_once and not form.cleaned_data["tegen"]:
            form.add_error("tegen", "Kies een dag. Dan kunt u meteen akkoord gaan.")
        elif attempt(form, lambda: _propose(request, client, form, tafel, at_once=at_once)):
            said = "Dit is afgesproken." if at_once else "Dit staat in het plan, als voorstel."
            messages.success(request, f"{said} Wilt u nog iets?")
            return _to("nieuw", client.pk)
    context = {"form": form, "aantal": len(tafel["vragen"]), "concept": concept}
    return _page(request, client, "nieuw", context)


@require_http_methods(EDIT)
@requires(Permission.PLAN_CHANGE)
def whole(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show the whole plan, large; both agree to it here."""
    client = open_client(request.user, client_pk, scherm=SCHERM)
    tafel = request.session.get(_key(client.pk))
    if tafel is None:
        return _to("", client.pk)
    if request.method == "POST":
        try:
            commands.agree_together(
                client=client,
                by=request.user,
                at=timezone.now(),
                gezien=request.POST.get("gezien", ""),
                wie=_client(request, tafel),
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            return _to("klaar", client.pk)
    plan = read_plan(client)
    return _page(request, client, "alles", {"plan": plan, "blad": _sheet(plan)})


@require_safe
@requires(Permission.PLAN_CHANGE)
def done(request: UserRequest, client_pk: int) -> HttpResponse:
    """Say what holds now, and offer the paper before anybody leaves the room."""
    client = open_client(request.user, client_pk, scherm=SCHERM)
    plan = read_plan(client)
    hers = plan.van_kracht.akkoord_van(Stem.CLIENT) if plan.van_kracht else None
    context = {
        "plan": plan,
        "hoe": HOE[AkkoordKanaal(hers.kanaal)] if hers else "",
        "wachten": len(plan.wacht_op(Stem.CLIENT)) + len(plan.wacht_op(Stem.OCMW)),
        "print_url": print_url(client.pk),
        "client_url": client_url(client.pk),
    }
    return _page(request, client, "klaar", context)


@require_POST
@requires(Permission.PLAN_CHANGE)
def leave(request: UserRequest, client_pk: int) -> HttpResponse:
    """Leave the table; everything said so far stands."""
    client = open_client(request.user, client_pk, scherm=SCHERM)
    request.session.pop(_key(client.pk), None)
    return redirect("trajecten:plan", client_pk=client.pk)


def _key(client_pk: int) -> str:
    return f"samen:{client_pk}"


def _to(name: str, client_pk: int) -> HttpResponseRedirect:
    suffix = f"_{name}" if name else ""
    return redirect(f"trajecten:plan_samen{suffix}", client_pk=client_pk)


def _to_question(client_pk: int, nr: int) -> HttpResponseRedirect:
    return redirect("trajecten:plan_samen_vraag", client_pk=client_pk, nr=nr)


def _read(client: Client, tafel: Tafel, nr: int) -> Planregel | None:
    soort, pk = tafel["vragen"][nr - 1].split(":")
    regel = read_regel(MODELS[soort], client, int(pk))
    if regel is not None:
        regel.item.client = client
    return regel


def _client(request: UserRequest, tafel: Tafel) -> Wie:
    return Wie.client(
        AkkoordKanaal.BUREAU, gebruiker=request.user, taal=tafel["taal"], tolk=tafel["tolk"]
    )


def _react(request: UserRequest, regel: Planregel, form: AntwoordForm, tafel: Tafel) -> Reactie:
    facts = form.cleaned_data
    hers = request.POST.get("stem") == Stem.CLIENT
    return commands.react(
        item=regel.item,
        soort=ReactieSoort(facts["soort"]),
        wie=_client(request, tafel) if hers else Wie.ocmw(request.user),
        at=timezone.now(),
        revisie=facts["revisie"],
        tekst=facts["tekst"],
        dag=facts["dag"],
    )


def _leave(request: UserRequest, regel: Planregel, nr: int) -> HttpResponse:
    revisie = request.POST.get("revisie", "")
    client_pk = regel.item.client_id
    try:
        commands.leave_disagreed(
            item=regel.item,
            wie=Wie.ocmw(request.user),
            at=timezone.now(),
            revisie=int(revisie) if revisie.isdecimal() and len(revisie) < 9 else 0,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _to_question(client_pk, nr)
    return _to_question(client_pk, nr + 1)


def _after(client: Client, tafel: Tafel, nr: int) -> HttpResponse:
    """Go on when both agree; else the other answers on the same page."""
    regel = _read(client, tafel, nr)
    still = regel is not None and regel.item.wacht_op
    return _to_question(client.pk, nr if still else nr + 1)


def _propose(
    request: UserRequest, client: Client, form: TafelStapForm, tafel: Tafel, *, at_once: bool
) -> Stap:
    now = timezone.now()
    stap = commands.propose_stap(
        client=client,
        gegevens=form.gegevens(),
        wie=_client(request, tafel),
        at=now,
        sleutel=form.cleaned_data["sleutel"],
    )
    # The same form sent twice finds its step agreed already.
    if at_once and stap.wacht_op == Stem.OCMW:
        commands.react(
            item=stap,
            soort=ReactieSoort.AKKOORD,
            wie=Wie.ocmw(request.user),
            at=now,
            revisie=stap.revisie,
        )
    return stap


def _question(
    regel: Planregel, form: AntwoordForm, request: UserRequest, tafel: Tafel, nr: int
) -> dict[str, Any]:
    item, today = regel.item, timezone.localdate()
    kaarten = Kaarten(client=item.client, today=today)
    aan_zet = Stem(item.wacht_op) if item.wacht_op else None
    other = regel.nu[-1] if regel.nu else None
    asked = regel.gevraagde_dag
    pk, total = item.client_id, len(tafel["vragen"])
    return {
        "form": form,
        "item": item,
        "is_doel": regel.soort == "doel",
        "movers": kaarten.movers(item),
        "voorsteller": kaarten.name(Stem(item.voorstel_van)),
        "gezegd": [kaarten.answer(row) for row in (*regel.nu, *regel.van_partner)],
        "aan_zet": aan_zet,
        "is_client": aan_zet == Stem.CLIENT,
        "mag_akkoord": aan_zet is not None and may_agree(regel, aan_zet),
        "akkoord_dag": asked if asked and other and other.stem != aan_zet else None,
        "mag_laten": aan_zet == Stem.OCMW and bool(regel.nu),
        "is_afgesproken": item.status == PlanStatus.AFGESPROKEN,
        "dagen": _days(item.tegen, today),
        "getypt": request.POST.get("soort", "") if form.errors else "",
        "nr": nr,
        "totaal": total,
        "verder": reverse("trajecten:plan_samen_vraag", args=[pk, nr + 1])
        if nr < total
        else reverse("trajecten:plan_samen_nieuw", args=[pk]),
        "terug": reverse("trajecten:plan_samen_vraag", args=[pk, nr - 1]) if nr > 1 else "",
    }


def _days(tegen: date | None, today: date) -> list[tuple[str, date, str]]:
    """Return days to choose with one tap."""
    begin = max(tegen or today, today)
    steps = (("1 maand later", 1), ("2 maanden later", 2), ("3 maanden later", 3))
    return [
        (label, add_months(begin, months), full(add_months(begin, months)))
        for label, months in steps
    ]


def _sheet(plan: Plan) -> dict[str, Any]:
    """Return the plan as one reads it aloud: where to, who does what, what is not agreed."""
    blad = blad_van(plan.inhoud, plan.client)
    steps = [row for groep in blad.groepen for row in groep.stappen]

    def of(*voices: str) -> list[Bladregel]:
        return [row for row in steps if any(who.voice in voices for who in row.movers)]

    return {
        "doelen": [groep.doel for groep in blad.groepen if groep.doel],
        "delen": [
            ("client", f"Wat {plan.client.voornaam} doet", of("client")),
            ("petrol", "Wat het OCMW doet", of("petrol")),
            ("rest", "Wat een partner doet", of("rest")),
        ],
        "zonder_akkoord": blad.zonder_akkoord,
        "teksten": blad.teksten,
    }


def _page(
    request: UserRequest, client: Client, name: str, context: dict[str, Any]
) -> TemplateResponse:
    shown = {"client": client, "nav": (), **context}
    return TemplateResponse(request, f"trajecten/plan/samen/{name}.html", shown)
