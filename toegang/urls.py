"""Addresses of accounts, workplace and oversight."""

from django.urls import URLPattern, path

from toegang.views import beheer, bestuur, plaats, toezicht

app_name = "toegang"

urlpatterns: list[URLPattern] = [
    path("werkplek/", plaats.wissel, name="wissel"),
    path("beheer/", beheer.beheer, name="beheer"),
    path("beheer/bestuur/", bestuur.bestuur, name="bestuur"),
    path("beheer/gebruikers/", beheer.gebruikers, name="gebruikers"),
    path("beheer/gebruikers/nieuw/", beheer.nieuw, name="gebruiker_nieuw"),
    path("beheer/gebruikers/<int:pk>/", beheer.gebruiker, name="gebruiker"),
    path("beheer/gebruikers/<int:pk>/wachtwoord/", beheer.wachtwoord, name="wachtwoord"),
    path("beheer/gebruikers/<int:pk>/rol/", beheer.aanstelling_nieuw, name="aanstelling_nieuw"),
    path("beheer/rollen/<int:pk>/einde/", beheer.aanstelling_einde, name="aanstelling_einde"),
    path("toezicht/", toezicht.toezicht, name="toezicht"),
    path("toezicht/wijzigingen/", toezicht.wijzigingen, name="wijzigingen"),
]
