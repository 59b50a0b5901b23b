"""How far a room has come towards all that the bot needs there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Platform, RoomRef
from bot.domain.rights import Right
from bot.domain.setups import Setup, setup_from_json

ROOM = RoomRef(Platform.TELEGRAM, "-1001")
RIGHTS = st.frozensets(st.sampled_from(Right))
ALL, NONE = frozenset(Right), frozenset[Right]()


@pytest.mark.parametrize(
    ("known", "given_rights", "serves", "is_done"),
    [
        (ALL, ALL, "Alby", True),
        (ALL, ALL, None, False),
        (ALL, ALL - {Right.PINS}, "Alby", False),
        (ALL - {Right.PINS}, ALL - {Right.PINS}, "Alby", True),
        (NONE, NONE, "Alby", True),
        (NONE, NONE, None, False),
        (ALL, ALL - {Right.POSTS}, "Alby", True),
    ],
    ids=["all", "no group", "no pins", "no word for pins", "no words", "nothing", "no posts"],
)
def test_room_is_done_when_nothing_is_missing_that_its_platform_has_a_word_for(
    *, known: frozenset[Right], given_rights: frozenset[Right], serves: str | None, is_done: bool
) -> None:
    """Who may not post can't ask for it there: others are told."""
    assert Setup(room=ROOM, known=known, given=given_rights, serves=serves).is_done is is_done


@given(known=RIGHTS, given_rights=RIGHTS, serves=st.none() | st.text())
def test_what_is_written_down_is_read_again(
    known: frozenset[Right], given_rights: frozenset[Right], serves: str | None
) -> None:
    """But for whose room it is, which is known elsewhere."""
    setup = Setup(room=ROOM, known=known, given=given_rights, serves=serves)
    written = json.loads(json.dumps(setup.to_json()))

    assert setup_from_json(written, serves=serves) == setup
