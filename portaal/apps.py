"""Django's registration of the app."""

from django.apps import AppConfig


class PortaalConfig(AppConfig):
    """Name and label of the app."""

    name = "portaal"
    verbose_name = "Portaal"
