"""The trail as the DPO reads it: who did what, not what stands in the file."""

import pytest
from django.urls import reverse

from kern.db.scope import ACTOR, set_local
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from toegang.audit import act, without_content
from toegang.enums import Rol

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("handeling", "seen"),
    [
        ("sprak af: opname in de kliniek (tegen 1/12/2026)", "sprak af"),
        ("vinkte af: gesprek 10:30: parket", "vinkte af"),
        ("liet vervallen: bezoek, reden: schulden", "liet vervallen"),
        ("zette weer open: bezoek\nparket", "zette weer open"),
        (
            "sprak af dat er bewust geen vervolg komt: ze is ziek",
            "sprak af dat er bewust geen vervolg komt",
        ),
        (
            "verlengde TWE t.e.m. 12/03/2027, reden: depressie",
            "verlengde TWE t.e.m. 12/03/2027",
        ),
        ("registreerde Kovalenko Olena", "registreerde een cliënt"),
        ("registreerde 12 cliënten", "registreerde 12 cliënten"),
        ("noteerde in het logboek: gesprek op 22/11/2026", None),
        ("verbeterde een schorsing: van 1/10/2026 t.e.m. 31/10/2026", None),
        ("schermde het dossier af; gemachtigd: Samir Bouzidi", None),
        ("keurde goed: twe.max_maanden = 18 vanaf 01/01/2027", None),
        ("", None),
    ],
)
def test_the_act_stays_and_the_content_goes(handeling, seen):
    assert without_content(handeling) == (handeling if seen is None else seen)


def test_the_dpo_reads_no_content_in_the_trail(bestuur, worker, signed_in):
    set_local({ACTOR: str(worker.pk)})
    with act("registreerde Zeldzaam Olena"):
        client = make_client(bestuur, familienaam="Zeldzaam", afgeschermd=True)
    with act("startte TWE op 01/06/2026, reden: opgenomen"):
        make_traject(client)
    dpo = make_gebruiker(bestuur, Rol.TOEZICHTHOUDER)
    html = signed_in(dpo).get(reverse("toegang:wijzigingen")).content.decode()
    assert "startte TWE op 01/06/2026" in html
    assert "registreerde een cliënt" in html
    assert "opgenomen" not in html
    assert "Zeldzaam" not in html
