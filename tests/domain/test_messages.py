"""Where messages are: references that name a platform and an id that only it understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Platform, RoomRef, UserRef

ids = st.text(min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "platform", "room_id"),
    [
        ("telegram:-100123", Platform.TELEGRAM, "-100123"),
        ("telegram:-100123/7", Platform.TELEGRAM, "-100123/7"),
        ("matrix:!id:server", Platform.MATRIX, "!id:server"),
        ("matrix:!idofversion12", Platform.MATRIX, "!idofversion12"),
        ("web:alby-torget", Platform.WEB, "alby-torget"),
    ],
    ids=["group", "forum topic", "matrix", "matrix without server", "web"],
)
def test_room_is_read_from_the_configuration(text: str, platform: Platform, room_id: str):
    """The id is whatever stands after the first colon, never looked into."""
    assert RoomRef.parse(text) == RoomRef(platform, room_id)


@pytest.mark.parametrize(
    "text",
    ["", ":", "telegram", "telegram:", "irc:#alby", "Telegram:1", ":1", " telegram:1"],
)
@pytest.mark.parametrize("ref", [RoomRef, UserRef], ids=["room", "user"])
def test_what_names_no_platform_or_no_id_is_refused(ref: type[RoomRef] | type[UserRef], text: str):
    """A wrong line in the configuration must not become a room nobody hears in."""
    with pytest.raises(ValueError, match=r"platform|Platform"):
        ref.parse(text)


@given(st.sampled_from(Platform), ids)
def test_references_come_back_from_text(platform: Platform, ref_id: str):
    """Whatever the platform puts into its ids, colons included."""
    room, user = RoomRef(platform, ref_id), UserRef(platform, ref_id)

    assert RoomRef.parse(str(room)) == room
    assert UserRef.parse(str(user)) == user
