"""Without a scope no row is seen; a scope ends with its block."""

import pytest
from django.db import connection, transaction

from kern.db.scope import ACT, BESTUUR, NoTransaction, scope, set_local


def current(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_scope_is_restored_when_its_block_ends():
    with scope(bestuur_id=7, actor_id=3):
        with scope(bestuur_id=8, actor_id=3):
            assert current(BESTUUR) == "8"
        assert current(BESTUUR) == "7"
    assert current(BESTUUR) == ""


@pytest.mark.django_db
def test_set_local_returns_what_was_there():
    assert set_local({ACT: "een"}) == {ACT: ""}
    assert set_local({ACT: "twee"}) == {ACT: "een"}
    assert current(ACT) == "twee"


@pytest.mark.django_db(transaction=True)
def test_scope_outside_a_transaction_is_refused():
    with pytest.raises(NoTransaction), scope(bestuur_id=1, actor_id=None):
        pass
    with transaction.atomic(), scope(bestuur_id=1, actor_id=None):
        assert current(BESTUUR) == "1"
    assert current(BESTUUR) == ""
