"""Every screen of a worker and a team lead: no violation of axe, nothing wider than a phone."""

import pytest

from caseload.demo.mensen import HERENT
from clienten.models import Client
from toegang.models import Bestuur
from toegang.scope import in_bestuur
from trajecten.models import Gpmi, Traject

pytestmark = pytest.mark.browser


@pytest.fixture
def numbers(site):
    """A client of mw1 with a running traject, and a contract."""
    herent = Bestuur.objects.get(nis="24038")
    with in_bestuur(herent.pk):
        traject = (
            Traject.objects.unfinished()
            .filter(client__toewijzingen__gebruiker__gebruikersnaam=HERENT[0].gebruikersnaam)
            .exclude(schorsingen=None)
            .order_by("pk")
            .first()
        ) or Traject.objects.unfinished().order_by("pk").first()
        gpmi = Gpmi.objects.order_by("pk").first()
        return {
            "client": traject.client_id,
            "traject": traject.pk,
            "gpmi_client": gpmi.client_id,
            "aantal": Client.objects.count(),
        }


WORKER = {
    "vandaag": "/",
    "clienten": "/clienten/",
    "trajecten": "/trajecten/",
    "zoek": "/zoek/?q=ko",
    "registreer": "/clienten/nieuw/",
    "dossier": "/clienten/{client}/",
    "gegevens": "/clienten/{client}/gegevens/",
    "inzage": "/clienten/{client}/inzage/",
    "historiek": "/clienten/{client}/historiek/",
    "wijzig": "/clienten/{client}/wijzig/",
    "traject": "/trajecten/{traject}/",
    "schorsing": "/trajecten/{traject}/schorsing/",
    "verlenging": "/trajecten/{traject}/verlenging/",
    "einde": "/trajecten/{traject}/einde/",
    "stap": "/trajecten/{traject}/stap/",
    "evaluatie": "/trajecten/{traject}/evaluatie/",
    "traject-nieuw": "/clienten/{client}/traject/nieuw/",
    "contact": "/clienten/{client}/contact/",
    "gpmi": "/clienten/{client}/gpmi/",
    "verslag-maken": "/trajecten/{traject}/verslag/",
    "rapporten": "/rapporten/",
    "importeren": "/importeren/",
    "regels": "/beheer/regels/",
    "regel": "/beheer/regels/twe.max_maanden/",
    "instrumenten": "/beheer/instrumenten/",
}
LEAD = {
    "vandaag-leiding": "/",
    "clienten-leiding": "/clienten/",
    "dossier-leiding": "/clienten/{gpmi_client}/",
    "gpmi-leiding": "/clienten/{gpmi_client}/gpmi/",
}


@pytest.mark.parametrize(("who", "screens"), [("mw1", WORKER), ("chef1", LEAD)])
def test_screens(page, site, sign_in, inspect, numbers, who, screens):
    sign_in(who)
    wrong = []
    for name, address in screens.items():
        answer = page.goto(site + address.format(**numbers))
        if answer is None or answer.status != 200:
            wrong.append(f"{name}: {answer.status if answer else 'geen antwoord'}")
            continue
        try:
            inspect(name)
        except AssertionError as problem:
            wrong.append(str(problem)[:700])
    assert wrong == [], "\n".join(wrong)


def test_screens_of_the_desk_and_of_nobody(page, site, sign_in, inspect):
    sign_in("onthaal1")
    inspect("onthaal")
    page.goto(f"{site}/zoek/?q=zzzz")
    inspect("zoek-niets")
    assert page.goto(f"{site}/bestaat-niet/").status == 404
    inspect("404")
    assert page.goto(f"{site}/beheer/").status == 403
    inspect("403")
