"""How a stay stands."""

from datetime import UTC, datetime, timedelta

import pytest

from portaal.rules.termijnen import Stand, stay

BEGIN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
M = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("gezien", "beeindigd", "at", "stand"),
    [
        pytest.param(0, None, 0, Stand.OPEN, id="just in"),
        pytest.param(0, None, 14.9, Stand.OPEN, id="quiet, not too long"),
        pytest.param(0, None, 15, Stand.VERLOPEN, id="quiet too long"),
        pytest.param(119, None, 119.9, Stand.OPEN, id="almost two hours"),
        pytest.param(119, None, 120, Stand.VERLOPEN, id="two hours"),
        pytest.param(0, None, 24 * 60, Stand.VOORBIJ, id="a day later"),
        pytest.param(0, 5, 5, Stand.VOORBIJ, id="left"),
    ],
)
def test_stay(gezien, beeindigd, at, stand):
    end = None if beeindigd is None else BEGIN + beeindigd * M
    found = stay(begonnen=BEGIN, gezien=BEGIN + gezien * M, beeindigd=end, at=BEGIN + at * M)
    assert found is stand
