"""The name of an act, so that the trail reads as a story and not only as columns."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kern.db.scope import ACT, restore_local, set_local

# After these words stands what was written about a person, or her name.
_INHOUD = re.compile(
    r"(?P<wat>, reden|(?:een|het) (?:stap|doel|drempel)[a-z ]*|stappen wachten[a-z ]*|^sprak af"
    r"|^liet vervallen|^zette weer open|^vinkte af|bewust geen vervolg komt): .*",
    re.DOTALL,
)
_NAAM = re.compile(r"^registreerde (?!\d+ cliënten$).*", re.DOTALL)

# So an act begins that the client did behind her own door: no worker signed in.
_CLIENT = "de cliënt "


def without_content(handeling: str) -> str:
    """Return the act without what it tells about the client, for who inspects without a reason."""
    kort = _INHOUD.sub(lambda found: found["wat"].removeprefix(", reden"), handeling)
    return _NAAM.sub("registreerde een cliënt", kort)


def who_and_what(naam: str, handeling: str) -> tuple[str, str]:
    """Return who did it and the rest of the sentence; without a name, the client or the system."""
    if naam:
        return naam, handeling
    if handeling.startswith(_CLIENT):
        return "De cliënt", handeling.removeprefix(_CLIENT)
    return "Het systeem", handeling


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
