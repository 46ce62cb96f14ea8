"""A stored day that went wrong, whatever the cause, is right again the next morning."""

from datetime import date

import pytest
import time_machine

from tests.factories.clienten import make_client
from tests.factories.trajecten import make_traject
from trajecten.models import Traject
from trajecten.schedule import recompute_all

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-22 03:40+01:00", tick=False)
def test_a_wrong_day_is_mended_and_a_right_one_left_alone(bestuur):
    wrong = make_traject(make_client(bestuur), uiterste_dag=date(2027, 1, 1))
    right = make_traject(make_client(bestuur), uiterste_dag=date(2028, 3, 1))
    recompute_all()
    days = dict(Traject.objects.values_list("pk", "uiterste_dag"))
    assert days == {wrong.pk: date(2028, 3, 1), right.pk: date(2028, 3, 1)}
