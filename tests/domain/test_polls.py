"""Reading polls, counting votes, and signs for choices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import PersonId
from bot.domain.polls import Asked, choice_of_sign, count_votes, number_sign, read_poll
from bot.domain.reactions import read_emoji, written
from bot.domain.richtext import Bullets, RichText, Text, rich
from tests.bridges.telegram.captured import message
from tests.domain.examples import trees


def put(question: str, *choices: str) -> RichText:
    """A poll in the words of a bridge."""
    items = tuple((Text(choice),) for choice in choices)
    return RichText((Text(f"📊 {question}"), Bullets(items)))


def test_poll_of_telegram_is_read():
    """As its bridge puts it into words."""
    asked = read_poll(message("poll").text)

    assert asked is not None
    assert len(asked.choices) >= 2
    assert not asked.question.startswith("📊")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (put("Städdag?", "Ja", "Nej"), Asked(question="Städdag?", choices=("Ja", "Nej"))),
        (
            put("Två\nrader", "Ja  då", "Nej"),
            Asked(question="Två rader", choices=("Ja då", "Nej")),
        ),
        (put("Q" * 500, "a" * 200, "b"), Asked(question="Q" * 300, choices=("a" * 100, "b"))),
        (put("Städdag?", "Ja"), None),
        (put("", "Ja", "Nej"), None),
        (put("Städdag?", "Ja", " "), None),
        (put("Städdag?", *map(str, range(13))), None),
        (rich("📊 Städdag?"), None),
    ],
)
def test_poll_is_a_question_with_choices(text, asked):
    """All else is carried as words."""
    assert read_poll(text) == asked


@given(trees)
def test_any_text_is_read_or_is_none(text):
    """What comes from platforms is whatever people make of it."""
    asked = read_poll(text)

    assert asked is None or (asked.question and all(asked.choices))


@given(st.dictionaries(st.text(max_size=3).map(PersonId), st.integers(0, 3)))
def test_each_person_counts_once(votes):
    """And a choice that is none counts nowhere."""
    counts = count_votes(Asked(question="?", choices=("a", "b", "c")), votes)

    assert sum(counts) == sum(1 for choice in votes.values() if choice < 3)


@pytest.mark.parametrize("choice", range(9))
def test_sign_of_a_choice_leads_back_to_it(choice):
    """As a keyboard writes it, and as the bot reads emoji."""
    sign = number_sign(choice)

    assert sign is not None
    assert choice_of_sign(read_emoji(written(sign))) == choice
    assert number_sign(9) is None
    assert choice_of_sign("👍") is None
