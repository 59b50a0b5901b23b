"""Words: a text id with its values, said later in the reader's language."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.richtext import RichText
from bot.domain.richtext_json import Json
from bot.domain.words import Moment, Value, Words, under_each_other, words
from bot.domain.words_json import words_from_json, words_to_json
from tests.domain.examples import NOW, json_objects, json_values, texts, trees
from tests.styles import bold

ids = st.sampled_from(["card-head", "news-false", "nothing"])
zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])
moments = st.builds(Moment, st.datetimes(timezones=zones), st.booleans())
plain_values: st.SearchStrategy[Value] = st.one_of(
    texts, st.integers(), st.floats(allow_nan=False), moments, trees
)


def _holding(inner: st.SearchStrategy[Words]) -> st.SearchStrategy[Words]:
    return st.builds(
        Words, ids, st.dictionaries(texts, st.one_of(plain_values, inner), max_size=3)
    )


all_words: st.SearchStrategy[Words] = st.recursive(st.builds(Words, ids), _holding, max_leaves=5)


def _lines(said: Words) -> list[Words]:
    """Take apart what `under_each_other` put together."""
    if said.text_id != "lines":
        return [said]
    first, rest = said.values["first"], said.values["rest"]
    assert isinstance(first, Words)
    assert isinstance(rest, Words)
    return _lines(first) + _lines(rest)


def test_values_are_named():
    """Placeholders are filled by name, so that every language may order them its own way."""
    assert words("news-false", id="7K3", count=2) == Words("news-false", {"id": "7K3", "count": 2})


def test_no_lines_are_nothing():
    """An empty list is said as nothing, not as an error."""
    assert under_each_other([]) == words("nothing")


@pytest.mark.parametrize("number", [1, 2, 3, 7, 3000])
def test_lines_stand_under_each_other_in_order(number: int):
    """However many there are: so many subscriptions may not break the answer."""
    lines = [words("line", number=n) for n in range(number)]

    assert _lines(under_each_other(lines)) == lines


@given(all_words)
def test_words_come_back_from_json(said: Words):
    """What waits in the queue is said as it was meant."""
    assert words_from_json(json.loads(json.dumps(words_to_json(said)))) == said


@given(st.one_of(json_values, json_objects("id", "values", "words", "rich", "at", "with_day")))
def test_malformed_json_raises_value_error_alone(value: Json):
    """What can't be read is refused by one error, whatever is wrong with it."""
    try:
        said = words_from_json(value)
    except ValueError:
        return

    assert words_from_json(words_to_json(said)) == said


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"id": 5, "values": {}},
        {"id": "a"},
        {"id": "a", "values": {"b": None}},
        {"id": "a", "values": {"b": ["c"]}},
        {"id": "a", "values": {"b": {"at": "yesterday", "with_day": False}}},
        {"id": "a", "values": {"b": {"at": "2026-11-21", "with_day": "no"}}},
        {"id": "a", "values": {"b": {"rich": "c"}}},
        {"id": "a", "values": {"b": {"words": "c"}}},
    ],
    ids=str,
)
def test_what_is_no_words_is_refused(value: Json):
    """Half a sentence is worse than an error."""
    with pytest.raises(ValueError, match=r"\w"):
        words_from_json(value)


def test_every_kind_of_value_is_kept():
    """Times with their zone, formatted text with its form, words inside words."""
    said = words(
        "card",
        text=bold("rök"),
        nobody=RichText(),
        number=3,
        part=0.5,
        at=Moment(NOW, with_day=True),
        kind=words("kind-fire"),
    )

    assert words_from_json(words_to_json(said)) == said


def test_moment_keeps_its_instant_over_zones():
    """Only texts.py makes local time; until then an instant is an instant."""
    summer = datetime(2026, 7, 1, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    kept = words_from_json(words_to_json(words("at", at=Moment(summer)))).values["at"]

    assert isinstance(kept, Moment)
    assert kept.at == datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert not kept.with_day
