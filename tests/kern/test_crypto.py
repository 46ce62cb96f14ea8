"""Sealed values: they open in their own place only, and keys can be replaced."""

import base64
import io
import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from activering.settings.environment import field_keys, index_key
from clienten.models import Insznummer
from kern import crypto
from kern.db.scope import scope
from tests.factories.clienten import make_client, make_insz
from toegang.models import Gebeurtenis

OLD, NEW = b"o" * 32, b"n" * 32
PLACE = "insz:1"
INSZ = make_insz()


@given(st.text(max_size=60))
def test_what_was_sealed_opens_in_its_place(text):
    assert crypto.unseal(crypto.seal(text, place=PLACE), place=PLACE) == text


def test_the_same_text_never_looks_the_same():
    assert crypto.seal(INSZ, place=PLACE) != crypto.seal(INSZ, place=PLACE)
    assert INSZ.encode() not in crypto.seal(INSZ, place=PLACE)


@pytest.mark.parametrize("place", ["insz:2", "insz:11", "insz:", "import:1", ""])
def test_another_place_does_not_open_it(place):
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(crypto.seal(INSZ, place=PLACE), place=place)


def test_one_changed_bit_anywhere_is_refused():
    sealed = crypto.seal(INSZ, place=PLACE)
    for position in range(len(sealed)):
        broken = bytearray(sealed)
        broken[position] ^= 1
        with pytest.raises(crypto.Unreadable):
            crypto.unseal(bytes(broken), place=PLACE)


@pytest.mark.parametrize("sealed", [b"", b":", b"1", b"1:", b"1:kort", b"\xff\xfe:" + b"x" * 40])
def test_rubbish_is_unreadable_and_nothing_worse(sealed):
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, place=PLACE)


def test_every_length_that_was_cut_off_is_refused():
    sealed = crypto.seal(INSZ, place=PLACE)
    for length in range(len(sealed)):
        with pytest.raises(crypto.Unreadable):
            crypto.unseal(sealed[:length], place=PLACE)


def test_an_older_key_still_opens_and_the_first_one_seals(settings):
    settings.FIELD_KEYS = {"2025": OLD}
    sealed = crypto.seal(INSZ, place=PLACE)
    settings.FIELD_KEYS = {"2026": NEW, "2025": OLD}
    assert crypto.unseal(sealed, place=PLACE) == INSZ
    assert not crypto.sealed_with_first_key(sealed)
    assert crypto.seal(INSZ, place=PLACE).startswith(b"2026:")
    settings.FIELD_KEYS = {"2026": NEW}
    with pytest.raises(crypto.Unreadable, match="unknown key"):
        crypto.unseal(sealed, place=PLACE)


def test_a_key_under_anothers_name_does_not_open(settings):
    settings.FIELD_KEYS = {"1": OLD}
    sealed = crypto.seal(INSZ, place=PLACE)
    settings.FIELD_KEYS = {"1": NEW}
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, place=PLACE)


def test_the_search_key_finds_again_in_one_bestuur_only(settings):
    assert crypto.blind_index(INSZ, place=PLACE) == crypto.blind_index(INSZ, place=PLACE)
    assert crypto.blind_index(INSZ, place=PLACE) != crypto.blind_index(INSZ, place="insz:2")
    before = crypto.blind_index(INSZ, place=PLACE)
    settings.INDEX_KEY = b"x" * 32
    assert crypto.blind_index(INSZ, place=PLACE) != before


def ring(*entries: tuple[str, bytes]) -> str:
    return json.dumps(
        [{"id": name, "sleutel": base64.b64encode(key).decode()} for name, key in entries]
    )


@pytest.mark.parametrize(
    "value",
    [
        ring(),
        ring(("1", b"kort")),
        ring(("1", OLD), ("1", NEW)),
        ring(("1:2", OLD)),
        ring(("", OLD)),
    ],
    ids=["empty", "short key", "same id twice", "colon in id", "no id"],
)
def test_a_ring_that_would_lose_values_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("SLEUTELS", value)
    with pytest.raises(ImproperlyConfigured):
        field_keys("SLEUTELS")


