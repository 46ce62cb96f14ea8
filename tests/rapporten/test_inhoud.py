"""What stands in a report, read back from the PDF itself."""

import io
from datetime import date, datetime

import pikepdf
import pytest

from rapporten.queries import inhoud_voor
from rapporten.rules.tekst import MAX_NOTITIES
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import BRUSSELS, make_logboekitem, make_stap, make_traject
from tests.rapporten.scene import NOW, TOT, VAN
from trajecten.enums import LogSoort, PlanStatus
from trajecten.models import Regel, Traject, Verlenging
from trajecten.queries import termijnen_van

pytestmark = pytest.mark.django_db


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS)


def inhoud(traject, van=VAN, tot=TOT):
    return inhoud_voor(traject, van=van, tot=tot, opsteller="Mieke", at=NOW)


def test_a_report_says_who_what_until_when_and_why(traject, worker, make_report, text_of):
    verslag = make_report(traject)
    words = text_of(verslag)
    for sentence in (
        "Kovalenko Olena",
        "14/02/1992",
        traject.client.dossiernummer,
        "OCMW Herent",
        "van 1 juni 2026 t.e.m. 22 november 2026",
        "t.e.m. 1 maart 2028",
        "+ 24 maanden",
        "Decreet 9 december 2016 tijdelijke werkervaring",
        "Schorsingen verschuiven de uiterste dag niet",
        "onzeker",
        "01/07/2026 27/09/2026",
        "Door de ziekte in de zomer",
        "Opnieuw theorie-examen afleggen",
        "tegen 15 januari 2027",
        "Goede start. Taal en rijbewijs",
        "– halve dagen in de eerste week",
        "Theorie-examen rijbewijs: 38 op 50",
        "Datum en handtekening",
        "Gegevens van 22/11/2026 om 10 u 32",
        verslag.nummer,
        "bladzijde 1 van 3",
        "bladzijde 3 van 3",
        worker.naam,
    ):
        assert sentence in words, sentence
    head = verslag.inhoud_sha256[:16].upper()
    assert "-".join(head[i : i + 4] for i in range(0, 16, 4)) in words


def test_the_national_number_is_masked(traject, make_report, text_of):
    number = traject.client.insznummers.get().reveal()
    words = text_of(make_report(traject))
    digits = "".join(character for character in words if character.isdigit())
    assert number not in digits
    assert f"••.••.••-•••.{number[9:]}" in words


def test_the_sum_ends_on_the_day_it_explains(traject):
    limiet = inhoud(traject).limiet
    assert limiet.uitleg[-1].dag == limiet.uiterste_dag == date(2028, 3, 1)


def test_the_document_is_tagged_with_headings_tables_and_a_described_picture(
    traject, make_report, archive_folder
):
    verslag = make_report(traject)
    with pikepdf.open(archive_folder / verslag.bestand) as document:
        tags = list(structure(document.Root.StructTreeRoot))
        kinds = [str(tag.S) for tag in tags if "/S" in tag]
        figures = [tag for tag in tags if tag.get("/S") == "/Figure"]
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "nl-BE"
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/P", "/L", "/LI"} <= set(kinds)
        assert kinds.count("/H1") == 1
        assert len(figures) >= 2
        assert all(str(figure.Alt).strip() for figure in figures)
        assert any("Tijdlijn van Kovalenko Olena" in str(figure.Alt) for figure in figures)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Voortgangsverslag Kovalenko Olena"
        assert len(document.attachments) == 0
        assert "/OpenAction" not in document.Root
        assert len(document.pages) <= 3


def structure(node):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


HOSTILE = [
    "<script>alert(1)</script>",
    '<link rel=attachment href="file:///etc/passwd">',
    '<img src="file:///etc/hostname">',
    "<style>*{display:none}</style>",
    "</p></main><h1>Vals</h1>",
    "{{ 7*7 }} {% include 'pdf/_klok.html' %} {{ settings.SECRET_KEY }}",
    "&lt;b&gt; &amp; &#x3C;",
    "<!-- weg -->",
    "]]><svg onload=alert(1)>",
]


@pytest.mark.parametrize("attack", HOSTILE)
def test_words_of_people_are_only_words(traject, worker, make_report, text_of, attack):
    make_logboekitem(traject.client, worker, traject=traject, tekst=f"voor {attack} na")
    make_stap(traject, tekst=f"stap {attack}"[:300])
    type(traject.client).objects.filter(pk=traject.client_id).update(familienaam=attack[:100])
    verslag = make_report(traject)
    words = text_of(verslag)
    squeezed = "".join(words.split())
    assert "".join(f"voor {attack} na".split()) in squeezed
    assert "".join(f"stap {attack}".split()) in squeezed
    assert "root:" not in words
    assert "Gelezen en besproken" in words


def test_an_enormous_note_is_cut_and_says_so(traject, worker, make_report, text_of, archive_folder):
    make_logboekitem(traject.client, worker, traject=traject, tekst="lawaai " * 300_000)
    verslag = make_report(traject)
    with pikepdf.open(archive_folder / verslag.bestand) as document:
        assert len(document.pages) <= 5
    words = text_of(verslag)
    assert "Deze notitie is hier ingekort." in words
    assert words.count("lawaai") < 500


