"""Django's registration of the app."""

from django.apps import AppConfig


class ToegangConfig(AppConfig):
    """Name and label of the app."""

    name = "toegang"
    verbose_name = "Toegang"
