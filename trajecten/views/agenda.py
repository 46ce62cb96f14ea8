"""One's own agenda by day or week; for the reception desk, who is expected."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.belgian_dates import MAANDEN, WEEKDAGEN
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.models import Afspraak
from trajecten.queries.afspraken import (
    agenda_aan_balie,
    agenda_of,
    zelf_te_herinneren,
    zonder_uitkomst,
)
from trajecten.rules.werkdagen import feestdag

WEEK = 7
WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Dag:
    """A day of the agenda: its name, why offices are closed, and who comes."""

    dag: date
    naam: str
    feestdag: str
    afspraken: tuple[Afspraak, ...]
    is_vandaag: bool


@require_safe
@requires(Permission.AFSPRAAK_MAKE)
def agenda(request: UserRequest) -> HttpResponse:
    """Show a week, or one day."""
    user, now = request.user, timezone.now()
    today = timezone.localdate(now)
    own = user.may(Permission.CLIENT_OPEN)
    # The desk looks at today, a worker at her week.
    per_dag = request.GET.get("deel", "week" if own else "dag") == "dag"
    first = _first(request.GET.get("dag", ""), today, per_dag=per_dag)
    last = first if per_dag else first + timedelta(days=WEEK - 1)
    rows = list(agenda_of(user, first, last) if own else agenda_aan_balie(user, first, last))
    step = timedelta(days=1 if per_dag else WEEK)
    context = {
        "is_balie": not own,
        "per_dag": per_dag,
        "dagen": _days(rows, first, last, today),
        "periode": _named(first, last),
        "aantal": len(rows),
        "vorige": _url(first - step, per_dag=per_dag),
        "volgende": _url(first + step, per_dag=per_dag),
        "nu_url": _url(today, per_dag=per_dag),
        "week_url": _url(first, per_dag=False),
        "dag_url": _url(today if first <= today <= last else first, per_dag=True),
        "is_nu": first <= today <= last,
        "open": zonder_uitkomst(user, at=now) if own else [],
        "herinner": zelf_te_herinneren(user, on=today, at=now) if own else [],
    }
    return TemplateResponse(request, "trajecten/agenda.html", context)


def _first(asked: str, today: date, *, per_dag: bool) -> date:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    if not date(2000, 1, 1) <= day <= date(2199, 12, 1):
        day = today
    return day if per_dag else day - timedelta(days=day.weekday())


def _days(rows: list[Afspraak], first: date, last: date, today: date) -> list[Dag]:
    """Return the days; a weekend without appointments is left out of a week."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        own = tuple(row for row in rows if row.dag == day)
        if own or number < WORKDAYS or first == last:
            found.append(
                Dag(
                    dag=day,
                    naam=f"{WEEKDAGEN[day.weekday()].capitalize()} {day.day} "
                    f"{MAANDEN[day.month - 1]}",
                    feestdag=feestdag(day) or "",
                    afspraken=own,
                    is_vandaag=day == today,
                )
            )
    return found


def _named(first: date, last: date) -> str:
    def named(day: date, *, year: bool) -> str:
        return f"{day.day} {MAANDEN[day.month - 1]}" + (f" {day.year}" if year else "")

    if first == last:
        return f"{WEEKDAGEN[first.weekday()]} {named(first, year=True)}"
    if first.month == last.month:
        return f"{first.day} t.e.m. {named(last, year=True)}"
    return f"{named(first, year=first.year != last.year)} t.e.m. {named(last, year=True)}"


def _url(day: date, *, per_dag: bool) -> str:
    query = {"dag": day.isoformat(), "deel": "dag" if per_dag else "week"}
    return reverse("trajecten:agenda", query=query)
