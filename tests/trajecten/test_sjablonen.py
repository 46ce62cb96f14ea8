"""Templates: kept in versions, proposed for a client, never agreed by themselves."""

import json
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from kern.db.scope import scope
from kern.errors import DomainError
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from tests.trajecten.plan.conftest import AT
from toegang.enums import Rol
from toegang.models import Gebeurtenis, Inzage
from trajecten.commands.sjablonen import (
    RegelGeweigerd,
    RegelVanSjabloon,
    SjabloonGegevens,
    add_sjabloon,
    change_sjabloon,
    copy_sjabloon,
    gegevens_van,
    retire_sjabloon,
    take_standaard,
)
from trajecten.commands.sjabloonkeuze import Keuze, propose_sjabloon
from trajecten.enums import Levensdomein, PlanStatus, SjabloonSoort, Stem, Uitvoerder
from trajecten.models import Akkoord, Doel, Instrument, Planversie, Sjabloon, Sjabloonregel, Stap
from trajecten.reference.teksten import standaardsjablonen
from trajecten.rules.gpmi_inhoud import NOOIT

pytestmark = pytest.mark.django_db
U = Uitvoerder


def line(tekst, *uitvoerders, soort=SjabloonSoort.STAP, dagen=14, **fields):
    return RegelVanSjabloon(
        soort=soort,
        tekst=tekst,
        domein=Levensdomein.WERK,
        uitvoerders=list(uitvoerders) or [U.CLIENT],
        dagen=dagen,
        **fields,
    )


KEUKEN = SjabloonGegevens(
    naam="Keuken",
    regels=[
        line("Werken in een keuken", soort=SjabloonSoort.DOEL, dagen=None),
        line("Een cv maken", U.CLIENT, U.MEDEWERKER),
        line("Een werkplek zoeken", U.OCMW, dagen=28),
        line("Meelopen", U.PARTNER, partner="WZC De Linde", dagen=42),
        line("Opvang regelen", los=True),
    ],
)


@pytest.fixture
def beheerder(bestuur):
    return make_gebruiker(bestuur, Rol.BEHEERDER, gebruikersnaam="beheer1")


@pytest.fixture
def keuken(beheerder):
    return add_sjabloon(gegevens=KEUKEN, by=beheerder, at=AT)


@pytest.fixture
def olena(bestuur, worker):
    client = make_client(bestuur, familienaam="Kovalenko", voornaam="Olena")
    make_toewijzing(client, worker)
    return client


def choices(sjabloon, **changes):
    return [
        Keuze(regel=regel, tekst=regel.tekst, tegen=date(2026, 12, 15), partner=regel.partner)
        for regel in sjabloon.regels.order_by("nummer")
    ]


def test_steps_hang_under_the_goal_above_them(keuken):
    rows = list(keuken.regels.order_by("nummer").values_list("nummer", "soort", "doel"))
    assert rows == [
        (1, "doel", None),
        (2, "stap", 1),
        (3, "stap", 1),
        (4, "stap", 1),
        (5, "stap", None),
    ]
    assert gegevens_van(keuken) == KEUKEN


def test_a_change_makes_the_next_version_and_the_one_before_stays_readable(keuken, beheerder):
    later = SjabloonGegevens(naam="Keuken en zaal", regels=KEUKEN.regels[:2])
    new = change_sjabloon(sjabloon=keuken, gegevens=later, by=beheerder, at=AT)
    keuken.refresh_from_db()
    assert (new.versie, new.reeks, new.gesloten_at) == (2, keuken.reeks, None)
    assert keuken.gesloten_at == AT
    assert gegevens_van(keuken) == KEUKEN
    with pytest.raises(DomainError, match="intussen"):
        change_sjabloon(sjabloon=keuken, gegevens=KEUKEN, by=beheerder, at=AT)
    assert Sjabloon.objects.count() == 2


