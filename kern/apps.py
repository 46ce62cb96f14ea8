"""Django's registration of the plumbing."""

from django.apps import AppConfig


class KernConfig(AppConfig):
    """Plumbing without a domain word."""

    name = "kern"
    verbose_name = "Kern"
