"""Each test begins with counters at nought."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()
