"""The emulator is held to the Bot API's own description."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators import tour
from tests.emulators.telegram import Town
from tests.emulators.telegram.clock import ManualClock
from tests.emulators.telegram.entities import cut, format_text, units
from tests.emulators.telegram.methods import METHODS
from tests.emulators.telegram.parameters import PARAMETERS
from tests.emulators.telegram.schema import Schema, find_schema
from tests.emulators.telegram.wire import Refused, as_integer

SCHEMA = find_schema()
needs_schema = pytest.mark.skipif(not SCHEMA.types, reason="the description is not there")


@needs_schema
def test_every_method_is_one_of_the_bot_api():
    """Nothing invented."""
    assert set(METHODS) - set(SCHEMA.methods) == set()


@needs_schema
@pytest.mark.parametrize("method", sorted(PARAMETERS))
def test_own_list_of_parameters_is_that_of_the_bot_api(method):
    """It stands in where the description is not."""
    fields = SCHEMA.methods[method].fields.values()
    described = {f.name + ("!" if f.required else "") for f in fields}

    assert set(PARAMETERS[method].split()) == described


def test_every_method_has_its_list_of_parameters():
    """None is let through unseen."""
    assert set(PARAMETERS) == {*METHODS, "getUpdates"}


@needs_schema
def test_everything_that_can_happen_makes_right_updates():
    """The tour raises on the first wrong one."""
    town = Town(clock=ManualClock(), schema=SCHEMA)
    tour.walk(town)

    assert len(town.bot("granne_bot").queue.waiting) > 60
    assert town.violations == []


def test_town_works_without_the_description():
    """Then only the emulator's own checks hold."""
    town = Town(clock=ManualClock(), schema=Schema())
    tour.walk(town)

    assert town.violations == []


@needs_schema
@pytest.mark.parametrize(
    ("method", "values", "said"),
    [
        pytest.param("getMe", {}, "", id="nothing"),
        pytest.param("getUpdates", {"offset": "12", "allowed_updates": '["poll"]'}, "", id="form"),
        pytest.param("getUpdates", {"offset": "x"}, "offset is no Integer", id="word"),
        pytest.param(
            "sendLocation",
            {"chat_id": 1, "latitude": "59.1", "longitude": 17},
            "",
            id="number-as-text",
        ),
        pytest.param("deleteMessages", {"chat_id": 1, "message_ids": 7}, "no array", id="array"),
        pytest.param(
            "sendMessage",
            {"chat_id": 1, "text": "12", "disable_notification": "True"},
            "",
            id="flag",
        ),
        pytest.param(
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message": 1}},
            "has no field message in ReplyParameters",
            id="inner",
        ),
    ],
)
def test_requests_are_looked_at_name_by_name(method, values, said):
    """In JSON and in forms alike."""
    wrong = SCHEMA.check_request(method, values, set())

    assert (wrong == []) is (said == "")
    assert said in " ".join(wrong)


@needs_schema
def test_wrong_update_is_never_sent_in_silence():
    """A test that makes one fails at once."""
    town = Town(clock=ManualClock(), schema=SCHEMA)
    with pytest.raises(AssertionError, match="message_id is missing"):
        town.tell(town.bot(), "message", {"text": "hej"})

    assert town.violations


ENTITY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["bold", "italic", "code"]),
        "offset": st.integers(-1, 12),
        "length": st.integers(-1, 12),
    }
)


@given(st.text(alphabet="a 😀\nå/@.", max_size=12), st.lists(ENTITY, max_size=4))
def test_entities_always_lie_within_their_text(text, entities):
    """What was taken holds whole characters; what can't be so is refused."""
    try:
        made = format_text(text, entities)
    except Refused:
        return
    for entity in made.entities:
        offset, length = as_integer(entity["offset"]), as_integer(entity["length"])
        assert length > 0
        assert 0 <= offset <= offset + length <= units(made.text)
        assert cut(made.text, offset, length) in text


@given(st.text(max_size=60))
def test_text_without_entities_only_loses_the_blank_around_it(text):
    """Nothing else is touched."""
    assert format_text(text, []).text == text.strip()
