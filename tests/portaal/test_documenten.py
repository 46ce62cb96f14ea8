"""Her papers: only what is hers, only what was handed over."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.db.scope import scope
from tests.factories.clienten import make_client
from trajecten.commands.plan import agree_plan
from trajecten.commands.wie import Wie
from trajecten.models import Gpmi
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db


def to(name: str, *args) -> str:
    return reverse(f"portaal:{name}", args=args)


def contract(client, **fields) -> Gpmi:
    return Gpmi.objects.create(
        bestuur_id=client.bestuur_id, client=client, beslist_op=date(2026, 10, 1), **fields
    )


def test_the_plan_and_the_agreed_version_come_as_pdf(mijn, olena, propose, worker):
    propose("Naar de les")
    for wie in (Wie.client(), Wie.ocmw(worker)):
        gezien = read_plan(olena).hash
        agree_plan(client=olena, wie=wie, at=timezone.now(), gezien=gezien)
    page = mijn.get(to("documenten")).content.decode()
    for address in (to("plan_pdf"), to("versie_pdf", 1)):
        assert address in page
        paper = mijn.get(address)
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF-")
        assert "no-store" in paper["Cache-Control"]
        assert "Kovalenko" not in paper["Content-Disposition"]
    assert mijn.get(to("versie_pdf", 2)).status_code == 404


def test_a_contract_is_hers_when_it_was_handed_over(mijn, olena, propose):
    propose("Naar de les")
    row = contract(olena)
    assert to("contract_pdf", row.pk) not in mijn.get(to("documenten")).content.decode()
    assert mijn.get(to("contract_pdf", row.pk)).status_code == 404
    row.ontwerp_op = date(2026, 11, 2)
    row.save()
    assert to("contract_pdf", row.pk) in mijn.get(to("documenten")).content.decode()
    paper = mijn.get(to("contract_pdf", row.pk))
    assert paper.status_code in (200, 303)


def test_a_contract_of_another_is_not_there(mijn, bestuur, buur):
    here = contract(make_client(bestuur), ontwerp_op=date(2026, 11, 2))
    with scope(bestuur_id=buur.pk, actor_id=None):
        there = contract(make_client(buur), ontwerp_op=date(2026, 11, 2))
    for row in (here, there):
        assert mijn.get(to("contract_pdf", row.pk)).status_code == 404


def test_without_a_plan_there_is_nothing_to_print(mijn):
    assert to("plan_pdf") not in mijn.get(to("documenten")).content.decode()
