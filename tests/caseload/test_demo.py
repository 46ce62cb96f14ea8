"""The demo is made by the ordinary commands and has something for every screen."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command

from caseload.demo.generator import make_demo
from caseload.demo.mensen import WACHTWOORD
from clienten.models import Client, Insznummer
from kern.db.scope import scope
from toegang.models import Bestuur, Gebeurtenis, Gebruiker
from trajecten.enums import (
    AfspraakStatus,
    AkkoordKanaal,
    PlanStatus,
    SignaalCode,
    Stem,
    Uitvoerder,
)
from trajecten.models import (
    Afspraak,
    Akkoord,
    Blokkering,
    Signaal,
    Sjabloon,
    Stap,
    Traject,
)
from trajecten.queries.plan import read_plan

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


@time_machine.travel("2026-11-22 10:00+01:00", tick=False)
def test_the_plans_of_the_demo_have_two_voices():
    herent, *_ = make_demo(today=TODAY)
    with scope(bestuur_id=herent.bestuur.pk, actor_id=None):
        olena = Client.objects.get(voornaam="Olena", familienaam="Kovalenko")
        plan = read_plan(olena)
        assert plan.van_kracht is not None
        akkoord = plan.van_kracht.akkoord_van(Stem.CLIENT)
        assert akkoord is not None
        assert (plan.van_kracht.versie.nummer, akkoord.kanaal) == (3, AkkoordKanaal.PAPIER)
        assert plan.verschil is not None
        assert plan.verschil.aantal == 2
        assert [regel.item.tekst for regel in plan.wacht_op(Stem.OCMW)] == [
            "Drie dagen meelopen in de keuken van Ter Linde",
            "Fiets laten nakijken",
        ]
        late = [regel.item for regel in plan.stappen if regel.item.is_late(TODAY)]
        assert [(row.tekst, row.uitvoerders) for row in late] == [
            ("Opvang zoeken voor woensdag", [Uitvoerder.OCMW])
        ]
        assert Blokkering.objects.waiting().filter(client=olena).exists()
        assert olena.logboek.filter(zichtbaar_client=True).exists()
        assert set(Stap.objects.values_list("status", flat=True)) == set(PlanStatus) - {
            PlanStatus.VERVALLEN
        }
        assert set(Akkoord.objects.values_list("kanaal", flat=True)) == set(AkkoordKanaal)
        assert set(Afspraak.objects.values_list("status", flat=True)) == set(AfspraakStatus)
        assert Sjabloon.objects.exists()
        assert Stap.objects.filter(sleutel__startswith="demo-").exists()
        hers = Gebeurtenis.objects.filter(handeling__startswith="de cliënt ")
        assert hers.exists()
        assert not hers.filter(actor__isnull=False).exists()


def test_the_demo_never_touches_a_database_with_data(bestuur):
    with pytest.raises(CommandError, match="lege databank"):
        call_command("demo")
    assert Bestuur.objects.count() == 1
