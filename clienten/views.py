"""The page that asks why a file that is not one's own is opened."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from clienten.access import ReasonNeeded, state_reason
from clienten.forms import RedenForm
from clienten.models import Client
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission

VERDER = "verder"


def reason_redirect(request: HttpRequest, exc: ReasonNeeded) -> HttpResponse:
    """Return the way to the page that asks for a reason, and from there back to this one."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    query = f"?{urlencode({VERDER: back})}" if back else ""
    url = f"{reverse('clienten:reden', args=[exc.client_pk])}{query}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLIENT_OPEN)
def reden(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for the reason, write it in the read log, and go on."""
    client = Client.objects.visible_to(request.user).filter(pk=pk).first()
    if client is None:
        raise Http404
    form = RedenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        state_reason(request.user, pk, reden=form.cleaned_data["reden"], at=timezone.now())
        return redirect(_onward(request, pk))
    return TemplateResponse(
        request, "clienten/reden.html", {"client": client, "form": form, "verder": _asked(request)}
    )


def _asked(request: HttpRequest) -> str:
    given = request.POST.get(VERDER) or request.GET.get(VERDER, "")
    safe = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if safe and given.startswith("/") else ""


def _onward(request: HttpRequest, pk: int) -> str:
    return _asked(request) or f"/clienten/{pk}/"
