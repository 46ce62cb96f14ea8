"""A saved form lets its draft go; a form sent after the session ended keeps what it carried."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kern.db.scope import scope
from kern.errors import DomainError
from toegang.models import Gebruiker
from toegang.queries import workplaces
from trajecten.commands.concepten import close_concept, save_concept
from trajecten.queries.concepten import Formulier, formulier_from


class ConceptMiddleware:
    """Follow the forms that carry a draft; stands inside the transaction of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at what became of the form that was sent."""
        response = self.get_response(request)
        if request.method != "POST" or not (_is_saved(response) or response.status_code == 401):
            return response
        if connection.needs_rollback or "concept" not in request.POST:
            return response
        formulier = formulier_from(request.POST["concept"])
        if formulier is None:
            return response
        user = request.user
        if not user.is_authenticated:
            self._keep(request, formulier)
        elif _is_saved(response):
            close_concept(formulier=formulier, by=user, at=timezone.now())
        return response

    def _keep(self, request: HttpRequest, formulier: Formulier) -> None:
        """Keep the words for whose form it was; she finds them when she has signed in again."""
        now = timezone.now()
        writer = Gebruiker.objects.filter(pk=formulier.gebruiker_id, is_active=True).first()
        if writer is None:
            return
        places = workplaces(writer, on=timezone.localdate(now))
        bestuur = next((place for place in places if place.pk == formulier.bestuur_id), None)
        if bestuur is None:
            return
        writer.work_in(bestuur, places[bestuur])
        with scope(bestuur_id=bestuur.pk, actor_id=writer.pk):
            try:
                save_concept(
                    formulier=formulier,
                    velden=dict(request.POST.lists()),
                    revisie=revisie_of(request),
                    by=writer,
                    at=now,
                )
            except DomainError:
                # Too long, or a file that was closed meanwhile: there is nobody to tell yet.
                return


def revisie_of(request: HttpRequest) -> int:
    """Return up to which state of the draft the page had followed."""
    typed = request.POST.get("concept_revisie", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _is_saved(response: HttpResponse) -> bool:
    # What was saved goes on to another page; what was refused shows its form again.
    return response.status_code in {302, 303} or "HX-Redirect" in response.headers
