"""Where words can be taken out: beside the text, for its author and for a leidinggevende."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.factories.clienten import make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_planstap
from tests.trajecten.conftest import NU
from toegang.enums import Rol
from trajecten.commands.afspraken import AfspraakGegevens, plan_afspraak
from trajecten.commands.agendapunten import add_agendapunt, note_agendapunt
from trajecten.commands.plan import drop_item
from trajecten.commands.wie import Wie
from trajecten.enums import (
    AfspraakOorzaak,
    AfspraakSoort,
    AfspraakStatus,
    Redigeerbaar,
    SchorsingReden,
    Stem,
)
from trajecten.models import Afspraak, Schorsing, Stap

pytestmark = pytest.mark.django_db
TEKST = "Zij heeft een depressie"


def way(soort, row):
    return reverse("trajecten:redactie", args=[soort.value, row.pk])


@pytest.fixture
def gesprek(twe, worker):
    return plan_afspraak(
        client=twe.client,
        gegevens=AfspraakGegevens(
            soort=AfspraakSoort.DRIEGESPREK,
            begint_at=NU + timedelta(minutes=30),
            duur=60,
            medewerker=worker,
            partner="Groep Intro",
        ),
        by=worker,
        at=NU,
        laat_weten=False,
    )


@pytest.fixture
def pages(twe, worker, lead, bestuur, signed_in):
    """The same page for the author, a colleague who follows the client too, and the lead."""
    colleague = make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER)
    make_toewijzing(twe.client, colleague, is_spilfiguur=False)

    def get(url):
        return [signed_in(person).get(url).content.decode() for person in (worker, colleague, lead)]

    return get


def test_the_note_and_the_reason_of_an_appointment(gesprek, pages):
    Afspraak.objects.update(
        notitie=TEKST,
        reden=TEKST,
        status=AfspraakStatus.NIET_DOORGEGAAN,
        oorzaak=AfspraakOorzaak.values[0],
    )
    url = reverse("trajecten:afspraak", args=[gesprek.pk])
    author, colleague, lead = pages(url)
    for soort in (Redigeerbaar.AFSPRAAK, Redigeerbaar.AFSPRAAK_REDEN):
        assert way(soort, gesprek) in author
        assert way(soort, gesprek) not in colleague
        assert way(soort, gesprek) in lead
    Afspraak.objects.update(notitie="", reden="")
    assert "Laat woorden weg" not in pages(url)[2]


def test_the_desk_takes_nothing_out(gesprek, bestuur, signed_in):
    Afspraak.objects.update(notitie=TEKST)
    desk = signed_in(make_gebruiker(bestuur, Rol.ONTHAAL))
    page = desk.get(reverse("trajecten:afspraak", args=[gesprek.pk]))
    assert "Laat woorden weg" not in page.content.decode()


def test_what_was_said_about_a_point(gesprek, worker, pages):
    punt = add_agendapunt(afspraak=gesprek, tekst="De bus", wie=Wie.ocmw(worker), at=NU)
    url = reverse("trajecten:driegesprek", args=[gesprek.pk])
    assert way(Redigeerbaar.BESPROKEN, punt) not in pages(url)[2]
    note_agendapunt(punt=punt, besproken=TEKST, by=worker, at=NU)
    author, colleague, lead = pages(url)
    # Nobody signed it: the lead alone.
    assert way(Redigeerbaar.BESPROKEN, punt) not in author + colleague
    assert way(Redigeerbaar.BESPROKEN, punt) in lead


def test_the_explanation_of_a_suspension(twe, pages):
    row = Schorsing.objects.create(
        bestuur_id=twe.bestuur_id,
        client_id=twe.client_id,
        traject=twe,
        reden=SchorsingReden.values[0],
        van=date(2026, 11, 1),
        toelichting=TEKST,
    )
    url = reverse("trajecten:traject", args=[twe.pk])
    author, colleague, lead = pages(url)
    assert way(Redigeerbaar.SCHORSING, row) not in author + colleague
    assert way(Redigeerbaar.SCHORSING, row) in lead


def test_the_explanation_and_the_last_word_of_a_step(twe, worker, pages):
    stap = make_planstap(twe.client, tegen=date(2026, 12, 15))
    Stap.objects.filter(pk=stap.pk).update(
        toelichting=TEKST, voorsteller=Stem.OCMW, voorgesteld_door=worker
    )
    url = reverse("trajecten:plan", args=[twe.client_id]) + "?deel=alles"
    author, colleague, lead = pages(url)
    for soort in (Redigeerbaar.STAP, Redigeerbaar.TOELICHTING):
        assert way(soort, stap) in author
        assert way(soort, stap) not in colleague
        assert way(soort, stap) in lead
    assert way(Redigeerbaar.STAP_SLOT, stap) not in lead
    stap.refresh_from_db()
    drop_item(item=stap, wie=Wie.ocmw(worker), at=NU, reden=TEKST, revisie=stap.revisie)
    author, _, lead = pages(url)
    assert way(Redigeerbaar.STAP_SLOT, stap) not in author
    assert way(Redigeerbaar.STAP_SLOT, stap) in lead
