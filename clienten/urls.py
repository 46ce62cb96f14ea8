"""Addresses of this app."""

from django.urls import URLPattern, path

from clienten import views

app_name = "clienten"

urlpatterns: list[URLPattern] = [
    path("clienten/<int:pk>/reden/", views.reden, name="reden"),
]
