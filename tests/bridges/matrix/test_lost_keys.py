"""Keys that did not come, broken sessions, and people who speak in others' names."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.incoming import IncomingMessage
from bot.domain.messages import Platform, RoomRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich
from bot.domain.room_news import IncomingFoothold
from tests.bridges.matrix.listening import Listening
from tests.servers.matrix.asking import as_object
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


def _lose(bot: Listening, table: str) -> None:
    """Lose a part of the keys, as when an older copy of them was put back."""
    with closing(sqlite3.connect(_store(bot))) as keys, keys:
        keys.execute(f"DELETE FROM {table}")


def _keys_of_room(bot: Listening) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(_store(bot))) as keys:
        return keys.execute("SELECT * FROM megolminboundsessions").fetchall()


def _put_back(bot: Listening, rows: list[tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(_store(bot))) as keys, keys:
        marks = ", ".join("?" * len(rows[0]))
        keys.executemany(f"INSERT OR REPLACE INTO megolminboundsessions VALUES ({marks})", rows)


def _store(bot: Listening) -> Path:
    (store,) = (bot.folder / "matrix").glob("*.db")
    return store


def _texts(bot: Listening) -> list[str]:
    return [message.text.plain for message in bot.heard(IncomingMessage)]


async def test_broken_session_is_replaced_and_the_key_asked_for(
    bot: Listening, cilla: EncryptingPerson
) -> None:
    """What came by the broken one is read late; what comes after, at once."""
    room = await _room(bot, cilla)
    await cilla.writes(room, "före")
    await bot.hears(IncomingMessage)
    # From the first answer on nobody sends what a session begins with any more.
    await bot.bridge.send(
        RoomRef(Platform.MATRIX, room), OutgoingMessage(text=rich("hej")), key="k1"
    )
    await cilla.sees(room, "hej")
    await bot.stops()
    _lose(bot, "olmsessions")
    await cilla.starts_anew(room)
    await cilla.writes(room, "sluten")
    await bot.starts()
    bot.bridge.encryption.opening.patience_s = 1.0
    # Nobody looks into the inbox meanwhile: whoever did would read it there as soon as it can be.
    await bot.until(lambda: any(name.endswith(">read") for name in bot.keeper.updates))
    await cilla.starts_anew(room)
    await cilla.writes(room, "efter")
    await bot.until(lambda: "efter" in _texts(bot))
    late = [m for m in bot.heard(IncomingMessage) if m.is_late]

    assert [message.text.plain for message in late] == ["sluten"]
    assert bot.bridge.encryption.news() is None


async def test_line_without_its_key_is_read_over_a_restart(
    bot: Listening, cilla: EncryptingPerson
) -> None:
    """Whoever was told that it can't be read hears it when the key comes after all."""
    room = await _room(bot, cilla)
    await cilla.writes(room, "före")
    await bot.hears(IncomingMessage)
    kept = _keys_of_room(bot)
    await bot.stops()
    _lose(bot, "megolminboundsessions")
    bot.keeper.updates.clear()
    await bot.starts()
    said = await cilla.writes(room, "sluten")
    bot.bridge.encryption.opening.patience_s = 0.0
    (closed,) = await bot.hears(IncomingMessage)
    await bot.until(lambda: said in "".join(bot.keeper.positions.values()))
    await bot.stops()
    _put_back(bot, kept)
    await bot.starts()
    bot.bridge.encryption.opening.patience_s = 0.0
    await cilla.writes(room, "efter")
    await bot.until(lambda: f"{said}>read" in bot.keeper.updates)
    late = [m for m in bot.heard(IncomingMessage) if m.is_late]

    assert closed.is_unreadable
    assert [(m.text.plain, m.ref.message_id) for m in late] == [("sluten", said)]
    assert late[0].sent_at == closed.sent_at


async def test_event_with_the_key_of_somebody_else_is_told_as_forged(
    bot: Listening, cilla: EncryptingPerson, people: People
) -> None:
    """Who sent it is the server's word alone; nothing of it is read."""
    room = await _room(bot, cilla)
    eva = await people.arrives_encrypting("Eva")
    await cilla.manages(room).invites(eva.id)
    await eva.joins(room)
    await eva.writes(room, "jag är Eva")
    said = await cilla.writes(room, "jag är Cilla")
    await bot.hears(IncomingMessage, 2)
    event = await cilla.ask("GET", "rooms", room, "event", said)
    path = ("rooms", room, "send", "m.room.encrypted", "t1")
    await eva.ask("PUT", *path, json=as_object(event["content"]))
    *_, forged = await bot.hears(IncomingMessage, 3)

    assert (forged.is_forged, forged.text.plain) == (True, "")
    assert forged.sender.user.user_id == eva.id
    assert not any(m.is_forged for m in bot.heard(IncomingMessage)[:2])


async def test_device_that_comes_with_other_keys_stays_what_it_was(
    bot: Listening, cilla: EncryptingPerson
) -> None:
    """Else whoever runs a homeserver could put a device of their own in somebody's place."""
    room = await _room(bot, cilla)
    await cilla.writes(room, "före")
    await bot.hears(IncomingMessage)
    olm = bot.bridge.api.client.olm
    known = olm.device_store[cilla.id][cilla.device_id]
    other = {"curve25519": known.ed25519, "ed25519": known.curve25519}
    known.keys.update(other)
    before = dict(known.keys)
    olm.users_for_key_query.add(cilla.id)
    await bot.bridge.encryption.talk.ask_for_devices()

    assert known.keys == before
    assert not known.deleted


async def test_device_whose_keys_make_no_sense_keeps_nobody_from_talking(
    bot: Listening, cilla: EncryptingPerson, people: People
) -> None:
    """Anybody can publish anything as the keys of a device."""
    room = await _room(bot, cilla)
    eva = await people.arrives("Eva")
    await cilla.manages(room).invites(eva.id)
    device: dict[str, object] = {
        "user_id": eva.id,
        "device_id": eva.device_id,
        "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
        "keys": {f"ed25519:{eva.device_id}": "nej", f"curve25519:{eva.device_id}": "inte"},
        "signatures": {eva.id: {f"ed25519:{eva.device_id}": "alls"}},
    }
    await eva.ask("POST", "keys", "upload", json={"device_keys": device})
    await eva.joins(room)
    await cilla.writes(room, "hej")
    await bot.hears(IncomingMessage)
    await bot.bridge.send(
        RoomRef(Platform.MATRIX, room), OutgoingMessage(text=rich("hej på er")), key="k1"
    )
    shown = await cilla.sees(room, "hej på er")

    assert (await cilla.seal(room, shown.event_id)).is_encrypted


async def test_message_to_the_device_that_makes_no_sense_costs_no_key(
    bot: Listening, cilla: EncryptingPerson
) -> None:
    """Anybody can send anything; what comes beside it is taken."""
    room = await _room(bot, cilla)
    device = bot.bridge.api.device_id
    own = bot.bridge.api.client.olm.account.identity_keys["curve25519"]
    for number, body in enumerate(("AwogAAAA", "!", "AwogLIlAaIUNtyBIHnM619o+")):
        content: dict[str, object] = {
            "algorithm": "m.olm.v1.curve25519-aes-sha2",
            "sender_key": own,
            "ciphertext": {own: {"type": number % 2, "body": body}},
        }
        sent: dict[str, object] = {"messages": {bot.account.id: {device: content}}}
        await cilla.ask("PUT", "sendToDevice", "m.room.encrypted", f"t{number}", json=sent)
    await cilla.writes(room, "hörs det här?")
    (message,) = await bot.hears(IncomingMessage)

    assert message.text.plain == "hörs det här?"
