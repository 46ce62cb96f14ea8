"""Drafts: kept while typing, for their writer alone, and never brought back once saved."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from kern.errors import DomainError
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import PASSWORD, make_gebruiker
from toegang.models import Aanstelling
from trajecten.commands.concepten import (
    close_concept,
    discard_concept,
    empty_concept,
    save_concept,
    sweep_concepten,
)
from trajecten.models import Concept, Logboekitem
from trajecten.queries.concepten import (
    formulier_from,
    open_concept,
    velden_of,
    wachtende_concepten,
)
from trajecten.schedule import sweep_all_concepten

pytestmark = pytest.mark.django_db
TEKST = "Een uur over werk gepraat."
SAVE = "/concepten/bewaren/"


@pytest.fixture
def client(twe):
    """The worker's own client."""
    return twe.client


def opened(worker, client, nu, **more):
    known = {"sleutel": "logboek", "titel": "Noteer contact", "adres": "/x/", "at": nu}
    return open_concept(worker, client, **{**known, **more})


def keep(geopend, worker, nu, tekst=TEKST, revisie=None):
    formulier, row, _ = save_concept(
        formulier=geopend.formulier,
        velden={"tekst": [tekst], "csrfmiddlewaretoken": ["geheim"], "password": ["geheim"]},
        revisie=geopend.revisie if revisie is None else revisie,
        by=worker,
        at=nu,
    )
    return formulier, row


def test_what_is_typed_comes_back_when_the_form_opens_again(worker, client, nu):
    first = opened(worker, client, nu)
    assert first.velden is None
    keep(first, worker, nu)
    again = opened(worker, client, nu)
    assert again.initial == {"tekst": TEKST}
    assert again.wanneer == "10:00"
    assert again.formulier.formulier == first.formulier.formulier


