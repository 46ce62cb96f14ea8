"""The log: who writes, mends, asks and adds; what two windows do to each other; what is shown."""

from datetime import datetime

import pytest
from django.urls import reverse

from kern.belgian_dates import BRUSSELS
from kern.errors import DomainError
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_logboekitem
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from trajecten.commands import note_contact, withdraw_contact
from trajecten.commands.contact import LogGegevens, LogitemOvertaken, change_contact
from trajecten.commands.logvragen import (
    add_logaanvulling,
    answer_logvraag,
    ask_logvraag,
    withdraw_logvraag,
)
from trajecten.enums import Kring, LogSoort
from trajecten.models import Logaanvulling, Logboekitem, Logvraag
from trajecten.queries.logboek import open_logvragen_for

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"


@pytest.fixture
def item(twe, worker) -> Logboekitem:
    """An entry of the worker about her own client."""
    return make_logboekitem(twe.client, worker, tekst="Belde over de opvang.")


@pytest.fixture
def own(signed_in, worker):
    """A browser of the worker."""
    return signed_in(worker)


def gegevens(item, **more) -> LogGegevens:
    known = {"soort": LogSoort(item.soort), "moment": item.moment, "tekst": item.tekst}
    return LogGegevens(**{**known, **more})


def test_an_entry_is_for_the_office_alone_unless_told_otherwise(twe, worker, nu):
    facts = {"client": twe.client, "soort": LogSoort.GESPREK, "moment": nu, "by": worker, "at": nu}
    quiet = note_contact(tekst="Stil.", **facts)
    shared = note_contact(tekst="Gedeeld.", zichtbaar=frozenset({Kring.CLIENT}), **facts)
    assert (quiet.zichtbaar_client, quiet.zichtbaar_partner) == (False, False)
    assert (shared.zichtbaar_client, shared.zichtbaar_partner) == (True, False)
    assert list(Logboekitem.objects.shared_with_client()) == [shared]
    assert not Logboekitem.objects.shared_with_partner().exists()


def test_the_author_mends_her_entry_and_the_trail_keeps_the_old_words(item, worker, nu):
    changed = change_contact(
        item=item,
        gegevens=gegevens(item, tekst="Belde over de bus.", zichtbaar=frozenset({Kring.PARTNER})),
        revisie=1,
        by=worker,
        at=nu,
    )
    assert (changed.tekst, changed.revisie, changed.gewijzigd_at) == ("Belde over de bus.", 2, nu)
    assert changed.zichtbaar_partner
    trail = Gebeurtenis.objects.filter(tabel="trajecten_logboekitem", op="U").get()
    assert trail.oud["tekst"] == "Belde over de opvang."
    assert trail.handeling == "wijzigde een nota in het logboek: gesprek op 10/11/2026"


def test_nobody_rewrites_the_words_of_another(item, lead, nu):
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match=r"Alleen .* wijzigt deze nota"):
        change_contact(
            item=item, gegevens=gegevens(item, tekst="Anders."), revisie=1, by=lead, at=nu
        )
    item.refresh_from_db()
    assert item.tekst == "Belde over de opvang."
    assert Gebeurtenis.objects.count() == before


def test_who_saves_on_an_older_version_is_refused_with_what_stands_now(item, worker, nu):
    change_contact(item=item, gegevens=gegevens(item, tekst="Eerst."), revisie=1, by=worker, at=nu)
    with pytest.raises(LogitemOvertaken) as caught:
        change_contact(
            item=item, gegevens=gegevens(item, tekst="Daarna."), revisie=1, by=worker, at=nu
        )
    assert caught.value.item.tekst == "Eerst."
    assert Logboekitem.objects.get().tekst == "Eerst."


@pytest.mark.parametrize(
    ("more", "zin"),
    [
        ({"tekst": "  "}, "Schrijf op"),
        ({"moment": datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)}, "toekomst"),
    ],
)
def test_a_change_to_nothing_or_to_tomorrow_is_refused(item, worker, nu, more, zin):
    with pytest.raises(DomainError, match=zin):
        change_contact(item=item, gegevens=gegevens(item, **more), revisie=1, by=worker, at=nu)
    assert Logboekitem.objects.get().revisie == 1


def test_a_colleague_adds_and_then_the_entry_cannot_be_taken_back(item, worker, lead, nu):
    add_logaanvulling(item=item, tekst=" Ook de school gebeld. ", by=lead, at=nu)
    assert Logaanvulling.objects.get().tekst == "Ook de school gebeld."
    with pytest.raises(DomainError, match="staat al een vraag of een aanvulling"):
        withdraw_contact(item=item, by=worker, at=item.created_at)
    assert Logboekitem.objects.exists()
    with pytest.raises(DomainError, match="wilt aanvullen"):
        add_logaanvulling(item=item, tekst="  ", by=lead, at=nu)
    assert Logaanvulling.objects.count() == 1


