"""Own words of a bestuur: plain, kept in versions, chosen by language and moment."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from kern.errors import DomainError
from tests.factories.toegang import make_gebruiker
from tests.trajecten.plan.conftest import AT
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from trajecten.commands.tekstblokken import write_tekstblok
from trajecten.models import Tekstblok
from trajecten.queries.tekstblokken import teksten_op
from trajecten.reference.teksten import standaardblokken

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
CODES = {
    "gpmi_inleiding",
    "gpmi_bijstand",
    "gpmi_bedenktijd",
    "gpmi_wijziging",
    "gpmi_beroep",
    "plan_slot",
    "afspraakbrief_slot",
    "driegesprek_slot",
    "geheimhouding",
}


@pytest.fixture
def beheerder(bestuur):
    bestuur.telefoon = "016 12 34 56"
    bestuur.save()
    return make_gebruiker(bestuur, Rol.BEHEERDER, gebruikersnaam="beheer1")


def write(beheerder, tekst, *, code="plan_slot", taal="nl", na=0, at=AT):
    return write_tekstblok(code=code, taal=taal, tekst=tekst, na_versie=na, by=beheerder, at=at)


def plain(bestuur, code="plan_slot", **how):
    return [" / ".join(lines) for lines in teksten_op(bestuur, **how)[code].alineas]


def test_every_paper_has_its_standard_words_in_dutch():
    assert set(standaardblokken()) >= CODES
    assert all("nl" in blok.teksten for blok in standaardblokken().values())


def test_no_standard_text_names_an_article_of_the_law():
    words = " ".join(text for blok in standaardblokken().values() for text in blok.teksten.values())
    for word in ("art.", "artikel", "458", "352", "5 kalenderdagen"):
        assert word not in words


def test_what_a_client_reads_is_short_and_says_u():
    import re

    for code in ("plan_slot", "geheimhouding", "afspraakbrief_slot", "driegesprek_slot"):
        for zin in re.split(r"(?<=[.?!])\s+", standaardblokken()[code].teksten["nl"]):
            assert len(zin.split()) <= 13, zin


def test_own_words_come_before_the_standard_ones_and_go_again(bestuur, beheerder):
    assert "Dit plan is van u" in plain(bestuur)[0]
    write(beheerder, "Eerste regel\ntweede\n\nBel [telefoon].")
    assert plain(bestuur) == ["Eerste regel / tweede", "Bel 016 12 34 56."]
    write(beheerder, "", na=1, at=LATER)
    assert "Dit plan is van u" in plain(bestuur)[0]
    assert Tekstblok.objects.count() == 2, "each version stays"
    acts = Gebeurtenis.objects.filter(tabel="trajecten_tekstblok").order_by("id")
    assert [row.handeling for row in acts] == [
        "wijzigde de tekst “Onder het stappenplan” (nl)",
        "nam de standaardtekst “Onder het stappenplan” (nl) terug",
    ]


def test_a_paper_of_before_keeps_the_words_of_then(bestuur, beheerder):
    write(beheerder, "Toen.", at=AT)
    write(beheerder, "Nu.", na=1, at=LATER)
    assert plain(bestuur, op=AT) == ["Toen."]
    assert plain(bestuur, op=LATER) == ["Nu."]
    assert "Dit plan is van u" in plain(bestuur, op=AT - timedelta(days=1))[0]


def test_own_dutch_words_go_before_a_standard_translation(bestuur, beheerder):
    assert "Ce plan est à vous" in plain(bestuur, taal="fr")[0]
    write(beheerder, "Onze eigen woorden.")
    found = teksten_op(bestuur, taal="fr")["plan_slot"]
    assert (found.taal, found.alineas) == ("nl", (("Onze eigen woorden.",),))
    write(beheerder, "Nos propres mots.", taal="fr")
    assert plain(bestuur, taal="fr") == ["Nos propres mots."]


def test_two_beheerders_never_overwrite_each_other(beheerder):
    write(beheerder, "De eerste.")
    with pytest.raises(DomainError, match="intussen"):
        write(beheerder, "De tweede, die de eerste niet zag.")
    assert Tekstblok.objects.get().tekst == "De eerste."


def test_the_same_words_again_write_nothing(beheerder):
    first = write(beheerder, "Woorden.")
    assert write(beheerder, "Woorden.", na=1) == first
    assert Tekstblok.objects.count() == 1


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [
        ("x" * 2001, "hoogstens 2000"),
        ("Dag [naam]", "kunnen we niet invullen"),
        ("Denk [bedenktijd] dagen na.", "alleen in een tekst van het GPMI"),
    ],
)
def test_what_cannot_be_printed_is_refused(beheerder, tekst, reden):
    with pytest.raises(DomainError, match=reden):
        write(beheerder, tekst)
    assert not Tekstblok.objects.exists()


@pytest.mark.parametrize(("code", "taal"), [("bestaat_niet", "nl"), ("gpmi_duur", "ar")])
def test_a_text_that_stands_on_no_paper_is_refused(beheerder, code, taal):
    with pytest.raises(DomainError, match="geen enkel blad"):
        write(beheerder, "x", code=code, taal=taal)


def test_a_version_is_never_rewritten(beheerder):
    write(beheerder, "Woorden.")
    for act in (
        lambda: Tekstblok.objects.update(tekst="x"),
        lambda: Tekstblok.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()


def test_preview_saves_nothing_and_shows_markup_as_text(beheerder, signed_in):
    browser = signed_in(beheerder)
    address = reverse("trajecten:tekstblok", args=["plan_slot", "nl"])
    typed = "<script>alert(1)</script>\n\nBel [bestuur]."
    page = browser.post(address, {"tekst": typed, "na_versie": 0, "bekijk": "1"}).content.decode()
    assert "nog niet bewaard" in page
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in page
    assert "<p>Bel OCMW Herent.</p>" in page
    assert not Tekstblok.objects.exists()


def test_saving_and_taking_the_standard_back_on_screen(beheerder, signed_in):
    browser = signed_in(beheerder)
    address = reverse("trajecten:tekstblok", args=["geheimhouding", "nl"])
    browser.post(address, {"tekst": "Wij zwijgen.", "na_versie": 0})
    page = browser.get(address).content.decode()
    assert "uw eigen tekst" in page
    assert 'name="na_versie" value="1"' in page
    browser.post(address, {"tekst": "Wij zwijgen.", "na_versie": 1, "standaard": "1"})
    assert [row.tekst for row in Tekstblok.objects.order_by("versie")] == ["Wij zwijgen.", ""]
    assert "nu de standaardtekst" in browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("blok", "taal"), [("plan_slot", "xx"), ("niets", "nl"), ("gpmi_duur", "fr")]
)
def test_an_unknown_text_is_not_found(beheerder, signed_in, blok, taal):
    address = reverse("trajecten:tekstblok", args=[blok, taal])
    assert signed_in(beheerder).get(address).status_code == 404


def test_a_worker_does_not_write_the_words_of_the_bestuur(worker, signed_in):
    browser = signed_in(worker)
    assert browser.get(reverse("trajecten:tekstblokken")).status_code == 403
