"""Many reports at once: all of them, some of them, stopped, tried again, downloaded together."""

import io
import re
from datetime import date, timedelta
from zipfile import ZipFile

import pikepdf
import pytest
from django.urls import reverse

from clienten.models import Client
from kern.errors import DomainError
from rapporten import bundling, commands, rendering
from rapporten.enums import BundelStatus, BundelVorm, VerslagStatus
from rapporten.models import Bundel, Verslag
from rapporten.tasks import make_bundel
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from tests.rapporten.scene import NOW, TOT, VAN, make_scene
from tests.rapporten.test_inhoud import structure
from toegang.models import Inzage

pytestmark = pytest.mark.django_db


@pytest.fixture
def trajecten(bestuur, worker, traject):
    """Three trajecten of three clients of the worker."""
    others = [
        make_scene(bestuur, worker, insz="", familienaam=name) for name in ("Benali", "Claes")
    ]
    return [traject, *others]


@pytest.fixture
def ask(worker, trajecten, django_capture_on_commit_callbacks):
    """Return a function that asks for a bundle and lets it be made."""

    def asked(vorm=BundelVorm.ZIP, *, execute=True, chosen=None) -> Bundel:
        with django_capture_on_commit_callbacks(execute=execute):
            bundel = commands.request_bundel(
                trajecten=chosen or trajecten, van=VAN, tot=TOT, vorm=vorm, by=worker, at=NOW
            )
        bundel.refresh_from_db()
        return bundel

    return asked


@pytest.fixture
def fails_for(monkeypatch):
    """Return a function that makes the reports of one client fail."""

    def fail(name: str):
        real = rendering.render_pdf

        def render(template, context):
            if name in context["stuk"].titel:
                raise DomainError("Dit lukt hier niet.")
            return real(template, context)

        monkeypatch.setattr(rendering, "render_pdf", render)
        return lambda: monkeypatch.setattr(rendering, "render_pdf", real)

    return fail


def sent(response) -> bytes:
    return b"".join(response.streaming_content)


def html(response) -> str:
    return response.content.decode()


def test_a_zip_holds_every_report_unchanged(ask, archive_folder):
    bundel = ask()
    assert bundel.status == BundelStatus.KLAAR
    content = (archive_folder / bundel.bestand).read_bytes()
    assert len(content) == bundel.bytes
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        inside = {archive.read(name) for name in archive.namelist()}
        assert not any("Kovalenko" in name for name in archive.namelist())
    verslagen = bundel.verslagen.all()
    assert inside == {(archive_folder / verslag.bestand).read_bytes() for verslag in verslagen}
    assert {verslag.status for verslag in verslagen} == {VerslagStatus.KLAAR}
    assert len(inside) == 3


def test_one_pdf_has_all_pages_and_is_still_tagged(ask, archive_folder):
    bundel = ask(BundelVorm.PDF)
    with pikepdf.open(archive_folder / bundel.bestand) as document:
        assert len(document.pages) == 9
        assert document.check_pdf_syntax() == []
        tags = list(structure(document.Root.StructTreeRoot))
        kinds = [str(tag.S) for tag in tags]
        assert kinds.count("/H1") == 3
        assert all(str(tag.Alt) for tag in tags if tag.S == "/Figure")
        parents = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
        keys = [int(page.obj.StructParents) for page in document.pages]
        assert len(set(keys)) == 9
        assert set(keys) <= set(parents)
        own_pages = {page.obj.objgen for page in document.pages}
        pages = {tag.Pg.objgen for tag in tags if "/Pg" in tag}
        assert pages == own_pages
        assert str(document.Root.Lang) == "nl-BE"


def test_who_started_later_is_reported_from_the_start(ask, bestuur, worker):
    late = make_traject(make_client(bestuur), begindatum=date(2026, 10, 5))
    bundel = ask(chosen=[late])
    assert bundel.verslagen.get().periode_van == date(2026, 10, 5)


