"""Where copies stand and hang."""

import pytest

from bot.domain.copies import Copy, CopyId, CopyState, Pin, Subject, SubjectKind
from bot.domain.messages import MessageRef
from tests.town import TG, TG_ROOM


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
