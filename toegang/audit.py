"""The name of an act, so that the trail reads as a story and not only as columns."""

from collections.abc import Iterator
from contextlib import contextmanager

from kern.db.scope import ACT, restore_local, set_local


@contextmanager
def act(zin: str) -> Iterator[None]:
    """Name what is done, as the rest of a sentence: "verlengde het traject t.e.m. 12/03/2027".

    The trigger on each table stores it beside the change. Acts nest: the outermost names all.
    """
    before = set_local({ACT: zin[:500]})
    if outer := before[ACT]:
        set_local({ACT: outer})
    try:
        yield
    finally:
        restore_local(before)
