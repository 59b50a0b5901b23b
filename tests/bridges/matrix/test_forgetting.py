"""Letting go of somebody: nothing of theirs is left in the store of keys, nor a private chat."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bridges.matrix.encryption import Encryption
from bot.bridges.matrix.erasing import erase_devices, erase_trust
from bot.bridges.matrix.forgetting import Forgetting
from bot.bridges.matrix.limits import Limits
from bot.bridges.matrix.privates import Privates
from bot.domain.incoming import IncomingMessage
from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich
from bot.domain.room_news import IncomingFoothold
from tests.bridges.matrix.homeserver import Homeserver
from tests.bridges.matrix.listening import Listening
from tests.bridges.matrix.nio_device import SEALER
from tests.servers.matrix.asking import Json, as_object
from tests.servers.matrix.encrypting import EncryptingPerson
from tests.servers.matrix.people import People
from tests.town import FakeClock


@pytest.fixture
async def cilla(people: People) -> EncryptingPerson:
    """Has an app that encrypts."""
    return await people.arrives_encrypting("Cilla")


def _bytes(bot: Listening) -> bytes:
    return b"".join(path.read_bytes() for path in sorted((bot.folder / "matrix").iterdir()))


async def _list(bot: Listening) -> Json:
    told = await bot.bridge.api.get(bot.bridge.privates._path)
    return as_object(told)


async def _keys_of(cilla: EncryptingPerson) -> list[str]:
    asked: Json = {"device_keys": {cilla.id: []}}
    told = await cilla.ask("POST", "keys", "query", json=asked)
    devices = as_object(as_object(told["device_keys"])[cilla.id])
    return [
        str(key) for one in devices.values() for key in as_object(as_object(one)["keys"]).values()
    ]


async def _speaks(bot: Listening, cilla: EncryptingPerson) -> str:
    """Let Cilla and the bot talk in an encrypted private chat."""
    await bot.starts()
    room = await cilla.opens("", invites=[bot.account.id], is_direct=True, is_encrypted=True)
    await _greets(bot)
    await cilla.writes(room, "hej")
    await bot.until(lambda: "hej" in _texts(bot))
    hello = OutgoingMessage(text=rich("hej Cilla"))
    await bot.bridge.send(RoomRef(Platform.MATRIX, room), hello, key="k1")
    await cilla.sees(room, "hej Cilla")
    return room


async def _greets(bot: Listening) -> None:
    """Wait until the bot has come into a private chat."""
    await bot.until(lambda: "/start" in _texts(bot))
    await bot.until(bot.bridge.accounts)


async def test_nothing_of_theirs_is_left(bot: Listening, cilla: EncryptingPerson) -> None:
    """Devices, sessions, and the keys of what they wrote: by the bytes of the folder."""
    room = await _speaks(bot, cilla)
    keys = await _keys_of(cilla)
    before = _bytes(bot)
    listed = await _list(bot)
    bot.bridge.forget(UserRef(Platform.MATRIX, cilla.id))
    await bot.until(lambda: not bot.bridge.accounts())
    after = _bytes(bot)

    assert listed == {cilla.id: [room]}
    assert cilla.id.encode() in before
    assert any(key.encode() in before for key in keys)
    assert cilla.id.encode() not in after
    assert [key for key in keys if key.encode() in after] == []
    assert await _list(bot) == {}
    assert not await _is_in(bot, room)
    assert await _only_own_keys_open(bot)


async def _is_in(bot: Listening, room: str) -> bool:
    told = await bot.bridge.api.get("/_matrix/client/v3/joined_rooms")
    rooms = told["joined_rooms"]
    return isinstance(rooms, list) and room in rooms


async def _only_own_keys_open(bot: Listening) -> bool:
    own = bot.bridge.api.client.olm.account.identity_keys["curve25519"]
    store = bot.bridge.api.client.store.load_inbound_group_sessions()
    return {session.sender_key for session in store} <= {own}


async def test_others_are_let_be(bot: Listening, cilla: EncryptingPerson, people: People) -> None:
    """Their lines open as before, over a restart, too."""
    room = await _speaks(bot, cilla)
    eva = await people.arrives_encrypting("Eva")
    bot.bridge.forget(UserRef(Platform.MATRIX, eva.id))
    await bot.stops()
    await bot.starts()
    await cilla.writes(room, "hej igen")
    await bot.until(lambda: "hej igen" in _texts(bot))

    assert await _list(bot) == {cilla.id: [room]}


async def test_who_comes_back_is_read_and_answered(
    bot: Listening, cilla: EncryptingPerson
) -> None:
    """In a new chat; their devices are learnt anew."""
    await _speaks(bot, cilla)
    bot.bridge.forget(UserRef(Platform.MATRIX, cilla.id))
    await bot.until(lambda: not bot.bridge.accounts())
    bot.keeper.updates.clear()
    room = await cilla.opens("", invites=[bot.account.id], is_direct=True, is_encrypted=True)
    await _greets(bot)
    await cilla.writes(room, "nu är jag här igen")
    await bot.until(lambda: "nu är jag här igen" in _texts(bot))
    to = UserRef(Platform.MATRIX, cilla.id)
    await bot.bridge.send(to, OutgoingMessage(text=rich("Välkommen!")), key="k2")

    await cilla.sees(room, "Välkommen!")


async def test_who_stays_in_an_encrypted_room_is_learnt_again(
    bot: Listening, cilla: EncryptingPerson
) -> None:
    """Else they could read nothing there any more, and would not be read."""
    await bot.starts()
    room = await cilla.opens(invites=[bot.account.id], is_encrypted=True)
    await bot.hears(IncomingFoothold)
    await cilla.writes(room, "före")
    await bot.hears(IncomingMessage)
    bot.bridge.forget(UserRef(Platform.MATRIX, cilla.id))
    forgotten = cilla.id.encode() not in _bytes(bot)
    await cilla.writes(room, "efter")
    await bot.until(lambda: "efter" in _texts(bot))
    here = RoomRef(Platform.MATRIX, room)
    await bot.bridge.send(here, OutgoingMessage(text=rich("hör du?")), key="k1")
    seen = await cilla.sees(room, "hör du?")

    assert forgotten
    assert (await cilla.seal(room, seen.event_id)).unreadable_because is None


async def test_chat_that_others_read_is_left_to_them(
    bot: Listening, cilla: EncryptingPerson, people: People
) -> None:
    """It is taken off the list and is a room like any other from then on."""
    (eva,) = await people.arrive("Eva")
    await bot.starts()
    room = await cilla.opens("", invites=[bot.account.id, eva.id], is_direct=True)
    await eva.joins(room)
    await bot.until(bot.bridge.accounts)
    bot.bridge.forget(UserRef(Platform.MATRIX, cilla.id))
    await bot.until(lambda: not bot.bridge.accounts())

    assert await _is_in(bot, room)
    assert await _list(bot) == {}


def test_list_of_devices_names_nobody_who_is_forgotten(tmp_path: Path) -> None:
    """The library keeps those that it need not ask about in files of their own."""
    others = "@annan:hem.se B matrix-ed25519 k2\n"
    kept = tmp_path / "bot.ignored_devices"
    kept.write_text(f"@anna:hem.se A matrix-ed25519 k1\n{others}")
    erase_trust(tmp_path.glob("*_devices"), "@anna:hem.se")

    assert kept.read_text() == others


def test_store_of_another_make_is_let_be(tmp_path: Path) -> None:
    """Whatever else lies in the folder."""
    (tmp_path / "new.db").touch()

    assert erase_devices(tmp_path.glob("*.db"), "@anna:hem.se") == 0


def _texts(bot: Listening) -> list[str]:
    return [message.text.plain for message in bot.heard(IncomingMessage)]


async def test_outage_is_no_storm_however_many_are_forgotten(tmp_path: Path) -> None:
    """One of them is asked for in a minute; the next time it is another's turn."""
    clock, homeserver = FakeClock(), Homeserver(is_broken=True)
    forgetting = Forgetting(
        clock=clock,
        privates=Privates(api=homeserver, limits=Limits(clock=clock)),
        encryption=Encryption(api=homeserver, clock=clock, folder=tmp_path, sealer=SEALER),
    )
    for number in range(50):
        forgetting.forget(f"@person{number}:hem.se")
    running = asyncio.ensure_future(forgetting.run())
    until = clock.now() + timedelta(minutes=10)
    while clock.now() < until:
        await clock.sleep(1)
    running.cancel()

    assert 5 <= len(homeserver.asked) <= 15
