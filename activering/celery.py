"""The Celery application: tasks.py holds follow-up work, schedule.py what beat starts."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "activering.settings.production")

app = Celery("activering")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="schedule")
