"""Django's registration of the app."""

from django.apps import AppConfig


class RapportenConfig(AppConfig):
    """Name and label of the app."""

    name = "rapporten"
    verbose_name = "Rapporten"
