"""Django's registration of the app."""

from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    """Name and label of the app."""

    name = "caseload"
    verbose_name = "Caseload"
