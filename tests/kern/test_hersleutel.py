"""A new key: nothing that is sealed may stay behind under the old one."""

import io
import json
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from caseload.models import Import, Importinhoud, Importrij
from clienten.commands import send_bericht
from clienten.commands.sleutels import sealed_models
from clienten.enums import BerichtKanaal, BerichtSoort
from clienten.models import Bericht, Insznummer
from kern import crypto
from tests.factories.clienten import make_client
from toegang.models import Gebeurtenis
from trajecten.commands.concepten import save_concept
from trajecten.commands.plan import PlanStapGegevens, Scan, agree_together, propose_stap
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, Uitvoerder
from trajecten.models import AkkoordScan, Concept
from trajecten.queries.concepten import Formulier, velden_of
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
OLD, NEW = b"o" * 32, b"n" * 32
PAPER = b"%PDF-1.7 getekend"


@pytest.fixture
def papers(settings, bestuur, worker):
    """A message, a draft, a signed paper and a list, all sealed with the old key."""
    settings.FIELD_KEYS = {"oud": OLD}
    now = timezone.now()
    client = make_client(bestuur, email="o@example.org")
    send_bericht(
        client=client,
        soort=BerichtSoort.ANDER,
        kanaal=BerichtKanaal.EMAIL,
        tekst="Tot morgen.",
        sleutel="een",
        at=now,
    )
    formulier = Formulier(bestuur.pk, client.pk, worker.pk, "log", "f", "p", "Logboek", "/")
    save_concept(formulier=formulier, velden={"tekst": ["half"]}, revisie=0, by=worker, at=now)
    propose_stap(
        client=client,
        gegevens=PlanStapGegevens(
            tekst="Cv maken", uitvoerders=[Uitvoerder.CLIENT], tegen=date(2099, 1, 4)
        ),
        wie=Wie.ocmw(worker),
        at=now,
    )
    agree_together(
        client=client,
        by=worker,
        at=now,
        gezien=read_plan(client).hash,
        wie=Wie.client(AkkoordKanaal.PAPIER, gebruiker=worker),
        scan=Scan(bestandsnaam="blad.pdf", inhoud=PAPER),
    )
    lijst = Import.objects.create(
        bestuur=bestuur,
        door=worker,
        bestandsnaam="lijst.csv",
        sha256="0" * 64,
        grootte=1,
        op=timezone.localdate(),
        created_at=now,
    )
    place = f"import:{bestuur.pk}"
    sealed = [crypto.seal(word, place=place) for word in ("bestand", "koppen", "cellen")]
    Importinhoud.objects.create(
        bestuur=bestuur, lijst=lijst, bestand=sealed[0], voorbeeld=sealed[1]
    )
    Importrij.objects.create(
        bestuur=bestuur, lijst=lijst, nummer=1, status="aanvaard", inhoud=sealed[2]
    )
    settings.FIELD_KEYS = {"nieuw": NEW, "oud": OLD}


def rekey(*options: str) -> dict:
    out = io.StringIO()
    call_command("hersleutel", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_after_rekeying_everything_opens_without_the_old_key(papers, settings):
    assert rekey()["oud"] == 6
    trail = Gebeurtenis.objects.count()
    assert rekey("--uitvoeren") == {"gezien": 6, "oud": 6, "onleesbaar": 0, "uitgevoerd": True}
    settings.FIELD_KEYS = {"nieuw": NEW}
    scan = AkkoordScan.objects.get()
    assert crypto.unseal_bytes(scan.inhoud, place=scan.place()) == PAPER
    assert Bericht.objects.get().open_text() == "Tot morgen."
    assert velden_of(Concept.objects.get()) == {"tekst": ["half"]}
    row = Importrij.objects.get()
    assert crypto.unseal(row.inhoud, place=row.place()) == "cellen"
    assert rekey() == {"gezien": 6, "oud": 0, "onleesbaar": 0, "uitgevoerd": False}
    assert Gebeurtenis.objects.count() == trail, "nobody did anything to these files"


def test_every_column_of_bytes_is_known_to_the_command():
    known = {(model, name) for model in sealed_models() for name in model.SEALED}
    # Has a search key beside it, and a command of its own.
    known.add((Insznummer, "cijfer"))
    columns = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.BinaryField)
    }
    assert columns == known


def test_a_signed_paper_is_sealed_anew_and_never_replaced(papers):
    scan = AkkoordScan.objects.get()
    other = crypto.seal_bytes(b"%PDF-1.7 iets anders", place=scan.place())
    same_key = b"oud" + other[other.index(b":") :]
    with pytest.raises(IntegrityError, match="another key"), transaction.atomic():
        AkkoordScan.objects.filter(pk=scan.pk).update(inhoud=same_key)
    for column in ("bestandsnaam", "soort"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            AkkoordScan.objects.filter(pk=scan.pk).update(**{column: "x"})
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM trajecten_akkoordscan")
