"""The GPMI contract: every content of GPMI-11, the days to think, who signs, and what may not."""

from datetime import date, timedelta

import pytest

from kern.errors import DomainError
from tests.kern.test_pdf import text_of
from tests.trajecten.afdruk.lezen import read_aloud, tags_of
from tests.trajecten.plan.conftest import AT
from trajecten.afdruk import gpmi_blad, gpmi_pdf
from trajecten.commands.gpmi import hand_over_gpmi, sign_gpmi
from trajecten.commands.plan import PlanTeksten, write_plan_teksten
from trajecten.commands.tekstblokken import write_tekstblok
from trajecten.enums import Uitvoerder


def chapters(content):
    return [line.split(" ", 1)[1] for line in read_aloud(content) if line.startswith("H2 ")]


def test_the_contract_holds_every_content_of_the_decree(gpmi):
    content = gpmi_pdf(gpmi, at=AT)
    assert chapters(content) == [
        "Tussen wie",
        "Wat er nodig is",
        "Doelen",
        "Wie wat doet",
        "Duur en termijnen",
        "Hoe we kijken of het lukt",
        "Extra hulp en kosten",
        "Waarover we het niet eens zijn",
        "Uw rechten",
        "Uitleg",
        "Handtekeningen",
    ]
    text = " ".join(text_of(content).split())
    for words in (
        "Kookt graag.",
        "Activiteitendomeinen: werk.",
        "minstens 3 keer per jaar",
        "Minstens 2 keer is dat in een persoonlijk gesprek",
        "inschrijvingsgeld, de verzekering, de werkkledij",
        "iemand meebrengen die u zelf kiest",
        "5 kalenderdagen om erover na te denken",
        "legt de maatschappelijk werker u uit",
        "arbeidsrechtbank",
    ):
        assert words in text, words


def test_engagements_are_split_by_party_and_tied_to_a_goal(gpmi):
    blad = gpmi_blad(gpmi, at=AT)
    promised = {deel.titel: [regel.tekst for regel in deel.stappen] for deel in blad.delen}
    assert promised == {
        "Wat het OCMW doet": ["Opvang zoeken voor woensdag", "Een cv maken"],
        "Wat de cliënt doet": ["Theorie van het rijbewijs leren", "Een cv maken"],
        "Wat derden doen": ["Een rondleiding geven"],
    }
    assert {regel.doel for deel in blad.delen for regel in deel.stappen} == {
        "Werken in de keuken van een woonzorgcentrum"
    }
    shared = dict(blad.delen[0].samen_met())
    assert [anderen for regel, anderen in shared.items() if regel.tekst == "Een cv maken"] == [
        ["de cliënt"]
    ]
    tags = tags_of(gpmi_pdf(gpmi, at=AT))
    assert tags.count("/Table") == 5
    assert tags.count("/THead") == 5


def test_days_to_think_run_from_the_day_the_draft_was_given(gpmi, worker):
    """Case D3: draft on 10 February 2026, day five is the 15th, signing from the 16th."""
    assert gpmi_blad(gpmi, at=AT).vroegste is None
    assert "Tekenen kan na 5 kalenderdagen bedenktijd." in text_of(gpmi_pdf(gpmi, at=AT))
    given = hand_over_gpmi(gpmi=gpmi, ontwerp_op=date(2026, 2, 10), by=worker, at=AT)
    text = " ".join(text_of(gpmi_pdf(given, at=AT)).split())
    assert "Tekenen kan vanaf 16 februari 2026." in text
    assert "U kreeg het ontwerp op 10 februari 2026." in text
    with pytest.raises(DomainError, match="16/02/2026"):
        sign_gpmi(gpmi=given, ondertekend_op=date(2026, 2, 15), by=worker, at=AT)
    signed = sign_gpmi(gpmi=given, ondertekend_op=date(2026, 2, 16), by=worker, at=AT)
    assert "getekend op 16/02/2026" in text_of(gpmi_pdf(signed, at=AT))


def test_client_ocmw_and_each_third_party_have_a_place_to_sign(gpmi, stap):
    stap("Meelopen in de keuken", Uitvoerder.PARTNER, partner="Bakkerij Peeters")
    stap("Een tweede bezoek", Uitvoerder.PARTNER, partner="WZC De Linde")
    blad = gpmi_blad(gpmi, at=AT)
    assert set(blad.derden) == {"WZC De Linde", "Bakkerij Peeters"}
    text = text_of(gpmi_pdf(gpmi, at=AT))
    assert text.count("derde die mee tekent") == 2


