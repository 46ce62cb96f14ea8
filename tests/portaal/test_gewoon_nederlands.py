"""Plain Dutch: short sentences, words everybody knows, nobody shouts."""

import re

import pytest

from portaal.talen import TALEN
from tests.portaal.test_talen import said  # noqa: F401

MOST_WORDS = 12
# Words of the desk, of the law and of letters; each has a plainer word.
HARD = {
    "aangezien", "aanvraag", "afdoende", "akkoordverklaring", "alsmede", "ambtshalve",
    "annuleren", "applicatie", "autoriseren", "beëindigen", "begunstigde", "behoudens",
    "beschikking", "betreffende", "bevestigen", "bijgevolg", "conform", "consulteren",
    "cruciaal", "derhalve", "desbetreffend", "desgewenst", "dienaangaande", "dient",
    "dienen", "diverse", "doelstelling", "doelstellingen", "echter", "eveneens", "evaluatie",
    "evalueren", "ex", "faciliteren", "finaliseren", "formulier", "geïndividualiseerd",
    "genoemde", "gewaarmerkt", "gpmi", "hernieuwen", "hieromtrent", "hulpverlener",
    "implementeren", "indien", "inherent", "inloggen", "inzake", "inzage", "jegens",
    "krachtens", "kwalificatie", "leefloonaanvraag", "mits", "modaliteiten", "motivatie",
    "nadere", "naleving", "namelijk", "niettegenstaande", "notificatie", "ongeldig", "onverwijld",
    "optimaliseren", "overeenkomstig", "overleggen", "participatie", "procedure", "reeds",
    "registreren", "relevant", "respectievelijk", "sanctie", "spilfiguur", "stappenplan", "status",
    "succesvol", "tenzij", "teneinde", "tewerkstelling", "toelichting", "traject", "uitvoerder",
    "uitvoeren", "valideren", "verificatie", "verplichting", "verrichten", "verstrekken",
    "vigerend", "volgens", "vooralsnog", "voormelde", "voornoemde", "voortvloeien", "wederzijds",
    "zodoende", "zulks",
}  # fmt: skip
# Where a hard word is the plain one: a name she knows from letters, or a simple question.
ALLOWED = {
    "traject": {"een ander traject"},
}
# Sentences of other people's desks, printed or sent, have readers of their own.
OURS = ("portaal/", "templates/portaal/")
CAPITALS = {"OCMW", "PDF", "QR", "VDAB", "GPMI"}


@pytest.fixture(scope="module")
def sentences(said) -> list[tuple[str, str]]:  # noqa: F811
    """Every sentence of the portal, with the text it stands in."""
    found = []
    for text in sorted(ours(said)):
        plain = re.sub(r"%\(\w+\)s", "x", text)
        parts = (part.strip() for part in re.split(r"(?<=[.?!:])\s+|\n", plain))
        found += [(part, text) for part in parts if part]
    return found


def ours(said_texts: set[str]) -> set[str]:
    """Return what stands in the portal itself, not on paper or in messages."""
    from tests.database import ROOT

    source = "\n".join(
        path.read_text("utf-8")
        for folder in OURS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html"}
    )
    flat = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", source)
    return {text for text in said_texts if text in flat}


def words(sentence: str) -> list[str]:
    return re.findall(r"[\w'’-]+", sentence)


def test_there_is_something_to_read(sentences):
    assert len(sentences) > 250


def test_no_sentence_is_long(sentences):
    long = {s: len(words(s)) for s, _ in sentences if len(words(s)) > MOST_WORDS}
    assert long == {}


def test_no_word_is_hard(sentences):
    hard = [
        (word, text)
        for sentence, text in sentences
        for word in (w.lower() for w in words(sentence))
        if word in HARD and text not in ALLOWED.get(word, ())
    ]
    assert hard == []


def test_nobody_shouts(sentences):
    assert [text for _, text in sentences if "!" in text] == []
    loud = [
        (word, text)
        for sentence, text in sentences
        for word in words(sentence)
        if len(word) > 1 and word.isupper() and word not in CAPITALS
    ]
    assert loud == []


def test_she_is_spoken_to_with_u(sentences):
    familiar = {"je", "jij", "jou", "jouw", "jullie", "gij", "wijzelf"}
    assert [t for s, t in sentences for w in words(s) if w.lower() in familiar] == []


def test_the_portal_speaks_more_than_dutch():
    assert {code for code, _, _ in TALEN} >= {"nl", "fr", "en", "ar"}
