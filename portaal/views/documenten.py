"""Her papers: what both agreed to, and what can be printed."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portaal.access import client_page
from portaal.http import ClientRequest
from portaal.pagina import page
from trajecten.queries.plan import versies_of


@require_safe
@client_page
def documenten(request: ClientRequest) -> HttpResponse:
    """List the versions of her plan that both agreed to, newest first."""
    rows = [blad for blad in versies_of(request.client) if blad.versie.van_kracht_at]
    return page(request, "documenten.html", {"versies": rows})
