"""Settings of the suite: fast hashes, tasks run at once, a broker address where nobody answers."""

import os
import tempfile
from pathlib import Path

from activering.start.environment import offer_secrets

# The database of the suite is made by tests/conftest.py, only for tests that need one.
_given = os.environ.get("DATABASE_URL")
os.environ.setdefault("DATABASE_URL", "postgresql:///nog-niet")
os.environ.pop("REDIS_URL", None)
offer_secrets()

from activering.settings.base import *  # noqa: E402, F403
from activering.settings.base import DATABASES, LOGGING, STORAGES  # noqa: E402

if _given is None:
    del os.environ["DATABASE_URL"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Kept in a name: the folder goes when this process ends.
_folder = tempfile.TemporaryDirectory(prefix="activering-test-")
VAR_DIR = Path(_folder.name)
SMS_FILE_PATH = VAR_DIR / "post"
STORAGES["default"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": VAR_DIR / "bestanden", "file_permissions_mode": 0o600},
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["OPTIONS"].pop("pool", None)
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
LOGGING["root"] = {**LOGGING["root"], "level": "ERROR"}