def test_nobody_rewrites_a_version(keuken):
    for act in (
        lambda: Sjabloon.objects.filter(pk=keuken.pk).update(naam="Anders"),
        lambda: Sjabloonregel.objects.update(tekst="Anders"),
        lambda: Sjabloonregel.objects.all().delete(),
        lambda: Sjabloon.objects.update(gesloten_at=None, versie=7),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()
    assert gegevens_van(Sjabloon.objects.get()) == KEUKEN


def test_a_copy_is_a_template_of_its_own_also_of_a_retired_one(keuken, beheerder):
    retire_sjabloon(sjabloon=keuken, by=beheerder, at=AT)
    first = copy_sjabloon(sjabloon=keuken, by=beheerder, at=AT)
    second = copy_sjabloon(sjabloon=keuken, by=beheerder, at=AT)
    assert (first.naam, second.naam) == ("Keuken", "Keuken (2)")
    assert len({keuken.reeks, first.reeks, second.reeks}) == 3
    assert not Sjabloon.objects.in_use().filter(pk=keuken.pk).exists()


@pytest.mark.parametrize(
    ("regels", "reden"),
    [
        ([], "minstens één"),
        ([line("")], "schrijf wat het is"),
        ([line("Bellen", U.PARTNER)], "welke partner"),
        ([line("Bellen", dagen=None)], "na hoeveel dagen"),
        ([line("Bellen", dagen=2000)], "dagen"),
        ([line("Bellen")] * 61, "hoogstens 60"),
    ],
)
def test_a_template_that_is_not_whole_is_refused(beheerder, regels, reden):
    with pytest.raises(DomainError, match=reden):
        add_sjabloon(gegevens=SjabloonGegevens(naam="X", regels=regels), by=beheerder, at=AT)
    assert not Sjabloon.objects.exists()


def test_two_templates_in_use_never_share_a_name(keuken, beheerder):
    with pytest.raises(DomainError, match="andere naam"):
        add_sjabloon(gegevens=KEUKEN, by=beheerder, at=AT)
    assert Sjabloon.objects.count() == 1


def test_the_standard_set_is_taken_over_once_and_may_be_changed(beheerder):
    made = take_standaard(by=beheerder, at=AT)
    assert {row.instrument.code if row.instrument else "" for row in made} == {
        "twe",
        "art60",
        "wijkwerken",
        "ama_welzijn",
        "activeringstraject",
        "",
    }
    assert take_standaard(by=beheerder, at=AT) == []
    first = made[0]
    change_sjabloon(sjabloon=first, gegevens=gegevens_van(first), by=beheerder, at=AT)
    assert take_standaard(by=beheerder, at=AT) == [], "a changed one is still the bestuur's"
    assert Gebeurtenis.objects.filter(
        handeling="nam het standaardsjabloon over “Tijdelijke werkervaring”"
    ).exists()


def test_the_standard_set_speaks_plainly_and_both_sides_move():
    for sjabloon in standaardsjablonen():
        movers = {mover for regel in sjabloon.regels for mover in regel.uitvoerders}
        assert "client" in movers, sjabloon.code
        assert movers & {"ocmw", "medewerker"}, sjabloon.code
        for regel in sjabloon.regels:
            assert len(regel.tekst.split()) <= 14, regel.tekst
            assert NOOIT not in regel.tekst.lower()


def test_lines_become_proposals_of_the_ocmw_with_movers_as_written(olena, keuken, worker):
    made = propose_sjabloon(
        client=olena, keuzes=choices(keuken), by=worker, at=AT, sleutel="a" * 32
    )
    assert len(made) == 5
    rows = {row.tekst: row for row in Stap.objects.filter(client=olena)}
    assert {tekst: list(row.uitvoerders) for tekst, row in rows.items()} == {
        "Een cv maken": ["client", "medewerker"],
        "Een werkplek zoeken": ["ocmw"],
        "Meelopen": ["partner"],
        "Opvang regelen": ["client"],
    }
    doel = Doel.objects.get()
    assert {row.doel_id for tekst, row in rows.items() if tekst != "Opvang regelen"} == {doel.pk}
    assert rows["Opvang regelen"].doel_id is None
    for row in (doel, *rows.values()):
        assert (row.status, row.wacht_op) == (PlanStatus.VOORGESTELD, Stem.CLIENT)
        assert row.voorsteller == Stem.OCMW
        assert row.gebruiker_id is None
    assert not Planversie.objects.exists()
    assert not Akkoord.objects.exists()


def test_sent_twice_makes_one(olena, keuken, worker):
    for _ in range(2):
        propose_sjabloon(client=olena, keuzes=choices(keuken), by=worker, at=AT, sleutel="b" * 32)
    assert (Doel.objects.count(), Stap.objects.count()) == (1, 4)


def test_one_refused_line_lets_nothing_through(olena, keuken, worker):
    keuzes = choices(keuken)
    keuzes[3] = Keuze(regel=keuzes[3].regel, tekst="Meelopen", tegen=date(2020, 1, 1), partner="X")
    with pytest.raises(RegelGeweigerd, match="al voorbij") as refusal:
        propose_sjabloon(client=olena, keuzes=keuzes, by=worker, at=AT, sleutel="c" * 32)
    assert refusal.value.nummer == 4
    assert not Doel.objects.exists()
    assert not Stap.objects.exists()


def test_a_step_whose_goal_was_left_out_stands_alone(olena, keuken, worker):
    propose_sjabloon(client=olena, keuzes=choices(keuken)[1:2], by=worker, at=AT, sleutel="d" * 32)
    assert Stap.objects.get().doel is None


def test_a_line_never_hangs_on_a_template_of_another_bestuur(keuken, buur):
    with (
        scope(bestuur_id=buur.pk, actor_id=None),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        Sjabloonregel.objects.create(
            bestuur=buur,
            sjabloon_id=keuken.pk,
            nummer=9,
            soort="stap",
            tekst="x",
            domein="werk",
            uitvoerders=["client"],
            dagen=1,
        )


# Screens


def typed(sjabloon_naam="Bakkerij", regels=(("doel", "Bakken"), ("stap", "Oven leren"))):
    data = {"naam": sjabloon_naam, "instrument": "", "r-INITIAL_FORMS": "0"}
    data["r-TOTAL_FORMS"] = str(len(regels) + 1)
    for number, (soort, tekst) in enumerate([*regels, ("stap", "")]):
        data |= {
            f"r-{number}-nummer": str(number + 1),
            f"r-{number}-soort": soort,
            f"r-{number}-tekst": tekst,
            f"r-{number}-domein": "werk",
            f"r-{number}-uitvoerders": ["client"],
            f"r-{number}-dagen": "10" if soort == "stap" else "",
            f"r-{number}-anker": "vandaag",
        }
    return data


def test_the_beheerder_writes_a_template_as_a_table(beheerder, signed_in):
    browser = signed_in(beheerder)
    answer = browser.post(reverse("trajecten:sjabloon_nieuw"), typed())
    row = Sjabloon.objects.get()
    assert answer["Location"] == reverse("trajecten:sjabloon", args=[row.pk])
    assert [regel.tekst for regel in row.regels.order_by("nummer")] == ["Bakken", "Oven leren"]
    page = browser.get(answer["Location"]).content.decode()
    assert "Oven leren" in page
    assert "10 dagen na de dag van het voorstel" in page


def test_a_line_that_lacks_something_keeps_everything_typed(beheerder, signed_in):
    data = typed() | {"r-1-dagen": "", "r-0-uitvoerders": []}
    answer = signed_in(beheerder).post(reverse("trajecten:sjabloon_nieuw"), data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Zeg na hoeveel dagen." in page
    assert "Zeg wie het doet." in page
    assert "Oven leren" in page
    assert not Sjabloon.objects.exists()


def test_place_decides_the_order(beheerder, signed_in):
    data = typed(regels=(("stap", "Tweede"), ("stap", "Eerste")))
    data |= {"r-0-nummer": "5", "r-1-nummer": "2"}
    signed_in(beheerder).post(reverse("trajecten:sjabloon_nieuw"), data)
    assert list(Sjabloonregel.objects.order_by("nummer").values_list("tekst", flat=True)) == [
        "Eerste",
        "Tweede",
    ]


def filled_in(form, lines):
    """Return what a browser sends of the page as it was shown."""
    data = {"naam": form["naam"].value(), "instrument": form["instrument"].value() or ""}
    data |= {f"r-{name}": value for name, value in lines.management_form.initial.items()}
    for line in lines:
        for box in line:
            value = box.value()
            if value not in (None, False):
                data[box.html_name] = "on" if value is True else value
    return data


def test_one_line_is_edited_and_all_others_stay(keuken, beheerder, signed_in):
    browser = signed_in(beheerder)
    address = reverse("trajecten:change_sjabloon", args=[keuken.pk])
    shown = browser.get(address).context
    data = filled_in(shown["form"], shown["lines"])
    answer = browser.post(address, data | {"r-1-tekst": "Een cv met foto maken"})
    new = Sjabloon.objects.in_use().get()
    assert answer["Location"] == reverse("trajecten:sjabloon", args=[new.pk])
    edited = [*KEUKEN.regels]
    edited[1] = line("Een cv met foto maken", U.CLIENT, U.MEDEWERKER)
    assert gegevens_van(new) == SjabloonGegevens(naam="Keuken", regels=edited)


def test_changing_copying_and_retiring_on_screen(keuken, beheerder, signed_in):
    browser = signed_in(beheerder)
    page = browser.get(reverse("trajecten:change_sjabloon", args=[keuken.pk])).content.decode()
    assert "Een cv maken" in page
    browser.post(reverse("trajecten:change_sjabloon", args=[keuken.pk]), typed("Keuken"))
    assert Sjabloon.objects.in_use().get().versie == 2
    closed = browser.get(reverse("trajecten:change_sjabloon", args=[keuken.pk]))
    assert closed.status_code == 302
    browser.post(reverse("trajecten:copy_sjabloon", args=[keuken.pk]))
    assert Sjabloon.objects.in_use().count() == 2
    for row in Sjabloon.objects.in_use():
        browser.post(reverse("trajecten:retire_sjabloon", args=[row.pk]))
    assert not Sjabloon.objects.in_use().exists()
    assert "Niet meer in gebruik" in browser.get(reverse("trajecten:sjablonen")).content.decode()


def test_the_beheerder_sees_no_client_and_writes_in_no_plan(olena, keuken, beheerder, signed_in):
    browser = signed_in(beheerder)
    for name, args in (
        ("kies_sjabloon", [olena.pk]),
        ("sjabloon_voorstel", [olena.pk, keuken.pk]),
        ("plan_pdf", [olena.pk]),
    ):
        address = reverse(f"trajecten:{name}", args=args)
        assert browser.get(address).status_code == 403
    assert not Inzage.objects.exists()


def test_templates_of_another_bestuur_do_not_exist(keuken, buur, olena, worker, signed_in):
    with scope(bestuur_id=buur.pk, actor_id=None):
        other = make_gebruiker(buur, Rol.BEHEERDER, gebruikersnaam="beheer9")
    browser = signed_in(other)
    for name in ("sjabloon", "change_sjabloon"):
        address = reverse(f"trajecten:{name}", args=[keuken.pk])
        assert browser.get(address).status_code == 404
    for name in ("copy_sjabloon", "retire_sjabloon"):
        address = reverse(f"trajecten:{name}", args=[keuken.pk])
        assert browser.post(address).status_code == 404
    assert "Keuken" not in browser.get(reverse("trajecten:sjablonen")).content.decode()


@time_machine.travel("2026-11-22 10:00+01:00", tick=False)
def test_a_worker_sees_the_days_adapts_and_proposes(olena, keuken, worker, signed_in):
    browser = signed_in(worker)
    address = reverse("trajecten:sjabloon_voorstel", args=[olena.pk, keuken.pk])
    page = browser.get(address).content.decode()
    assert 'value="07/12/2026"' in page, "14 days after a Sunday is the Monday after"
    data = {
        "sleutel": "e" * 32,
        "kies_1": "on",
        "tekst_1": "Werken in een keuken",
        "tegen_1": "",
        "kies_2": "on",
        "tekst_2": "Een cv maken met foto",
        "tegen_2": "10/12/2026",
        "tekst_3": "Een werkplek zoeken",
        "tegen_3": "21/12/2026",
    }
    for _ in range(2):
        answer = browser.post(address, data)
        assert answer["Location"] == reverse("trajecten:plan", args=[olena.pk])
    stap = Stap.objects.get()
    assert (stap.tekst, stap.tegen) == ("Een cv maken met foto", date(2026, 12, 10))
    assert stap.doel == Doel.objects.get()
    assert Inzage.objects.filter(client_id=olena.pk, scherm="sjabloon kiezen").exists()


@time_machine.travel("2026-11-22 10:00+01:00", tick=False)
def test_a_refusal_names_its_line_and_keeps_what_was_typed(olena, keuken, worker, signed_in):
    address = reverse("trajecten:sjabloon_voorstel", args=[olena.pk, keuken.pk])
    data = {"sleutel": "f" * 32, "kies_2": "on", "tekst_2": "<b>Cv</b>", "tegen_2": "01/01/2020"}
    page = signed_in(worker).post(address, data).content.decode()
    assert "al voorbij" in page
    assert "&lt;b&gt;Cv&lt;/b&gt;" in page
    assert not Stap.objects.exists()


def test_templates_for_a_running_traject_come_first(olena, beheerder, worker, signed_in):
    take_standaard(by=beheerder, at=AT)
    make_traject(olena, "art60", begindatum=date(2026, 10, 1))
    page = signed_in(worker).get(reverse("trajecten:kies_sjabloon", args=[olena.pk]))
    aanbod = page.context["aanbod"]
    assert aanbod[0].sjabloon.instrument == Instrument.objects.get(code="art60")
    assert aanbod[0].traject is not None
    assert aanbod[1].past


def test_the_chooser_costs_the_same_for_many_templates(
    olena, beheerder, worker, signed_in, django_assert_max_num_queries
):
    take_standaard(by=beheerder, at=AT)
    browser = signed_in(worker)
    address = reverse("trajecten:kies_sjabloon", args=[olena.pk])
    browser.get(address)
    with django_assert_max_num_queries(12):
        browser.get(address)


def test_the_standard_files_are_whole():
    from trajecten.reference.teksten import FOLDER

    for name in ("sjablonen.json", "tekstblokken.json"):
        assert json.loads((FOLDER / name).read_text("utf-8"))
