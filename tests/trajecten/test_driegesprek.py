"""A talk between three: an agenda with voices, agreements that become steps, one sheet of paper."""

from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse

from kern.errors import DomainError
from kern.pdf import render_pdf
from tests.factories.clienten import make_client
from tests.trajecten.conftest import NU
from toegang.models import Gebeurtenis
from trajecten.commands.afspraken import AfspraakGegevens, plan_afspraak
from trajecten.commands.agendapunten import add_agendapunt, note_agendapunt, remove_agendapunt
from trajecten.commands.driegesprek import agree_at_table
from trajecten.commands.plan import PlanStapGegevens
from trajecten.commands.uitkomsten import cancel_afspraak
from trajecten.commands.wie import Wie
from trajecten.enums import (
    AfspraakOorzaak,
    AfspraakSoort,
    AkkoordKanaal,
    PlanStatus,
    Stem,
    Uitvoerder,
)
from trajecten.models import Agendapunt, Stap
from trajecten.queries.driegesprek import driegesprek_van
from trajecten.queries.tekstblokken import teksten_op

pytestmark = pytest.mark.django_db
LATER = NU + timedelta(hours=1)
ZIJZELF = Wie.client()


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


def stap(**changed) -> PlanStapGegevens:
    facts = {
        "tekst": "Busabonnement aanvragen",
        "uitvoerders": [Uitvoerder.OCMW],
        "tegen": date(2026, 12, 15),
    }
    return PlanStapGegevens(**facts | changed)


def test_what_she_wants_to_talk_about_comes_first(gesprek, worker):
    add_agendapunt(afspraak=gesprek, tekst="Het uurrooster", wie=Wie.ocmw(worker), at=NU)
    add_agendapunt(afspraak=gesprek, tekst="  Mijn   bus ", wie=ZIJZELF, at=NU)
    punten = driegesprek_van(gesprek).punten
    assert [(punt.tekst, punt.stem) for punt in punten] == [
        ("Mijn bus", Stem.CLIENT),
        ("Het uurrooster", Stem.OCMW),
    ]
    last = Gebeurtenis.objects.filter(tabel="trajecten_agendapunt").latest("pk")
    assert last.handeling.startswith("de cliënt zette een punt op de agenda")


@pytest.mark.parametrize(("tekst", "at"), [("  ", NU), ("Te laat", LATER)])
def test_an_empty_point_or_one_after_the_talk_is_refused(gesprek, tekst, at):
    with pytest.raises(DomainError):
        add_agendapunt(afspraak=gesprek, tekst=tekst, wie=ZIJZELF, at=at)
    assert not Agendapunt.objects.exists()


def test_an_agenda_has_an_end(gesprek):
    for number in range(20):
        add_agendapunt(afspraak=gesprek, tekst=f"Punt {number}", wie=ZIJZELF, at=NU)
    with pytest.raises(DomainError, match="passen 20 punten"):
        add_agendapunt(afspraak=gesprek, tekst="Nog een", wie=ZIJZELF, at=NU)
    assert Agendapunt.objects.count() == 20


def test_she_takes_off_her_own_points_only(gesprek, worker):
    ours = add_agendapunt(afspraak=gesprek, tekst="Uren", wie=Wie.ocmw(worker), at=NU)
    hers = add_agendapunt(afspraak=gesprek, tekst="Bus", wie=ZIJZELF, at=NU)
    with pytest.raises(DomainError, match="niet weghalen"):
        remove_agendapunt(punt=ours, wie=ZIJZELF, at=NU)
    remove_agendapunt(punt=hers, wie=ZIJZELF, at=NU)
    assert Agendapunt.objects.get() == ours
    note_agendapunt(punt=ours, besproken="Twee dagen per week.", by=worker, at=LATER)
    with pytest.raises(DomainError, match="al iets genoteerd"):
        remove_agendapunt(punt=ours, wie=Wie.ocmw(worker), at=LATER)
    assert Agendapunt.objects.get().besproken == "Twee dagen per week."


def test_what_is_agreed_at_the_table_is_an_agreed_step_at_once(gesprek, worker):
    facts = {"afspraak": gesprek, "by": worker, "at": LATER, "is_akkoord": True}
    ours = agree_at_table(gegevens=stap(), voorsteller=Stem.OCMW, sleutel="a1", **facts)
    hers = agree_at_table(
        gegevens=stap(tekst="Naar de stageplaats bellen", uitvoerders=[Uitvoerder.CLIENT]),
        voorsteller=Stem.CLIENT,
        sleutel="b2",
        **facts,
    )
    assert (ours.status, hers.status) == (PlanStatus.AFGESPROKEN, PlanStatus.AFGESPROKEN)
    assert (ours.voorsteller, hers.voorsteller) == (Stem.OCMW, Stem.CLIENT)
    assert ours.reacties.get().kanaal == AkkoordKanaal.BUREAU
    assert agree_at_table(gegevens=stap(), voorsteller=Stem.OCMW, sleutel="a1", **facts) == ours
    assert list(driegesprek_van(gesprek).stappen) == [ours, hers]


