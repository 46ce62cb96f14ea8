"""A script in every text field a client fills in, or that is filled in about her: never run."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.trajecten import make_logboekitem
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    finish_item,
    propose_doel,
    propose_stap,
    react,
)
from trajecten.commands.wie import Wie
from trajecten.enums import ReactieSoort, Uitvoerder
from trajecten.models import Stap

pytestmark = pytest.mark.django_db
SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
PAGES = (
    "start",
    "nieuw",
    "gedaan",
    "akkoord",
    "niet_akkoord",
    "versie",
    "afspraken",
    "logboek",
    "documenten",
    "gegevens",
    "gegevens_wijzig",
    "inzage",
    "gedeeld",
)


def harmless(page: str) -> None:
    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        (
            "stap_nieuw",
            {"tekst": SCRIPT, "dag": SCRIPT[:2], "snel": SCRIPT[:10], "sleutel": SCRIPT},
        ),
        ("doel_nieuw", {"tekst": SCRIPT, "jaar": SCRIPT, "maand": SCRIPT}),
        ("klopt_niet", {"tekst": SCRIPT * 9}),
        ("gegevens_wijzig", {"telefoon": SCRIPT, "email": SCRIPT, "contactvoorkeur": SCRIPT}),
        ("akkoord", {"gezien": SCRIPT}),
    ],
)
def test_what_is_typed_comes_back_as_text(mijn, propose, name, sent):
    propose()
    answer = mijn.post(reverse(f"portaal:{name}"), sent)
    assert answer.status_code == 200
    harmless(answer.content.decode())


@pytest.mark.parametrize("act", ["dag", "nee", "klaar"])
def test_what_is_typed_about_a_step_comes_back_as_text(mijn, propose, act):
    stap = propose()
    sent = {"tekst": SCRIPT, "dag": "xx", "snel": SCRIPT[:10], "revisie": SCRIPT}
    harmless(mijn.post(reverse(f"portaal:stap_{act}", args=[stap.pk]), sent).content.decode())


def test_what_is_stored_by_either_side_reads_as_text_everywhere(mijn, olena, worker):
    at, ocmw = timezone.now(), Wie.ocmw(worker)
    olena.voornaam = olena.familienaam = olena.adres = olena.contactvoorkeur = SCRIPT
    olena.save()
    doel = propose_doel(
        client=olena,
        gegevens=DoelGegevens(tekst=SCRIPT, uitvoerders=[Uitvoerder.CLIENT]),
        wie=ocmw,
        at=at,
    )
    stap = propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(
            tekst=SCRIPT, uitvoerders=[Uitvoerder.PARTNER], partner=SCRIPT, doel=doel
        ),
        wie=ocmw,
        at=at,
    )
    soort = ReactieSoort.NIET_AKKOORD
    react(item=stap, soort=soort, wie=Wie.client(), at=at, revisie=1, tekst=SCRIPT)
    done = propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(tekst=SCRIPT, uitvoerders=[Uitvoerder.CLIENT]),
        wie=ocmw,
        at=at,
    )
    finish_item(item=done, wie=ocmw, at=at, woord=SCRIPT)
    make_logboekitem(olena, worker, tekst=SCRIPT, zichtbaar_client=True)
    for name in PAGES:
        harmless(mijn.get(reverse(f"portaal:{name}")).content.decode())
    for row in Stap.objects.all():
        harmless(mijn.get(reverse("portaal:stap", args=[row.pk])).content.decode())
    harmless(mijn.get(reverse("portaal:doel", args=[doel.pk])).content.decode())