def test_one_failure_spoils_nothing_and_is_named(ask, fails_for, desk, archive_folder):
    mended = fails_for("Benali")
    bundel = ask()
    assert bundel.status == BundelStatus.KLAAR
    with ZipFile(archive_folder / bundel.bestand) as archive:
        assert len(archive.namelist()) == 2
    page = html(desk.get(reverse("rapporten:bundel", args=[bundel.pk])))
    assert "Benali Olena</a>: Dit lukt hier niet." in page
    assert "3 van 3" in page
    mended()
    old = bundel.bestand
    assert retried(desk, bundel).status == BundelStatus.KLAAR
    with ZipFile(archive_folder / bundel.bestand) as archive:
        assert len(archive.namelist()) == 3
    assert not (archive_folder / old).exists()


def retried(desk, bundel) -> Bundel:
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        desk.post(reverse("rapporten:bundel_opnieuw", args=[bundel.pk]))
    bundel.refresh_from_db()
    return bundel


@pytest.fixture
def desk(signed_in, worker):
    return signed_in(worker)


def test_when_nothing_succeeds_the_bundle_says_so(ask, fails_for):
    fails_for("")
    bundel = ask()
    assert bundel.status == BundelStatus.MISLUKT
    assert "Geen enkel verslag" in bundel.fout
    assert bundel.bestand == ""


