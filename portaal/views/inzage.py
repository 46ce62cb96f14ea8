"""Who looked at her file, and what was shared about her."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portaal.access import client_page
from portaal.http import ClientRequest
from portaal.pagina import page
from portaal.queries.inzage import delingen_of, looks_in, months_of

PER_PAGE = 40


@require_safe
@client_page
def inzage(request: ClientRequest) -> HttpResponse:
    """Show one month of who looked: function, organisation, day, ground."""
    now = timezone.now()
    months = months_of(request.client, at=now)
    month = _month(request.GET.get("maand", ""), months)
    looks = looks_in(request.client, month, at=now) if month else []
    where = months.index(month) if month in months else 0
    context = {
        "maand": month,
        "vroeger": months[where + 1] if where + 1 < len(months) else None,
        "later": months[where - 1] if where else None,
        "keren": Paginator(looks, PER_PAGE).get_page(request.GET.get("blad")),
        "organisatie": request.portaalsessie.bestuur.naam,
    }
    return page(request, "inzage.html", context)


@require_safe
@client_page
def gedeeld(request: ClientRequest) -> HttpResponse:
    """Show what was shared with whom, why that may, and until when."""
    today = timezone.localdate()
    rows = [(row, row.runs_on(today)) for row in delingen_of(request.client)]
    return page(request, "gedeeld.html", {"delingen": rows})


def _month(asked: str, months: list[date]) -> date | None:
    found = [month for month in months if f"{month:%Y-%m}" == asked]
    return found[0] if found else (months[0] if months else None)
