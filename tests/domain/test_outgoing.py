"""What the bot says: a fingerprint tells whether a reader would see a difference."""

from dataclasses import replace

import pytest

from bot.domain.messages import Media, MediaId, MediaKind, MessageRef, Platform, RoomRef
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.richtext import rich
from tests.styles import bold

SEEN = Button(label="👁 Sett", data="t.seen", emoji="👁")
PHOTO = Media(
    id=MediaId("a1"), kind=MediaKind.PHOTO, mime="image/jpeg", name="a.jpg", size_bytes=1
)
CARD = OutgoingMessage(text=rich("rök"), rows=((SEEN,),), media=(PHOTO,))


@pytest.mark.parametrize(
    "other",
    [
        replace(CARD, text=rich("mer rök")),
        replace(CARD, text=bold("rök")),
        replace(CARD, rows=()),
        replace(CARD, rows=((SEEN, SEEN),)),
        replace(CARD, rows=((SEEN,), (SEEN,))),
        replace(CARD, rows=((replace(SEEN, label="👁 Sett 2"),),)),
        replace(CARD, rows=((replace(SEEN, data="t.here"),),)),
        replace(CARD, rows=((replace(SEEN, url="https://polisen.se"),),)),
        replace(CARD, media=()),
        replace(CARD, media=(replace(PHOTO, id=MediaId("a2")),)),
    ],
    ids=[
        "words",
        "form",
        "no buttons",
        "two buttons",
        "two rows",
        "label",
        "data",
        "link",
        "no photo",
        "another photo",
    ],
)
def test_fingerprint_differs_where_a_reader_sees_a_difference(other: OutgoingMessage):
    """Then the card is edited."""
    assert other.fingerprint != CARD.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        replace(CARD),
        replace(CARD, silent=True),
        replace(CARD, reply_to=MessageRef(RoomRef(Platform.WEB, "alby"), "1")),
        replace(CARD, media=(replace(PHOTO, name="b.jpg"),)),
    ],
    ids=["nothing", "sound", "what it answers", "the file's name"],
)
def test_fingerprint_is_the_same_where_nothing_is_seen(other: OutgoingMessage):
    """An edit that changes nothing is refused by Telegram, and costs a call."""
    assert other.fingerprint == CARD.fingerprint


def test_sound_is_no_part_of_what_is_said():
    """A silent message equals the same one with sound."""
    assert replace(CARD, silent=True) == CARD
