"""Agreeing to the whole plan: frozen, both sides, in force, and never changed afterwards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from kern.crypto import unseal_bytes
from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.trajecten.plan.conftest import AT
from trajecten.commands.plan import (
    PlanChanged,
    PlanStapGegevens,
    PlanTeksten,
    Scan,
    agree_plan,
    agree_together,
    change_stap,
    finish_item,
    propose_stap,
    react,
    withdraw_versie,
    write_plan_teksten,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, ReactieSoort, Stem, Uitvoerder
from trajecten.models import Akkoord, AkkoordScan, Planversie, Stap
from trajecten.queries.plan import read_plan, versies_of
from trajecten.rules.plan.inhoud import hash_of
from trajecten.rules.plan.verschil import Soort

CLIENT = Wie.client()
LATER = AT + timedelta(days=3)
JPG = Scan(bestandsnaam="plan.jpg", inhoud=b"\xff\xd8\xff" + b"0" * 40)


def both_agree(client, worker, at=AT):
    gezien = read_plan(client).hash
    agree_plan(client=client, wie=Wie.ocmw(worker), at=at, gezien=gezien)
    return agree_plan(client=client, wie=CLIENT, at=at, gezien=gezien)


def test_one_side_freezes_and_waits_for_the_other(olena, rijbewijs, worker):
    plan = read_plan(olena)
    versie = agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=plan.hash)
    after = read_plan(olena)
    assert after.voorgelegd.versie == versie
    assert after.van_kracht is None
    assert versie.hash == hash_of(versie.inhoud)
    rijbewijs.refresh_from_db()
    assert rijbewijs.status == PlanStatus.VOORGESTELD, "one side alone agrees to nothing"


def test_both_sides_bring_it_into_force_and_the_proposals_with_it(olena, rijbewijs, worker):
    versie = both_agree(olena, worker)
    plan = read_plan(olena)
    assert plan.is_van_kracht
    assert plan.van_kracht.versie == versie
    assert plan.verschil.aantal == 0
    assert {row.stem for row in plan.van_kracht.akkoorden} == {Stem.CLIENT, Stem.OCMW}
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.afgesproken_tegen) == (
        PlanStatus.AFGESPROKEN,
        date(2026, 12, 1),
    )


def test_the_client_may_be_the_first_to_agree(olena, rijbewijs, worker):
    gezien = read_plan(olena).hash
    agree_plan(client=olena, wie=CLIENT, at=AT, gezien=gezien)
    assert read_plan(olena).voorgelegd.akkoord_van(Stem.CLIENT)
    agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=gezien)
    assert read_plan(olena).is_van_kracht


def test_a_change_is_a_draft_and_the_old_version_stays_in_force(olena, rijbewijs, worker):
    """Anchors 3.7, line 16."""
    versie = both_agree(olena, worker)
    row = Stap.objects.get(pk=rijbewijs.pk)
    told = replace(PlanStapGegevens.of(row), tekst="Praktijk rijbewijs leren")
    change_stap(stap=row, gegevens=told, wie=Wie.ocmw(worker), at=LATER, revisie=1)
    plan = read_plan(olena)
    assert plan.van_kracht.versie == versie
    assert not plan.is_van_kracht
    (item,) = plan.verschil.items
    marked = [(stuk.soort, stuk.tekst) for stuk in item.velden[0].stukken]
    assert marked[0] == (Soort.WEG, "Theorie")
    assert marked[1] == (Soort.NIEUW, "Praktijk")
    assert versie.inhoud["afspraken"][0]["tekst"] == "Theorie rijbewijs leren"


def test_a_second_version_replaces_the_first(olena, rijbewijs, worker):
    first = both_agree(olena, worker)
    told = replace(PlanStapGegevens.of(Stap.objects.get()), tekst="Praktijk leren")
    change_stap(stap=rijbewijs, gegevens=told, wie=Wie.ocmw(worker), at=LATER, revisie=1)
    second = both_agree(olena, worker, at=LATER)
    first.refresh_from_db()
    assert (second.nummer, first.vervangen_at) == (2, LATER)
    assert [blad.versie.nummer for blad in versies_of(olena)] == [2, 1]
    assert Planversie.objects.in_force().get() == second


def test_one_refused_step_does_not_block_the_rest(olena, rijbewijs, worker):
    """Anchors 3.7, line 17."""
    propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(
            tekst="Opvang zoeken", uitvoerders=[Uitvoerder.OCMW], tegen=date(2026, 12, 9)
        ),
        wie=Wie.ocmw(worker),
        at=AT,
    )
    react(
        item=rijbewijs,
        soort=ReactieSoort.NIET_AKKOORD,
        wie=CLIENT,
        at=AT,
        revisie=1,
        tekst="Ik durf niet te rijden.",
    )
    versie = both_agree(olena, worker)
    assert [regel["tekst"] for regel in versie.inhoud["afspraken"]] == ["Opvang zoeken"]
    (zonder,) = versie.inhoud["zonder_akkoord"]
    assert zonder["woorden"][0]["tekst"] == "Ik durf niet te rijden."
    rijbewijs.refresh_from_db()
    assert rijbewijs.status == PlanStatus.VOORGESTELD


@pytest.mark.parametrize(
    "kanaal", [AkkoordKanaal.BUREAU, AkkoordKanaal.PAPIER, AkkoordKanaal.TELEFOON]
)
def test_she_agrees_at_the_counter_on_paper_or_by_telephone(olena, rijbewijs, worker, kanaal):
    """Anchors 3.7, line 18."""
    wie = Wie.client(kanaal, gebruiker=worker, taal="uk", tolk="Babel")
    agree_together(client=olena, by=worker, at=AT, gezien=read_plan(olena).hash, wie=wie, scan=JPG)
    akkoord = Akkoord.objects.get(stem=Stem.CLIENT)
    assert (akkoord.kanaal, akkoord.taal, akkoord.tolk) == (kanaal, "uk", "Babel")
    assert akkoord.gebruiker == worker
    scan = AkkoordScan.objects.get(akkoord=akkoord)
    assert JPG.inhoud not in bytes(scan.inhoud)
    assert unseal_bytes(scan.inhoud, place=scan.place()) == JPG.inhoud
    assert read_plan(olena).is_van_kracht


def test_together_after_one_side_agreed_alone(olena, rijbewijs, worker):
    gezien = read_plan(olena).hash
    agree_plan(client=olena, wie=CLIENT, at=AT, gezien=gezien)
    wie = Wie.client(AkkoordKanaal.BUREAU, gebruiker=worker)
    agree_together(client=olena, by=worker, at=AT, gezien=gezien, wie=wie)
    assert read_plan(olena).is_van_kracht
    assert Akkoord.objects.get(stem=Stem.CLIENT).kanaal == AkkoordKanaal.LINK


def test_the_second_worker_to_agree_is_told_who_was_first(olena, rijbewijs, worker, lead):
    gezien = read_plan(olena).hash
    agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=gezien)
    with pytest.raises(DomainError, match=f"{worker.naam} ging .* al akkoord namens het OCMW"):
        agree_plan(client=olena, wie=Wie.ocmw(lead), at=AT, gezien=gezien)
    assert Akkoord.objects.count() == 1


def test_who_saw_another_text_agrees_to_nothing(olena, rijbewijs, worker):
    gezien = read_plan(olena).hash
    told = replace(PlanStapGegevens.of(rijbewijs), tekst="Iets heel anders")
    change_stap(stap=rijbewijs, gegevens=told, wie=Wie.ocmw(worker), at=AT, revisie=1)
    with pytest.raises(PlanChanged, match="intussen gewijzigd"):
        agree_plan(client=olena, wie=CLIENT, at=AT, gezien=gezien)
    assert not Planversie.objects.exists()


def test_a_newer_text_put_forward_takes_the_older_back(olena, rijbewijs, worker):
    agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=read_plan(olena).hash)
    told = replace(PlanStapGegevens.of(rijbewijs), tekst="Iets anders")
    change_stap(stap=rijbewijs, gegevens=told, wie=Wie.ocmw(worker), at=AT, revisie=1)
    agree_plan(client=olena, wie=Wie.ocmw(worker), at=LATER, gezien=read_plan(olena).hash)
    assert [row.ingetrokken_at for row in Planversie.objects.order_by("nummer")] == [LATER, None]


def test_what_she_agreed_to_holds_while_the_draft_moved_on(olena, rijbewijs, worker):
    gezien = read_plan(olena).hash
    agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=gezien)
    told = replace(PlanStapGegevens.of(rijbewijs), tekst="Iets anders")
    change_stap(stap=rijbewijs, gegevens=told, wie=Wie.ocmw(worker), at=AT, revisie=1)
    versie = agree_plan(client=olena, wie=CLIENT, at=LATER, gezien=gezien)
    plan = read_plan(olena)
    assert plan.van_kracht.versie == versie
    assert plan.verschil.aantal == 1
    rijbewijs.refresh_from_db()
    assert rijbewijs.status == PlanStatus.VOORGESTELD, "the new words wait for her"


def test_done_since_needs_nobodys_agreement(olena, rijbewijs, worker):
    both_agree(olena, worker)
    finish_item(item=rijbewijs, wie=CLIENT, at=LATER)
    plan = read_plan(olena)
    assert plan.verschil.aantal == 0
    assert [item.soort for item in plan.verschil.items] == [Soort.GEDAAN]


def test_the_texts_of_the_plan_are_part_of_it(olena, rijbewijs, worker):
    both_agree(olena, worker)
    told = PlanTeksten(behoeften="Werk dicht bij huis", evaluatiewijze="", extra_hulp="")
    write_plan_teksten(client=olena, teksten=told, by=worker, at=LATER)
    plan = read_plan(olena)
    assert [veld.naam for veld in plan.verschil.teksten] == ["behoeften"]


def test_an_empty_plan_is_agreed_by_nobody(olena, worker):
    with pytest.raises(DomainError, match="nog niets"):
        agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=read_plan(olena).hash)
    assert not Planversie.objects.exists()


def test_only_who_put_it_forward_takes_it_back(olena, rijbewijs, worker):
    versie = agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=read_plan(olena).hash)
    with pytest.raises(DomainError, match="voorlegde"):
        withdraw_versie(versie=versie, wie=CLIENT, at=AT)
    withdraw_versie(versie=versie, wie=Wie.ocmw(worker), at=AT)
    assert read_plan(olena).voorgelegd is None


def test_a_version_in_force_is_not_taken_back(olena, rijbewijs, worker):
    versie = both_agree(olena, worker)
    with pytest.raises(DomainError, match="van kracht"):
        withdraw_versie(versie=versie, wie=Wie.ocmw(worker), at=LATER)
    assert read_plan(olena).van_kracht.versie == versie


@pytest.mark.parametrize("inhoud", [b"<html>", b"", b"MZ\x90\x00", b"GIF89a"])
def test_a_scan_is_a_pdf_or_a_picture(olena, rijbewijs, worker, inhoud):
    wie = Wie.client(AkkoordKanaal.PAPIER, gebruiker=worker)
    with pytest.raises(DomainError, match="pdf of een foto"):
        agree_together(
            client=olena,
            by=worker,
            at=AT,
            gezien=read_plan(olena).hash,
            wie=wie,
            scan=Scan(bestandsnaam="x.pdf", inhoud=inhoud),
        )
    assert not Planversie.objects.exists(), "all or nothing"


def test_speaking_for_the_client_needs_a_way_in_which_she_spoke(olena, rijbewijs, worker):
    with pytest.raises(DomainError, match="hoe de cliënt akkoord ging"):
        agree_together(
            client=olena, by=worker, at=AT, gezien=read_plan(olena).hash, wie=Wie.client()
        )


@pytest.mark.database
class TestTheDatabaseItself:
    """What no code can do, also not by mistake."""

    def test_frozen_content_is_never_changed(self, olena, rijbewijs, worker):
        versie = both_agree(olena, worker)
        for change in ({"inhoud": {}}, {"hash": "0" * 64}, {"nummer": 9}):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Planversie.objects.filter(pk=versie.pk).update(**change)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Planversie.objects.filter(pk=versie.pk)._raw_delete(using="default")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Akkoord.objects.filter(planversie=versie).update(kanaal="papier")

    def test_no_version_is_in_force_with_one_voice(self, olena, rijbewijs, worker):
        versie = agree_plan(client=olena, wie=Wie.ocmw(worker), at=AT, gezien=read_plan(olena).hash)
        with pytest.raises(IntegrityError, match="both sides"), transaction.atomic():
            Planversie.objects.filter(pk=versie.pk).update(van_kracht_at=AT)

    def test_an_agreement_belongs_to_a_version_of_the_same_client(
        self, bestuur, olena, rijbewijs, worker
    ):
        versie = both_agree(olena, worker)
        other = make_client(bestuur, familienaam="Ander")
        with pytest.raises(IntegrityError), transaction.atomic():
            Akkoord.objects.create(
                bestuur=bestuur,
                client=other,
                planversie=versie,
                stem=Stem.CLIENT,
                at=AT,
                kanaal="link",
            )

    def test_two_versions_are_never_in_force_at_once(self, olena, rijbewijs, worker):
        first = both_agree(olena, worker)
        told = replace(PlanStapGegevens.of(Stap.objects.get()), tekst="Praktijk leren")
        change_stap(stap=rijbewijs, gegevens=told, wie=Wie.ocmw(worker), at=LATER, revisie=1)
        both_agree(olena, worker, at=LATER)
        with pytest.raises(IntegrityError), transaction.atomic():
            Planversie.objects.filter(pk=first.pk).update(vervangen_at=None)


@pytest.mark.parametrize("column", ["van_kracht_at", "vervangen_at", "ingetrokken_at"])
@pytest.mark.parametrize("value", [None, LATER + timedelta(days=1)])
def test_the_days_of_a_version_are_written_once(olena, rijbewijs, worker, column, value):
    if column == "ingetrokken_at":
        gezien = read_plan(olena).hash
        versie = agree_plan(client=olena, wie=CLIENT, at=AT, gezien=gezien)
        withdraw_versie(versie=versie, wie=CLIENT, at=AT)
    else:
        versie = both_agree(olena, worker)
        finish_item(item=rijbewijs, wie=CLIENT, at=LATER)
        propose_stap(
            client=olena,
            gegevens=PlanStapGegevens(
                tekst="Cv maken", uitvoerders=[Uitvoerder.CLIENT], tegen=date(2027, 1, 4)
            ),
            wie=CLIENT,
            at=LATER,
        )
        both_agree(olena, worker, at=LATER)
    rows = Planversie.objects.filter(pk=versie.pk)
    assert rows.values_list(column, flat=True).get() is not None
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        rows.update(**{column: value})
