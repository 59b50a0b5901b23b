"""The bot's device and the keys of its account, seen by an app of another make."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import ConfigError
from tests.bridges.matrix.nio_device import NioDevice, nio_device
from tests.servers.matrix.asking import Json, as_object
from tests.servers.matrix.encrypting import EncryptingPerson, Shield
from tests.servers.matrix.people import Account, People
from tests.servers.matrix.person import Person

ONE_TIME_KEYS = 50


@pytest.fixture
async def account(people: People) -> Account:
    """The bot's account."""
    return await people.account("Granne")


@pytest.fixture
async def granne(people: People, account: Account) -> Person:
    """The bot, signed in on one device."""
    return await people.signs_in(account)


@pytest.fixture
async def device(granne: Person, tmp_path: Path) -> AsyncIterator[NioDevice]:
    """Its device."""
    async with nio_device(granne, tmp_path) as opened:
        yield opened


@pytest.fixture
async def cilla(people: People) -> EncryptingPerson:
    """Has an app that encrypts."""
    return await people.arrives_encrypting("Cilla")


async def _shares_a_room(cilla: EncryptingPerson, granne: Person, device: NioDevice) -> str:
    room = await cilla.opens(invites=[granne], is_encrypted=True)
    await granne.joins(room)
    await device.syncs()
    await cilla.waits(room, lambda _: True)
    return room


async def test_apps_that_exclude_unsigned_devices_talk_to_the_bot(
    granne: Person, device: NioDevice, cilla: EncryptingPerson
):
    """Its owner vouches for the device: no shield, and words in both directions."""
    await device.prepares()
    await cilla.excludes_unsigned()
    room = await _shares_a_room(cilla, granne, device)
    await cilla.writes(room, "hej granne")
    await device.reads("hej granne")
    answer = await device.writes(room, "hej Cilla")
    await cilla.sees(room, "hej Cilla")

    trust = await cilla.trusts(granne.id, granne.device_id)
    seal = await cilla.seal(room, answer)
    assert (trust.has_identity, trust.is_signed_by_owner) == (True, True)
    assert (seal.is_encrypted, seal.shield) == (True, Shield.NONE)


async def test_an_unsigned_device_is_neither_told_nor_heard(
    granne: Person, device: NioDevice, cilla: EncryptingPerson
):
    """So would the bot be without its signature; this is what the others' silence looks like."""
    await device.syncs()
    await cilla.excludes_unsigned()
    room = await _shares_a_room(cilla, granne, device)
    await cilla.writes(room, "hej")
    await cilla.manages(room).renames("Torget 2")
    while not device.unreadable:
        await device.syncs(wait_ms=2000)

    answer = await device.writes(room, "hallå?")
    await cilla.sees(room, lambda seen: seen.event_id == answer)

    assert device.texts == []
    assert (await cilla.seal(room, answer)).unreadable_because == "UNSIGNED_SENDER_DEVICE"
    assert not (await cilla.trusts(granne.id, granne.device_id)).is_signed_by_owner


async def test_identity_is_the_same_after_a_restart(granne: Person, tmp_path: Path):
    """The second start finds everything in its place, and changes nothing."""
    async with nio_device(granne, tmp_path) as first:
        await first.prepares()
        before = await _listed(granne)
    async with nio_device(granne, tmp_path) as second:
        await second.prepares()

    assert await _listed(granne) == before
    assert before["master_keys"]


async def test_second_device_is_signed_by_the_same_identity(
    people: People, account: Account, granne: Person, cilla: EncryptingPerson, tmp_path: Path
):
    """The bot may sign in anew: who has verified it needn't do it again."""
    async with nio_device(granne, tmp_path) as first:
        await first.prepares()
    before = await _listed(granne)
    again = await people.signs_in(account)
    (tmp_path / "store").rename(tmp_path / "old store")
    async with nio_device(again, tmp_path) as second:
        await second.prepares()
        await _shares_a_room(cilla, again, second)

    assert (await _listed(granne))["master_keys"] == before["master_keys"]
    assert (await cilla.trusts(again.id, again.device_id)).is_signed_by_owner


async def test_foreign_identity_is_left_alone_until_the_operator_says_so(
    granne: Person, account: Account, device: NioDevice, cilla: EncryptingPerson
):
    """Without its keys the bot can't sign; making new ones is not the bot's to decide."""
    await device.prepares()
    before = await _listed(granne)
    device.file.path.unlink()
    with pytest.raises(ConfigError, match="replace_identity"):
        await device.prepares(password=account.password)
    assert not device.file.path.exists()
    assert await _listed(granne) == before
    with pytest.raises(ConfigError, match="wants the password"):
        await device.prepares(may_replace=True)
    with pytest.raises(ConfigError, match="does not take"):
        await device.prepares(may_replace=True, password="gissat")
    await device.prepares(may_replace=True, password=account.password)
    await _shares_a_room(cilla, granne, device)

    assert (await _listed(granne))["master_keys"] != before["master_keys"]
    assert (await cilla.trusts(granne.id, granne.device_id)).is_signed_by_owner


async def test_lost_key_store_is_named(granne: Person, device: NioDevice, tmp_path: Path):
    """Others know the device by keys that nobody has any more."""
    await device.prepares()
    other = tmp_path / "other"
    other.mkdir()
    async with nio_device(granne, other) as emptied:
        with pytest.raises(ConfigError, match="the store with them is lost"):
            await emptied.prepares()


async def test_new_devices_can_write_while_no_one_time_keys_are_left(
    people: People, granne: Person, device: NioDevice, cilla: EncryptingPerson
):
    """The fallback key serves them; then the stock is filled up and that key replaced."""
    await device.prepares()
    eva = await people.arrives("Eva")
    taken = [await _claimed(eva, granne) for _ in range(ONE_TIME_KEYS + 2)]
    assert len(set(taken)) == ONE_TIME_KEYS + 1
    # It is away meanwhile: Cilla's device can begin only with the fallback key.
    room = await cilla.opens(invites=[granne], is_encrypted=True)
    await granne.joins(room)
    await cilla.writes(room, "hej granne")
    await device.reads("hej granne")

    assert await _stock(granne) >= ONE_TIME_KEYS
    left = [await _claimed(eva, granne) for _ in range(ONE_TIME_KEYS + 1)]
    assert taken[-1] not in left


async def _listed(granne: Person) -> Json:
    """What the server has of its keys."""
    asked: Json = {"device_keys": {granne.id: []}}
    answer = await granne.ask("POST", "keys", "query", json=asked)
    return {name: value for name, value in answer.items() if name != "failures"}


async def _claimed(who: Person, granne: Person) -> str:
    """Take one of its keys, as somebody's device does that writes to it for the first time."""
    asked: Json = {"one_time_keys": {granne.id: {granne.device_id: "signed_curve25519"}}}
    answer = await who.ask("POST", "keys", "claim", json=asked)
    keys = as_object(as_object(answer["one_time_keys"])[granne.id])
    (key,) = as_object(keys[granne.device_id]).values()
    return str(as_object(key)["key"])


async def _stock(granne: Person) -> int:
    answer = await granne.ask("POST", "keys", "upload", json={})
    return int(str(as_object(answer["one_time_key_counts"])["signed_curve25519"]))
