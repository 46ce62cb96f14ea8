"""Health for machines: is the process alive, and does everything it needs answer?"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.models import JobRun

logger = logging.getLogger(__name__)

PUBLIC = "public"
FRESH = timedelta(minutes=5)


@require_safe
@login_not_required
def levend(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; asks nothing of anything else."""
    return HttpResponse("levend", content_type="text/plain")


@require_safe
@login_not_required
def gezondheid(request: HttpRequest) -> HttpResponse:
    """Tell per part whether it is well; 503 when the database or the broker is not."""
    parts = {"database": _database(), "broker": _broker()}
    vital = all(part == "goed" for part in parts.values())
    if parts["database"] == "goed":
        parts |= _last_runs()
    return JsonResponse(parts, status=200 if vital else 503)


def _database() -> str:
    try:
        holds = _row_security_holds()
    except Error:
        return "onbereikbaar"
    if not holds:
        # Everybody may read the answer; only the log says what is wrong.
        logger.error("the database role of the application passes row-level security by")
        return "niet in orde"
    return "goed"


def _row_security_holds() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user"
        )
        (holds,) = cursor.fetchone()
    return bool(holds)


def _broker() -> str:
    if not settings.REDIS_URL:
        return "goed"
    try:
        cache.set("gezondheid", "1", 10)
    except (OSError, ConnectionError):
        return "onbereikbaar"
    except Exception as error:  # noqa: BLE001 - redis has its own family of errors
        return "onbereikbaar" if type(error).__module__.startswith("redis") else "onbekend"
    return "goed"


def _last_runs() -> dict[str, str]:
    now = timezone.now()
    beat = JobRun.objects.filter(job="hartslag").order_by("-started_at").first()
    fresh = beat is not None and now - beat.started_at < FRESH
    latest = JobRun.objects.filter(job="signalen", ended_at__isnull=False).order_by("-ended_at")
    last = latest.values_list("ended_at", flat=True).first()
    return {
        "werker en klok": "goed" if fresh else "geen hartslag in vijf minuten",
        "laatste signaalronde": last.isoformat() if last else "nog niet",
    }


for view in (levend, gezondheid):
    view.required_permission = PUBLIC  # type: ignore[attr-defined]
