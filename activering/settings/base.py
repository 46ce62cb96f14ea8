"""Settings that hold everywhere. Numbers of the law never stand here: those are rule rows."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF

from activering.settings.environment import database, env, env_list, field_keys, index_key
from kern.db.pool import leave_nothing_behind

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env("ACTIVERING_VAR", str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env("ACTIVERING_SECRET_KEY")
# A former key still reads what it signed, so that a new one puts nobody out.
SECRET_KEY_FALLBACKS = env_list("ACTIVERING_SECRET_KEY_VORIG")
FIELD_KEYS = field_keys("ACTIVERING_VELDSLEUTELS")
INDEX_KEY = index_key("ACTIVERING_INDEXSLEUTEL")
ALLOWED_HOSTS = env_list("ACTIVERING_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("ACTIVERING_CSRF_ORIGINS")

INSTALLED_APPS = [
    "kern",
    "toegang",
    "clienten",
    "trajecten",
    "wijkwerken",
    "caseload",
    "rapporten",
    "portaal",
    "django_linear_migrations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
]

# The first four stand outside, so that a refused host and a static file carry the headers too.
MIDDLEWARE = [
    "kern.http.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "kern.http.HeadersMiddleware",
    "kern.http.EncodingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portaal.middleware.ApartMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "toegang.sessions.SessionLimitMiddleware",
    "toegang.middleware.ScopeMiddleware",
    "portaal.middleware.PortaalMiddleware",
    "trajecten.middleware.ConceptMiddleware",
    "clienten.middleware.ReasonMiddleware",
    "toegang.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "activering.urls"
WSGI_APPLICATION = "activering.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "toegang.context.frame",
                "portaal.context.portaal",
            ],
            "builtins": ["kern.templatetags.kern"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# The application role can read and write rows within its scope; only the owner changes tables.
_POOL = {"min_size": 1, "max_size": 8, "timeout": 10, "reset": leave_nothing_behind}
DATABASES = {
    "default": database(env("DATABASE_URL")),
    "owner": database(env("DATABASE_OWNER_URL", env("DATABASE_URL"))),
}
DATABASES["default"]["OPTIONS"].setdefault("pool", _POOL)

AUTH_USER_MODEL = "toegang.Gebruiker"
AUTHENTICATION_BACKENDS = ["toegang.backends.GebruikerBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["gebruikersnaam", "voornaam", "familienaam", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "toegang.passwords.FirstTriedValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "toegang.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "gebruikersnaam"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
# Nobody can sign up, so an unknown address gets no mail; the page says the same either way.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reset_password": "10/m/ip,3/m/key",
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A session ends after an hour without a request, and after ten hours whatever happens.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_IDLE_SECONDS = 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kern.error_pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "nl-be"
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
# Only the portal speaks other languages; locale/ is read from the project's own folder.
LANGUAGES = [("nl-be", "Nederlands"), ("fr", "Français"), ("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
FORMAT_MODULE_PATH = ["activering.formats"]

STATIC_URL = "static/"
STATIC_ROOT = Path(env("ACTIVERING_STATIC", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "bestanden", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Uploads: what a form may carry at most; the reverse proxy holds the same limit.
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A month of hours without script: a box for each day of each wijk-werker.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "kern.uploads.SizeLimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "post"
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env("EMAIL_USE_TLS", "") == "1"
DEFAULT_FROM_EMAIL = env("ACTIVERING_AFZENDER", "activering@localhost")
# Text messages to clients: a gateway that takes JSON, or a folder on a laptop (docs/beheer.md).
SMS_URL = env("ACTIVERING_SMS_ADRES", "")
SMS_KEY = env("ACTIVERING_SMS_SLEUTEL", "")
SMS_HOSTS = env_list("ACTIVERING_SMS_HOSTS")
SMS_SENDER = env("ACTIVERING_SMS_AFZENDER", "OCMW")
SMS_FILE_PATH: str | Path = VAR_DIR / "post"
SITE_URL = env("ACTIVERING_SITE_URL", "http://127.0.0.1:8000")

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
REDIS_URL = env("REDIS_URL", "")
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "activering",
    }

# Values explained in docs/adr: a killed worker's task returns within a minute.
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {
        "visibility_timeout": 1800,
        "unacked_restore_throttle": 1,
        "socket_timeout": 30,
        "global_keyprefix": "activering:",
    }
    if REDIS_URL
    else {}
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 1500
CELERY_TASK_SOFT_TIME_LIMIT = 1440
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "signalen-van-vannacht": {
        "task": "trajecten.schedule.refresh_all_signalen",
        "schedule": crontab(hour="2", minute="15"),
    },
    # Catches up after missed runs: a bestuur that already had its run today is skipped.
    "signalen-inhalen": {
        "task": "trajecten.schedule.refresh_all_signalen",
        "schedule": crontab(minute="*/30"),
    },
    "uiterste-dagen-nazien": {
        "task": "trajecten.schedule.recompute_all",
        "schedule": crontab(hour="3", minute="40"),
    },
    # By day: nobody is woken by a reminder.
    "herinneringen": {
        "task": "trajecten.schedule.send_all_herinneringen",
        "schedule": crontab(hour="8-19", minute="*/10"),
    },
    "dagmail": {
        "task": "caseload.schedule.send_dagmails",
        "schedule": crontab(hour="6-9", minute="*/20", day_of_week="mon-fri"),
    },
    "verslagen-hernemen": {
        "task": "rapporten.schedule.resume_verslagen",
        "schedule": crontab(minute="*/2"),
    },
    "imports-hernemen": {
        "task": "caseload.schedule.resume_imports",
        "schedule": crontab(minute="*/2"),
    },
    "imports-wissen": {
        "task": "caseload.schedule.wipe_old_imports",
        "schedule": crontab(hour="3", minute="20"),
    },
    "berichten-hernemen": {
        "task": "clienten.schedule.resume_messages",
        "schedule": crontab(minute="*/2"),
    },
    "concepten-opruimen": {
        "task": "trajecten.schedule.sweep_all_concepten",
        "schedule": crontab(hour="3", minute="10"),
    },
    "berichten-wissen": {
        "task": "clienten.schedule.wipe_old_messages",
        "schedule": crontab(hour="3", minute="25"),
    },
    "sessies-opruimen": {
        "task": "kern.schedule.clear_sessions",
        "schedule": crontab(hour="3", minute="40"),
    },
    "hartslag": {"task": "kern.schedule.heartbeat", "schedule": 60.0},
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "kern.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env("ACTIVERING_LOG", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Statements hold names and numbers of people: never, whatever level is asked for.
        "django.db.backends": {"level": "INFO"},
        # Two lines for every request otherwise.
        "psycopg.pool": {"level": "WARNING"},
    },
}
