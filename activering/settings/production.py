"""Settings of a server: secrets come from the environment or from files, none has a default."""

from activering.settings.base import *  # noqa: F403
from activering.settings.environment import env

ALLOWED_HOSTS = [host.strip() for host in env("ACTIVERING_HOSTS").split(",")]
SECURE_SSL_REDIRECT = env("ACTIVERING_SSL_REDIRECT", "1") == "1"
# How many of our own proxies stand in front. Without one, nobody's word is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("ACTIVERING_PROXIES", "1"))
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^gezondheid", r"^levend"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# The browser itself refuses these names without TLS, or from another host of the domain.
SESSION_COOKIE_NAME = "__Host-activering"
CSRF_COOKIE_NAME = "__Host-csrf"
EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
# No laptop: without a gateway a text message waits and says so.
SMS_FILE_PATH = ""
CELERY_BROKER_URL = env("REDIS_URL")
