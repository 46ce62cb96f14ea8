"""Health for machines: says what is well, and nothing that helps an attacker."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from kern import health
from kern.models import JobRun
from kern.schedule import heartbeat

pytestmark = pytest.mark.django_db


def test_alive_asks_nothing_of_anything(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/levend")
    assert response.content == b"levend"
    assert response["Content-Type"].startswith("text/plain")
    assert response["Cache-Control"] == "no-store"


def test_well_when_database_and_broker_answer(client):
    heartbeat()
    response = client.get("/gezondheid")
    assert response.status_code == 200
    assert response.json() == {
        "database": "goed",
        "broker": "goed",
        "werker en klok": "goed",
        "laatste signaalronde": "nog niet",
    }


def test_a_silent_worker_is_told_but_does_not_take_the_web_down(client):
    heartbeat()
    JobRun.objects.update(started_at=timezone.now() - timedelta(minutes=6))
    response = client.get("/gezondheid")
    assert response.status_code == 200
    assert response.json()["werker en klok"] == "geen hartslag in vijf minuten"


def test_a_broker_that_is_away_is_told(client, settings, monkeypatch):
    settings.REDIS_URL = "redis://geheim@10.1.2.3/0"

    def away(*args) -> None:
        raise ConnectionError("redis://geheim@10.1.2.3/0")

    monkeypatch.setattr(cache, "set", away)
    response = client.get("/gezondheid")
    assert response.status_code == 503
    assert response.json()["broker"] == "onbereikbaar"
    assert "geheim" not in response.content.decode()


def test_a_role_that_may_too_much_is_no_health_and_no_news_for_strangers(client, monkeypatch):
    monkeypatch.setattr(health, "_row_security_holds", lambda: False)
    response = client.get("/gezondheid")
    assert response.status_code == 503
    assert response.json() == {"database": "niet in orde", "broker": "goed"}


@pytest.mark.parametrize("address", ["/levend", "/gezondheid"])
def test_only_reading(client, address):
    assert client.head(address).status_code == 200
    for method in (client.post, client.put, client.delete, client.options):
        assert method(address).status_code == 405
    assert client.get(address).cookies == {}
