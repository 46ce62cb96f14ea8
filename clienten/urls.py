"""Addresses of this app."""

from django.urls import URLPattern

app_name = "clienten"

urlpatterns: list[URLPattern] = []
