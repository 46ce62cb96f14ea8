"""A page of a client with a form, for tests of the gate itself."""

from django.http import HttpResponse
from django.urls import include, path

from activering import urls
from clienten.models import Bericht
from kern.db.scope import ACTOR, BESTUUR
from portaal.access import client_page
from tests.toegang.test_middleware import current


@client_page
def proef(request):
    """Tell who is inside, and what was typed."""
    typed = "|".join(f"{name}={','.join(v)}" for name, v in sorted(request.POST.lists()))
    scope = f"{current(BESTUUR)}/{current(ACTOR)}"
    return HttpResponse(
        f"{request.method} {request.client.pk} {scope} {request.user.is_authenticated} {typed}"
    )


@client_page
def rij(request, pk):
    """Tell whether a row is the client's own."""
    own = Bericht.objects.owned_by(request.client).filter(pk=pk).exists()
    return HttpResponse("eigen" if own else "niet", status=200 if own else 404)


urlpatterns = [
    path("mijn/proef/", proef),
    path("mijn/proef/<int:pk>/", rij),
    path("", include(urls)),
]
handler403, handler404 = urls.handler403, urls.handler404
