"""What beat sets off exists: a name that no worker knows is a deadline nobody watches."""

from activering.celery import app


def test_every_scheduled_task_is_known_to_the_worker():
    app.loader.import_default_modules()
    wanted = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert len(wanted) >= 5
    assert wanted <= set(app.tasks)


def test_the_clock_of_beat_is_the_clock_of_brussels():
    assert app.conf.timezone == "Europe/Brussels"
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
