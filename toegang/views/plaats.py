"""Where one works now, and how the screen looks."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kern.theme import choose_theme
from toegang.access import requires_sign_in
from toegang.http import UserRequest
from toegang.middleware import BESTUUR_KEY


@require_POST
@requires_sign_in
def wissel(request: UserRequest) -> HttpResponse:
    """Work for another bestuur from now on; only where one holds an aanstelling today."""
    chosen = request.POST.get("bestuur", "")
    if any(str(bestuur.pk) == chosen for bestuur in request.user.workplaces):
        request.session[BESTUUR_KEY] = int(chosen)
    return redirect("/")


thema = requires_sign_in(choose_theme)