def test_what_is_missing_is_listed_and_stands_empty_on_the_paper(gpmi, plan, worker):
    assert [leegte.code for leegte in gpmi_blad(gpmi, at=AT).ontbreekt] == ["extra_hulp"]
    assert "Nog in te vullen: welke extra hulp" in text_of(gpmi_pdf(gpmi, at=AT))
    write_plan_teksten(
        client=plan,
        teksten=PlanTeksten(
            behoeften="Kookt graag.", evaluatiewijze="Drie gesprekken.", extra_hulp="De bus."
        ),
        by=worker,
        at=AT,
    )
    assert gpmi_blad(gpmi, at=AT).ontbreekt == ()
    assert "Nog in te vullen" not in text_of(gpmi_pdf(gpmi, at=AT))


def test_what_they_disagree_on_is_no_part_of_the_contract(gpmi):
    blad = gpmi_blad(gpmi, at=AT)
    assert "Elke dag solliciteren" not in {r.tekst for deel in blad.delen for r in deel.stappen}
    text = text_of(gpmi_pdf(gpmi, at=AT))
    assert "hoort niet bij dit contract" in text
    assert "Dat is te veel. Eén per week lukt mij wel." in text


def test_no_contract_with_community_service_is_ever_made(gpmi, stap):
    stap("Gemeenschapsdienst in het rusthuis", Uitvoerder.CLIENT)
    with pytest.raises(DomainError, match="vernietigd door het Grondwettelijk Hof"):
        gpmi_pdf(gpmi, at=AT)


def test_an_agreed_contract_names_its_version(gpmi, versie):
    blad = gpmi_blad(gpmi, at=AT)
    assert blad.versie == versie
    assert blad.hash == versie.hash
    assert "versie 1 van het stappenplan" in " ".join(text_of(gpmi_pdf(gpmi, at=AT)).split())


def test_the_same_content_gives_the_same_bytes(gpmi, versie):
    assert gpmi_pdf(gpmi, at=AT) == gpmi_pdf(gpmi, at=AT)


def test_a_signed_contract_holds_to_the_version_in_force(gpmi, versie, stap, worker):
    """Nothing proposed since is in it (GPMI-10), and it prints the same for ever."""
    hand_over_gpmi(gpmi=gpmi, ontwerp_op=date(2026, 11, 10), by=worker, at=AT)
    signed = sign_gpmi(gpmi=gpmi, ondertekend_op=date(2026, 11, 20), by=worker, at=AT)
    before = gpmi_pdf(signed, at=AT)
    stap("Pas later voorgesteld", Uitvoerder.CLIENT)
    write_tekstblok(
        code="gpmi_duur",
        taal="nl",
        tekst="Anders.",
        na_versie=0,
        by=worker,
        at=AT + timedelta(days=9),
    )
    assert gpmi_pdf(signed, at=AT + timedelta(days=40)) == before
    assert "Pas later voorgesteld" not in text_of(before)
    assert gpmi_blad(signed, at=AT).versie == versie


def test_own_words_and_their_length_reach_the_paper(gpmi, worker):
    write_tekstblok(
        code="gpmi_bedenktijd",
        taal="nl",
        tekst="Neem [bedenktijd] dagen.\n\n<b>Rustig</b> & wel",
        na_versie=0,
        by=worker,
        at=AT,
    )
    text = text_of(gpmi_pdf(gpmi, at=AT))
    assert "Neem 5 dagen." in text
    assert "<b>Rustig</b> & wel" in text


def test_no_article_on_secrecy_is_ever_printed(gpmi):
    """PRV-01: the article is being renumbered; only words that a bestuur can change."""
    text = text_of(gpmi_pdf(gpmi, at=AT))
    assert "Beroepsgeheim" in text
    for number in ("458", "352", "353"):
        assert f"art. {number}" not in text


def test_the_sources_are_named_without_our_own_numbers(gpmi):
    blad = gpmi_blad(gpmi, at=AT)
    assert any("RMI-wet" in bron for bron in blad.bronnen)
    assert not any(bron.startswith("GPMI-") for bron in blad.bronnen)
    assert blad.kenmerk.count(" ") == 15
