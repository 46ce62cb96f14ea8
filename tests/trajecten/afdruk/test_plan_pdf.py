"""The plan on paper: read in order, in large type, in her language, and frozen."""

import io
import re
import time
from datetime import date, timedelta

import pikepdf
import pytest

from clienten.models import Client
from tests.kern.test_pdf import fonts_of, text_of
from tests.trajecten.afdruk.lezen import read_aloud, tags_of, words_under
from tests.trajecten.plan.conftest import AT
from trajecten.afdruk import plan_blad, plan_pdf, versie_blad, versie_pdf
from trajecten.commands.plan import (
    PlanStapGegevens,
    agree_plan,
    change_stap,
    finish_item,
    propose_stap,
)
from trajecten.commands.tekstblokken import write_tekstblok
from trajecten.commands.wie import Wie
from trajecten.enums import Uitvoerder
from trajecten.models import Planversie, Stap
from trajecten.queries.plan import read_plan

LATER = AT + timedelta(days=30)


def of_tag(tag, content):
    return [line.removeprefix(f"{tag} ") for line in read_aloud(content) if line.startswith(tag)]


def test_a_draft_is_read_in_the_order_of_the_paper(plan):
    content = plan_pdf(plan, at=AT)
    assert of_tag("H1", content) == ["Olena Kovalenko"]
    assert of_tag("H2", content) == [
        "Wat ik wil bereiken",
        "Wat ik doe",
        "Wat wij samen doen",
        "Wat het OCMW doet",
        "Wat anderen doen",
        "Waarover wij het niet eens zijn",
        "Hierover spreken wij nog",
        "Wat ik nodig heb",
        "Hoe wij kijken of het lukt",
        "Wie ging akkoord",
        "Goed om te weten",
    ]
    said = [line.split(" ", 1)[1] for line in read_aloud(content)]
    at = [
        said.index(words)
        for words in (
            "Voorstel. Dit is nog niet afgesproken.",
            "Theorie van het rijbewijs leren",
            "tegen 15 december 2026",
            "Een cv maken",
            "Wie: ik, mijn begeleider",
            "Opvang zoeken voor woensdag",
            "Wie: WZC De Linde",
            "Elke dag solliciteren",
            "Olena zegt: Niet akkoord",
            "Dat is te veel. Eén per week lukt mij wel.",
            "Het OCMW zegt: Niet akkoord",
            "Drie per week moet kunnen.",
            "Met de huisbaas praten",
        )
    ]
    assert at == sorted(at)


def test_every_step_is_an_item_with_a_body_and_agreements_stand_in_a_table(versie, plan):
    content = versie_pdf(plan, versie)
    tags = tags_of(content)
    assert tags.count("/LI") == tags.count("/LBody") == 6
    assert tags.count("/Table") == 1
    heads = [line for line in read_aloud(content) if line.startswith("TH ")]
    assert heads[:3] == ["TH Wie", "TH Wanneer", "TH Hoe"]
    assert "TH Olena Kovalenko" in heads, "the row header is the person"


def test_the_file_says_what_it_is_and_in_which_language(versie, plan):
    with pikepdf.open(io.BytesIO(versie_pdf(plan, versie, taal="fr"))) as document:
        assert str(document.Root.Lang) == "fr"
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Mon plan · Olena Kovalenko"


def test_nothing_that_counts_is_smaller_than_sixteen_points(plan):
    small = " ".join(words_under(16, plan_pdf(plan, at=AT)))
    mark = "Voorstel van 22 november 2026. Kenmerk van de inhoud: "
    assert mark + plan_blad(plan, at=AT).kenmerk in small
    rest = small.replace(mark + plan_blad(plan, at=AT).kenmerk, "")
    edges = {"OCMW", "Herent", "Olena", "Kovalenko", "voorstel", "/", "1", "2", "3"}
    assert set(re.sub(r"(\d)", r" \1 ", rest).split()) <= edges


def test_a_version_says_who_agreed_when_and_how(versie, plan):
    text = text_of(versie_pdf(plan, versie))
    assert "Dit spraken wij samen af op 22 november 2026." in text
    for words in ("Aan het bureau", "Taal: Oekraïens", "Tolk: Iryna", "10:00", "versie 1"):
        assert words in text
    assert versie.hash[:4] in text
    assert versie.hash[-4:] in text
    assert "Datum en handtekening" not in text, "who agreed need not sign once more"


def test_a_draft_and_a_waiting_version_leave_room_to_sign(plan, worker):
    assert text_of(plan_pdf(plan, at=AT)).count("Datum en handtekening") == 2
    agree_plan(client=plan, wie=Wie.ocmw(worker), at=AT, gezien=read_plan(plan).hash)
    text = text_of(plan_pdf(plan, at=AT))
    assert "Eén van beide ging al akkoord." in text
    assert text.count("Datum en handtekening") == 2


def test_the_draft_that_is_exactly_what_was_agreed_is_printed_as_that(versie, plan):
    assert plan_pdf(plan, at=LATER) == versie_pdf(plan, versie)


