"""Addresses of this app."""

from django.urls import URLPattern

app_name = "rapporten"

urlpatterns: list[URLPattern] = []
