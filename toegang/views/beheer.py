"""Accounts and roles of the own bestuur."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.errors import DomainError
from toegang import commands
from toegang.access import requires
from toegang.enums import Rol
from toegang.forms import AanstellingForm, EndForm, GebruikerForm, NewGebruikerForm
from toegang.http import UserRequest
from toegang.models import Aanstelling, Gebruiker
from toegang.permissions import Permission
from toegang.queries import account_rows

PER_PAGE = 50


@require_safe
@requires(Permission.GEBRUIKER_CHANGE)
def beheer(request: UserRequest) -> TemplateResponse:
    """Show what a beheerder keeps."""
    return TemplateResponse(request, "toegang/beheer.html", {})


@require_safe
@requires(Permission.GEBRUIKER_CHANGE)
def gebruikers(request: UserRequest) -> TemplateResponse:
    """List who works, or worked, at this bestuur."""
    rows = account_rows(request.user, on=timezone.localdate())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "toegang/gebruikers.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GEBRUIKER_CHANGE)
def nieuw(request: UserRequest) -> HttpResponse:
    """Make an account; its start password is shown once."""
    form = NewGebruikerForm(request.POST or None, initial={"van": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "rol": Rol(form.cleaned_data["rol"])}
        try:
            gebruiker, password = commands.add_gebruiker(
                **facts, by=request.user, at=timezone.now()
            )
        except DomainError as refusal:
            form.add_error("gebruikersnaam", str(refusal))
        else:
            return _password_shown(request, gebruiker, password)
    return TemplateResponse(request, "toegang/gebruiker_nieuw.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GEBRUIKER_CHANGE)
def gebruiker(request: UserRequest, pk: int) -> HttpResponse:
    """Show one account with its roles; correct its name and address."""
    person = get_object_or_404(Gebruiker.objects.visible_to(request.user), pk=pk)
    known = {"voornaam": person.voornaam, "familienaam": person.familienaam, "email": person.email}
    form = GebruikerForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_gebruiker(
                gebruiker=person, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Bewaard.")
            return redirect("toegang:gebruiker", pk=person.pk)
    rows = Aanstelling.objects.visible_to(request.user).filter(gebruiker=person)
    context = {
        "person": person,
        "form": form,
        "aanstellingen": rows.order_by("-van", "pk"),
        "is_self": person.pk == request.user.pk,
    }
    return TemplateResponse(request, "toegang/gebruiker.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GEBRUIKER_CHANGE)
def aanstelling_nieuw(request: UserRequest, pk: int) -> HttpResponse:
    """Give a person a further role."""
    person = get_object_or_404(Gebruiker.objects.visible_to(request.user), pk=pk)
    form = AanstellingForm(request.POST or None, initial={"van": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "rol": Rol(form.cleaned_data["rol"])}
        try:
            commands.add_aanstelling(gebruiker=person, **facts, by=request.user, at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{person} heeft een rol bij.")
            return redirect("toegang:gebruiker", pk=person.pk)
    context = {"person": person, "form": form}
    return TemplateResponse(request, "toegang/aanstelling_nieuw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GEBRUIKER_CHANGE)
def aanstelling_einde(request: UserRequest, pk: int) -> HttpResponse:
    """End a role."""
    row = get_object_or_404(
        Aanstelling.objects.visible_to(request.user).select_related("gebruiker"), pk=pk
    )
    form = EndForm(request.POST or None, initial={"tot": row.tot or timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_aanstelling(
                aanstelling=row, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except DomainError as refusal:
            form.add_error("tot", str(refusal))
        else:
            messages.success(request, f"De rol van {row.gebruiker} is beëindigd.")
            return redirect("toegang:gebruiker", pk=row.gebruiker_id)
    context = {"aanstelling": row, "person": row.gebruiker, "form": form}
    return TemplateResponse(request, "toegang/aanstelling_einde.html", context)


@require_POST
@requires(Permission.GEBRUIKER_CHANGE)
def wachtwoord(request: UserRequest, pk: int) -> HttpResponse:
    """Give a new start password, shown once."""
    person = get_object_or_404(Gebruiker.objects.visible_to(request.user), pk=pk)
    try:
        password = commands.renew_password(gebruiker=person, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("toegang:gebruiker", pk=person.pk)
    return _password_shown(request, person, password)


def _password_shown(request: UserRequest, person: Gebruiker, password: str) -> TemplateResponse:
    context = {"person": person, "password": password}
    return TemplateResponse(request, "toegang/startwachtwoord.html", context)
