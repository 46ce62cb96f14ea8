"""Refusals: the sentence of a constraint, and error pages that work when nothing else does."""

import pytest
from django.db import IntegrityError
from django.template.exceptions import TemplateDoesNotExist
from django.test import RequestFactory

from clienten.models import Client
from kern import error_pages
from kern.errors import DomainError, refuse_on
from kern.logs import request_id
from tests.factories.clienten import make_client
from toegang.models import Inzage

PAGES = {
    "bad_request": 400,
    "permission_denied": 403,
    "not_found": 404,
    "too_large": 413,
    "too_many": 429,
}


@pytest.mark.django_db
def test_a_named_constraint_becomes_its_own_sentence_and_nothing_is_written(bestuur):
    make_client(bestuur, dossiernummer="T-1")
    with (
        pytest.raises(DomainError, match=r"^Dit dossiernummer bestaat al\.$"),
        refuse_on(Client, "client_dossiernummer_uniek"),
    ):
        make_client(bestuur, dossiernummer="T-1")
    assert Client.objects.count() == 1


@pytest.mark.django_db
def test_another_constraint_stays_an_error(bestuur):
    make_client(bestuur, dossiernummer="T-1")
    with pytest.raises(IntegrityError), refuse_on(Client, "client_heeft_naam"):
        make_client(bestuur, dossiernummer="T-1")
    assert Client.objects.count() == 1


@pytest.mark.django_db
def test_a_constraint_of_a_migration_brings_its_own_sentence(bestuur, buur, worker):
    client = make_client(bestuur)
    row = Inzage(bestuur=bestuur, client_id=client.pk + 1000, gebruiker=worker)
    row.at, row.scherm, row.grond = "2026-11-22T10:00Z", "x", "leiding"
    with (
        pytest.raises(DomainError, match="Geen cliënt van dit bestuur"),
        refuse_on(Inzage, inzage_client_eigen="Geen cliënt van dit bestuur."),
    ):
        row.save()
    assert not Inzage.objects.exists()


@pytest.mark.django_db
def test_work_before_the_refusal_stays(bestuur):
    make_client(bestuur, dossiernummer="T-1")
    try:
        with refuse_on(Client, "client_dossiernummer_uniek"):
            make_client(bestuur, dossiernummer="T-2")
            make_client(bestuur, dossiernummer="T-1")
    except DomainError:
        make_client(bestuur, dossiernummer="T-3")
    assert sorted(Client.objects.values_list("dossiernummer", flat=True)) == ["T-1", "T-3"]


@pytest.mark.django_db
def test_a_constraint_that_does_not_exist_is_a_mistake_of_ours(bestuur):
    make_client(bestuur, dossiernummer="T-1")
    with pytest.raises(IntegrityError), refuse_on(Client, "bestaat_niet"):
        make_client(bestuur, dossiernummer="T-1")


@pytest.mark.parametrize(("name", "status"), PAGES.items())
def test_a_page_of_refusal_names_its_number_and_not_the_reason(name, status):
    token = request_id.set("0a1b2c")
    response = getattr(error_pages, name)(RequestFactory().get("/"), RuntimeError("geheim"))
    request_id.reset(token)
    html = response.content.decode()
    assert response.status_code == status
    assert "<strong>0a1b2c</strong>" in html
    assert "geheim" not in html
    assert '<html lang="nl-BE">' in html


def test_the_page_of_a_breakdown_asks_nothing_of_database_session_or_user():
    response = error_pages.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Dit ging mis aan onze kant" in response.content.decode()


def test_the_page_of_a_breakdown_stands_without_the_list_of_static_files(settings, monkeypatch):
    def broken(path: str) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("kern.templatetags.kern.static", broken)
    response = error_pages.server_error(RequestFactory().get("/"))
    assert "/static/css/tokens.css" in response.content.decode()


def test_a_template_that_is_gone_leaves_a_plain_page(monkeypatch):
    def gone(name: str) -> None:
        raise TemplateDoesNotExist(name)

    monkeypatch.setattr(error_pages.loader, "get_template", gone)
    response = error_pages.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "ging mis" in response.content.decode()
