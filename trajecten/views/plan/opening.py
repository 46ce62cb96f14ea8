"""What every screen of the plan does first: open the file, find the goal or step."""

from typing import Any

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clienten import dossierkop
from clienten.access import open_client
from clienten.models import Client
from kern.pieces import Act
from toegang.http import UserRequest
from toegang.models import Gebruiker
from trajecten.models import Doel, Stap, Traject
from trajecten.queries.concepten import Geopend
from trajecten.queries.plan import Planregel, read_regel
from trajecten.views.concepten import concept_for
from trajecten.views.plan.zicht import Zicht

MODELS: dict[str, type[Doel] | type[Stap]] = {"doel": Doel, "stap": Stap}


def open_item(
    request: UserRequest, client_pk: int, soort: str, pk: int, *, scherm: str
) -> Planregel:
    """Return a goal or step of this client and write the read log, or answer 404."""
    client = open_client(request.user, client_pk, scherm=scherm)
    regel = read_regel(MODELS[soort], client, pk)
    if regel is None:
        raise Http404
    # One object for who is asked and who answers.
    regel.item.client = client
    return regel


def address(name: str, regel: Planregel) -> str:
    """Return where this goal or step is answered, changed or closed."""
    return reverse(
        f"trajecten:plan_{name}_{regel.soort}", args=[regel.item.client_id, regel.item.pk]
    )


def anchor(item: Doel | Stap) -> str:
    """Return the place of a goal or step on the page."""
    return f"{'doel' if isinstance(item, Doel) else 'stap'}-{item.pk}"


def plan_url(client_pk: int, zicht: Zicht, item: Doel | Stap | None = None) -> str:
    """Return the plan as one looked at it, at the goal or step one was busy with."""
    query = zicht.query()
    place = f"#{anchor(item)}" if item is not None else ""
    url = reverse("trajecten:plan", args=[client_pk])
    return f"{url}?{query}{place}" if query else f"{url}{place}"


def carried(request: UserRequest) -> Zicht:
    """Return how somebody looked at the plan before she came to this page."""
    return Zicht.carried(request.POST if request.method == "POST" else request.GET)


def back_to(
    request: UserRequest, client_pk: int, item: Doel | Stap | None = None
) -> HttpResponseRedirect:
    """Return to the plan as one looked at it."""
    return redirect(plan_url(client_pk, carried(request), item))


def page(client: Client, user: Gebruiker) -> dict[str, Any]:
    """Return the frame of the tab in the client's file."""
    return dossierkop.head(client, user, "trajecten:plan", on=timezone.localdate())


def crumbs(client: Client, zicht: Zicht) -> list[Act]:
    """Return the way back from a form: the list, the plan."""
    label = f"Stappenplan van {client.naam}"
    return [*dossierkop.crumbs(), Act(label, plan_url(client.pk, zicht))]


def draft(request: UserRequest, client: Client, *, sleutel: str, titel: str) -> Geopend:
    """Return the draft of a form about the plan: nothing typed is lost."""
    return concept_for(request, client, sleutel=f"plan-{sleutel}", titel=titel)


def choices_for(client: Client, user: Gebruiker) -> dict[str, Any]:
    """Return what a form about the plan lets choose from: only this client's, only here."""
    bestuur_id = client.bestuur_id
    trajecten = Traject.objects.visible_to(user).filter(client=client)
    return {
        "client": client,
        "trajecten": trajecten.select_related("instrument").order_by("-begindatum", "pk"),
        "werkers": Gebruiker.objects.following_clients_at(
            bestuur_id, on=timezone.localdate()
        ).for_list(),
    }
