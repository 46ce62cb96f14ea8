"""What the office wrote down and shared with her."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portaal.access import client_page
from portaal.http import ClientRequest
from portaal.pagina import page
from trajecten.models import Logboekitem

PER_PAGE = 20


@require_safe
@client_page
def logboek(request: ClientRequest) -> HttpResponse:
    """Show the shared entries, newest first; what stays in the office is not even fetched."""
    rows = Logboekitem.objects.owned_by(request.client).shared_with_client()
    rows = rows.only("soort", "moment", "tekst").order_by("-moment", "-pk")
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("blad"))
    return page(request, "logboek.html", {"items": found})
