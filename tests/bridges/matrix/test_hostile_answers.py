"""Answers to a sync in which anything may stand: rooms are made by anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.matrix.answers import (
    invitations,
    joined_rooms,
    left_rooms,
    private_chats,
)
from bot.bridges.matrix.gaps import is_coming
from bot.bridges.matrix.known import Known
from bot.bridges.matrix.updates import event_type_of, raw_update
from bot.domain.richtext_json import Json
from tests.bridges.matrix.events import ME
from tests.domain.examples import json_values

KEYS = [
    "rooms", "join", "leave", "invite", "timeline", "state", "events", "limited", "prev_batch",
    "invite_state", "account_data", "type", "content", "event_id", "state_key", "sender",
    "membership", "m.relates_to", "key", "unsigned", "prev_content", "displayname",
]  # fmt: skip
VALUES = ["m.room.member", "m.reaction", "m.direct", "join", ME, "$1", "!a", True]
almost: st.SearchStrategy[Json] = st.recursive(
    st.one_of(st.sampled_from(VALUES), json_values),
    lambda inner: st.one_of(
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=5), st.lists(inner, max_size=3)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(KEYS), almost, max_size=5))
def test_any_answer_is_gone_through(answer: dict[str, Json]) -> None:
    """One room that makes no sense keeps none of the others from being heard."""
    known = Known()
    private_chats(answer)
    for room in (*joined_rooms(answer), *left_rooms(answer), *invitations(answer)):
        for event in (*room.state, *room.events):
            known.learn(room.room_id, event)
            is_coming(event, ME)
            event_type_of(event)
            raw_update(room.room_id, event, {})
    again = Known()
    again.learn_kept(known.news() or "{}")


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", '{"$1": 7}'])
def test_what_was_kept_of_reactions_may_be_nonsense(kept: str) -> None:
    """It is a comfort, and stops nothing."""
    known = Known()
    known.learn_kept(kept)

    assert not known.reaction("$1")