def test_more_notes_than_fit_leave_out_the_oldest(traject, worker):
    for number in range(MAX_NOTITIES + 7):
        make_logboekitem(
            traject.client,
            worker,
            traject=traject,
            moment=moment(date(2026, 11, 11)),
            tekst=f"Notitie {number}",
        )
    found = inhoud(traject)
    assert len(found.notities) == MAX_NOTITIES
    assert found.weggelaten == 7 + 5
    assert found.notities[-1].tekst == f"Notitie {MAX_NOTITIES + 6}"
    moments = [notitie.moment for notitie in found.notities]
    assert moments == sorted(moments)


def test_both_ends_of_the_period_count_and_no_minute_more(traject, worker):
    for day, hour, tekst in (
        (date(2026, 5, 31), 23, "net ervoor"),
        (date(2026, 6, 1), 0, "eerste uur"),
        (date(2026, 6, 30), 23, "laatste uur"),
        (date(2026, 7, 1), 0, "net erna"),
    ):
        make_logboekitem(
            traject.client, worker, traject=traject, moment=moment(day, hour), tekst=tekst
        )
    found = inhoud(traject, date(2026, 6, 1), date(2026, 6, 30))
    texts = {notitie.tekst for notitie in found.notities}
    assert {"eerste uur", "laatste uur"} <= texts
    assert not {"net ervoor", "net erna"} & texts


def test_notes_about_another_traject_stay_out(traject, worker, bestuur):
    ander = make_traject(
        traject.client,
        "activeringstraject",
        begindatum=date(2025, 1, 6),
        einddatum=date(2025, 12, 5),
        eindreden="ander_traject",
    )
    make_logboekitem(traject.client, worker, traject=ander, tekst="over het vorige traject")
    make_logboekitem(traject.client, worker, tekst="over de cliënt")
    make_logboekitem(make_client(bestuur), worker, tekst="over iemand anders")
    texts = {notitie.tekst for notitie in inhoud(traject).notities}
    assert "over de cliënt" in texts
    assert not {"over het vorige traject", "over iemand anders"} & texts


def test_what_is_empty_says_what_is_missing(bestuur, worker, make_report, text_of):
    bare = make_traject(make_client(bestuur, geboortedatum=None, voornaam=""))
    words = text_of(make_report(bare))
    for sentence in (
        "Geboren Dossier",
        "niet bekend",
        "Er is nog geen volgende stap afgesproken.",
        "In deze periode is er geen evaluatie gehouden.",
        "In deze periode is er niets genoteerd.",
    ):
        assert sentence in words, sentence


def test_a_missing_rule_is_told_and_the_report_is_made(traject, make_report, text_of, monkeypatch):
    from trajecten.rules.termijn import RegelOntbreekt

    def missing(*args, **kwargs):
        raise RegelOntbreekt("twe.max_maanden", date(2026, 3, 2))

    monkeypatch.setattr("rapporten.queries.klok_for", lambda code: missing)
    words = text_of(make_report(traject))
    assert "De uiterste dag kon niet berekend worden" in words
    assert "twe.max_maanden" in words


def test_done_steps_of_the_period_are_told_apart(traject):
    make_stap(
        traject, tekst="Attest bezorgd", status=PlanStatus.GEDAAN, afgesloten_op=date(2026, 7, 3)
    )
    make_stap(
        traject,
        tekst="Lang geleden gedaan",
        status=PlanStatus.GEDAAN,
        afgesloten_op=date(2026, 4, 1),
    )
    found = inhoud(traject)
    assert [stap.tekst for stap in found.afgesloten_stappen] == ["Attest bezorgd"]
    assert len(found.open_stappen) == 2


def test_an_ended_traject_says_when_and_why(traject, make_report, text_of):
    Traject.objects.filter(pk=traject.pk).update(einddatum=date(2026, 11, 15), eindreden="werk_nec")
    words = text_of(make_report(traject, tot=date(2026, 11, 15)))
    assert "15/11/2026, werk in het normaal economisch circuit" in words
    assert "Het traject eindigde op 15/11/2026." in words


def test_the_seal_changes_with_the_content_and_only_then(traject, worker):
    first = inhoud(traject).mark()
    assert inhoud(traject).mark() == first
    make_logboekitem(traject.client, worker, traject=traject, soort=LogSoort.BERICHT, tekst="Nieuw")
    assert inhoud(traject).mark() != first


def test_a_report_stands_on_the_rules_of_its_own_moment(traject, make_report, text_of):
    words = text_of(make_report(traject))
    regel = Regel.objects.get(code="twe.max_maanden")
    assert f"twe.max_maanden {regel.waarde} maanden {regel.geldig_van:%d/%m/%Y}" in words
    assert "hard_cap" not in words


def test_the_file_is_sound(traject, make_report, archive_folder):
    content = (archive_folder / make_report(traject).bestand).read_bytes()
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.check_pdf_syntax() == []


def test_the_clock_on_paper_is_the_clock_on_the_screen(traject, worker):
    """The report reads its rows once; the clocks must be those of everywhere else."""
    Verlenging.objects.update(
        status="goedgekeurd",
        beslist_door=make_gebruiker(traject.bestuur),
        beslist_at=NOW,
    )
    found = inhoud(traject)
    elsewhere = termijnen_van(traject, on=NOW.date())
    assert found.limiet == elsewhere[0]
    assert set(found.andere_klokken) <= set(elsewhere[1:])
    assert found.uitstellen[0].status == "Goedgekeurd"