def test_a_lead_asks_the_author_answers_and_it_closes(item, worker, lead, nu):
    vraag = ask_logvraag(item=item, vraag="Is er een plaats?", by=lead, at=nu)
    assert list(open_logvragen_for(worker)) == [vraag]
    assert not open_logvragen_for(lead).exists()
    with pytest.raises(DomainError, match="wacht nog op een antwoord"):
        ask_logvraag(item=item, vraag="En nu?", by=lead, at=nu)
    with pytest.raises(DomainError, match="Deze vraag is voor"):
        answer_logvraag(vraag=vraag, antwoord="Ja", by=lead, at=nu)
    answered = answer_logvraag(vraag=vraag, antwoord="Ja, vanaf januari.", by=worker, at=nu)
    assert (answered.beantwoord_door, answered.gesloten_at) == (worker, nu)
    assert not open_logvragen_for(worker).exists()
    with pytest.raises(DomainError, match="al gesloten"):
        answer_logvraag(vraag=vraag, antwoord="Of toch niet.", by=worker, at=nu)
    assert Logvraag.objects.get().antwoord == "Ja, vanaf januari."


def test_only_a_lead_asks_and_never_herself(item, worker, lead, bestuur, nu):
    colleague = make_gebruiker(bestuur)
    own = make_logboekitem(item.client, lead)
    for target, by, zin in (
        (item, colleague, "leidinggevende"),
        (own, lead, "van uzelf"),
    ):
        with pytest.raises(DomainError, match=zin):
            ask_logvraag(item=target, vraag="Hoezo?", by=by, at=nu)
    assert not Logvraag.objects.exists()


def test_a_question_whose_author_left_is_closed_without_an_answer(item, worker, lead, nu):
    vraag = ask_logvraag(item=item, vraag="Nog nodig?", by=lead, at=nu)
    with pytest.raises(DomainError, match="leidinggevende sluit"):
        withdraw_logvraag(vraag=vraag, by=worker, at=nu)
    assert withdraw_logvraag(vraag=vraag, by=lead, at=nu).gesloten_at == nu
    assert not Logvraag.objects.open().exists()


def typed(item, **more):
    return {
        "soort": item.soort,
        "tekst": item.tekst,
        "dag": "10/11/2026",
        "uur": "10:00",
        "traject": "",
        "revisie": item.revisie,
        **more,
    }


def test_two_windows_the_second_sees_both_texts_and_loses_nothing(own, item):
    url = reverse("trajecten:change_logboekitem", args=[item.pk])
    assert own.post(url, typed(item, tekst="Uit venster een.")).status_code == 302
    page = own.post(url, typed(item, tekst="Uit venster twee."))
    text = page.content.decode()
    assert "Wat er nu staat" in text
    assert "<p>Uit venster een.</p>" in text
    assert "<p>Uit venster twee.</p>" in text
    assert ">\nUit venster twee.</textarea>" in text
    assert Logboekitem.objects.get().tekst == "Uit venster een."
    again = typed(item, tekst="Uit een en twee.", revisie=page.context["form"].data["revisie"])
    assert own.post(url, again).status_code == 302
    item.refresh_from_db()
    assert (item.tekst, item.revisie) == ("Uit een en twee.", 3)


def test_a_mended_entry_keeps_its_moment_to_the_second(own, twe, worker):
    moment = datetime(2026, 11, 10, 10, 0, 42, tzinfo=BRUSSELS)
    item = make_logboekitem(twe.client, worker, moment=moment)
    own.post(reverse("trajecten:change_logboekitem", args=[item.pk]), typed(item, tekst="Beter."))
    item.refresh_from_db()
    assert (item.moment, item.tekst) == (moment, "Beter.")


def test_a_colleague_is_shown_the_way_to_an_addition(signed_in, item, lead):
    browser = signed_in(lead)
    answer = browser.get(reverse("trajecten:change_logboekitem", args=[item.pk]), follow=True)
    text = answer.content.decode()
    assert "Schrijf er een aanvulling bij." in text
    assert "Vul de nota aan" in text


def test_the_file_shows_who_reads_what_was_asked_and_what_one_may_do(
    own, signed_in, item, lead, nu
):
    Logboekitem.objects.filter(pk=item.pk).update(zichtbaar_client=True)
    vraag = ask_logvraag(item=item, vraag="Is er een plaats?", by=lead, at=nu)
    add_logaanvulling(item=item, tekst="Ook de school gebeld.", by=lead, at=nu)
    file = reverse("caseload:dossier", args=[item.client_id])
    mine = own.get(file).content.decode()
    theirs = signed_in(lead).get(file).content.decode()
    for text in (mine, theirs):
        assert "Cliënt leest mee" in text
        assert "Is er een plaats?" in text
        assert "Ook de school gebeld." in text
        assert "wacht op antwoord" in text
    change = reverse("trajecten:change_logboekitem", args=[item.pk])
    ask = reverse("trajecten:ask_logvraag", args=[item.pk])
    answer = reverse("trajecten:answer_logvraag", args=[vraag.pk])
    links = [f'href="{url}"' for url in (change, ask, answer)]
    assert [link in mine for link in links] == [True, False, True]
    assert [link in theirs for link in links] == [False, True, False]


