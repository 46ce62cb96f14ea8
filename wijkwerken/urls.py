"""Addresses of this app."""

from django.urls import URLPattern, path

from wijkwerken.views import uren

app_name = "wijkwerken"

CLIENT = "clienten/<int:client_pk>/wijkwerken/"

urlpatterns: list[URLPattern] = [
    path("wijkwerken/uren/", uren.nu, name="uren_nu"),
    path("wijkwerken/uren/<int:jaar>/<int:maand>/", uren.maandrooster, name="uren"),
    path(f"{CLIENT}uren/", uren.client_uren, name="client_uren"),
    path(f"{CLIENT}uren/nieuw/", uren.add_prestatie, name="add_prestatie"),
    path("wijkwerken/prestaties/<int:pk>/", uren.change_prestatie, name="change_prestatie"),
    path("wijkwerken/prestaties/<int:pk>/intrekken/", uren.drop_prestatie, name="drop_prestatie"),
]
