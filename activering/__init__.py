"""The project package: wires the apps together, decides nothing."""

from activering.celery import app as celery_app

__all__ = ["celery_app"]
