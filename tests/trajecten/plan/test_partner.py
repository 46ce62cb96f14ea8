"""A partner says along: written down with its name, shown as a third voice, deciding nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.urls import reverse

from kern.errors import DomainError
from tests.factories.clienten import make_toewijzing
from tests.factories.portaal import inside
from tests.trajecten.afdruk.lezen import read_aloud
from tests.trajecten.plan.conftest import AT
from toegang.models import Gebeurtenis
from trajecten.afdruk.plan import plan_blad, render, versie_blad
from trajecten.commands.plan import agree_plan, agree_together, react
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, ReactieSoort, Stem
from trajecten.models import Reactie, Stap
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def partner(worker, naam="Kringwinkel, Els"):
    return Wie.van_partner(naam, AkkoordKanaal.TELEFOON, worker)


def says(stap, wie, soort=ReactieSoort.NIET_AKKOORD, tekst="Dat is te vroeg", dag=None):
    return react(
        item=stap,
        soort=soort,
        wie=wie,
        at=AT,
        revisie=Stap.objects.get(pk=stap.pk).revisie,
        tekst=tekst,
        dag=dag,
    )


def facts(stap):
    return model_to_dict(Stap.objects.get(pk=stap.pk))


def url(stap):
    return reverse("trajecten:plan_partner_stap", args=[stap.client_id, stap.pk])


@pytest.fixture
def mieke(olena, worker, signed_in):
    make_toewijzing(olena, worker)
    return signed_in(worker)


def test_it_changes_neither_the_step_nor_what_both_agree_to(olena, rijbewijs, worker):
    before, proof = facts(rijbewijs), read_plan(olena).hash
    says(rijbewijs, partner(worker))
    assert facts(rijbewijs) == before
    plan = read_plan(olena)
    assert plan.hash == proof
    assert not plan.stappen[0].is_betwist
    # A proposal that only a partner spoke about is agreed with the whole plan, as before.
    together = Wie.client(AkkoordKanaal.BUREAU, gebruiker=worker)
    agree_together(client=olena, by=worker, at=AT, gezien=proof, wie=together)
    assert facts(rijbewijs)["status"] == PlanStatus.AFGESPROKEN


def test_about_what_is_agreed_it_leaves_the_day_of_agreement(olena, rijbewijs, worker):
    says(rijbewijs, Wie.client(), ReactieSoort.AKKOORD, tekst="")
    Stap.objects.update(afgesproken_op=date(2026, 11, 1))
    before = facts(rijbewijs)
    says(rijbewijs, partner(worker), ReactieSoort.ANDER_TEMPO, dag=date(2027, 3, 1))
    assert facts(rijbewijs) == before


def test_the_day_she_asked_for_still_waits_for_the_ocmw(olena, rijbewijs, worker):
    says(rijbewijs, Wie.client(), ReactieSoort.ANDER_TEMPO, dag=date(2027, 1, 15))
    says(rijbewijs, partner(worker), ReactieSoort.ANDER_TEMPO, dag=date(2027, 3, 1))
    assert read_plan(olena).stappen[0].gevraagde_dag == date(2027, 1, 15)
    says(rijbewijs, Wie.ocmw(worker), ReactieSoort.AKKOORD, tekst="")
    assert facts(rijbewijs)["afgesproken_tegen"] == date(2027, 1, 15)


@pytest.mark.parametrize("naam", ["", "   "])
def test_a_partner_has_a_name(rijbewijs, worker, naam):
    with pytest.raises(DomainError, match="welke partner"):
        says(rijbewijs, partner(worker, naam))
    assert not Reactie.objects.exists()


def test_nobody_else_bears_the_name_of_a_partner(rijbewijs, worker):
    with pytest.raises(IntegrityError, match="reactie_partner_heeft_naam"), transaction.atomic():
        Reactie.objects.create(
            bestuur_id=rijbewijs.bestuur_id,
            client_id=rijbewijs.client_id,
            stap=rijbewijs,
            revisie=1,
            stem=Stem.OCMW,
            soort=ReactieSoort.AKKOORD,
            kanaal=AkkoordKanaal.BUREAU,
            gebruiker=worker,
            partner="Els",
            at=AT,
        )


def test_the_worker_writes_it_down_from_the_menu(olena, rijbewijs, mieke):
    plan_url = reverse("trajecten:plan", args=[olena.pk])
    html = mieke.get(plan_url).content.decode()
    assert "Noteer wat de partner zegt" in html
    assert url(rijbewijs) in html
    sent = {
        "partner": "  Kringwinkel,  Els ",
        "soort": ReactieSoort.NIET_AKKOORD,
        "tekst": f"Te vroeg {SCRIPT}",
        "kanaal": AkkoordKanaal.TELEFOON,
        "revisie": 1,
    }
    assert mieke.post(url(rijbewijs), sent).status_code == 302
    row = Reactie.objects.get()
    assert (row.stem, row.partner) == (Stem.PARTNER, "Kringwinkel, Els")
    page = mieke.get(plan_url).content.decode()
    assert "Kringwinkel, Els gaat niet akkoord" in page
    assert "aan de telefoon, genoteerd door Mieke" in page
    assert "Olena antwoordde nog niet" in page
    assert SCRIPT not in page
    event = Gebeurtenis.objects.get(tabel="trajecten_reactie")
    assert event.handeling.startswith("noteerde aan de telefoon: de partner ging niet akkoord")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"partner": ""}, "Schrijf welke partner dit zegt."),
        ({"tekst": ""}, "Zeg in eigen woorden waarom."),
        ({"soort": "ander_tempo"}, "Zeg welke dag beter past."),
        ({"revisie": 0}, "Dit is intussen gewijzigd."),
    ],
)
def test_what_says_too_little_keeps_what_was_typed(rijbewijs, mieke, changed, message):
    sent = {"partner": "Els", "soort": "niet_akkoord", "tekst": "Te vroeg", "revisie": 1}
    page = mieke.post(url(rijbewijs), sent | {"kanaal": "telefoon"} | changed)
    assert page.status_code == 200
    assert message in page.content.decode()
    assert not Reactie.objects.exists()


def test_the_client_reads_it_with_the_name(olena, rijbewijs, worker):
    says(rijbewijs, partner(worker), tekst=SCRIPT)
    html = inside(olena).get(reverse("portaal:stap", args=[rijbewijs.pk])).content.decode()
    assert "Een partner ging niet akkoord." in html
    assert "Kringwinkel, Els" in html
    assert SCRIPT not in html


def test_the_paper_has_the_third_voice_and_a_version_stays_as_it_was(olena, rijbewijs, worker):
    says(rijbewijs, partner(worker), tekst="Te vroeg")
    says(rijbewijs, partner(worker), tekst="Toch goed", soort=ReactieSoort.AKKOORD)
    draft = plan_blad(olena, at=AT)
    assert [(over.tekst, [w.tekst for w in over.woorden]) for over in draft.partners] == [
        ("Theorie rijbewijs leren", ["Toch goed"])
    ]
    text = " ".join(read_aloud(render(draft)))
    assert "Kringwinkel, Els zegt: Akkoord" in text
    assert "Toch goed" in text
    proof = read_plan(olena).hash
    versie = agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=proof)
    frozen = versie_blad(olena, versie)
    later = AT.replace(hour=15)
    react(
        item=rijbewijs,
        soort=ReactieSoort.NIET_AKKOORD,
        wie=partner(worker),
        at=later,
        revisie=1,
        tekst="Bij nader inzien niet",
    )
    assert versie_blad(olena, versie) == frozen
    now = plan_blad(olena, at=later)
    assert now.versie == versie
    assert [w.tekst for over in now.partners for w in over.woorden] == ["Bij nader inzien niet"]
