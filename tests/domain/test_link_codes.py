"""Codes by which a second room comes into a group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.link_codes import as_code, code_hash, read_code
from bot.domain.reports import ID_ALPHABET


@pytest.mark.parametrize(
    "typed", ["K7QM-3TXB", "k7qm3txb", " K7QM 3TXB ", "k7qm–3txb.", "«K7QM-3TXB»"]
)
def test_code_is_read_however_it_is_typed(typed):
    """People read codes out to each other."""
    assert read_code(typed) == "K7QM-3TXB"


@pytest.mark.parametrize("typed", ["", "hej", "K7QM-3TX", "K7QM-3TXBB", "new", "🔴"])
def test_what_is_no_code_is_none(typed):
    """So the answer says how one looks."""
    assert read_code(typed) is None


@given(st.text(alphabet=ID_ALPHABET, min_size=8, max_size=8))
def test_every_code_reads_as_itself(letters):
    """Whatever is drawn can be typed."""
    code = as_code(letters)

    assert read_code(code) == code


@given(st.text())
def test_any_text_is_read_without_harm(typed):
    """What is typed is hostile until parsed."""
    read = read_code(typed)

    assert read is None or read_code(read) == read


def test_stored_form_does_not_hold_the_code():
    """Who reads the database can't use it."""
    assert "K7QM" not in code_hash("K7QM-3TXB").upper()
