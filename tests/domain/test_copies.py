"""Where copies stand and hang."""

from datetime import timedelta

import pytest

from bot.domain.copies import Copy, CopyId, CopyState, Pin, Rest, Subject, SubjectKind
from bot.domain.messages import MessageRef
from tests.town import START, TG, TG_ROOM


def refs(*numbers: str) -> tuple[MessageRef, ...]:
    """Messages of one room."""
    return tuple(MessageRef(TG_ROOM, number) for number in numbers)


@pytest.mark.parametrize(
    ("hung", "parts", "hangs"),
    [
        (Pin.PINNED, ("1", "2"), Pin.PINNED),
        (Pin.PINNED, ("1",), Pin.PINNED),
        (Pin.PINNED, ("1", "2", "3"), Pin.PINNED),
        (Pin.PINNED, ("7", "2"), Pin.LOOSE),
        (Pin.PINNED, (), Pin.LOOSE),
        (Pin.LOOSE, ("7",), Pin.LOOSE),
        (Pin.REFUSED, ("7",), Pin.REFUSED),
    ],
    ids=["same", "shorter", "longer", "placed anew", "removed", "never hung", "refused"],
)
def test_first_message_is_what_hangs(hung: Pin, parts: tuple[str, ...], hangs: Pin) -> None:
    """The others come and go with the length of the text; a new message hangs nowhere."""
    copy = Copy(
        id=CopyId(1),
        subject=Subject(SubjectKind.REPORT, "7K3"),
        platform=TG,
        state=CopyState.SHOWN,
        token="1-secret",
        to=TG_ROOM,
        person=None,
        room=TG_ROOM,
        parts=refs("1", "2"),
        pin=hung,
    )

    assert copy.pin_with(refs(*parts)) is hangs


HOUR = timedelta(hours=1)
NIGHT = Rest(quiet_from=START - HOUR, quiet_until=START + HOUR)


@pytest.mark.parametrize(
    ("rest", "is_red", "hushed"),
    [
        (NIGHT, False, True),
        (NIGHT, True, False),
        (
            Rest(quiet_from=START - HOUR, quiet_until=START + HOUR, red_breaks_quiet=False),
            True,
            True,
        ),
        (Rest(quiet_from=START - HOUR, quiet_until=START), False, False),
        (Rest(quiet_from=START + HOUR, quiet_until=START + HOUR * 2), False, False),
        (Rest(paused_until=START + HOUR), True, True),
        (Rest(paused_until=START), False, False),
    ],
    ids=["night", "red at night", "not even red", "over", "later", "paused", "pause over"],
)
def test_sound_is_for_those_who_want_to_hear_it(rest: Rest, *, is_red: bool, hushed: bool) -> None:
    """Red may break the night, not a pause."""
    assert rest.hushes(START, is_red=is_red) is hushed
