"""The worker's calendar at a secret address, and the page on which she makes or closes it."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event

from toegang.access import PUBLIC, requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from toegang.scope import in_bestuur
from trajecten.commands.agendafeed import make_agendafeed, read_token, withdraw_agendafeed
from trajecten.models import Agendafeed
from trajecten.queries.agendafeed import Kalenderpunt, kalender_van, worker_of

# A calendar asks every quarter of an hour at most; guessing asks without end.
PER_MINUTE = 30
KIND = "text/calendar; charset=utf-8"


@require_safe
@requires(Permission.DAY_VIEW)
def adres(request: UserRequest) -> HttpResponse:
    """Show whether there is an address; the address itself is not kept."""
    return _page(request, "")


@require_POST
@requires(Permission.DAY_VIEW)
def make(request: UserRequest) -> HttpResponse:
    """Make a new address and show it, this once; the old one closes."""
    token = make_agendafeed(by=request.user, at=timezone.now())
    return _page(request, request.build_absolute_uri(reverse("trajecten:feed", args=[token])))


@require_POST
@requires(Permission.DAY_VIEW)
def withdraw(request: UserRequest) -> HttpResponse:
    """Close the address."""
    withdraw_agendafeed(by=request.user, at=timezone.now())
    messages.success(request, "Het adres is gesloten. Uw kalender krijgt niets meer.")
    return redirect("trajecten:agenda_adres")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar; whatever is wrong with the address, it does not exist."""
    if _too_many(request):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    now = timezone.now()
    known = read_token(token)
    if known is None:
        raise Http404
    bestuur_id, digest = known
    with in_bestuur(bestuur_id):
        worker = worker_of(bestuur_id, digest, at=now)
        if worker is None:
            raise Http404
        points = kalender_van(worker, bestuur_id, at=now)
    body = _calendar(points)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    # The calendar keeps its copy; what lies between it and us must not.
    headers = {"ETag": tag, "Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(body, content_type=KIND, headers=headers)


feed.required_permission = PUBLIC  # type: ignore[attr-defined]


def _page(request: UserRequest, url: str) -> HttpResponse:
    feed = Agendafeed.objects.visible_to(request.user).in_use().first()
    context = {"feed": feed, "url": url}
    return TemplateResponse(request, "trajecten/agenda_adres.html", context)


def _too_many(request: HttpRequest) -> bool:
    """Count the questions from one address in this minute."""
    minute = int(timezone.now().timestamp()) // 60
    who = str(get_adapter(request).get_client_ip(request))
    key = f"agendafeed:{sha256(who.encode()).hexdigest()[:24]}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return int(cache.incr(key)) > PER_MINUTE
    except ValueError:
        return False


def _calendar(points: list[Kalenderpunt]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Activering//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Activering")
    calendar.add("refresh-interval", timedelta(minutes=30), parameters={"VALUE": "DURATION"})
    for point in points:
        calendar.add_component(_event(point))
    return bytes(calendar.to_ical())


def _event(point: Kalenderpunt) -> Event:
    event = Event()
    event.add("uid", f"afspraak-{point.sleutel}@activering")
    # The same for the same content, so that the tag of an unchanged calendar stays the same.
    event.add("dtstamp", datetime.fromtimestamp(point.versie, tz=UTC))
    event.add("dtstart", point.begint_at.astimezone(UTC))
    event.add("dtend", point.eindigt_at.astimezone(UTC))
    event.add("summary", point.wat)
    event.add("sequence", point.versie)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED" if point.gaat_door else "CANCELLED")
    if point.plaats:
        event.add("location", point.plaats)
    return event
