"""The gate in front of every page of a client."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.shortcuts import redirect

from portaal.hervatten import ask_or_resume
from portaal.http import ClientRequest, PortaalRequest
from portaal.rules.termijnen import Stand
from toegang.access import CLIENT, PUBLIC

P = ParamSpec("P")
View = Callable[Concatenate[ClientRequest, P], HttpResponseBase]
DoorView = Callable[Concatenate[PortaalRequest, P], HttpResponseBase]


def client_page(view: View[P]) -> View[P]:
    """Let only a client who is inside reach the view; `request.client` is she.

    Who was away too long says again who she is, and what she typed goes on to the same form. The
    view reaches rows only through `owned_by(request.client)`.
    """

    @login_not_required
    @wraps(view)
    def guarded(request: ClientRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        deur = request.portaal
        if deur.sessie is not None and deur.stand is Stand.VERLOPEN:
            answer = ask_or_resume(request, deur.sessie)
            if answer is not None:
                return answer
        if deur.sessie is None or deur.stand is not Stand.OPEN:
            return redirect("portaal:code")
        request.client = deur.sessie.client
        request.portaalsessie = deur.sessie
        return view(request, *args, **kwargs)

    guarded.required_permission = CLIENT  # type: ignore[attr-defined]
    return guarded


def door(view: DoorView[P]) -> DoorView[P]:
    """Mark a page of the portal that stands outside: whoever comes may see it."""
    found: DoorView[P] = login_not_required(view)
    found.required_permission = PUBLIC  # type: ignore[attr-defined]
    return found
