"""Answers to what stands in a thread, on a real homeserver."""

import pytest

from bot.domain.incoming import IncomingMessage
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.domain.outgoing import OutgoingMessage, Speaker
from bot.domain.richtext import rich
from bot.domain.richtext_json import Json
from bot.domain.room_news import IncomingFoothold
from tests.bridges.matrix.events import event, reads
from tests.bridges.matrix.listening import Listening
from tests.servers.matrix.people import People
from tests.servers.matrix.person import Person
from tests.servers.matrix.sight import Seen

BO = Speaker(id="bo", name="Granne 2")


@pytest.fixture
async def anna(people: People) -> Person:
    """Opens rooms."""
    return await people.arrives("Anna")


@pytest.fixture
async def room(bot: Listening, anna: Person) -> RoomRef:
    """Where the bot is."""
    await bot.starts()
    opened = await anna.opens(invites=[bot.account.id])
    await bot.hears(IncomingFoothold)
    return RoomRef(Platform.MATRIX, opened)


async def _shown(anna: Person, room: RoomRef) -> dict[str, tuple[str | None, str | None]]:
    """What stands in the room, each with the thread in which it stands and what it answers."""
    seen = [one for one in await anna.reads(room.room_id) if not one.is_gone]
    return {_words(one): (one.thread, one.reply_to) for one in seen}


def _words(seen: Seen) -> str:
    return seen.text.rpartition(": ")[2].split()[0]


async def test_answer_to_a_line_in_a_thread_stands_in_it(
    bot: Listening, anna: Person, room: RoomRef
) -> None:
    """As a person's answer to that line, or as what the bot itself has to add; also when asked."""
    begun = await anna.writes(room.room_id, "början")
    inside = await anna.writes(room.room_id, "inne", thread=begun)
    await bot.hears(IncomingMessage, 2)
    answer = OutgoingMessage(
        text=rich("Granne 2: svar"), reply_to=MessageRef(room, inside), speaker=BO
    )
    (placed,) = await bot.bridge.send(room, answer, key="k1")
    own = OutgoingMessage(text=rich("upplysning"), reply_to=MessageRef(room, inside))
    await bot.bridge.send(room, own, key="k2")
    outside = OutgoingMessage(text=rich("utanför"), reply_to=MessageRef(room, begun))
    await bot.bridge.send(room, outside, key="k3")
    await bot.stops()
    await bot.starts()
    later = OutgoingMessage(text=rich("senare"), reply_to=placed)
    await bot.bridge.send(room, later, key="k4")

    shown = await _shown(anna, room)
    assert shown["svar"] == (begun, inside)
    assert shown["upplysning"] == (begun, None)
    assert shown["utanför"] == (None, begun)
    assert shown["senare"] == (begun, None)


async def test_thread_of_another_room_goes_on_in_its_counterpart(
    bot: Listening, anna: Person, room: RoomRef
) -> None:
    """Begun by the carried line; what answers a line in it answers it there."""
    (begun,) = await bot.bridge.send(room, OutgoingMessage(text=rich("början")), key="k1")
    first = OutgoingMessage(text=rich("Granne 2: ett"), reply_to=begun, thread=begun, speaker=BO)
    (one,) = await bot.bridge.send(room, first, key="k2")
    second = OutgoingMessage(text=rich("Granne 2: två"), reply_to=one, thread=begun, speaker=BO)
    await bot.bridge.send(room, second, key="k3")
    nested = OutgoingMessage(text=rich("Granne 2: tre"), reply_to=one, thread=one, speaker=BO)
    await bot.bridge.send(room, nested, key="k4")

    root = begun.message_id
    shown = await _shown(anna, room)
    assert shown["ett"] == (root, None)
    assert shown["två"] == (root, one.message_id)
    assert shown["tre"] == (root, one.message_id)


async def test_all_parts_of_a_long_answer_stand_in_the_thread(
    bot: Listening, anna: Person, room: RoomRef
) -> None:
    """Those that an edit adds, too."""
    begun = await anna.writes(room.room_id, "början")
    inside = await anna.writes(room.room_id, "inne", thread=begun)
    await bot.hears(IncomingMessage, 2)
    answers = MessageRef(room, inside)
    parts = await bot.bridge.send(
        room, OutgoingMessage(text=rich("å" * 20_000), reply_to=answers), key="k1"
    )
    longer = await bot.bridge.edit(
        parts, OutgoingMessage(text=rich("å" * 40_000), reply_to=answers)
    )

    seen = await anna.reads(room.room_id)
    assert len(longer) > len(parts) > 1
    assert {one.thread for one in seen if one.sender == bot.account.id} == {begun}


async def test_what_is_urgent_stands_where_all_see_it(
    bot: Listening, anna: Person, room: RoomRef
) -> None:
    """Apps fold threads away."""
    begun = await anna.writes(room.room_id, "början")
    inside = await anna.writes(room.room_id, "inne", thread=begun)
    card = OutgoingMessage(text=rich("brand"), reply_to=MessageRef(room, inside), urgent=True)
    await bot.bridge.send(room, card, key="k1")

    assert (await _shown(anna, room))["brand"] == (None, inside)


async def test_thread_that_nothing_has_begun_is_none(
    bot: Listening, anna: Person, room: RoomRef
) -> None:
    """The answer comes all the same."""
    gone = MessageRef(room, "$nothing-that-was-ever-written-here-at-all-xxxxxx")
    odd = OutgoingMessage(text=rich("svar"), reply_to=gone, thread=gone)
    await bot.bridge.send(room, odd, key="k1")
    threads = bot.bridge.posting.threads
    inside: Json = {"rel_type": "m.thread", "event_id": gone.message_id}
    threads.note("$inside", {"m.relates_to": inside})

    assert (await _shown(anna, room))["svar"][0] is None
    assert await threads.around(room.room_id, "$inside") == ""


def test_thread_is_read() -> None:
    """With what has begun it; a command in it is one."""
    relation: Json = {"rel_type": "m.thread", "event_id": "$9", "is_falling_back": True}
    content: Json = {"msgtype": "m.text", "body": "!röd rök", "m.relates_to": relation}
    found = reads(event("m.room.message", content))

    assert isinstance(found, IncomingMessage)
    assert found.thread == found.reply_to == MessageRef(found.room, "$9")
    assert found.command is not None
