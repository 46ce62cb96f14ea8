"""The demo is made by the ordinary commands and has something for every screen."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command

from caseload.demo.generator import make_demo
from caseload.demo.mensen import WACHTWOORD
from clienten.models import Client, Insznummer
from kern.db.scope import scope
from toegang.models import Bestuur, Gebruiker
from trajecten.enums import SignaalCode
from trajecten.models import Signaal, Traject

TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-22 10:00+01:00", tick=False)
def test_the_demo_fills_every_screen():
    herent, *buren = make_demo(today=TODAY)
    with scope(bestuur_id=herent.bestuur.pk, actor_id=None):
        assert Client.objects.count() == 60
        assert Traject.objects.unfinished().count() >= 40
        assert set(Signaal.objects.values_list("code", flat=True)) == set(SignaalCode.values)
        assert Client.objects.filter(afgeschermd=True).count() == 1
        digits = [row.reveal() for row in Insznummer.objects.all()]
        assert all(950 <= int(insz[6:9]) <= 997 for insz in digits)
    for buur in buren:
        with scope(bestuur_id=buur.bestuur.pk, actor_id=None):
            assert Client.objects.count() == 8
    assert Gebruiker.objects.get(gebruikersnaam="mw1").check_password(WACHTWOORD)
    assert Bestuur.objects.get(nis="24038").naam == "OCMW Herent"


def test_the_demo_never_touches_a_database_with_data(bestuur):
    with pytest.raises(CommandError, match="lege databank"):
        call_command("demo")
    assert Bestuur.objects.count() == 1
