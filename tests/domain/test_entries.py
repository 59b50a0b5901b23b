"""Somebody who asks to be let in."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import Entry, entry_from_json
from bot.domain.messages import Platform, RoomRef, UserRef


@given(st.sampled_from(Platform), st.text(min_size=1), st.text(min_size=1))
def test_what_is_written_down_is_read_again(platform: Platform, room: str, user: str) -> None:
    """Ids are opaque."""
    entry = Entry(room=RoomRef(platform, room), user=UserRef(platform, user))

    assert entry_from_json(json.loads(json.dumps(entry.to_json()))) == entry
