"""Addresses of this app."""

from django.urls import URLPattern

app_name = "wijkwerken"

urlpatterns: list[URLPattern] = []
