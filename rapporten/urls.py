"""Addresses of this app."""

from django.urls import URLPattern, path, re_path

from rapporten.views import archief, bundel, verslag, weken

app_name = "rapporten"

urlpatterns: list[URLPattern] = [
    path("rapporten/", archief.archief, name="archief"),
    path("rapporten/drempels/", weken.weken, name="weken"),
    re_path(
        r"^rapporten/drempels/export/(?P<vorm>csv|xlsx)/$", weken.weken_export, name="weken_export"
    ),
    path("rapporten/verslag/<int:pk>/", verslag.verslag, name="verslag"),
    path("rapporten/verslag/<int:pk>/pdf/", verslag.download, name="download"),
    path("rapporten/verslag/<int:pk>/opnieuw/", verslag.opnieuw, name="opnieuw"),
    path("rapporten/bundel/", bundel.maak_bundel, name="maak_bundel"),
    path("rapporten/bundel/<int:pk>/", bundel.bundel, name="bundel"),
    path("rapporten/bundel/<int:pk>/bestand/", bundel.bundel_download, name="bundel_download"),
    path("rapporten/bundel/<int:pk>/stop/", bundel.bundel_stop, name="bundel_stop"),
    path("rapporten/bundel/<int:pk>/opnieuw/", bundel.bundel_opnieuw, name="bundel_opnieuw"),
    path("trajecten/<int:pk>/verslag/", verslag.maak_verslag, name="maak_verslag"),
    path("trajecten/<int:pk>/verslag/afdruk/", verslag.afdruk, name="afdruk"),
]
