"""The app."""

from django.apps import AppConfig


class WijkwerkenConfig(AppConfig):
    """Wijk-werken."""

    name = "wijkwerken"
    verbose_name = "Wijk-werken"
