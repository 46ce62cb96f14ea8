"""The signed paper behind an agreement: bring in, and read again."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clienten.access import open_client
from clienten.models import Client
from kern.crypto import unseal_bytes
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.commands import plan as commands
from trajecten.forms.planakkoord import ScanForm
from trajecten.models import Akkoord, AkkoordScan
from trajecten.views.opening import attempt
from trajecten.views.plan.opening import crumbs
from trajecten.views.plan.zicht import Zicht

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_CHANGE)
def add_scan(request: UserRequest, client_pk: int, pk: int) -> HttpResponse:
    """Bring in the signed paper of an agreement."""
    client = open_client(request.user, client_pk, scherm="getekend blad")
    akkoord = _akkoord(client, pk)
    is_sent = request.method == "POST"
    form = ScanForm(*((request.POST, request.FILES) if is_sent else ()))
    refuse_too_large(request, form)
    if request.method == "POST" and form.is_valid():
        kept = attempt(
            form,
            lambda: commands.add_scan(
                akkoord=akkoord,
                scan=form.cleaned_data["scan"],
                by=request.user,
                at=timezone.now(),
            ),
            field="scan",
        )
        if kept is not None:
            messages.success(request, "Het getekende blad is bewaard.")
            return redirect("trajecten:plan_version", client_pk=client.pk, pk=akkoord.planversie_id)
    context = {
        "client": client,
        "form": form,
        "akkoord": akkoord,
        "crumbs": crumbs(client, Zicht()),
    }
    return TemplateResponse(request, "trajecten/plan/scan.html", context)


@require_safe
@requires(Permission.CLIENT_OPEN)
def scan(request: UserRequest, client_pk: int, pk: int) -> HttpResponse:
    """Hand out the signed paper; that it was opened is written down."""
    client = open_client(request.user, client_pk, scherm="getekend blad")
    akkoord = _akkoord(client, pk)
    row = AkkoordScan.objects.owned_by(client).filter(akkoord=akkoord).first()
    if row is None:
        raise Http404
    content = unseal_bytes(bytes(row.inhoud), place=row.place())
    name = f"stappenplan-versie-{akkoord.planversie.nummer}.{EXTENSIONS[row.soort]}"
    return HttpResponse(
        content,
        content_type=row.soort,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def refuse_too_large(request: UserRequest, form: Form) -> None:
    """Say beside the box that the paper did not arrive; without it nothing is kept."""
    if getattr(request, "upload_too_large", False):
        form.add_error("scan", "Dit bestand is te groot. Maak de foto kleiner.")


def _akkoord(client: Client, pk: int) -> Akkoord:
    rows = Akkoord.objects.owned_by(client).select_related("planversie", "client")
    akkoord = rows.filter(pk=pk).first()
    if akkoord is None:
        raise Http404
    return akkoord
