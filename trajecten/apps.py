"""Django's registration of the app."""

from django.apps import AppConfig


class TrajectenConfig(AppConfig):
    """Name and label of the app."""

    name = "trajecten"
    verbose_name = "Trajecten"
