"""How tokens and codes are written and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaal.rules.sleutels import (
    ALPHABET,
    Gelezen,
    prefix,
    read_code,
    read_token,
    write_code,
    write_token,
)

SECRET = st.text(ALPHABET, min_size=8, max_size=8)


def test_the_alphabet_holds_nothing_that_is_mistaken():
    assert not set(ALPHABET) & set("0O1IL")
    assert len(set(ALPHABET)) == 31


@given(st.integers(1, 400_000_000), SECRET)
def test_what_is_written_is_read_back(number, secret):
    code = write_code(number, secret)
    assert read_code(code) == read_code(code.lower().replace("-", " ")) == Gelezen(number, code)
    token = write_token(number, secret * 3)
    assert read_token(token) == Gelezen(number, token)


@given(st.text(max_size=60))
def test_anything_may_be_typed(text):
    for read in (read_token, read_code):
        found = read(text)
        assert found is None or found.bestuur_id >= 0


@pytest.mark.parametrize(("number", "letters"), [(1, "23"), (30, "2Z"), (31, "32"), (961, "322")])
def test_prefix(number, letters):
    assert prefix(number) == letters


@pytest.mark.parametrize("text", ["", "23", "23-0OIL-2345", "23-2345-234", "23-2345-2345-2345-23"])
def test_no_code(text):
    assert read_code(text) is None
