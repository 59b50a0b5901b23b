"""Messages that come in parts, or are changed before they are handled."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.commands import parse_command
from bot.domain.incoming import IncomingEdit, IncomingMessage
from bot.domain.messages import (
    Attachment,
    MediaKind,
    MessageRef,
    Platform,
    Position,
    RoomRef,
    UserRef,
)
from bot.domain.parts import as_edited, as_one
from bot.domain.richtext import rich
from bot.domain.senders import Sender

ROOM = RoomRef(Platform.TELEGRAM, "-1")
ANNA = Sender(user=UserRef(Platform.TELEGRAM, "1"), name="Anna")
HERE, THERE = Position(59.0, 17.0), Position(59.1, 17.1)


def part(number: int, text: str = "") -> IncomingMessage:
    """A picture with words below it, perhaps."""
    file = Attachment(kind=MediaKind.PHOTO, handle=f"f{number}", name="x.jpg", size_bytes=1)
    return IncomingMessage(
        ref=MessageRef(ROOM, str(number)),
        sender=ANNA,
        sent_at=datetime(2026, 11, 22, tzinfo=UTC),
        text=rich(text),
        is_direct=False,
        command=parse_command(rich(text), prefixes=("/",)),
        attachments=(file,),
    )


def edit(text: str, position: Position | None = None) -> IncomingEdit:
    """A change of the first part."""
    ref = MessageRef(ROOM, "1")
    return IncomingEdit(ref=ref, sender=ANNA, text=rich(text), is_direct=False, position=position)


def test_parts_are_one_message_with_all_files_in_their_order() -> None:
    """It is the part that has words: changes of them bear its number."""
    whole = as_one([part(1), part(2, "/gul glas"), part(3)])

    assert [file.handle for file in whole.attachments] == ["f1", "f2", "f3"]
    assert whole.ref.message_id == "2"
    assert whole.command is not None


def test_parts_without_words_are_the_first_of_them() -> None:
    """Whoever answers one of them answers that."""
    assert as_one([part(4), part(5)]).ref.message_id == "4"


def test_edit_makes_another_command_of_it() -> None:
    """What was meant is what stands there now."""
    changed = as_edited(part(1, "/gul glas"), edit("/rod rök"), prefixes=("/",))

    assert changed.command is not None
    assert changed.command.name == "red"


def test_what_is_forwarded_is_no_command_however_it_is_changed() -> None:
    """Its words are somebody else's."""
    forwarded = replace(part(1, "lugn"), command=None, forwarded_from="Bo")

    assert as_edited(forwarded, edit("/rod rök"), prefixes=("/",)).command is None


def test_way_that_goes_on_is_where_it_leads() -> None:
    """And an edit without a place leaves the place as it was."""
    shared = replace(part(1), position=HERE)

    assert as_edited(shared, edit("", THERE), prefixes=()).position == THERE
    assert as_edited(shared, edit("hej"), prefixes=()).position == HERE
