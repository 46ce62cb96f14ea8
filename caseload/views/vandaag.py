"""Vandaag: who needs somebody, why, and the act that solves it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseload.enums import Groep
from caseload.queries import dag
from caseload.queries.berichten import niet_aangekomen
from caseload.queries.trajectenlijst import TrajectenKeuze
from caseload.views.tonen import address, regels
from kern.belgian_dates import MAANDEN, WEEKDAGEN
from kern.charts import Column
from kern.pieces import Cell, Counter, Head, TableRow
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten.queries.afspraken import afspraken_on
from trajecten.queries.concepten import Wachtend, wachtende_concepten
from trajecten.signalen import regels_van

SERIES = ("zonder vervolgstap", "met vervolgstap")
PER_GROUP = 8
PER_PAGE = 50
LEVELS = {Groep.NU: "nu", Groep.DEZE_WEEK: "binnenkort", Groep.BINNENKORT: ""}
# Where somebody without a day of her own begins, by what she may do.
ELSEWHERE = (
    (Permission.REGEL_CHANGE, "toegang:beheer"),
    (Permission.AUDIT_VIEW, "toegang:toezicht"),
    (Permission.CLIENT_LIST, "caseload:clienten"),
)


@require_safe
def vandaag(request: HttpRequest) -> HttpResponse:
    """Show the day; whoever has none is sent to where her own work begins."""
    user = request.user
    assert isinstance(user, Gebruiker)  # noqa: S101 - behind the sign-in wall
    if not user.may(Permission.DAY_VIEW):
        return _elsewhere(request, user)
    groep = request.GET.get("groep", "")
    if groep in Groep.values:
        return _one_group(request, user, Groep(groep))
    return _day(request, user)


vandaag.required_permission = Permission.DAY_VIEW  # type: ignore[attr-defined]


def _elsewhere(request: HttpRequest, user: Gebruiker) -> HttpResponse:
    for permission, name in ELSEWHERE:
        if user.may(permission) and (url := address(name)):
            return redirect(url)
    return TemplateResponse(request, "caseload/nergens.html")


def _day(request: HttpRequest, user: Gebruiker) -> HttpResponse:
    today = timezone.localdate()
    parts = dag.day_parts(user, on=today, per_group=PER_GROUP)
    shown = [
        {
            "groep": part.groep,
            "aantal": part.aantal,
            "regels": regels(part.regels, user, on=today),
            "url": _group_url(part.groep),
            "heeft_meer": part.aantal > len(part.regels),
        }
        for part in parts
        if part.aantal
    ]
    counters, drafts, lost = _counters(parts, user, today)
    context = {
        "dag": f"{WEEKDAGEN[today.weekday()]} {today.day} {MAANDEN[today.month - 1]}",
        "delen": shown,
        "tellers": counters,
        "kolommen": _columns(user, today),
        "reeksen": SERIES,
        "is_leidinggevende": dag.leads(user),
        "dagdeel": _greeting(timezone.localtime().hour),
        "concepten": drafts,
        "berichten": lost,
        "afspraken": afspraken_on(user, today),
    }
    if dag.leads(user):
        context |= _team(user, today)
    return TemplateResponse(request, "caseload/vandaag.html", context)


def _one_group(request: HttpRequest, user: Gebruiker, groep: Groep) -> HttpResponse:
    today = timezone.localdate()
    signals = dag.ordered(dag.signals_of(user, on=today, groep=groep))
    page = Paginator(signals, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "groep": groep,
        "page": page,
        "regels": regels(regels_van(page.object_list, on=today), user, on=today),
    }
    return TemplateResponse(request, "caseload/groep.html", context)


def _group_url(groep: Groep) -> str:
    return f"{reverse('caseload:vandaag')}?{urlencode({'groep': groep.value})}"


def _counters(
    parts: list[dag.Dagdeel], user: Gebruiker, today: date
) -> tuple[list[Counter], Wachtend, int]:
    groups = [
        Counter(
            str(part.groep.label).lower(), part.aantal, _group_url(part.groep), LEVELS[part.groep]
        )
        for part in parts
    ]
    wanted = dag.tellingen(user)
    now = timezone.now()
    also = (*wachtende_concepten(user, at=now), niet_aangekomen(user, dag.whose(user), at=now))
    *sizes, waiting, going, lost = dag.count_all(wanted, user, on=today, also=also)
    counters = groups + [
        Counter(
            telling.label,
            size,
            f"{reverse(f'caseload:{telling.lijst}')}?{urlencode(telling.keuze.params())}",
            telling.niveau,
        )
        for telling, size in zip(wanted, sizes, strict=True)
    ]
    return counters, Wachtend(waiting, going), lost


def _columns(user: Gebruiker, today: date) -> list[Column]:
    columns = []
    for month in dag.months_ahead(user, on=today):
        name = MAANDEN[month.eerste.month - 1]
        keuze = TrajectenKeuze(wie=dag.whose(user), **month.keuze)
        columns.append(
            Column(
                label=f"{name} {month.eerste.year}",
                short=name[:1],
                group=str(month.eerste.year),
                values=(month.zonder_stap, month.met_stap),
                url=f"{reverse('caseload:trajecten')}?{urlencode(keuze.params())}",
            )
        )
    return columns


def _team(user: Gebruiker, today: date) -> dict[str, Any]:
    clients_url = reverse("caseload:clienten")
    rows = [
        TableRow(
            name=last.naam,
            url=f"{clients_url}?{urlencode({'wie': last.gebruiker_id})}",
            cells=(
                Cell(last.clienten, number=True),
                Cell(last.trajecten, number=True),
                Cell(last.signalen, number=True),
            ),
        )
        for last in dag.team_load(user, on=today)
    ]
    heads = [
        Head("Medewerker"),
        Head("Cliënten", number=True),
        Head("Lopende trajecten", number=True),
        Head("Dringende signalen", number=True),
    ]
    return {"ploeg_hoofden": heads, "ploeg_rijen": rows}


def _greeting(hour: int) -> str:
    return "Goedemorgen" if hour < 12 else "Goedemiddag" if hour < 18 else "Goedenavond"
