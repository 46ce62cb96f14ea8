"""Her papers: what both agreed to, the plan as it stands now, and her contract."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.errors import DomainError
from portaal.access import client_page
from portaal.http import ClientRequest
from portaal.pagina import go_to, page
from portaal.queries.documenten import contract_of, contracts_of
from trajecten import afdruk
from trajecten.queries.plan import Versieblad, read_plan, versies_of


@require_safe
@client_page
def documenten(request: ClientRequest) -> HttpResponse:
    """List the versions both agreed to, newest first, and what can be printed."""
    context = {
        "versies": _agreed(request),
        "heeft_plan": not read_plan(request.client).is_leeg,
        "contracten": contracts_of(request.client),
    }
    return page(request, "documenten.html", context)


@require_safe
@client_page
def plan_pdf(request: ClientRequest) -> HttpResponse:
    """Give her the plan as it stands now, in large type and in her language."""
    client, taal = request.client, request.portaal.taal
    return _paper(lambda: afdruk.plan_pdf(client, at=timezone.now(), taal=taal), "plan")


@require_safe
@client_page
def versie_pdf(request: ClientRequest, nummer: int) -> HttpResponse:
    """Give her a version that both agreed to, on paper."""
    client, taal = request.client, request.portaal.taal
    found = [blad.versie for blad in _agreed(request) if blad.versie.nummer == nummer]
    if not found:
        raise Http404
    return _paper(lambda: afdruk.versie_pdf(client, found[0], taal=taal), f"plan-{nummer}")


@require_safe
@client_page
def contract_pdf(request: ClientRequest, pk: int) -> HttpResponse:
    """Give her the contract that was handed over."""
    contract = contract_of(request.client, pk)
    if contract is None:
        raise Http404
    return _paper(lambda: afdruk.gpmi_pdf(contract, at=timezone.now()), "contract")


def _agreed(request: ClientRequest) -> list[Versieblad]:
    return [blad for blad in versies_of(request.client) if blad.versie.van_kracht_at]


def _paper(make: Callable[[], bytes], name: str) -> HttpResponse:
    """Send the paper under a name that says nothing about her."""
    try:
        content = make()
    except DomainError:
        return go_to("documenten", ok="niet")
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
