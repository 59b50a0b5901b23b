"""Devices that the account's owner has signed, and those that a server or a thief has added."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.bridges.matrix.owners import OWNER
from bot.domain.incoming import IncomingMessage
from bot.domain.proofs import Proof
from bot.domain.room_news import IncomingFoothold
from tests.bridges.matrix.listening import Listening
from tests.bridges.matrix.nio_device import NioDevice, nio_device
from tests.servers.matrix.people import Account, People


class Phones:
    """The devices of one account, each of which is in an encrypted room with the bot."""

    def __init__(self, people: People, account: Account, folder: Path) -> None:
        self.people = people
        self.account = account
        self.folder = folder
        self.room = ""
        self.stack = AsyncExitStack()

    async def first(self, bot: Listening) -> NioDevice:
        """Sign in, sign the device, and open the room."""
        phone, person = await self.another("first"), self.person
        await phone.prepares()
        self.room = await person.opens(invites=[bot.account.id], is_encrypted=True)
        await bot.hears(IncomingFoothold)
        await phone.syncs()
        return phone

    async def another(self, name: str) -> NioDevice:
        """Sign in with the password on one more device."""
        self.person = await self.people.signs_in(self.account)
        (self.folder / name).mkdir()
        device = nio_device(self.person, self.folder / name)
        phone = await self.stack.enter_async_context(device)
        await phone.syncs()
        return phone


@pytest.fixture
async def phones(people: People, tmp_path: Path) -> AsyncIterator[Phones]:
    """An officer's."""
    found = Phones(people, await people.account("polis", is_limited=False), tmp_path)
    async with found.stack:
        yield found


async def _proof(bot: Listening, text: str) -> Proof:
    def said() -> list[IncomingMessage]:
        return [m for m in bot.heard(IncomingMessage) if m.text.plain == text]

    await bot.until(said)
    proof = said()[0].sender.proof
    assert proof is not None
    return proof


async def test_signed_device_is_told_from_one_that_only_has_the_password(
    bot: Listening, phones: Phones
) -> None:
    """Over a restart, too: what is known of devices is kept with them."""
    await bot.starts()
    own = await phones.first(bot)
    await own.writes(phones.room, "mitt ord")
    signed = await _proof(bot, "mitt ord")
    impostor = await phones.another("impostor")
    await impostor.syncs()
    await impostor.writes(phones.room, "inte mitt ord")
    unsigned = await _proof(bot, "inte mitt ord")
    await bot.stops()
    bot._make()
    again = await _proof(bot, "mitt ord"), await _proof(bot, "inte mitt ord")

    assert signed.owner is not None
    assert unsigned.owner is None
    assert signed.device != unsigned.device
    assert again == (signed, unsigned)


async def test_device_counts_as_signed_once_its_owner_has_signed_it(
    bot: Listening, phones: Phones
) -> None:
    """What it says from then on; nobody has to restart anything."""
    await bot.starts()
    own = await phones.first(bot)
    await own.writes(phones.room, "ett")
    tablet = await phones.another("tablet")
    await tablet.writes(phones.room, "två")
    before = await _proof(bot, "två")
    data = (phones.folder / "first" / "signing.json").read_bytes()
    (phones.folder / "tablet" / "signing.json").write_bytes(data)
    await tablet.prepares()
    await tablet.writes(phones.room, "tre")
    await bot.until(lambda: bot.heard(IncomingMessage)[-1].text.plain == "tre")
    one, after = await _proof(bot, "ett"), await _proof(bot, "tre")

    assert before.owner is None
    assert after.owner == one.owner is not None


async def test_new_identity_vouches_as_somebody_else(bot: Listening, phones: Phones) -> None:
    """Whoever has the password can make one; it is not the one that was known."""
    await bot.starts()
    own = await phones.first(bot)
    await own.writes(phones.room, "mitt ord")
    before = await _proof(bot, "mitt ord")
    impostor = await phones.another("impostor")
    await impostor.prepares(password=phones.account.password, may_replace=True)
    await impostor.writes(phones.room, "inte mitt ord")
    after = await _proof(bot, "inte mitt ord")
    await own.writes(phones.room, "mitt ord igen")

    assert None is not after.owner != before.owner
    assert (await _proof(bot, "mitt ord igen")).owner is None


async def test_what_an_older_version_knew_of_devices_is_asked_anew(
    bot: Listening, phones: Phones
) -> None:
    """It had not looked who vouches for them; until that is known, what they say waits."""
    await bot.starts()
    own = await phones.first(bot)
    await own.writes(phones.room, "ett")
    before = await _proof(bot, "ett")
    await bot.stops()
    olm = bot.bridge.api.client.olm
    for device in olm.device_store:
        device.keys.pop(OWNER)
    olm.store.database.execute_sql("DELETE FROM keys WHERE key_type = ?", (OWNER,))
    await bot.starts()
    await own.writes(phones.room, "två")

    assert await _proof(bot, "två") == before
