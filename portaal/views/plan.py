"""The start page of a client."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portaal.access import client_page
from portaal.http import ClientRequest


@require_safe
@client_page
def start(request: ClientRequest) -> HttpResponse:
    """Greet the client."""
    return TemplateResponse(request, "portaal/start.html", {"client": request.client})
