"""Addresses of this app."""

from django.urls import URLPattern, path

from wijkwerken.views import inlezen, inschrijving, interim, organisatoren, uitkomsten, uren

app_name = "wijkwerken"

CLIENT = "clienten/<int:client_pk>/wijkwerken/"

urlpatterns: list[URLPattern] = [
    path("wijkwerken/uren/", uren.nu, name="uren_nu"),
    path("wijkwerken/uren/inlezen/", inlezen.inlezen, name="inlezen"),
    path("wijkwerken/uren/<int:jaar>/<int:maand>/", uren.maandrooster, name="uren"),
    path(f"{CLIENT}uren/", uren.client_uren, name="client_uren"),
    path(f"{CLIENT}uren/nieuw/", uren.add_prestatie, name="add_prestatie"),
    path("wijkwerken/prestaties/<int:pk>/", uren.change_prestatie, name="change_prestatie"),
    path("wijkwerken/prestaties/<int:pk>/intrekken/", uren.drop_prestatie, name="drop_prestatie"),
    path(CLIENT, inschrijving.client, name="client"),
    path(f"{CLIENT}start/", inschrijving.start, name="start"),
    path("trajecten/<int:pk>/wijkwerken/", inschrijving.enrol_traject, name="enrol"),
    path("wijkwerken/inschrijvingen/<int:pk>/", inschrijving.change, name="change_inschrijving"),
    path(
        "wijkwerken/inschrijvingen/<int:pk>/intrekken/",
        inschrijving.undo_inschrijving,
        name="withdraw_inschrijving",
    ),
    path(
        "wijkwerken/inschrijvingen/<int:pk>/toeleider/",
        inschrijving.toeleider,
        name="change_toeleider",
    ),
    path(
        "wijkwerken/inschrijvingen/<int:pk>/toeleider/terug/",
        inschrijving.undo_toeleider,
        name="withdraw_toeleider",
    ),
    path(
        "wijkwerken/inschrijvingen/<int:pk>/besluit/",
        inschrijving.tussenbesluit,
        name="tussenbesluit",
    ),
    path("wijkwerken/inschrijvingen/<int:pk>/interim/", interim.add_interim, name="add_interim"),
    path("wijkwerken/interimdagen/<int:pk>/weg/", interim.drop_interim, name="drop_interim"),
    path("wijkwerken/organisatoren/", organisatoren.organisatoren, name="organisatoren"),
    path("wijkwerken/organisatoren/nieuw/", organisatoren.add, name="add_organisator"),
    path("wijkwerken/organisatoren/<int:pk>/", organisatoren.change, name="change_organisator"),
    path("wijkwerken/uitkomsten/", uitkomsten.uitkomsten, name="uitkomsten"),
    path("wijkwerken/uitkomsten/<int:jaar>/", uitkomsten.uitkomsten, name="uitkomsten_jaar"),
]
