"""What every screen about a client's traject does first, and how a command is tried."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from clienten.access import open_client
from clienten.models import Client
from kern.errors import DomainError
from kern.pieces import Act
from toegang.http import UserRequest
from trajecten.commands import ChangedMeanwhile
from trajecten.models import Traject
from trajecten.overzicht import Trajectblad, trajectblad
from trajecten.queries import laatste_wijziging

T = TypeVar("T")


def open_blad(request: UserRequest, pk: int, *, scherm: str) -> Trajectblad:
    """Return the page of a traject and write the read log, or answer 404."""
    blad = trajectblad(request.user, pk, on=timezone.localdate())
    if blad is None:
        raise Http404
    open_client(request.user, blad.traject.client_id, scherm=scherm)
    return blad


def open_traject(request: UserRequest, pk: int, *, scherm: str) -> Traject:
    """Return the traject and write the read log, or answer 404."""
    rows = Traject.objects.visible_to(request.user).select_related("client", "instrument")
    traject = rows.filter(pk=pk).first()
    if traject is None:
        raise Http404
    open_client(request.user, traject.client_id, scherm=scherm)
    return traject


def open_row(request: UserRequest, rows: "QuerySet[Any]", pk: int, *, scherm: str) -> Any:
    """Return a row that hangs on a client and write the read log, or answer 404."""
    row = find_row(request, rows, pk)
    open_client(request.user, row.client_id, scherm=scherm)
    return row


def find_row(request: UserRequest, rows: "QuerySet[Any]", pk: int) -> Any:
    """Return a row that hangs on a client, or answer 404; the caller opens the file."""
    row = rows.visible_to(request.user).filter(pk=pk).first()  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    return row


def attempt(form: forms.Form, act: Callable[[], T], *, field: str | None = None) -> T | None:
    """Do what the form asks; a refusal stands in the form and nothing typed is lost."""
    try:
        return act()
    except ChangedMeanwhile as refusal:
        form.add_error(None, str(refusal))
        renew_versie(form)
    except DomainError as refusal:
        form.add_error(field, str(refusal))
    return None


def renew_versie(form: forms.Form) -> None:
    """Let the next press of the button count as an answer to what the form now shows."""
    data = cast(QueryDict, form.data).copy()
    data["versie"] = form.initial.get("versie", "")
    form.data = data


def versie_of(client: Client) -> dict[str, str]:
    """Return the first value of the hidden field that tells what the page showed."""
    return {"versie": laatste_wijziging(client.pk)}


def client_url(client_pk: int) -> str:
    """Return the address of the client's file."""
    try:
        return reverse("caseload:dossier", args=[client_pk])
    except NoReverseMatch:
        return ""


def crumbs(client: Client, traject: Traject | None = None) -> list[Act]:
    """Return the way back: the client's file, the traject."""
    found = []
    if url := client_url(client.pk):
        found.append(Act(client.naam, url))
    if traject is not None:
        found.append(Act(traject.instrument.naam, reverse("trajecten:traject", args=[traject.pk])))
    return found
