"""Settings of a worker in the suite: a laptop's, but a lost task comes back within seconds."""

from activering.settings.base import CELERY_BROKER_TRANSPORT_OPTIONS
from activering.settings.dev import *  # noqa: F403

CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "visibility_timeout": 3}
