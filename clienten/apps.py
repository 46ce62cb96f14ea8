"""Django's registration of the app."""

from django.apps import AppConfig


class ClientenConfig(AppConfig):
    """Name and label of the app."""

    name = "clienten"
    verbose_name = "Clienten"
