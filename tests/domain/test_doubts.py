"""“Is this really the police?”, asked in words of one's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.doubts import asks_if_genuine


@pytest.mark.parametrize(
    "line",
    [
        "Är det här verkligen polisen?",
        "är detta äkta",
        "Är det här från polisen??",
        "Hej! Är det här på riktigt från kommunen?",
        "e det fejk?",
        "är du verkligen polisen",
        "Is this really the police?",
        "is it real",
        "Is that card genuine?",
        "Is this a scam?",
    ],
)
def test_doubt_is_understood(line: str):
    """As people ask it who know no command."""
    assert asks_if_genuine(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "är det någon hemma?",
        "Är det polisens ansvar?",
        "Polisen är här",
        "är det här polisen som står vid torget eller vakter",
        "det är äkta skinn",
        "Is this the right place?",
    ],
)
def test_other_words_are_not(line: str):
    """They may be an update, which its readers shall have."""
    assert not asks_if_genuine(line)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(line: str):
    """Anything may be written."""
    asks_if_genuine(line)
