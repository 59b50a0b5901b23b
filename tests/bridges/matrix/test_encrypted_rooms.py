"""Rooms in which everything is sealed, with people whose app is of another make."""

import pytest

from bot.domain.incoming import (
    Extra,
    IncomingEdit,
    IncomingMessage,
    IncomingPollEnd,
    IncomingReaction,
)
from bot.domain.messages import MediaKind, Platform, RoomRef
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.richtext import rich
from bot.domain.room_news import IncomingFoothold
from bot.storage.media import SealedFiles
from tests.bridges.matrix.listening import Listening
from tests.pictures import png
from tests.servers.matrix.contents import File
from tests.servers.matrix.encrypting import EncryptingPerson
from tests.servers.matrix.people import People


@pytest.fixture
async def cilla(people: People) -> EncryptingPerson:
    """Has an app that encrypts."""
    return await people.arrives_encrypting("Cilla")


async def _room(bot: Listening, cilla: EncryptingPerson) -> str:
    await bot.starts()
    room = await cilla.opens(invites=[bot.account.id], is_encrypted=True)
    await bot.hears(IncomingFoothold)
    return room


async def test_what_is_sealed_is_heard_and_answered_sealed(
    bot: Listening, cilla: EncryptingPerson, media: SealedFiles
) -> None:
    """Words, edits, reactions on cards, and files, either way."""
    room = await _room(bot, cilla)
    said = await cilla.writes(room, "hej")
    await cilla.edits(room, said, "god dag")
    picture = File(kind="m.image", data=png(), name="a.png", mime="image/png", caption="Bron")
    await cilla.sends_file(room, picture)
    heard = await bot.hears(IncomingMessage, 2)
    (edited,) = await bot.hears(IncomingEdit)
    file = await media.keep(b"abc", kind=MediaKind.FILE, name="a.txt")
    row = (Button(label="Sett", data="t.s", emoji="👁"),)
    card = OutgoingMessage(text=rich("Rök!"), rows=(row,), media=(file,))
    parts = await bot.bridge.send(RoomRef(Platform.MATRIX, room), card, key="k1")
    again = await bot.bridge.send(RoomRef(Platform.MATRIX, room), card, key="k1")
    shown = await cilla.sees(room, "Rök!")
    await cilla.reacts(room, shown.event_id, "👁")
    (reaction,) = await bot.hears(IncomingReaction)
    await bot.bridge.edit(parts, OutgoingMessage(text=rich("Släckt."), keeps_media=True))
    await cilla.sees(room, "Släckt.")

    assert [message.text.plain for message in heard] == ["hej", "Bron"]
    assert (edited.text.plain, edited.ref.message_id) == ("god dag", said)
    assert await bot.bridge.download(heard[1].attachments[0]) == picture.data
    assert parts == again
    assert await cilla.downloads(shown) == b"abc"
    assert (await cilla.seal(room, shown.event_id)).is_encrypted
    assert reaction.ref in parts


async def test_what_was_sealed_while_the_bot_was_away_is_opened(
    bot: Listening, cilla: EncryptingPerson
) -> None:
    """And again, should it have been opened before a crash and not kept."""
    room = await _room(bot, cilla)
    await cilla.writes(room, "före")
    await bot.hears(IncomingMessage)
    before = dict(bot.keeper.positions)
    await bot.stops()
    await cilla.writes(room, "emellan")
    await bot.starts()
    await bot.hears(IncomingMessage, 2)
    await bot.stops()
    bot.keeper.updates.clear()
    bot.keeper.positions |= before
    await bot.starts()
    (again,) = await bot.hears(IncomingMessage)

    await bot.stops()
    bot._make()
    (unconnected,) = bot.heard(IncomingMessage)
    assert again.text.plain == unconnected.text.plain == "emellan"


async def test_who_came_while_the_bot_was_out_can_read_it(
    bot: Listening, cilla: EncryptingPerson, people: People
) -> None:
    """Nobody tells it then who comes and goes; it asks when it is let in again."""
    room = await _room(bot, cilla)
    await bot.bridge.send(
        RoomRef(Platform.MATRIX, room), OutgoingMessage(text=rich("ett")), key="k1"
    )
    await cilla.manages(room).kicks(bot.account.id)
    await bot.hears(IncomingFoothold, 2)
    client = bot.bridge.api.client
    is_forgotten = room not in client.rooms and room not in client.olm.outbound_group_sessions
    eva = await people.arrives_encrypting("Eva")
    await cilla.manages(room).invites(eva.id)
    await eva.joins(room)
    await cilla.manages(room).invites(bot.account.id)
    await bot.hears(IncomingFoothold, 3)
    await bot.bridge.send(
        RoomRef(Platform.MATRIX, room), OutgoingMessage(text=rich("två")), key="k2"
    )

    await eva.sees(room, "två")
    assert is_forgotten


async def test_apps_trust_the_bots_device(bot: Listening, cilla: EncryptingPerson) -> None:
    """Its owner vouches for it, else today's apps would warn of it or not talk to it."""
    await _room(bot, cilla)
    device = bot.bridge.api.device_id

    assert (await cilla.trusts(bot.account.id, device)).is_signed_by_owner


async def test_moderator_ends_a_sealed_poll_of_somebody_else_s(
    bot: Listening, cilla: EncryptingPerson, people: People
) -> None:
    """Who may do what in the room is known though what it is for is seen only when opened."""
    room = await _room(bot, cilla)
    eva = await people.arrives_encrypting("Eva")
    await cilla.manages(room).invites(eva.id)
    await eva.joins(room)
    poll = await eva.asks_all(room, "När?", "Nu", "Sen")
    await eva.ends_poll(room, poll)
    await bot.hears(IncomingPollEnd)
    await cilla.ends_poll(room, poll)
    ends = await bot.hears(IncomingPollEnd, 2)

    assert [(end.ref.message_id, end.may_end_others) for end in ends] == [
        (poll, False),
        (poll, True),
    ]


async def test_what_nothing_opens_is_told_to_be_there(
    bot: Listening, cilla: EncryptingPerson
) -> None:
    """Never dropped in silence, nor waited for without end."""
    room = await _room(bot, cilla)
    content: dict[str, object] = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgAEnAC",
        "session_id": "nobodys",
    }
    await cilla.ask("PUT", "rooms", room, "send", "m.room.encrypted", "t1", json=content)
    bot.bridge.encryption.opening.patience_s = 0.0
    (message,) = await bot.hears(IncomingMessage)

    assert message.extra is Extra.UNKNOWN
