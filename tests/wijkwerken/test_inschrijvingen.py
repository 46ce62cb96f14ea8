"""Enrolling: by effect and by refusal."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kern.belgian_dates import BRUSSELS
from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.trajecten import make_traject
from tests.factories.wijkwerken import (
    make_inschrijving,
    make_inzet,
    make_opdracht,
    make_organisator,
    make_prestatie,
)
from toegang.models import Gebeurtenis
from trajecten.commands import (
    EvaluatieGegevens,
    TrajectGegevens,
    remove_evaluatie,
    withdraw_start,
)
from trajecten.enums import EvaluatieWijze
from trajecten.models import Evaluatie, Traject
from trajecten.queries import laatste_wijziging
from wijkwerken.commands.inschrijvingen import (
    InschrijvingGegevens,
    Verwijzing,
    change_inschrijving,
    change_toeleider,
    decide_halfway,
    enrol,
    start_wijkwerken,
    withdraw_inschrijving,
    withdraw_toeleider,
)
from wijkwerken.commands.interim import note_interimdagen, remove_interimdag
from wijkwerken.commands.organisatoren import (
    OrganisatorGegevens,
    add_organisator,
    change_organisator,
)
from wijkwerken.enums import OrganisatorSoort, Toeleider, Tussenkeuze
from wijkwerken.models import Inschrijving, Interimdag, Organisator, Toeleiding, Tussenbesluit
from wijkwerken.queries.inschrijvingen import wijkwerkblad

NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
OP = date(2026, 11, 22)
VDAB, OCMW = Verwijzing(toeleider=Toeleider.VDAB), Verwijzing(toeleider=Toeleider.OCMW)


@pytest.fixture
def igo(bestuur):
    return make_organisator(bestuur)


@pytest.fixture
def olena(bestuur, worker):
    return make_client(bestuur, familienaam="Kovalenko")


def begin(client, worker, igo, start=date(2026, 9, 1), verwijzing=VDAB, **facts):
    return start_wijkwerken(
        client=client,
        traject=TrajectGegevens(begindatum=start),
        gegevens=InschrijvingGegevens(organisator=igo, **facts),
        verwijzing=verwijzing,
        by=worker,
        at=NU,
    )


def test_starting_makes_the_traject_the_enrolment_and_the_referral(olena, worker, igo):
    row = begin(olena, worker, igo, afspraken=" Naar een job in de keuken ", afstand_km="12.5")
    row = Inschrijving.objects.get(pk=row.pk)
    assert row.traject.uiterste_dag == date(2027, 8, 31)
    assert row.traject.herziening_op == date(2027, 2, 28)
    assert (row.afspraken, row.afstand_km) == ("Naar een job in de keuken", Decimal("12.5"))
    toeleiding = row.toeleidingen.get()
    assert (toeleiding.toeleider, toeleiding.van, toeleiding.tot) == (
        "vdab",
        date(2026, 9, 1),
        None,
    )
    assert Gebeurtenis.objects.filter(
        tabel="wijkwerken_inschrijving", handeling="startte Wijk-werken op 01/09/2026"
    ).exists()


def test_without_a_right_enrolment_no_traject_starts(olena, worker, igo):
    gesloten = make_organisator(olena.bestuur, "PWA Herent", tot=date(2025, 12, 31))
    with pytest.raises(DomainError, match="organiseert geen wijk-werken"):
        begin(olena, worker, gesloten)
    laat = Verwijzing(toeleider=Toeleider.OCMW, van=date(2026, 9, 2))
    with pytest.raises(DomainError, match="Niemand begint zonder toeleiding"):
        begin(olena, worker, igo, verwijzing=laat)
    with pytest.raises(DomainError, match="erkend arbeidsongeschikt"):
        begin(olena, worker, igo, toestemming_van=date(2026, 9, 1))
    with pytest.raises(DomainError, match="vanaf wanneer"):
        begin(olena, worker, igo, is_arbeidsongeschikt=True, toestemming_tot=date(2026, 9, 1))
    with pytest.raises(DomainError, match="periode van de toestemming"):
        begin(
            olena,
            worker,
            igo,
            is_arbeidsongeschikt=True,
            toestemming_van=date(2026, 9, 2),
            toestemming_tot=date(2026, 9, 1),
        )
    assert not Traject.objects.exists()
    assert not Toeleiding.objects.exists()


def test_one_may_enrol_later_but_once_and_only_on_wijkwerken(olena, worker, igo):
    gegevens = InschrijvingGegevens(organisator=igo)
    twe = make_traject(olena, "twe")
    with pytest.raises(DomainError, match="niet op Tijdelijke werkervaring"):
        enrol(traject=twe, gegevens=gegevens, verwijzing=OCMW, by=worker, at=NU)
    traject = make_traject(olena, "wijkwerken")
    eerder = Verwijzing(toeleider=Toeleider.OCMW, van=date(2026, 2, 20))
    row = enrol(traject=traject, gegevens=gegevens, verwijzing=eerder, by=worker, at=NU)
    assert row.toeleidingen.get().van == date(2026, 2, 20)
    with pytest.raises(DomainError, match="heeft al een inschrijving"):
        enrol(traject=traject, gegevens=gegevens, verwijzing=OCMW, by=worker, at=NU)


def test_who_saves_second_is_told(olena, worker, igo):
    row = begin(olena, worker, igo)
    gezien = laatste_wijziging(olena.pk)
    ander = make_organisator(olena.bestuur, "Haviland")
    gegevens = InschrijvingGegevens(organisator=ander, overeenkomst_op=date(2026, 9, 1))
    change_inschrijving(inschrijving=row, gegevens=gegevens, by=worker, at=NU, versie=gezien)
    row.refresh_from_db()
    assert (row.organisator, row.overeenkomst_op) == (ander, date(2026, 9, 1))
    with pytest.raises(DomainError, match=r"Intussen gewijzigd.*IGO werd Haviland"):
        change_inschrijving(
            inschrijving=row,
            gegevens=InschrijvingGegevens(organisator=igo),
            by=worker,
            at=NU,
            versie=gezien,
        )


def test_another_referrer_takes_over_without_stopping(olena, worker, igo):
    row = begin(olena, worker, igo)
    change_toeleider(
        inschrijving=row, toeleider=Toeleider.OCMW, van=date(2026, 11, 2), by=worker, at=NU
    )
    rows = list(row.toeleidingen.order_by("van").values_list("toeleider", "van", "tot"))
    assert rows == [
        ("vdab", date(2026, 9, 1), date(2026, 11, 1)),
        ("ocmw", date(2026, 11, 2), None),
    ]
    traject = Traject.objects.get()
    assert (traject.einddatum, traject.uiterste_dag) == (None, date(2027, 8, 31))
    vorige = withdraw_toeleider(inschrijving=row, by=worker, at=NU)
    assert (vorige.toeleider, vorige.tot, row.toeleidingen.count()) == ("vdab", None, 1)
    with pytest.raises(DomainError, match="geen wissel"):
        withdraw_toeleider(inschrijving=row, by=worker, at=NU)


@pytest.mark.parametrize(
    ("toeleider", "van", "woord"),
    [
        (Toeleider.VDAB, date(2026, 10, 1), "leidt al toe"),
        (Toeleider.OCMW, date(2026, 9, 1), "Kies een dag na 01/09/2026"),
        (Toeleider.OCMW, date(2026, 11, 23), "moet nog komen"),
    ],
)
def test_a_change_that_cannot_be(olena, worker, igo, toeleider, van, woord):
    row = begin(olena, worker, igo)
    with pytest.raises(DomainError, match=woord):
        change_toeleider(inschrijving=row, toeleider=toeleider, van=van, by=worker, at=NU)
    assert row.toeleidingen.get().tot is None


def halfway(row, worker, keuze, dag=date(2026, 11, 20)):
    gegevens = EvaluatieGegevens(
        gehouden_op=dag, wijze=EvaluatieWijze.KANTOOR, verslag="Het gaat goed."
    )
    return decide_halfway(inschrijving=row, evaluatie=gegevens, keuze=keuze, by=worker, at=NU)


def test_the_decision_halfway_is_a_review_and_goes_with_it(olena, worker, igo):
    row = begin(olena, worker, igo, start=date(2026, 6, 1))
    assert Traject.objects.get().herziening_op == date(2026, 11, 30)
    besluit = halfway(row, worker, Tussenkeuze.VERDER)
    assert Traject.objects.get().herziening_op is None
    blad = wijkwerkblad(row, on=OP)
    assert (blad.besluiten, blad.gaat_verder) == ([besluit], False)
    halfway(row, worker, Tussenkeuze.VOLGENDE_STAP)
    assert wijkwerkblad(row, on=OP).gaat_verder
    for evaluatie in Evaluatie.objects.all():
        remove_evaluatie(evaluatie=evaluatie, by=worker, at=NU)
    assert not Tussenbesluit.objects.exists()
    assert Traject.objects.get().herziening_op == date(2026, 11, 30)


def test_a_refused_review_decides_nothing(olena, worker, igo):
    row = begin(olena, worker, igo)
    with pytest.raises(DomainError, match="nog moet komen"):
        halfway(row, worker, Tussenkeuze.VERDER, dag=date(2026, 12, 1))
    assert not Evaluatie.objects.exists()
    assert not Tussenbesluit.objects.exists()


def test_what_hangs_on_an_enrolment_keeps_it(olena, worker, igo):
    row = begin(olena, worker, igo)
    make_prestatie(row, date(2026, 11, 3), 2)
    with pytest.raises(DomainError, match="al uren"):
        withdraw_inschrijving(inschrijving=row, by=worker, at=NU)
    assert row.toeleidingen.count() == 1
    traject = Traject.objects.get()
    with pytest.raises(DomainError, match="hangt al iets vast"):
        withdraw_start(traject=traject, by=worker, at=traject.created_at)
    assert Traject.objects.filter(pk=traject.pk).exists()


def test_an_enrolment_without_anything_can_be_taken_back(olena, worker, igo):
    row = begin(olena, worker, igo)
    withdraw_inschrijving(inschrijving=row, by=worker, at=NU)
    assert not Inschrijving.objects.exists()
    assert Traject.objects.count() == 1


H9 = [date(2026, 10, day) for day in (1, 2, 5, 6, 7, 8, 9, 12, 13, 14)]


@pytest.mark.parametrize(
    ("laatste", "dagen"),
    [
        pytest.param(date(2026, 10, 28), 11, id="H9 eleven days in 28"),
        pytest.param(date(2026, 10, 30), None, id="H9 nine days in 28"),
    ],
)
def test_too_many_interim_days_are_told_never_refused(olena, worker, igo, laatste, dagen):
    row = begin(olena, worker, igo)
    assert note_interimdagen(inschrijving=row, dagen=H9, by=worker, at=NU) is None
    te_veel = note_interimdagen(inschrijving=row, dagen=[laatste, H9[0]], by=worker, at=NU)
    assert Interimdag.objects.count() == 11
    assert (te_veel.dagen if te_veel else None) == dagen
    if te_veel:
        assert te_veel.venster.begin == date(2026, 10, 1)
    remove_interimdag(interimdag=Interimdag.objects.get(dag=laatste), by=worker, at=NU)
    assert Interimdag.objects.count() == 10
    assert wijkwerkblad(row, on=date(2026, 10, 28)).interim == (10, 10)


def test_interim_days_lie_within_the_traject(olena, worker, igo):
    row = begin(olena, worker, igo)
    with pytest.raises(DomainError, match="31/08/2026 valt niet"):
        note_interimdagen(
            inschrijving=row, dagen=[date(2026, 9, 3), date(2026, 8, 31)], by=worker, at=NU
        )
    with pytest.raises(DomainError, match="minstens één"):
        note_interimdagen(inschrijving=row, dagen=[], by=worker, at=NU)
    assert not Interimdag.objects.exists()


@pytest.mark.parametrize(
    ("van", "tot", "woord"),
    [
        (None, None, "nog geen toestemming"),
        (date(2026, 9, 1), date(2026, 11, 21), "voorbij"),
        (date(2026, 12, 1), None, "later"),
        (date(2026, 9, 1), date(2026, 11, 22), ""),
    ],
)
def test_the_permission_is_watched(olena, worker, igo, van, tot, woord):
    row = begin(
        olena, worker, igo, is_arbeidsongeschikt=True, toestemming_van=van, toestemming_tot=tot
    )
    said = wijkwerkblad(row, on=OP).toestemming
    assert woord in said
    assert bool(said) == bool(woord)


def organiser(naam="Haviland", **fields):
    facts = {"soort": OrganisatorSoort.INTERGEMEENTELIJK, "chequeprijs": Decimal("7.45")}
    return OrganisatorGegevens(naam=naam, **{**facts, "van": date(2018, 1, 1), **fields})


def test_the_register_of_organisers(olena, lead, worker, igo):
    row = add_organisator(gegevens=organiser(" Haviland "), by=lead, at=NU)
    assert (row.naam, row.bestuur) == ("Haviland", lead.bestuur)
    with pytest.raises(DomainError, match="staat al in de lijst"):
        add_organisator(gegevens=organiser("haviland"), by=lead, at=NU)
    with pytest.raises(DomainError, match="meer dan nul"):
        add_organisator(gegevens=organiser("X", chequeprijs=Decimal(0)), by=lead, at=NU)
    with pytest.raises(DomainError, match="vóór de eerste dag"):
        add_organisator(gegevens=organiser("X", tot=date(2017, 1, 1)), by=lead, at=NU)
    assert Organisator.objects.count() == 2
    inschrijving = begin(olena, worker, row)
    dicht = organiser(tot=date(2026, 12, 31))
    with pytest.raises(DomainError, match="1 wijk-werker is nog bij Haviland"):
        change_organisator(organisator=row, gegevens=dicht, by=lead, at=NU)
    gegevens = InschrijvingGegevens(organisator=igo)
    change_inschrijving(inschrijving=inschrijving, gegevens=gegevens, by=worker, at=NU)
    change_organisator(organisator=row, gegevens=dicht, by=lead, at=NU)
    row.refresh_from_db()
    assert row.tot == date(2026, 12, 31)


def test_everything_of_one_wijkwerker_takes_a_fixed_number_of_queries(
    olena, worker, igo, django_assert_num_queries
):
    row = begin(olena, worker, igo)
    for day in H9:
        Interimdag.objects.create(
            bestuur_id=row.bestuur_id, client_id=row.client_id, inschrijving=row, dag=day
        )
    for _ in range(3):
        make_inzet(row, make_opdracht(olena.bestuur))
        halfway(row, worker, Tussenkeuze.VERDER)
    row = Inschrijving.objects.select_related("traject__instrument", "organisator").get()
    with django_assert_num_queries(11):
        blad = wijkwerkblad(row, on=OP)
        assert blad.meter.maand.minuten == 0
        assert [str(rij.opdracht.opdrachtgever) for rij in blad.inzetten]
        assert [str(rij.evaluatie.door) for rij in blad.besluiten]


def test_an_enrolment_made_by_hand_reads_the_same(bestuur):
    row = make_inschrijving(make_client(bestuur))
    assert wijkwerkblad(row, on=OP).toeleiding.toeleider == Toeleider.OCMW
