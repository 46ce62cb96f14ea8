"""Taking over a list of hours: columns, people, refusals, and twice the same list."""

import io
from datetime import date

import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.wijkwerken import make_inschrijving, make_prestatie
from tests.wijkwerken.conftest import NU
from wijkwerken.lijstbestand import read_lijst
from wijkwerken.models import Prestatie
from wijkwerken.rules.lijst import Veld, lees_rij, naamsleutel, ontbreekt, raad_kolommen


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def desk(worker, signed_in):
    return signed_in(worker)


@pytest.fixture
def offer(desk):
    """A function that offers a list and returns the page that tells what will happen."""

    def send(text):
        data = text if isinstance(text, bytes) else text.encode()
        file = SimpleUploadedFile("uren.csv", data)
        return desk.post(reverse("wijkwerken:inlezen"), {"bestand": file})

    return send


def go_on(desk, page, **changes):
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | changes
    return desk.post(
        reverse("wijkwerken:inlezen"), {"lijst": page.context["lijst"], **data}, follow=True
    )


def valid():
    rows = Prestatie.objects.valid().order_by("dag")
    return [(row.client.voornaam, str(row.dag), row.minuten) for row in rows]


def test_a_list_is_shown_first_and_taken_over_after(desk, offer, olena):
    nummer = olena.client.dossiernummer
    page = offer(f"Dossiernummer;Datum;Uren\n{nummer};5/10/2026;4,5\n{nummer};6/10/2026;3:15\n")
    assert "2 over te nemen" in page.content.decode()
    assert valid() == []
    done = go_on(desk, page, overnemen="1")
    assert "2 rijen overgenomen." in done.content.decode()
    assert valid() == [("Olena", "2026-10-05", 270), ("Olena", "2026-10-06", 195)]


def test_the_same_list_twice_counts_once(desk, offer, olena):
    text = "Naam;Datum;Uren\nKovalenko Olena;5/10/2026;4\n"
    go_on(desk, offer(text), overnemen="1")
    page = offer(text)
    assert "1 al overgenomen" in page.content.decode()
    done = go_on(desk, page, overnemen="1")
    assert "0 rijen overgenomen. 1 waren al overgenomen." in done.content.decode()
    assert len(valid()) == 1


def test_each_row_that_cannot_be_says_why_and_the_others_go_on(desk, offer, olena, bestuur):
    make_inschrijving(make_client(bestuur, familienaam="Maes", voornaam="An"))
    make_inschrijving(make_client(bestuur, familienaam="Maes", voornaam="An"))
    make_prestatie(olena, date(2026, 10, 7), 2)
    page = offer(
        "Naam;Datum;Uren\n"
        "Olena Kovalenko;5/10/2026;4\n"
        "Olena Kovalenko;31/9/2026;4\n"
        "Olena Kovalenko;7/10/2026;4\n"
        "Iemand Anders;5/10/2026;4\n"
        "An Maes;5/10/2026;4\n"
        "Olena Kovalenko;23/11/2026;4\n"
        "Olena Kovalenko;8/10/2026;veel\n"
        ";8/10/2026;2\n"
    )
    fouten = {item.herkend.rij.nummer: item.fout for item in page.context["fouten"]}
    assert list(fouten) == [3, 4, 5, 6, 7, 8, 9]
    assert "30 dagen" in fouten[3] or "bestaat niet" in fouten[3]
    assert fouten[4] == "Op deze dag staat al 2 u. Verbeter het daar als het anders is."
    assert fouten[5] == "Niemand met dit nummer of deze naam doet wijk-werken."
    assert fouten[6].startswith("Meer dan één persoon heeft deze naam.")
    assert fouten[7].startswith("23/11/2026 moet nog komen.")
    assert "zijn geen uren" in fouten[8]
    assert fouten[9] == "Er staat niet wie het is."
    done = go_on(desk, page, overnemen="1")
    assert "1 rij overgenomen." in done.content.decode()
    assert len(valid()) == 2


