"""What holds for carried lines, from whichever side they come."""

import pytest

from bot.domain.incoming import IncomingEdit, Quoted
from bot.domain.messages import MediaKind
from bot.domain.richtext import rich
from tests.pictures import jpeg
from tests.town import ANNA, BO, EVA, MX_ROOM, POLICE, TG_ROOM

WAYS = pytest.mark.parametrize(
    ("writer", "other", "here", "there"),
    [(ANNA, BO, TG_ROOM, MX_ROOM), (EVA, POLICE, MX_ROOM, TG_ROOM)],
    ids=["from-telegram", "from-matrix"],
)
BEGINNING = Quoted(text="varför gick strömmen", is_chosen=False)


@WAYS
async def test_reply_to_what_nobody_knows_shows_its_beginning(town, writer, other, here, there):
    """Older than the bot: the reader sees what is meant."""
    old = town.new_ref(other, here)
    await town.sends(writer, here, "kabelbrott", reply_to=old, quoted=BEGINNING)

    assert town.last(there) == "Granne 1: \nvarför gick strömmen\nkabelbrott"


@WAYS
async def test_edit_long_after_keeps_the_quote(town, writer, other, here, there):
    """The bot has forgotten it by then; the platform tells it again."""
    old = town.new_ref(other, here)
    line = await town.sends(writer, here, "kabelbrott", reply_to=old, quoted=BEGINNING)
    await town.passes(seconds=10)
    edit = IncomingEdit(
        ref=line,
        sender=town.sender(writer),
        text=rich("kabelbrott i backen"),
        is_direct=False,
        quoted=BEGINNING,
    )
    await town.happens(edit)

    assert town.last(there) == ("Granne 1: \nvarför gick strömmen\nkabelbrott i backen (ändrat)")


@WAYS
async def test_forwarded_line_says_from_whom(town, writer, other, here, there):
    """Its words are not the forwarder's; whoever is named agreed to that on the platform."""
    await town.sends(writer, here, "lugn", forwarded_from="Bosse")

    assert town.last(there) == "Granne 1 (vidarebefordrat från Bosse, inte verifierat): lugn"


@WAYS
@pytest.mark.parametrize("by_author", [True, False], ids=["author", "moderator"])
async def test_deletion_reaches_the_copies(town, writer, other, here, there, by_author):
    """Whoever had the right to it there."""
    line = await town.sends(writer, here, "fel rum")
    await town.deletes(writer if by_author else other, line)

    assert town.texts(there) == []


@WAYS
async def test_album_is_one_line_whose_caption_can_be_changed(town, writer, other, here, there):
    """Of several files it stays one message."""
    pictures = {"a.jpg": (MediaKind.PHOTO, jpeg()), "b.jpg": (MediaKind.PHOTO, jpeg())}
    line = await town.sends(writer, here, "Vems?", files=pictures)
    await town.passes(seconds=10)
    await town.edits(writer, line, "Vems är de?")

    (shown,) = town.in_room(there)
    assert shown.text == "Granne 1: Vems är de? (ändrat)"
    assert len(shown.message.media) == 2


@WAYS
async def test_feelings_and_replies_find_the_line_from_both_ends(town, writer, other, here, there):
    """On the line and on its copy it is the same line."""
    line = await town.sends(writer, here, "Städdag?")
    copy = town.in_room(there)[-1].ref
    await town.sends(other, here, "Ja", reply_to=line)

    assert town.in_room(there)[-1].message.reply_to == copy
