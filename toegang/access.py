"""The gate in front of every view."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from toegang.http import UserRequest
from toegang.permissions import Permission

# Marks of a view that no role decides about; the permission test knows only these.
PUBLIC = "public"
SIGNED_IN = "signed_in"
# A page of the portal: a client came in through her own door (`portaal.access.client_page`).
CLIENT = "client"

P = ParamSpec("P")
View = Callable[Concatenate[UserRequest, P], HttpResponseBase]


def requires(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let only users with this permission, in the bestuur where they work now, reach the view."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: UserRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def requires_sign_in(view: View[P]) -> View[P]:
    """Mark a view that every signed-in person may use, also without an aanstelling."""
    view.required_permission = SIGNED_IN  # type: ignore[attr-defined]
    return view