def test_who_does_not_agree_yet_leaves_a_proposal(gesprek, worker):
    made = agree_at_table(
        afspraak=gesprek,
        gegevens=stap(),
        voorsteller=Stem.OCMW,
        is_akkoord=False,
        sleutel="c3",
        by=worker,
        at=LATER,
    )
    assert (made.status, made.wacht_op) == (PlanStatus.VOORGESTELD, Stem.CLIENT)


def test_nothing_is_agreed_before_the_talk_or_after_it_was_called_off(gesprek, worker):
    facts = {"gegevens": stap(), "voorsteller": Stem.OCMW, "is_akkoord": True, "sleutel": "d4"}
    with pytest.raises(DomainError, match="moet nog komen"):
        agree_at_table(afspraak=gesprek, by=worker, at=NU, **facts)
    cancel_afspraak(afspraak=gesprek, oorzaak=AfspraakOorzaak.DOOR_PARTNER, by=worker, at=NU)
    with pytest.raises(DomainError, match="doorgaat"):
        agree_at_table(afspraak=gesprek, by=worker, at=LATER, **facts)
    assert not Stap.objects.exists()


@pytest.fixture
def scherm(signed_in, worker, gesprek):
    with time_machine.travel(LATER, tick=False):
        yield signed_in(worker)


def test_the_talk_on_the_screen_and_on_one_sheet(scherm, gesprek):
    url = reverse("trajecten:driegesprek", args=[gesprek.pk])
    assert "De agenda is nog leeg." in scherm.get(url).content.decode()
    scherm.post(
        reverse("trajecten:add_agendapunt", args=[gesprek.pk]),
        {"stem": "client", "tekst": "Mijn <b>bus</b>"},
    )
    punt = Agendapunt.objects.get()
    scherm.post(
        reverse("trajecten:note_agendapunt", args=[punt.pk]), {"besproken": "De bus rijdt niet."}
    )
    page = scherm.get(url)
    sent = {
        "tekst": "Fiets zoeken",
        "uitvoerders": ["client", "partner"],
        "tegen": "15/12/2026",
        "voorsteller": "client",
        "is_akkoord": "on",
        "sleutel": page.context["stapform"]["sleutel"].value(),
    }
    add = reverse("trajecten:add_tafelstap", args=[gesprek.pk])
    scherm.post(add, sent)
    scherm.post(add, sent)
    step = Stap.objects.get()
    assert (step.wie, step.status) == ("Cliënt en Groep Intro", PlanStatus.AFGESPROKEN)
    shown = scherm.get(url).content.decode()
    assert "Mijn &lt;b&gt;bus&lt;/b&gt;" in shown
    paper = scherm.get(reverse("trajecten:driegesprek_verslag", args=[gesprek.pk]))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_the_sheet_says_who_asked_what_and_who_does_what(gesprek, worker, bestuur):
    punt = add_agendapunt(afspraak=gesprek, tekst="Mijn bus", wie=ZIJZELF, at=NU)
    note_agendapunt(punt=punt, besproken="Wij zoeken een fiets.", by=worker, at=LATER)
    agree_at_table(
        afspraak=gesprek,
        gegevens=stap(),
        voorsteller=Stem.OCMW,
        is_akkoord=False,
        sleutel="e5",
        by=worker,
        at=LATER,
    )
    slot = teksten_op(bestuur)["driegesprek_slot"]
    html = render_to_string(
        "pdf/driegesprek.html",
        {"gesprek": driegesprek_van(gesprek), "bestuur": bestuur, "slot": slot},
    )
    for text in ("Vraag van Olena", "Wij zoeken een fiets.", "Busabonnement", "(voorstel)"):
        assert text in html
    assert "15/12/2026" in html


def test_an_ordinary_talk_has_no_agenda(bestuur, worker, scherm):
    other = plan_afspraak(
        client=make_client(bestuur),
        gegevens=AfspraakGegevens(
            soort=AfspraakSoort.GESPREK,
            begint_at=LATER + timedelta(hours=1),
            duur=30,
            medewerker=worker,
        ),
        by=worker,
        at=LATER,
        laat_weten=False,
    )
    with pytest.raises(DomainError, match="heeft een agenda"):
        add_agendapunt(afspraak=other, tekst="Bus", wie=ZIJZELF, at=LATER)
    assert not Agendapunt.objects.exists()


@pytest.mark.parametrize("points", [2, 8, 14])
def test_the_report_stays_on_one_sheet(gesprek, worker, bestuur, points):
    for number in range(points):
        punt = add_agendapunt(afspraak=gesprek, tekst=f"Punt {number}", wie=ZIJZELF, at=NU)
        note_agendapunt(punt=punt, besproken="Wij zoeken samen. " * 5, by=worker, at=LATER)
    slot = teksten_op(bestuur)["driegesprek_slot"]
    context = {"gesprek": driegesprek_van(gesprek), "bestuur": bestuur, "slot": slot}
    with pikepdf.open(BytesIO(render_pdf("pdf/driegesprek.html", context))) as paper:
        assert len(paper.pages) == 1