def test_the_same_version_gives_the_same_bytes_whatever_changed_since(versie, plan, worker, stap):
    before = versie_pdf(plan, versie)
    row = Stap.objects.get(tekst="Theorie van het rijbewijs leren")
    change_stap(
        stap=row,
        gegevens=PlanStapGegevens(
            tekst="Iets heel anders", uitvoerders=[Uitvoerder.CLIENT], tegen=date(2027, 3, 1)
        ),
        wie=Wie.ocmw(worker),
        at=LATER,
    )
    done = Stap.objects.get(tekst="Opvang zoeken voor woensdag")
    finish_item(item=done, wie=Wie.ocmw(worker), at=LATER, woord="Gevonden")
    stap("Nog een stap", Uitvoerder.CLIENT)
    write_tekstblok(
        code="plan_slot", taal="nl", tekst="Andere woorden.", na_versie=0, by=worker, at=LATER
    )
    assert versie_pdf(plan, versie) == before
    assert "Iets heel anders" not in text_of(before)
    draft = text_of(plan_pdf(plan, at=LATER))
    assert "Iets heel anders" in draft
    assert "Andere woorden." in draft


def test_a_draft_beside_a_version_marks_what_is_new_and_says_what_holds(versie, plan, stap):
    stap("Een uniform passen", Uitvoerder.CLIENT)
    blad = plan_blad(plan, at=LATER)
    assert [regel.tekst for regel in blad.inhoud.stappen if regel.is_nieuw] == [
        "Een uniform passen"
    ]
    assert "Tot dan geldt versie 1." in text_of(plan_pdf(plan, at=LATER))


def test_a_replaced_version_says_so(versie, plan, worker, stap):
    stap("Een uniform passen", Uitvoerder.CLIENT)
    for wie in (Wie.ocmw(worker), Wie.client()):
        agree_plan(client=plan, wie=wie, at=LATER, gezien=read_plan(plan).hash)
    old = Planversie.objects.get(pk=versie.pk)
    said = " ".join(text_of(versie_pdf(plan, old)).split())
    assert "Sinds 22 december 2026 geldt een nieuwe versie." in said


@pytest.mark.parametrize(
    ("taal", "kop"),
    [("nl", "Wat ik doe"), ("fr", "Ce que je fais"), ("en", "What I do"), ("xx", "Wat ik doe")],
)
def test_fixed_words_follow_the_language_of_the_client(versie, plan, taal, kop):
    plan.taal = taal
    assert kop in of_tag("H2", versie_pdf(plan, versie))


def test_arabic_reads_from_right_to_left_with_our_own_font(versie, plan):
    content = versie_pdf(plan, versie, taal="ar")
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.Root.Lang) == "ar"
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "خطتي · Olena Kovalenko"
    assert any(name.startswith("Noto-Sans-Arabic") for name in fonts_of(content))
    assert versie_blad(plan, versie, taal="ar").dir == "rtl"
    assert "016 12 34 56" in text_of(content), "a number keeps its order"


def test_what_people_typed_stays_text(olena, worker):
    nasty = '<script>alert(1)</script><img src="file:///etc/passwd">{{ 7|add:7 }}'
    propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(
            tekst=nasty, uitvoerders=[Uitvoerder.CLIENT], tegen=date(2026, 12, 1)
        ),
        wie=Wie.ocmw(worker),
        at=AT,
    )
    write_tekstblok(code="plan_slot", taal="nl", tekst=nasty, na_versie=0, by=worker, at=AT)
    content = plan_pdf(olena, at=AT)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.attachments) == 0
    said = " ".join(text_of(content).split())
    assert said.count("<script>alert(1)</script>") == 2
    assert "{{ 7|add:7 }}" in said


def test_a_plan_of_two_hundred_steps_stays_a_paper(olena, worker):
    rows = [
        Stap(
            bestuur_id=olena.bestuur_id,
            client=olena,
            tekst=f"Stap {number}: iets doen dat een gewone regel lang is",
            voorsteller="ocmw",
            voorstel_van="ocmw",
            voorgesteld_door=worker,
            uitvoerders=["client" if number % 2 else "ocmw"],
            tegen=date(2027, 1, 1) + timedelta(days=number),
            wacht_op="client",
            wacht_sinds=AT,
            created_at=AT,
        )
        for number in range(200)
    ]
    Stap.objects.bulk_create(rows)
    started = time.process_time()
    content = plan_pdf(olena, at=AT)
    seconds = time.process_time() - started
    with pikepdf.open(io.BytesIO(content)) as document:
        assert 15 <= len(document.pages) <= 30
    assert text_of(content).count("Stap ") >= 200
    assert seconds < 12


def test_an_empty_plan_says_so(olena):
    text = text_of(plan_pdf(olena, at=AT))
    assert "Er staat nog geen stap in het plan." in text


def test_a_version_of_another_client_is_never_printed(versie, bestuur):
    from tests.factories.clienten import make_client

    other = make_client(bestuur)
    assert versie_blad(other, versie) is None
    with pytest.raises(LookupError):
        versie_pdf(other, versie)


def test_a_paper_costs_few_queries(versie, plan, django_assert_max_num_queries):
    plain = Client.objects.get(pk=plan.pk)
    with django_assert_max_num_queries(6):
        plan_pdf(plain, at=AT)
