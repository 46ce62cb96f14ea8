"""Addresses of this app."""

from django.urls import URLPattern

app_name = "toegang"

urlpatterns: list[URLPattern] = []
