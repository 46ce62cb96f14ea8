"""All addresses; each app keeps its own."""

from django.urls import URLPattern, URLResolver, include, path

from kern.error_pages import bad_request, not_found, permission_denied, server_error, too_many
from kern.health import gezondheid, levend
from toegang.views.galerij import gallery
from toegang.views.plaats import thema

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("toegang.account_urls")),
    path("", include("toegang.urls")),
    path("", include("clienten.urls")),
    path("", include("trajecten.urls")),
    path("", include("wijkwerken.urls")),
    path("", include("caseload.urls")),
    path("", include("rapporten.urls")),
    path("", include("portaal.urls")),
    path("thema/", thema, name="thema"),
    path("beheer/galerij/", gallery, name="galerij"),
    path("gezondheid", gezondheid, name="gezondheid"),
    path("levend", levend, name="levend"),
]

handler400 = bad_request
handler403 = permission_denied
handler404 = not_found
handler500 = server_error
# allauth asks for this one when there were too many attempts.
handler429 = too_many
