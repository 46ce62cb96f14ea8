"""The log: noting contacts, mending one's own, taking them back."""

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
from trajecten.commands.contact import LogitemOvertaken, change_contact
from trajecten.enums import LogSoort
from trajecten.forms.contact import ContactForm, ContactWijzigForm
from trajecten.models import Logboekitem, Traject
from trajecten.views.concepten import concept_for
from trajecten.views.opening import attempt, client_url, crumbs, open_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_WRITE)
def add_logboekitem(request: UserRequest, client_pk: int) -> HttpResponse:
    """Write a contact or a note in the log."""
    client = open_client(request.user, client_pk, scherm="contact noteren")
    trajecten = _trajecten(request, client.pk)
    concept = concept_for(request, client, sleutel="logboek", titel="Noteer contact")
    initial = {
        # An appointment that was held brings its kind, day and hour along.
        "soort": request.GET.get("soort", LogSoort.GESPREK),
        "dag": request.GET.get("dag") or timezone.localdate(),
        "uur": request.GET.get("uur", ""),
        "traject": request.GET.get("traject", ""),
    }
    form = ContactForm(request.POST or None, initial=initial | concept.initial, trajecten=trajecten)
    if request.method == "POST" and form.is_valid():
        item = attempt(form, lambda: _note(request, client, form))
        if item is not None:
            undo = reverse("trajecten:withdraw_contact", args=[item.pk])
            messages.success(request, "Genoteerd.", extra_tags=f"ongedaan={undo}")
            return redirect(after_log(client.pk, item.traject_id))
    context = {
        "form": form,
        "client": client,
        "concept": concept,
        "back_url": after_log(client.pk, _chosen(trajecten, request.GET.get("traject", ""))),
        "crumbs": crumbs(client),
        "botsing": None,
    }
    return TemplateResponse(request, "trajecten/contact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_WRITE)
def change_logboekitem(request: UserRequest, pk: int) -> HttpResponse:
    """Mend one's own entry; who saves on top of a newer version sees both texts."""
    item = open_log(request, pk)
    if item.auteur_id != request.user.pk:
        messages.error(
            request, f"Alleen {item.auteur.naam} wijzigt deze nota. Schrijf er een aanvulling bij."
        )
        return redirect("trajecten:add_logaanvulling", pk=pk)
    concept = concept_for(request, item.client, sleutel=f"logboek-{pk}", titel="Wijzig een nota")
    form = ContactWijzigForm(
        request.POST or None,
        item=item,
        initial=concept.initial,
        trajecten=_trajecten(request, item.client_id),
    )
    botsing = None
    if request.method == "POST" and form.is_valid():
        try:
            changed = _change(request, item, form)
        except LogitemOvertaken as refusal:
            botsing = refusal
            form.renew(refusal.item)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Bewaard.")
            return redirect(after_log(changed.client_id, changed.traject_id))
    context = {
        "form": form,
        "client": item.client,
        "item": item,
        "concept": concept,
        "back_url": after_log(item.client_id, item.traject_id),
        "crumbs": crumbs(item.client),
        "botsing": botsing,
    }
    return TemplateResponse(request, "trajecten/contact.html", context)


@require_POST
@requires(Permission.LOG_WRITE)
def withdraw_contact(request: UserRequest, pk: int) -> HttpResponse:
    """Take back one's own note of today."""
    item = open_log(request, pk)
    client_pk, traject_pk = item.client_id, item.traject_id
    try:
        commands.withdraw_contact(item=item, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De nota is teruggetrokken.")
    return redirect(after_log(client_pk, traject_pk))


def open_log(request: UserRequest, pk: int) -> Logboekitem:
    """Return an entry with its client and author, and write the read log, or answer 404."""
    rows = Logboekitem.objects.select_related("client", "auteur", "traject__instrument")
    found: Logboekitem = open_row(request, rows, pk, scherm="logboek")
    return found


def after_log(client_pk: int, traject_pk: int | None) -> str:
    """Return where the log stands: on the page of the traject, or in the file."""
    if traject_pk is not None:
        return reverse("trajecten:traject", args=[traject_pk])
    return client_url(client_pk) or reverse("trajecten:add_logboekitem", args=[client_pk])


def _note(request: UserRequest, client: Client, form: ContactForm) -> Logboekitem:
    facts = form.gegevens()
    return commands.note_contact(
        client=client,
        traject=facts.traject,
        soort=facts.soort,
        moment=facts.moment,
        tekst=facts.tekst,
        zichtbaar=facts.zichtbaar,
        by=request.user,
        at=timezone.now(),
    )


def _change(request: UserRequest, item: Logboekitem, form: ContactWijzigForm) -> Logboekitem:
    return change_contact(
        item=item,
        gegevens=form.gegevens(),
        revisie=form.cleaned_data["revisie"],
        by=request.user,
        at=timezone.now(),
    )


def _trajecten(request: UserRequest, client_pk: int) -> QuerySet[Traject]:
    rows = Traject.objects.visible_to(request.user).filter(client=client_pk)
    return rows.select_related("instrument").order_by("-begindatum", "pk")


def _chosen(trajecten: QuerySet[Traject], typed: str) -> int | None:
    return next((row.pk for row in trajecten if str(row.pk) == typed), None)
