"""Addresses of templates, own texts and papers."""

from django.urls import path

from trajecten.views import afdrukken, sjablonen, sjabloonkeuze, tekstblokken

SJABLOON = "beheer/sjablonen/<int:pk>/"
KIES = "clienten/<int:client_pk>/plan/sjabloon/"

urlpatterns = [
    path("beheer/sjablonen/", sjablonen.sjablonen, name="sjablonen"),
    path("beheer/sjablonen/standaard/", sjablonen.take_standaard, name="take_standaard"),
    path("beheer/sjablonen/nieuw/", sjablonen.sjabloon_nieuw, name="sjabloon_nieuw"),
    path(SJABLOON, sjablonen.sjabloon, name="sjabloon"),
    path(f"{SJABLOON}wijzigen/", sjablonen.change_sjabloon, name="change_sjabloon"),
    path(f"{SJABLOON}kopieren/", sjablonen.copy_sjabloon, name="copy_sjabloon"),
    path(f"{SJABLOON}sluiten/", sjablonen.retire_sjabloon, name="retire_sjabloon"),
    path("beheer/teksten/", tekstblokken.tekstblokken, name="tekstblokken"),
    path("beheer/teksten/<slug:blok>/<slug:taal>/", tekstblokken.tekstblok, name="tekstblok"),
    path(KIES, sjabloonkeuze.kies_sjabloon, name="kies_sjabloon"),
    path(f"{KIES}<int:pk>/", sjabloonkeuze.propose, name="sjabloon_voorstel"),
    path("clienten/<int:client_pk>/plan/afdruk.pdf", afdrukken.plan_pdf, name="plan_pdf"),
    path("planversies/<int:pk>/afdruk.pdf", afdrukken.versie_pdf, name="versie_pdf"),
    path("gpmi/<int:pk>/inhoud/", afdrukken.gpmi_inhoud, name="gpmi_inhoud"),
    path("gpmi/<int:pk>/contract.pdf", afdrukken.gpmi_pdf, name="gpmi_pdf"),
]
