"""Picking the row of a dated table that applies on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Versioned(Protocol):
    """A row that applies from its first day until the next row takes over."""

    @property
    def vanaf(self) -> date:
        """Return the first day on which the row applies."""
        ...


V = TypeVar("V", bound=Versioned)


class NoVersionInForce(LookupError):
    """No row of the table had begun on that day."""

    def __init__(self, on: date) -> None:
        super().__init__(f"no version in force on {on}")
        self.on = on


def in_force(versions: Sequence[V], *, on: date) -> V:
    """Return the row of a rule table that applies on the given day."""
    started = [version for version in versions if version.vanaf <= on]
    if not started:
        raise NoVersionInForce(on)
    return max(started, key=lambda version: version.vanaf)