def test_stopping_keeps_what_is_ready(ask, worker, trajecten, django_capture_on_commit_callbacks):
    bundel = ask(execute=False)
    first = bundel.verslagen.order_by("pk").first()
    rendering.render_verslag(bestuur_id=bundel.bestuur_id, verslag_id=first.pk)
    commands.stop_bundel(bundel=bundel, by=worker, at=NOW)
    states = list(bundel.verslagen.order_by("pk").values_list("status", flat=True))
    assert states == ["klaar", "gestopt", "gestopt"]
    for verslag in bundel.verslagen.all():
        rendering.render_verslag(bestuur_id=bundel.bestuur_id, verslag_id=verslag.pk)
    bundel.refresh_from_db()
    assert bundel.status == BundelStatus.GESTOPT
    assert bundel.verslagen.filter(status="klaar").count() == 1
    with pytest.raises(DomainError, match="al klaar of wordt net samengevoegd"):
        commands.stop_bundel(bundel=bundel, by=worker, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        commands.retry_bundel(bundel=bundel, by=worker, at=NOW)
    bundel.refresh_from_db()
    assert bundel.status == BundelStatus.KLAAR
    assert bundel.verslagen.filter(status="klaar").count() == 3


def test_a_bundle_is_made_once(ask, archive_folder):
    bundel = ask()
    make_bundel(bestuur_id=bundel.bestuur_id, bundel_id=bundel.pk)
    again = Bundel.objects.get()
    assert (again.bestand, again.gereed_at) == (bundel.bestand, bundel.gereed_at)


def test_a_bundle_waits_for_its_last_report(ask):
    bundel = ask(execute=False)
    make_bundel(bestuur_id=bundel.bestuur_id, bundel_id=bundel.pk)
    bundel.refresh_from_db()
    assert (bundel.status, bundel.poging) == (BundelStatus.BEZIG, 0)


def test_a_killed_bundler_is_resumed(ask, monkeypatch, bestuur, django_capture_on_commit_callbacks):
    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bundling, "_write_zip", die)
        with pytest.raises(KeyboardInterrupt):
            ask()
    assert Bundel.objects.get().status == BundelStatus.BUNDELEN
    later = NOW + bundling.CLAIM + timedelta(seconds=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert commands.resume_verslagen(bestuur_id=bestuur.pk, at=later) == 1
    assert Bundel.objects.get().status == BundelStatus.KLAAR


@pytest.mark.parametrize(
    ("given", "zin"),
    [
        ({"trajecten": []}, "Duid eerst de trajecten aan"),
        ({"tot": date(2026, 12, 1)}, "over later is nog niets te zeggen"),
        ({"van": TOT, "tot": VAN}, "ligt vóór de eerste dag"),
    ],
)
def test_a_wrong_question_is_refused_and_changes_nothing(trajecten, worker, given, zin):
    asked = {"trajecten": trajecten, "van": VAN, "tot": TOT, "vorm": BundelVorm.ZIP, **given}
    with pytest.raises(DomainError, match=zin):
        commands.request_bundel(**asked, by=worker, at=NOW)
    assert not Bundel.objects.exists()
    assert not Verslag.objects.exists()


def test_ticked_rows_become_a_bundle(desk, trajecten, django_capture_on_commit_callbacks):
    url = reverse("rapporten:maak_bundel")
    page = html(desk.post(url, {"traject": [t.pk for t in trajecten]}))
    assert "Maak 3 verslagen" in page
    hidden = ",".join(str(t.pk) for t in sorted(trajecten, key=lambda t: t.client.familienaam))
    assert f'value="{hidden}"' in page
    given = {"trajecten": hidden, "van": "1/6/2026", "tot": "22/11/2026", "vorm": "pdf"}
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(url, given)
    bundel = Bundel.objects.get()
    assert response.url == reverse("rapporten:bundel", args=[bundel.pk])
    assert "Download de pdf" in html(desk.get(response.url))
    content = sent(desk.get(reverse("rapporten:bundel_download", args=[bundel.pk])))
    assert content.startswith(b"%PDF")
    log = Inzage.objects.filter(scherm="voortgangsverslagen, bundel")
    assert {row.client_id for row in log} == {t.client_id for t in trajecten}


def test_others_clients_ask_for_a_reason_first(desk, bestuur, trajecten):
    foreign = make_traject(make_client(bestuur, familienaam="Elders", voornaam=""))
    page = html(
        desk.post(reverse("rapporten:maak_bundel"), {"traject": [foreign.pk, trajecten[0].pk]})
    )
    assert "Eén dossier volgt u niet zelf" in page
    assert reverse("clienten:reden", args=[foreign.client_id]) in page
    assert "Maak 1 verslag" in page


@pytest.mark.parametrize("sent_keys", ["1;DROP", "x,y", "99999,88888", ""])
def test_a_forged_selection_gives_nothing(desk, trajecten, sent_keys):
    given = {"trajecten": sent_keys, "van": "1/6/2026", "tot": "22/11/2026", "vorm": "zip"}
    response = desk.post(reverse("rapporten:maak_bundel"), given)
    assert response.status_code == 200
    assert not Bundel.objects.exists()


def test_nobody_else_finds_the_bundle(ask, bestuur, lead, stranger, signed_in):
    bundel = ask()
    for person in (lead, stranger, make_gebruiker(bestuur)):
        for name in ("bundel", "bundel_download", "bundel_stop", "bundel_opnieuw"):
            url = reverse(f"rapporten:{name}", args=[bundel.pk])
            visitor = signed_in(person)
            assert 404 in {visitor.get(url).status_code, visitor.post(url).status_code}
    assert not Inzage.objects.filter(scherm__contains="bundel").exists()


def test_a_file_restricted_since_keeps_the_bundle_shut(ask, desk, traject):
    bundel = ask()
    Client.objects.filter(pk=traject.client_id).update(afgeschermd=True)
    response = desk.get(reverse("rapporten:bundel_download", args=[bundel.pk]), follow=True)
    assert "dossiers die u nu niet mag openen" in html(response)
    assert not Inzage.objects.filter(scherm__contains="bundel").exists()


def test_the_page_of_a_bundle_counts_and_can_be_stopped(ask, desk):
    bundel = ask(execute=False)
    url = reverse("rapporten:bundel", args=[bundel.pk])
    page = html(desk.get(url))
    assert "0 van 3" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Kijk opnieuw" in page
    assert "<html" not in html(desk.get(url, headers={"HX-Request": "true"}))
    desk.post(reverse("rapporten:bundel_stop", args=[bundel.pk]))
    page = html(desk.get(url))
    assert "Gestopt." in page
    assert "every 2s" not in page
    assert "Reeksen van deze week" in html(desk.get(reverse("rapporten:archief")))


def test_the_list_of_trajecten_leads_here(desk, trajecten):
    """Ticked rows of the list, however many names a form may carry, end on this form."""
    keys = [traject.pk for traject in trajecten]
    page = html(desk.get(reverse("caseload:verslagen"), {"kies": keys}))
    assert f'action="{reverse("rapporten:maak_bundel")}"' in page
    (sent_along,) = re.findall(r'name="traject" value="([^"]*)"', page)
    assert {int(key) for key in sent_along.split(",") if key} == set(keys)
    page = html(desk.post(reverse("rapporten:maak_bundel"), {"traject": sent_along}))
    assert "Maak 3 verslagen" in page