def test_a_list_does_not_pass_the_cap(desk, offer, olena):
    rows = "".join(f"Kovalenko Olena;{day}/10/2026;10\n" for day in range(1, 9))
    page = offer(f"Naam;Datum;Uren\n{rows}")
    fouten = [item.fout for item in page.context["fouten"]]
    assert len(fouten) == 2
    assert fouten[0].startswith("Er is niets meer over van 60 u in oktober 2026")
    go_on(desk, page, overnemen="1")
    assert sum(minuten for _, _, minuten in valid()) == 3600


def test_unknown_heads_are_chosen_by_hand(desk, offer, olena):
    page = offer("Persoon,Wanneer,Van,Tot\nKovalenko Olena,31/10/2026,22:00,1:00\n")
    assert "Kies in welke kolom het dossiernummer of de naam staat." in page.content.decode()
    page = go_on(desk, page, kolom_0="naam", kolom_1="dag")
    assert "1 over te nemen" in page.content.decode()
    go_on(desk, page, overnemen="1")
    assert valid() == [("Olena", "2026-10-31", 120), ("Olena", "2026-11-01", 60)]


def test_a_workbook_with_real_dates_and_times(olena, offer):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Naam", "Datum", "Uren"])
    sheet.write_string(1, 0, "Kovalenko, Olena")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_datetime(1, 1, date(2026, 10, 5), day)
    sheet.write_number(1, 2, 4.25)
    book.close()
    page = offer(out.getvalue())
    (item,) = page.context["goed"]
    assert (item.herkend.rij.dag, item.herkend.rij.minuten) == (date(2026, 10, 5), 255)
    assert item.herkend.inschrijving == olena


@pytest.mark.parametrize(
    ("data", "tekst"),
    [
        (b"PK\x03\x04onzin", "Dit bestand is niet te lezen."),
        (b"Naam;Dag\n", "In dit bestand staan geen rijen"),
        (b"x;y\n" + b"a;b\n" * 2001, "Deze lijst is te groot"),
        (b"a" * (1024 * 1024 + 1), "Deze lijst is te groot"),
    ],
)
def test_what_is_no_list(data, tekst):
    with pytest.raises(DomainError, match=tekst):
        read_lijst(data)


def test_a_list_of_somebody_else_is_not_taken(desk, offer, olena, lead, signed_in):
    page = offer("Naam;Datum;Uren\nKovalenko Olena;5/10/2026;4\n")
    other = go_on(signed_in(lead), page, overnemen="1")
    assert "De lijst is er niet meer." in other.content.decode()
    made_up = desk.post(reverse("wijkwerken:inlezen"), {"lijst": "onzin", "overnemen": "1"})
    assert "De lijst is er niet meer." in made_up.content.decode()
    assert valid() == []


def test_nobody_of_another_bestuur_is_found(offer, olena, stranger, signed_in):
    file = SimpleUploadedFile("u.csv", b"Naam;Datum;Uren\nKovalenko Olena;5/10/2026;4\n")
    page = signed_in(stranger).post(reverse("wijkwerken:inlezen"), {"bestand": file})
    assert "Niemand met dit nummer of deze naam" in page.content.decode()


def test_columns_are_guessed_once_each():
    assert raad_kolommen(["Dossiernr.", "Naam", "Datum", "dag", "Aantal uren", "?"]) == {
        0: Veld.DOSSIER,
        1: Veld.NAAM,
        2: Veld.DAG,
        4: Veld.UREN,
    }
    assert ontbreekt({0: Veld.NAAM, 1: Veld.NAAM}) == "Kies elk gegeven voor één kolom."
    assert ontbreekt({0: Veld.NAAM, 1: Veld.DAG}).startswith("Kies in welke kolom de uren staan")
    assert ontbreekt({0: Veld.NAAM, 1: Veld.DAG, 2: Veld.VAN, 3: Veld.TOT}) == ""


def test_a_row_whose_hours_contradict_each_other():
    keuze = {0: Veld.NAAM, 1: Veld.DAG, 2: Veld.UREN, 3: Veld.VAN, 4: Veld.TOT}
    rij = lees_rij(2, ["An", "5/10/2026", "3", "9:00", "13:00"], keuze)
    assert rij.fout == "De uren kloppen niet met het begin en het einde."
    assert lees_rij(3, ["An", "5/10/2026", "", "9u", "25"], keuze).fout.endswith("van de dag.")
    assert naamsleutel("Kovalenko, Olena") == naamsleutel("OLENA  Kovalenko")
