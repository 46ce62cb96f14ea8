"""Noting contacts."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clienten.access import open_client
from clienten.models import Client
from kern.errors import DomainError
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten import commands
from trajecten.enums import LogSoort
from trajecten.forms.contact import ContactForm
from trajecten.models import Logboekitem, Traject
from trajecten.views.opening import attempt, client_url, crumbs, open_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_WRITE)
def add_logboekitem(request: UserRequest, client_pk: int) -> HttpResponse:
    """Write a contact or a note in the log."""
    client = open_client(request.user, client_pk, scherm="contact noteren")
    trajecten = Traject.objects.visible_to(request.user).filter(client=client)
    trajecten = trajecten.select_related("instrument").order_by("-begindatum", "pk")
    initial = {
        "soort": LogSoort.GESPREK,
        "dag": timezone.localdate(),
        "traject": request.GET.get("traject", ""),
    }
    form = ContactForm(request.POST or None, initial=initial, trajecten=trajecten)
    if request.method == "POST" and form.is_valid():
        item = attempt(form, lambda: _note(request, client, form))
        if item is not None:
            undo = reverse("trajecten:withdraw_contact", args=[item.pk])
            messages.success(request, "Genoteerd.", extra_tags=f"ongedaan={undo}")
            return redirect(_after(client.pk, item.traject_id))
    context = {
        "form": form,
        "client": client,
        "back_url": _after(client.pk, _chosen(trajecten, request.GET.get("traject", ""))),
        "crumbs": crumbs(client),
    }
    return TemplateResponse(request, "trajecten/contact.html", context)


@require_POST
@requires(Permission.LOG_WRITE)
def withdraw_contact(request: UserRequest, pk: int) -> HttpResponse:
    """Take back one's own note of today."""
    item = open_row(request, Logboekitem.objects.select_related("client"), pk, scherm="logboek")
    client_pk, traject_pk = item.client_id, item.traject_id
    try:
        commands.withdraw_contact(item=item, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De nota is teruggetrokken.")
    return redirect(_after(client_pk, traject_pk))


def _note(request: UserRequest, client: Client, form: ContactForm) -> Logboekitem:
    facts = form.cleaned_data
    return commands.note_contact(
        client=client,
        traject=facts["traject"],
        soort=LogSoort(facts["soort"]),
        moment=form.moment(),
        tekst=facts["tekst"],
        by=request.user,
        at=timezone.now(),
    )


def _chosen(trajecten: QuerySet[Traject], typed: str) -> int | None:
    return next((row.pk for row in trajecten if str(row.pk) == typed), None)


def _after(client_pk: int, traject_pk: int | None) -> str:
    if traject_pk is not None:
        return reverse("trajecten:traject", args=[traject_pk])
    return client_url(client_pk) or reverse("trajecten:add_logboekitem", args=[client_pk])
