"""Which row of a dated table applies."""

from dataclasses import dataclass
from datetime import date

import pytest

from kern.versioning import NoVersionInForce, in_force


@dataclass(frozen=True)
class Row:
    """A version of some rule."""

    vanaf: date
    value: int


ROWS = (Row(date(2026, 1, 1), 2), Row(date(2018, 1, 1), 1))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        pytest.param(date(2018, 1, 1), 1, id="first day of the first version"),
        pytest.param(date(2025, 12, 31), 1, id="last day before the next"),
        pytest.param(date(2026, 1, 1), 2, id="first day of the next"),
    ],
)
def test_the_newest_version_that_began_applies(day: date, value: int) -> None:
    assert in_force(ROWS, on=day).value == value


def test_before_the_first_version_nothing_applies() -> None:
    with pytest.raises(NoVersionInForce, match="2017-12-31"):
        in_force(ROWS, on=date(2017, 12, 31))