def test_the_file_costs_no_more_queries_with_more_under_an_entry(
    own, worker, lead, twe, nu, django_assert_max_num_queries
):
    for number in range(12):
        entry = make_logboekitem(twe.client, worker, tekst=f"Nota {number}.")
        add_logaanvulling(item=entry, tekst="Meer.", by=lead, at=nu)
        ask_logvraag(item=entry, vraag="Waarom?", by=lead, at=nu)
    own.get(reverse("caseload:dossier", args=[twe.client_id]))
    with django_assert_max_num_queries(14):
        own.get(reverse("trajecten:traject", args=[twe.pk]))


def test_scripts_in_every_text_stay_text(own, signed_in, twe, worker, lead, nu):
    item = make_logboekitem(twe.client, worker, tekst=SCRIPT)
    vraag = ask_logvraag(item=item, vraag=SCRIPT, by=lead, at=nu)
    add_logaanvulling(item=item, tekst=SCRIPT, by=lead, at=nu)
    answer_logvraag(vraag=vraag, antwoord=SCRIPT, by=worker, at=nu)
    change = reverse("trajecten:change_logboekitem", args=[item.pk])
    pages = [
        own.get(reverse("caseload:dossier", args=[twe.client_id])),
        own.get(reverse("trajecten:add_logaanvulling", args=[item.pk])),
        own.get(reverse("trajecten:redactie", args=["logboek", item.pk])),
        own.post(
            reverse("trajecten:redactie", args=["logboek", item.pk]),
            {"passage": "alert('x')", "reden": "gezondheid"},
        ),
        own.post(change, typed(item, tekst=SCRIPT, revisie=0)),
        own.post(change, typed(item, dag=SCRIPT, uur=SCRIPT)),
    ]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_asking_and_answering_on_screen(own, signed_in, item, lead):
    asked = signed_in(lead).post(
        reverse("trajecten:ask_logvraag", args=[item.pk]), {"tekst": "Is er een plaats?"}
    )
    assert asked.status_code == 302
    vraag = Logvraag.objects.get()
    page = own.get(reverse("trajecten:answer_logvraag", args=[vraag.pk])).content.decode()
    assert "Is er een plaats?" in page
    own.post(reverse("trajecten:answer_logvraag", args=[vraag.pk]), {"tekst": "Ja."})
    vraag.refresh_from_db()
    assert vraag.antwoord == "Ja."


@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
def test_roles_without_casework_write_nothing_in_the_log(signed_in, bestuur, item, lead, nu, rol):
    vraag = ask_logvraag(item=item, vraag="Is er een plaats?", by=lead, at=nu)
    browser = signed_in(make_gebruiker(bestuur, rol))
    for name, pk in (
        ("change_logboekitem", item.pk),
        ("add_logaanvulling", item.pk),
        ("ask_logvraag", item.pk),
        ("answer_logvraag", vraag.pk),
        ("withdraw_logvraag", vraag.pk),
    ):
        answer = browser.post(reverse(f"trajecten:{name}", args=[pk]), {"tekst": "Zo."})
        assert answer.status_code == 403, name
    assert not Logaanvulling.objects.exists()
    assert Logvraag.objects.get().gesloten_at is None


def test_an_entry_of_another_bestuur_does_not_exist(signed_in, stranger, item, lead, nu):
    vraag = ask_logvraag(item=item, vraag="Is er een plaats?", by=lead, at=nu)
    browser = signed_in(stranger)
    for name, pk in (
        ("change_logboekitem", item.pk),
        ("add_logaanvulling", item.pk),
        ("ask_logvraag", item.pk),
        ("answer_logvraag", vraag.pk),
        ("withdraw_logvraag", vraag.pk),
    ):
        answer = browser.post(reverse(f"trajecten:{name}", args=[pk]), {"tekst": "Zo."})
        assert answer.status_code == 404, name


def test_questions_of_a_restricted_file_are_for_who_is_named(bestuur, worker, lead, nu):
    client = make_client(bestuur, afgeschermd=True)
    make_toewijzing(client, worker)
    item = make_logboekitem(client, worker)
    ask_logvraag(item=item, vraag="Is er een plaats?", by=lead, at=nu)
    assert not open_logvragen_for(worker).exists()