def test_a_ring_keeps_its_order(monkeypatch):
    monkeypatch.setenv("SLEUTELS", ring(("b", NEW), ("a", OLD)))
    assert list(field_keys("SLEUTELS").items()) == [("b", NEW), ("a", OLD)]


def test_a_short_index_key_stops_the_start(monkeypatch):
    monkeypatch.setenv("INDEX", base64.b64encode(b"kort").decode())
    with pytest.raises(ImproperlyConfigured):
        index_key("INDEX")


def rekey(*options: str) -> dict:
    out = io.StringIO()
    call_command("hersleutel", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def two_besturen(settings, bestuur, buur):
    """A number in each of two besturen, sealed with the old key; the new key comes first."""
    settings.FIELD_KEYS = {"oud": OLD}
    make_client(bestuur, insz=INSZ)
    with scope(bestuur_id=buur.pk, actor_id=None):
        make_client(buur, insz=INSZ)
    settings.FIELD_KEYS = {"nieuw": NEW, "oud": OLD}
    return bestuur, buur


@pytest.mark.django_db
def test_rekeying_only_counts_until_told_to_write(two_besturen):
    before = bytes(Insznummer.objects.get().cijfer)
    assert rekey() == {"gezien": 2, "oud": 2, "onleesbaar": 0, "uitgevoerd": False}
    assert bytes(Insznummer.objects.get().cijfer) == before


@pytest.mark.django_db
def test_after_rekeying_the_old_key_can_go(two_besturen, settings):
    trail = Gebeurtenis.objects.count()
    assert rekey("--uitvoeren")["oud"] == 2
    settings.FIELD_KEYS = {"nieuw": NEW}
    for bestuur in two_besturen:
        with scope(bestuur_id=bestuur.pk, actor_id=None):
            assert Insznummer.objects.get().reveal() == INSZ
            found = Insznummer.objects.matching(INSZ, bestuur_id=bestuur.pk)
            assert found.count() == 1
    assert rekey("--uitvoeren") == {"gezien": 2, "oud": 0, "onleesbaar": 0, "uitgevoerd": True}
    assert Gebeurtenis.objects.count() == trail


@pytest.mark.django_db
def test_rekeying_makes_search_keys_anew(two_besturen, settings):
    settings.INDEX_KEY = b"i" * 32
    here = two_besturen[0]
    assert not Insznummer.objects.matching(INSZ, bestuur_id=here.pk).exists()
    rekey("--uitvoeren")
    assert Insznummer.objects.matching(INSZ, bestuur_id=here.pk).exists()


@pytest.mark.django_db
def test_a_number_that_no_key_opens_is_told_and_left_alone(two_besturen, settings):
    settings.FIELD_KEYS = {"nieuw": NEW}
    before = bytes(Insznummer.objects.get().cijfer)
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("hersleutel", "--uitvoeren", stdout=out)
    assert ended.value.code == 1
    assert "2 waarden gaan met geen enkele sleutel open" in out.getvalue()
    assert bytes(Insznummer.objects.get().cijfer) == before


@pytest.mark.django_db
def test_no_table_holds_the_number_itself(bestuur):
    make_client(bestuur, insz=INSZ)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clienten_insznummer::text FROM clienten_insznummer")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(string_agg(nieuw::text, ''), '') FROM toegang_gebeurtenis")
        trail = cursor.fetchone()[0]
    for text in (INSZ, INSZ.encode().hex()):
        assert text not in stored
        assert text not in trail
    assert "zoeksleutel" not in trail


@pytest.mark.django_db
def test_a_value_copied_to_another_bestuur_does_not_open(bestuur, buur):
    make_client(bestuur, insz=INSZ)
    stolen = Insznummer.objects.get()
    with scope(bestuur_id=buur.pk, actor_id=None):
        row = Insznummer.objects.create(
            bestuur=buur,
            client=make_client(buur),
            cijfer=stolen.cijfer,
            zoeksleutel=stolen.zoeksleutel,
            van="2026-01-01",
        )
        with pytest.raises(crypto.Unreadable):
            row.reveal()
