"""The step plan of a client on one page: both voices, whatever one groups it by."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clienten.access import open_client
from kern.belgian_dates import format_short
from kern.pieces import Tab
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.enums import AkkoordKanaal, Stem
from trajecten.forms.plan import ZichtForm
from trajecten.queries.drempels import wacht_op
from trajecten.queries.plan import Plan, Versieblad, plan_teksten, read_plan
from trajecten.views.plan import zicht as delen
from trajecten.views.plan.groepen import groepen
from trajecten.views.plan.inhoudsblad import text_lines
from trajecten.views.plan.kaarten import HOE, Kaarten
from trajecten.views.plan.opening import page
from trajecten.views.plan.zicht import PER, Zicht, count


@require_safe
@requires(Permission.CLIENT_OPEN)
def plan(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show every goal and step, what each side says, and what can be done."""
    user, today = request.user, timezone.localdate()
    client = open_client(user, client_pk, scherm="stappenplan")
    read = read_plan(client)
    zicht = Zicht.of(request.GET)
    kaarten = Kaarten(
        client=client,
        today=today,
        may_change=user.may(Permission.PLAN_CHANGE),
        may_see_trajecten=user.may(Permission.TRAJECT_VIEW),
        reader=user,
        zicht=zicht,
        waits=wacht_op(client, user),
    )
    context = page(client, user) | {
        "plan": read,
        "stand": stand_of(read, kaarten.name(Stem.CLIENT)),
        "groepen": groepen(read, kaarten),
        "delen": _parts(read, kaarten, on=today),
        "weergaven": [
            Tab(label, zicht.url(per=per), active=per == zicht.per) for per, label in PER.items()
        ],
        "zicht": zicht,
        "periode": _period_form(request, zicht),
        "zonder_periode": zicht.url(van=None, tot=None),
        "alles_url": zicht.url(deel=delen.ALLES, van=None, tot=None),
        "may_change": kaarten.may_change,
        "print_url": print_url(client.pk),
        "teksten": text_lines(plan_teksten(read.stappenplan)),
        "sjabloon_url": _found("trajecten:kies_sjabloon", client.pk),
        "carried": f"?zicht={quote(zicht.query(), safe='')}" if zicht.query() else "",
    }
    return TemplateResponse(request, "trajecten/plan/plan.html", context)


def print_url(client_pk: int) -> str:
    """Return where the plan is printed, empty while it cannot be."""
    return _found("trajecten:plan_pdf", client_pk)


def version_print_url(versie_pk: int) -> str:
    """Return where a version is printed, empty while it cannot be."""
    return _found("trajecten:versie_pdf", versie_pk)


def _found(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


def agreed_in_words(blad: Versieblad) -> str:
    """Return when and how the client agreed: 12/10/2026, op papier."""
    akkoord = blad.akkoord_van(Stem.CLIENT)
    since = blad.versie.van_kracht_at or blad.versie.voorgelegd_at
    day = format_short(timezone.localdate(since))
    return f"{day}, {HOE[AkkoordKanaal(akkoord.kanaal)]}" if akkoord else day


def stand_of(plan: Plan, client: str) -> dict[str, Any]:
    """Return what holds, what waits for whom, and what may be put forward next."""
    verschil, waits = plan.verschil, plan.voorgelegd
    sides = {stem: waits.akkoord_van(stem) for stem in (Stem.CLIENT, Stem.OCMW)} if waits else {}
    named = {Stem.CLIENT: client, Stem.OCMW: "het OCMW"}
    return {
        "van_kracht": plan.van_kracht,
        "hoe": agreed_in_words(plan.van_kracht) if plan.van_kracht else "",
        "wijzigingen": verschil.aantal if verschil else 0,
        "voorgelegd": waits,
        "wacht_op": next((named[stem] for stem, said in sides.items() if said is None), ""),
        "wacht_op_client": bool(waits) and sides.get(Stem.CLIENT) is None,
        "is_gewijzigd_sinds": waits is not None and waits.versie.hash != plan.hash,
        "is_gelijk": plan.is_van_kracht,
        "is_leeg": plan.is_leeg,
        "client": client,
        "mag_voorleggen": not plan.is_leeg
        and not plan.is_van_kracht
        and (waits is None or waits.versie.hash != plan.hash),
    }


def _parts(plan: Plan, kaarten: Kaarten, *, on: date) -> list[Tab]:
    zicht = kaarten.zicht
    labels = {
        delen.OPEN: "Open",
        delen.OCMW: "Wacht op het OCMW",
        delen.CLIENT: f"Wacht op {kaarten.name(Stem.CLIENT)}",
        delen.LAAT: "Te laat",
        delen.GEDAAN: "Gedaan",
        delen.ALLES: "Alles",
    }
    regels = [regel for regel in plan.regels if zicht.in_periode(regel)]
    found = []
    for deel, label in labels.items():
        number = count(regels, deel, on=on)
        if number or deel in {delen.OPEN, delen.ALLES, zicht.gekozen}:
            active = deel == zicht.gekozen
            found.append(Tab(label, zicht.url(deel=deel), active=active, count=number))
    return found


def _period_form(request: UserRequest, zicht: Zicht) -> ZichtForm:
    if request.GET.get("van") or request.GET.get("tot"):
        return ZichtForm(request.GET, auto_id="periode_%s")
    return ZichtForm(auto_id="periode_%s")
