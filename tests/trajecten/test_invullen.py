"""Filling in: what a press of the button does, and that nothing typed is ever lost."""

from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from kern.db.scope import ACTOR, set_local
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.trajecten import make_stap, make_traject
from trajecten.commands import add_schorsing, register_gpmi
from trajecten.enums import PlanStatus, SchorsingReden, VerlengingStatus
from trajecten.models import (
    Evaluatie,
    Gpmi,
    Logboekitem,
    Schorsing,
    Stap,
    Traject,
    Verlenging,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(nu):
    with time_machine.travel(nu, tick=False):
        yield


@pytest.fixture
def own(twe, worker, signed_in):
    return signed_in(worker)


def hidden(response):
    """Return the hidden fields as the page shows them, as a browser would send them back."""
    form = response.context["form"]
    return {field.html_name: field.value() or "" for field in form.hidden_fields()}


def undo_of(response):
    *_, message = get_messages(response.wsgi_request)
    return message.extra_tags.removeprefix("ongedaan=")


SCHORSING = {"van": "1/7/2026", "tot": "30-09-2026", "reden": "ziekte", "toelichting": "griep"}


def test_a_suspension_is_shown_first_and_saved_after(own, twe):
    url = reverse("trajecten:add_schorsing", args=[twe.pk])
    shown = own.post(url, {**SCHORSING, **hidden(own.get(url)), "bewaar": "1"})
    page = shown.content.decode()
    assert "De uiterste dag blijft 01/03/2028." in page
    assert 'value="1/7/2026"' in page
    assert not Schorsing.objects.exists()
    saved = own.post(url, {**SCHORSING, **hidden(shown), "bewaar": "1"})
    assert saved.status_code == 302
    assert Schorsing.objects.get().tot == date(2026, 9, 30)
    own.post(undo_of(saved))
    assert not Schorsing.objects.exists()


def test_what_was_changed_after_the_preview_is_previewed_again(own, twe):
    url = reverse("trajecten:add_schorsing", args=[twe.pk])
    shown = own.post(url, {**SCHORSING, **hidden(own.get(url)), "bekijk": "1"})
    other = {**SCHORSING, "tot": "31/12/2026", **hidden(shown), "bewaar": "1"}
    again = own.post(url, other)
    assert again.status_code == 200
    assert not Schorsing.objects.exists()


def test_a_refused_suspension_keeps_what_was_typed(own, twe):
    url = reverse("trajecten:add_schorsing", args=[twe.pk])
    page = own.post(url, {**SCHORSING, "van": "1 feb 2026", "bekijk": "1"}).content.decode()
    assert "vóór de start van het traject" in page
    assert 'value="1 feb 2026"' in page
    assert "griep" in page
    assert 'name="bewaar"' not in page
    assert not Schorsing.objects.exists()


def test_who_saves_second_sees_what_changed_and_saves_again(own, twe, worker, nu):
    url = reverse("trajecten:correct", args=[twe.pk])
    typed = {"begindatum": "9/3/2026", "reden": "tikfout", **hidden(own.get(url))}
    set_local({ACTOR: str(worker.pk)})
    add_schorsing(
        traject=twe,
        van=date(2026, 5, 1),
        tot=None,
        reden=SchorsingReden.ZIEKTE,
        by=worker,
        at=nu,
    )
    warned = own.post(url, typed)
    page = warned.content.decode()
    assert "Intussen gewijzigd door" in page
    assert "schorste Tijdelijke werkervaring" in page
    assert 'value="9/3/2026"' in page
    assert Traject.objects.get(pk=twe.pk).begindatum == date(2026, 3, 2)
    again = own.post(url, {**typed, **hidden(warned)})
    assert again.status_code == 302
    assert Traject.objects.get(pk=twe.pk).begindatum == date(2026, 3, 9)


def test_two_open_pages_of_the_same_suspension_do_not_overwrite(own, twe, worker, nu):
    set_local({ACTOR: str(worker.pk)})
    schorsing = add_schorsing(
        traject=twe,
        van=date(2026, 5, 1),
        tot=None,
        reden=SchorsingReden.ZIEKTE,
        by=worker,
        at=nu,
    )
    url = reverse("trajecten:close_schorsing", args=[schorsing.pk])
    one, two = own.get(url), own.get(url)
    for day, first in (("1/6/2026", one), ("1/7/2026", two)):
        shown = own.post(url, {"terug_op": day, **hidden(first), "bekijk": "1"})
        saved = own.post(url, {"terug_op": day, **hidden(shown), "bewaar": "1"})
    assert saved.status_code == 200
    schorsing.refresh_from_db()
    assert schorsing.tot == date(2026, 5, 31)


def test_an_extension_is_asked_withdrawn_and_decided(own, twe, lead, signed_in):
    url = reverse("trajecten:request_verlenging", args=[twe.pk])
    typed = {"tot": "30/6/2028", "reden": "Lang ziek."}
    shown = own.post(url, {**typed, **hidden(own.get(url)), "bekijk": "1"})
    assert "schuift 121 dagen op: van 01/03/2028 naar 30/06/2028" in shown.content.decode()
    asked = own.post(url, {**typed, **hidden(shown), "bewaar": "1"})
    own.post(undo_of(asked))
    assert Verlenging.objects.get().status == VerlengingStatus.INGETROKKEN
    shown = own.post(url, {**typed, **hidden(own.get(url)), "bekijk": "1"})
    own.post(url, {**typed, **hidden(shown), "bewaar": "1"})
    vraag = Verlenging.objects.get(status=VerlengingStatus.GEVRAAGD)
    decide = reverse("trajecten:decide_verlenging", args=[vraag.pk])
    refused = signed_in(lead).post(decide, {"besluit": "nee", "reden": ""})
    assert "motivering" in refused.content.decode()
    assert signed_in(lead).post(decide, {"besluit": "ja", "reden": ""}).status_code == 302
    assert Traject.objects.get(pk=twe.pk).uiterste_dag == date(2028, 6, 30)


EINDE = {"einddatum": "20/11/2026", "eindreden": "werk_nec", "toelichting": "bij de bakker"}
STAP = {
    "soort": "werk",
    "tekst": "Aanwerving opvolgen",
    "uitvoerder": "client",
    "tegen": "+1m",
    "hoe": "bureau",
}


def test_the_end_form_has_no_end_without_next_step(own, twe):
    url = reverse("trajecten:end", args=[twe.pk])
    page = own.post(url, EINDE).content.decode()
    assert "Kies wat er na dit traject komt." in page
    assert "bij de bakker" in page
    assert Traject.objects.get(pk=twe.pk).einddatum is None


@pytest.mark.parametrize(
    ("vervolg", "melding"),
    [
        ({"vervolg": "stap", "soort": "werk"}, "Vul dit in voor de volgende stap."),
        ({"vervolg": "geen"}, "Vul dit in voor de volgende stap."),
        ({"vervolg": "geen", "reden_geen": "Werk."}, "Vul dit in voor de volgende stap."),
        ({"vervolg": "stap", **STAP, "uitvoerder": "partner"}, "welke partner"),
        ({"vervolg": "bestaande"}, "Kies een van de mogelijkheden"),
        ({"vervolg": "traject", "volgend_traject": "1"}, "Kies een van de mogelijkheden"),
        ({"vervolg": "stap", **STAP, "tegen": "1/1/2020"}, "al voorbij"),
    ],
)
def test_half_a_next_step_is_asked_for(own, twe, vervolg, melding):
    url = reverse("trajecten:end", args=[twe.pk])
    response = own.post(url, {**EINDE, **vervolg})
    page = response.content.decode()
    assert response.status_code == 200
    assert melding in page
    assert Traject.objects.get(pk=twe.pk).einddatum is None
    assert not Stap.objects.exists()


def test_ending_and_undoing_it(own, twe):
    url = reverse("trajecten:end", args=[twe.pk])
    ended = own.post(url, {**EINDE, "vervolg": "stap", **STAP, **hidden(own.get(url))})
    twe.refresh_from_db()
    assert (twe.einddatum, twe.eindreden) == (date(2026, 11, 20), "werk_nec")
    assert Stap.objects.get().tegen == date(2026, 12, 22)
    page = own.get(reverse("trajecten:traject", args=[twe.pk])).content.decode()
    assert "Beëindigd" in page
    # The trail keeps the true clock, which need not be the travelled day: so with a reason.
    reopened = own.post(undo_of(ended), {"reden": "vergissing"})
    assert reopened.status_code == 302
    assert Traject.objects.get(pk=twe.pk).einddatum is None


def test_another_traject_is_the_next_step(own, twe):
    volgend = make_traject(twe.client, "opleiding", begindatum=date(2026, 11, 21))
    url = reverse("trajecten:end", args=[twe.pk])
    own.post(url, {**EINDE, "vervolg": "traject", "volgend_traject": volgend.pk})
    assert Traject.objects.get(pk=twe.pk).volgend_traject == volgend


def test_steps_are_agreed_ticked_and_taken_back(own, twe):
    agreed = own.post(reverse("trajecten:add_stap", args=[twe.pk]), STAP)
    stap = Stap.objects.get()
    assert (stap.status, stap.wie) == (PlanStatus.AFGESPROKEN, "Cliënt")
    ticked = own.post(reverse("trajecten:finish_stap", args=[stap.pk]))
    stap.refresh_from_db()
    assert stap.status == PlanStatus.GEDAAN
    own.post(undo_of(ticked))
    stap.refresh_from_db()
    assert stap.status == PlanStatus.AFGESPROKEN
    assert agreed.status_code == 302


def test_a_step_is_only_proposed_until_the_client_answers(own, twe):
    url = reverse("trajecten:add_stap", args=[twe.pk])
    assert "Kies hoe de cliënt akkoord ging" in own.post(url, {**STAP, "hoe": ""}).content.decode()
    said = own.post(url, {**STAP, "hoe": "nog_niet"})
    stap = Stap.objects.get()
    assert (stap.status, stap.wacht_op) == (PlanStatus.VOORGESTELD, "client")
    page = own.get(reverse("trajecten:traject", args=[twe.pk])).content.decode()
    assert "wacht op de cliënt" in page
    own.post(undo_of(said))
    stap.refresh_from_db()
    assert stap.status == PlanStatus.VERVALLEN


def test_a_step_lapses_with_a_reason_that_the_client_reads(own, twe):
    stap = make_stap(twe)
    url = reverse("trajecten:drop_stap", args=[stap.pk])
    assert stap.tekst in own.get(url).content.decode()
    assert own.post(url, {"reden": ""}).status_code == 200
    stap.refresh_from_db()
    assert stap.status == PlanStatus.AFGESPROKEN
    own.post(url, {"reden": "Ze werkt al."})
    stap.refresh_from_db()
    assert (stap.status, stap.slotwoord) == (PlanStatus.VERVALLEN, "Ze werkt al.")


@pytest.mark.parametrize("name", ["finish_stap", "withdraw_stap", "reopen_stap"])
def test_steps_change_by_post_only(own, twe, name):
    stap = make_stap(twe)
    assert own.get(reverse(f"trajecten:{name}", args=[stap.pk])).status_code == 405
    stap.refresh_from_db()
    assert stap.status == PlanStatus.AFGESPROKEN


def test_starting_offers_what_is_open_and_says_what_is_closed(own, bestuur, worker):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    url = reverse("trajecten:start", args=[client.pk])
    page = own.get(url).content.decode()
    assert "?instrument=twe&amp;" in page
    assert "?instrument=lde&amp;" not in page
    assert "de laatste startdag was 30/06/2023" in page
    typed = {"instrument": "twe", "begindatum": "2/11/2026"}
    started = own.post(url, typed)
    traject = Traject.objects.get(client=client)
    assert traject.uiterste_dag == date(2028, 11, 1)
    assert started["Location"] == reverse("trajecten:traject", args=[traject.pk])


@pytest.mark.parametrize(
    ("typed", "zin"),
    [
        ({"instrument": "lde", "begindatum": "1/3/2026"}, "gesloten"),
        ({"instrument": "ama_se", "begindatum": "1/9/2026", "uren_per_week": "10"}, "12 uur"),
        ({"instrument": "twe", "begindatum": "31/2/2026"}, "bestaat niet"),
        ({"instrument": "twe", "begindatum": ""}, "Vul een datum in."),
    ],
)
def test_a_start_that_cannot_be_keeps_what_was_typed(own, bestuur, worker, typed, zin):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    page = own.post(
        reverse("trajecten:start", args=[client.pk]), {**typed, "beslist_op": "1/1/2026"}
    ).content.decode()
    assert zin in page
    assert 'value="1/1/2026"' in page
    assert not Traject.objects.filter(client=client).exists()


def test_a_half_hour_is_written_with_a_comma(own, bestuur, worker):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    typed = {"instrument": "ama_se", "begindatum": "1/9/2026", "uren_per_week": "19,5"}
    own.post(reverse("trajecten:start", args=[client.pk]), typed)
    traject = Traject.objects.get(client=client)
    assert traject.uren_per_week == 19.5
    page = own.get(reverse("trajecten:traject", args=[traject.pk])).content.decode()
    assert "19,5 uur" in page


def test_a_contact_is_noted_at_its_moment(own, twe):
    url = reverse("trajecten:add_logboekitem", args=[twe.client_id])
    typed = {"soort": "telefoon", "dag": "20/11", "uur": "14:30", "tekst": "Belde.", "traject": ""}
    wrong = own.post(url, {**typed, "dag": "20/11/2027"}).content.decode()
    assert "in de toekomst" in wrong
    assert "Belde." in wrong
    noted = own.post(url, {**typed, "dag": "20/11/2026", "traject": twe.pk})
    item = Logboekitem.objects.get()
    assert (item.moment.hour, item.traject_id) == (13, twe.pk)
    assert noted["Location"] == reverse("trajecten:traject", args=[twe.pk])


def test_an_evaluation_of_the_traject_may_count_for_the_gpmi(own, twe, worker, nu):
    gpmi = register_gpmi(
        client=twe.client,
        beslist_op=date(2026, 4, 1),
        ontwerp_op=date(2026, 4, 2),
        ondertekend_op=date(2026, 4, 20),
        by=worker,
        at=nu,
    )
    typed = {"gehouden_op": "vandaag", "wijze": "kantoor", "is_nec_haalbaar": "ja"}
    done = own.post(reverse("trajecten:add_evaluatie", args=[twe.pk]), {**typed, "ook_gpmi": "on"})
    assert Evaluatie.objects.get().gpmi == gpmi
    page = own.get(reverse("trajecten:gpmi", args=[twe.client_id])).content.decode()
    assert "1 van 3 evaluaties gehouden" in page
    own.post(undo_of(done))
    assert not Evaluatie.objects.exists()


def test_a_gpmi_from_decision_to_signature(own, twe):
    url = reverse("trajecten:gpmi", args=[twe.client_id])
    own.post(url, {"beslist_op": "22/9/2026"})
    gpmi = Gpmi.objects.get()
    own.post(reverse("trajecten:hand_over_gpmi", args=[gpmi.pk]), {"dag": "10/11/2026"})
    sign = reverse("trajecten:sign_gpmi", args=[gpmi.pk])
    early = own.post(sign, {"dag": "15/11/2026"}).content.decode()
    assert "tekenen kan vanaf 16/11/2026" in early
    signed = own.post(sign, {"dag": "16/11/2026"})
    gpmi.refresh_from_db()
    assert gpmi.ondertekend_op == date(2026, 11, 16)
    assert "Ondertekend" in own.get(url).content.decode()
    own.post(undo_of(signed))
    gpmi.refresh_from_db()
    assert gpmi.ondertekend_op is None


@pytest.mark.parametrize("versie", ["²", "9" * 40, "-1", "x", "\x00", "1; drop table"])
def test_a_forged_version_number_breaks_nothing(own, twe, versie):
    url = reverse("trajecten:correct", args=[twe.pk])
    response = own.post(url, {"begindatum": "9/3/2026", "versie": versie})
    assert response.status_code in {200, 302}
