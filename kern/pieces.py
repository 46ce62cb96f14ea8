"""What the components of `templates/components/` show: plain values with every part optional."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Act:
    """Something one can do: a link, or a button of a form where it changes something.

    `fields` are sent along with the button; `about` is read aloud where many buttons say the same.
    `key` is the single letter that presses it.
    """

    label: str
    url: str
    icon: str = ""
    is_post: bool = False
    fields: Sequence[tuple[str, object]] = ()
    about: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value; an empty value says what is missing and offers to add it."""

    label: str
    value: object = ""
    missing: str = "niet bekend"
    add: Act | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """A number that opens exactly the list it counts."""

    label: str
    count: int
    url: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A section of a file."""

    label: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a longer act, such as an import."""

    label: str
    active: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class FilterWord:
    """A filter in words, with the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column of a table."""

    label: str
    number: bool = False
    url: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in a row."""

    value: object
    number: bool = False
    level: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its header, the page it opens, its cells in the order of the heads."""

    name: str
    cells: Sequence[Cell]
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says about a step: the day it would rather have, how and when it spoke."""

    voice: str
    who: str
    says: str
    words: str = ""
    asked: date | None = None
    how: str = ""
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody with the colour of her side."""

    voice: str
    who: str


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step or goal of a plan, in words; `voice` is client, petrol (OCMW) or rest (partner)."""

    voice: str
    mover: str
    text: str
    proposer: str = ""
    due: date | None = None
    state: str = ""
    level: str = "rest"
    blocked_by: str = ""
    answers: Sequence[Answer] = ()
    acts: Sequence[Act] = ()
    # What a card of the plan tells besides.
    anchor: str = ""
    proposer_voice: str = ""
    movers: Sequence[Voice] = ()
    kicker: str = ""
    details: Sequence[str] = ()
    links: Sequence[Act] = ()
    explanation: str = ""
    due_note: str = ""
    closing: str = ""
    earlier: Sequence[Answer] = ()
    more: Sequence[Act] = ()