def test_the_words_lie_sealed_and_leave_no_trail(worker, client, nu):
    _, row = keep(opened(worker, client, nu), worker, nu)
    assert TEKST.encode() not in bytes(row.inhoud)
    assert velden_of(row) == {"tekst": [TEKST]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM toegang_gebeurtenis WHERE tabel = 'trajecten_concept'")
        assert cursor.fetchone() == (0,)


def test_sealed_words_open_in_no_other_place(worker, lead, client, nu):
    _, row = keep(opened(worker, client, nu), worker, nu)
    Concept.objects.filter(pk=row.pk).update(gebruiker=lead)
    assert velden_of(Concept.objects.get()) is None
    assert opened(lead, client, nu).velden is None


def test_one_page_goes_on_in_one_draft(worker, client, nu):
    page = opened(worker, client, nu)
    for number in range(3):
        # A page whose answer got lost still says revisie 0.
        keep(page, worker, nu, tekst=f"{number}", revisie=0)
    assert Concept.objects.get().revisie == 3
    assert opened(worker, client, nu).initial == {"tekst": "2"}


def test_two_pages_on_one_draft_never_overwrite_each_other(worker, client, nu):
    keep(opened(worker, client, nu), worker, nu, tekst="begin")
    one, two = opened(worker, client, nu), opened(worker, client, nu)
    keep(one, worker, nu, tekst="begin, uit een")
    form, _ = keep(two, worker, nu, tekst="begin, uit twee")
    assert form.formulier != two.formulier.formulier
    kept = {velden_of(row)["tekst"][0] for row in Concept.objects.all()}
    assert kept == {"begin, uit een", "begin, uit twee"}
    newest = opened(worker, client, nu)
    assert newest.andere == 1
    other = Concept.objects.exclude(pk=newest.concept_pk).get()
    assert opened(worker, client, nu, keuze=str(other.pk)).concept_pk == other.pk


def test_a_saved_form_lets_go_and_a_late_save_brings_nothing_back(worker, client, nu):
    page = opened(worker, client, nu)
    keep(page, worker, nu)
    close_concept(formulier=page.formulier, by=worker, at=nu)
    assert Concept.objects.get().inhoud is None
    assert keep(page, worker, nu) == (page.formulier, None)
    assert opened(worker, client, nu).velden is None


def test_a_form_saved_before_its_first_draft_arrived_stays_closed_too(worker, client, nu):
    page = opened(worker, client, nu)
    close_concept(formulier=page.formulier, by=worker, at=nu)
    assert keep(page, worker, nu)[1] is None
    assert not Concept.objects.open_at(nu).exists()


def test_wiping_every_word_removes_the_draft_and_typing_again_starts_it(worker, client, nu):
    page = opened(worker, client, nu)
    keep(page, worker, nu)
    empty_concept(formulier=page.formulier, by=worker)
    assert not Concept.objects.exists()
    assert keep(page, worker, nu)[1] is not None


def test_the_same_words_again_change_nothing(worker, client, nu):
    page = opened(worker, client, nu)
    keep(page, worker, nu)
    again = opened(worker, client, nu)
    keep(again, worker, nu + timedelta(days=3))
    row = Concept.objects.get()
    assert (row.revisie, row.bewaard_at) == (1, nu)


def test_a_draft_belongs_to_nobody_else(worker, lead, client, nu):
    page = opened(worker, client, nu)
    keep(page, worker, nu)
    row = Concept.objects.get()
    with pytest.raises(DomainError, match="iemand anders"):
        keep(page, lead, nu, tekst="overschreven")
    with pytest.raises(DomainError, match="niet van u"):
        discard_concept(concept=row, by=lead, at=nu)
    close_concept(formulier=page.formulier, by=lead, at=nu)
    empty_concept(formulier=page.formulier, by=lead)
    assert not Concept.objects.visible_to(lead).exists()
    assert velden_of(Concept.objects.get()) == {"tekst": [TEKST]}


def test_a_file_that_closed_meanwhile_takes_no_draft(worker, client, nu):
    page = opened(worker, client, nu)
    type(client).objects.filter(pk=client.pk).update(afgeschermd=True)
    with pytest.raises(DomainError, match="gesloten"):
        keep(page, worker, nu)
    assert not Concept.objects.exists()


def test_an_endless_text_is_refused_and_the_former_stays(worker, client, nu):
    page = opened(worker, client, nu)
    keep(page, worker, nu)
    with pytest.raises(DomainError, match="te lang"):
        keep(page, worker, nu, tekst="a" * 100_001)
    assert velden_of(Concept.objects.get()) == {"tekst": [TEKST]}


@pytest.mark.parametrize(
    ("days", "open_", "warned"), [(4, True, False), (5, True, True), (7, False, False)]
)
def test_a_draft_warns_from_day_five_and_goes_after_a_week(worker, client, nu, days, open_, warned):
    keep(opened(worker, client, nu), worker, nu)
    later = nu + timedelta(days=days)
    seen = opened(worker, client, later)
    assert (seen.velden is not None, seen.verdwijnt_op is not None) == (open_, warned)
    told = wachtende_concepten(worker, at=later)
    assert [rows.count() for rows in told] == [int(open_), int(warned)]
    removed = sweep_concepten(bestuur_id=client.bestuur_id, at=later)
    assert removed == int(not open_)
    assert Concept.objects.exists() == open_


def test_a_closed_form_is_remembered_longer_than_any_page_can_wait(worker, client, nu):
    page = opened(worker, client, nu)
    close_concept(formulier=page.formulier, by=worker, at=nu)
    assert sweep_concepten(bestuur_id=client.bestuur_id, at=nu + timedelta(days=7)) == 0
    assert sweep_concepten(bestuur_id=client.bestuur_id, at=nu + timedelta(days=8)) == 1


def test_the_nightly_sweep_reaches_every_bestuur(worker, client, nu):
    keep(opened(worker, client, nu), worker, timezone.now() - timedelta(days=8))
    sweep_all_concepten()
    assert not Concept.objects.exists()


def test_a_token_that_was_changed_or_is_a_week_old_is_nothing(worker, client, nu):
    token = opened(worker, client, nu).token
    assert formulier_from(token).gebruiker_id == worker.pk
    assert formulier_from(token[:-2] + "xx") is None
    assert formulier_from(signing.dumps({"wat": "anders"}, salt="trajecten.concept")) is None
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert formulier_from(token) is None


# The screens.


@pytest.fixture
def own(signed_in, worker):
    """A browser of the worker."""
    return signed_in(worker)


def form_of(browser, url):
    """Return the hidden fields that a page carries for its draft."""
    text = browser.get(url).content.decode()
    return dict(re.findall(r'name="(concept(?:_revisie)?)" value="([^"]*)"', text))


def contact_url(client):
    return reverse("trajecten:add_logboekitem", args=[client.pk])


def typed(tekst=TEKST):
    return {"soort": "telefoon", "tekst": tekst, "dag": "20/11/2026", "uur": "", "traject": ""}


def test_typing_keeps_and_saving_lets_go(own, client):
    url = contact_url(client)
    hidden = form_of(own, url)
    kept = own.post(SAVE, {**typed(), **hidden})
    told = kept.json()
    assert told["revisie"] == 1
    page = own.get(url).content.decode()
    assert f"Concept van {told['moment']} teruggezet." in page
    assert f">\n{TEKST}</textarea>" in page
    assert 'value="telefoon"' in re.search(r"<input[^>]*checked[^>]*>", page)[0]
    saved = own.post(url, {**typed(), "concept": told["concept"], "concept_revisie": "1"})
    assert saved.status_code == 302
    assert Logboekitem.objects.get().tekst == TEKST
    assert own.post(SAVE, {**typed("Te laat."), **hidden}).json() == {"gesloten": True}
    assert "teruggezet" not in own.get(url).content.decode()


def test_a_refused_form_keeps_its_draft(own, client):
    url = contact_url(client)
    hidden = form_of(own, url)
    own.post(SAVE, {**typed(), **hidden})
    refused = own.post(url, {**typed(), **hidden, "dag": "31/2/2026"})
    assert refused.status_code == 200
    assert Concept.objects.open_at(timezone.now()).count() == 1
    text = refused.content.decode()
    again = formulier_from(re.search(r'name="concept" value="([^"]*)"', text)[1])
    assert again.formulier == formulier_from(hidden["concept"]).formulier
    assert "teruggezet" not in text


def test_a_form_sent_after_the_session_ended_keeps_its_words_without_script(client, worker):
    browser = Browser()
    browser.force_login(worker)
    url = contact_url(client)
    hidden = form_of(browser, url)
    Session.objects.all().delete()
    sent = browser.post(url, {**typed(), **hidden}, headers={"Referer": f"http://testserver{url}"})
    assert sent.status_code == 302
    assert sent["Location"].startswith("/account/aanmelden/?next=")
    assert not Logboekitem.objects.exists()
    door = browser.post(
        sent["Location"], {"login": "mw1", "password": PASSWORD, "next": url}, follow=True
    )
    assert f">\n{TEKST}</textarea>" in door.content.decode()
    assert "teruggezet" in door.content.decode()


def test_keeping_without_a_session_says_so_and_keeps_the_words(client, worker):
    browser = Browser()
    browser.force_login(worker)
    hidden = form_of(browser, contact_url(client))
    Session.objects.all().delete()
    answer = browser.post(SAVE, {**typed(), **hidden}, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert velden_of(Concept.objects.get())["tekst"] == [TEKST]


@pytest.mark.parametrize("how", ["inactive", "gone", "forged", "none"])
def test_without_a_session_nothing_is_kept_for_who_may_not_write_here(client, worker, how):
    browser = Browser()
    browser.force_login(worker)
    hidden = form_of(browser, contact_url(client))
    Session.objects.all().delete()
    if how == "inactive":
        type(worker).objects.filter(pk=worker.pk).update(is_active=False)
    elif how == "gone":
        Aanstelling.objects.all().delete()
    elif how == "forged":
        hidden["concept"] = hidden["concept"][:-3] + "abc"
    else:
        hidden = {}
    assert browser.post(contact_url(client), {**typed(), **hidden}).status_code == 302
    assert not Concept.objects.exists()


def test_the_words_of_one_are_not_offered_to_the_next_on_the_same_screen(client, worker, bestuur):
    other = make_gebruiker(bestuur, gebruikersnaam="mw9")
    make_toewijzing(client, other, is_spilfiguur=False)
    browser = Browser()
    browser.force_login(worker)
    hidden = form_of(browser, contact_url(client))
    Session.objects.all().delete()
    browser.post(contact_url(client), {**typed(), **hidden})
    browser.force_login(other)
    assert TEKST not in browser.get(contact_url(client)).content.decode()
    answer = browser.post(SAVE, {**typed("van een ander"), **hidden})
    assert answer.status_code == 409
    assert "iemand anders" in answer.json()["fout"]
    assert velden_of(Concept.objects.get())["tekst"] == [TEKST]


def test_keeping_asks_for_a_proof_that_the_page_was_ours(worker, client):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(worker)
    hidden = form_of(browser, contact_url(client))
    assert browser.post(SAVE, {**typed(), **hidden}).status_code == 403
    assert not Concept.objects.exists()


def test_nonsense_is_refused_in_words(own):
    answer = own.post(SAVE, {"concept": "onzin", "tekst": "x"})
    assert (answer.status_code, set(answer.json())) == (400, {"fout"})


def test_a_page_learns_whose_session_it_is(own, worker):
    told = json.loads(own.get(reverse("trajecten:session")).content)
    assert told["gebruiker"] == worker.pk
    assert len(told["csrf"]) == 64


def test_my_drafts_are_listed_opened_and_thrown_away(own, signed_in, client, worker, lead):
    hidden = form_of(own, contact_url(client))
    own.post(SAVE, {**typed(), **hidden})
    row = Concept.objects.get()
    listed = own.get(reverse("trajecten:concepten")).content.decode()
    assert client.naam in listed
    assert f"{contact_url(client)}?concept={row.pk}" in listed
    discard = reverse("trajecten:discard_concept", args=[row.pk])
    theirs = signed_in(lead)
    assert client.naam not in theirs.get(reverse("trajecten:concepten")).content.decode()
    assert theirs.post(discard).status_code == 404
    assert own.get(f"{contact_url(client)}?concept={row.pk}").status_code == 200
    gone = own.post(discard, {"terug": "//kwaad.example/"})
    assert gone["Location"] == reverse("trajecten:concepten")
    assert not Concept.objects.open_at(timezone.now()).exists()
    assert "Niets te bewaren." in own.get(reverse("trajecten:concepten")).content.decode()


def test_a_draft_of_another_bestuur_does_not_exist(signed_in, stranger, own, client):
    own.post(SAVE, {**typed(), **form_of(own, contact_url(client))})
    row = Concept.objects.get()
    browser = signed_in(stranger)
    assert browser.post(reverse("trajecten:discard_concept", args=[row.pk])).status_code == 404
    assert Concept.objects.get().inhoud is not None


def test_an_edit_that_waited_in_a_draft_meets_what_changed_meanwhile(own, worker, client):
    own.post(contact_url(client), typed("Zoals het was."))
    item = Logboekitem.objects.get()
    url = reverse("trajecten:change_logboekitem", args=[item.pk])
    hidden = form_of(own, url)
    own.post(SAVE, {**typed("Mijn verbetering."), "revisie": "1", **hidden})
    Logboekitem.objects.filter(pk=item.pk).update(tekst="Intussen anders.", revisie=2)
    page = own.get(url)
    assert page.context["form"]["revisie"].value() == "1"
    clash = own.post(url, {**typed("Mijn verbetering."), "revisie": "1", **hidden})
    assert "Wat er nu staat" in clash.content.decode()
    assert Logboekitem.objects.get().tekst == "Intussen anders."


def test_a_form_about_another_client_keeps_its_own_words(own, worker, client, bestuur):
    other = make_client(bestuur)
    make_toewijzing(other, worker)
    own.post(SAVE, {**typed(), **form_of(own, contact_url(client))})
    assert TEKST not in own.get(contact_url(other)).content.decode()


def test_the_day_tells_what_waits_and_what_goes(own, worker, client):
    assert "getypt en nog niet" not in own.get("/").content.decode()
    own.post(SAVE, {**typed(), **form_of(own, contact_url(client))})
    assert "Eén tekst is getypt en nog niet bewaard" in own.get("/").content.decode()
    Concept.objects.update(bewaard_at=timezone.now() - timedelta(days=6))
    assert "Eén concept verdwijnt binnen twee dagen." in own.get("/").content.decode()
    assert "Dit concept verdwijnt op" in own.get(contact_url(client)).content.decode()
