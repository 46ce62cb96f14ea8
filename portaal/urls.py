"""Addresses of this app: neutral words, no names, no content."""

from django.urls import URLPattern, path

from portaal.views import deur, kwijt, plan, toegang

app_name = "portaal"

urlpatterns: list[URLPattern] = [
    path("clienten/<int:pk>/portaal/", toegang.toegang, name="toegang"),
    path("clienten/<int:pk>/portaal/intrekken/", toegang.intrekken, name="intrekken"),
    path("mijn/", plan.start, name="start"),
    path("mijn/d/<str:token>/", deur.link, name="link"),
    path("mijn/code/", deur.code, name="code"),
    path("mijn/kwijt/", kwijt.kwijt, name="kwijt"),
    path("mijn/kwijt/gevraagd/", kwijt.gevraagd, name="gevraagd"),
    path("mijn/taal/", deur.taal, name="taal"),
    path("mijn/uit/", deur.uit, name="uit"),
    path("mijn/weg/", deur.weg, name="weg"),
]
