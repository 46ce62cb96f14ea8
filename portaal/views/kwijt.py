"""`I lost my link`: the same answer whoever asks."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from portaal.access import door
from portaal.antwoorden import too_often
from portaal.commands import ask_lost_link
from portaal.forms.deur import KwijtForm
from portaal.http import PortaalRequest
from portaal.remmen import DAY, HOUR, address_of, allowed


@require_http_methods(["GET", "HEAD", "POST"])
@door
def kwijt(request: PortaalRequest) -> HttpResponse:
    """Ask where she lives, how she is reached and when she was born; tell nothing."""
    form = KwijtForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not allowed("kwijt", address_of(request), most=8, seconds=HOUR):
            return too_often(request)
        if form.is_valid():
            vraag = form.vraag()
            # Over the limit the answer is the same: who fishes learns nothing of this either.
            if allowed("bereik", vraag.bereik, most=3, seconds=DAY):
                ask_lost_link(vraag=vraag)
            return redirect("portaal:gevraagd")
    return TemplateResponse(request, "portaal/kwijt.html", {"form": form})


@require_safe
@door
def gevraagd(request: PortaalRequest) -> HttpResponse:
    """Say what happens now, if she is known."""
    return TemplateResponse(request, "portaal/gevraagd.html", {})
