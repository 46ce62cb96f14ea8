"""Gunicorn on a server; sizes come from the environment, see docs/beheer.md."""

import os

bind = os.environ.get("GUNICORN_BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
keepalive = 5
# A slow leak in a library never grows old.
max_requests = 5000
max_requests_jitter = 500
# In memory, because a slow disk under the heartbeat file makes gunicorn kill healthy workers.
worker_tmp_dir = "/dev/shm"  # noqa: S108
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
accesslog = None
errorlog = "-"
# Like the rest: one JSON line, of an error only class and place. No list of visits: an address
# with its question may name a person.
logconfig_dict = {
    "root": {"level": "INFO", "handlers": []},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["error_console"], "propagate": False},
        "gunicorn.access": {"level": "INFO", "handlers": [], "propagate": False},
    },
    "formatters": {"generic": {"()": "kern.logs.JsonFormatter"}},
}
control_socket_disable = True
