"""The folder with the account's keys: of no use without the installation's own."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.bridges.matrix import store_key
from bot.bridges.matrix.account import FILE
from bot.bridges.matrix.sealing import Sealer, WrongKey
from bot.bridges.matrix.signing import make_seeds
from bot.bridges.matrix.signing_seeds import SeedsFile
from bot.bridges.matrix.store_key import require_store
from bot.domain.incoming import IncomingMessage
from bot.domain.room_news import IncomingFoothold
from tests.bridges.matrix.listening import Listening, secret
from tests.bridges.matrix.nio_device import SEALER
from tests.servers.matrix.people import People

BOT = "@granne:grannar.test"


def elsewhere(purpose: str) -> bytes:
    """Return what another installation has."""
    return hashlib.sha256(f"elsewhere {purpose}".encode()).digest()


def test_seeds_that_lay_open_are_sealed_once(tmp_path):
    """The words of an older installation are taken over as they are."""
    file = SeedsFile(path=tmp_path / "signing.json", user_id=BOT, sealer=SEALER)
    seeds = "A" * 43 + "="
    file.path.write_text(
        json.dumps({"user_id": BOT, "master": seeds, "self_signing": seeds, "user_signing": seeds})
    )
    first = file.read()

    assert first is not None
    assert first == file.read()
    assert seeds not in file.path.read_text()
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_seeds_of_another_installation_are_refused_with_what_to_do(tmp_path):
    """A new identity is never made in their place."""
    file = SeedsFile(path=tmp_path / "signing.json", user_id=BOT, sealer=SEALER)
    file.write(make_seeds())
    other = SeedsFile(path=file.path, user_id=BOT, sealer=Sealer(secret=elsewhere))

    with pytest.raises(WrongKey, match=r"signing\.json: keys_url: .*the same backup"):
        other.read()


async def test_folder_opens_nothing_for_who_has_copied_it(bot: Listening, people: People) -> None:
    """Nor is the copy written over; with the right key all goes on."""
    cilla = await people.arrives_encrypting("Cilla")
    await bot.starts()
    room = await cilla.opens(invites=[bot.account.id], is_encrypted=True)
    await bot.hears(IncomingFoothold)
    await cilla.writes(room, "hej")
    await bot.hears(IncomingMessage)
    token = bot.bridge.api.token
    await bot.stops()
    folder = bot.folder / "matrix"
    held = {path.name: path.read_bytes() for path in folder.iterdir()}
    bot.secret = elsewhere
    bot._make()
    with pytest.raises(WrongKey):
        await bot.bridge.run(bot.keeper)
    (store,) = folder.glob("*.db")
    with pytest.raises(WrongKey, match=r"\.db: keys_url: "):
        require_store(store, Sealer(secret=elsewhere).store_key)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    bot.secret = secret
    await bot.starts()
    await cilla.writes(room, "hej igen")
    await bot.until(lambda: len(bot.heard(IncomingMessage)) == 2)

    assert after == held
    assert all(token.encode() not in content for content in held.values())
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


async def test_store_and_token_that_lay_open_are_sealed_once(
    bot: Listening, people: People
) -> None:
    """As older installations have left them; every key in it still opens what it did."""
    cilla = await people.arrives_encrypting("Cilla")
    await bot.starts()
    room = await cilla.opens(invites=[bot.account.id], is_encrypted=True)
    await bot.hears(IncomingFoothold)
    await cilla.writes(room, "hej")
    await bot.hears(IncomingMessage)
    token = bot.bridge.api.token
    await bot.stops()
    (store,) = (bot.folder / "matrix").glob("*.db")
    _open_up(bot, token)
    was_open = store.read_bytes()
    await bot.starts()
    await cilla.writes(room, "hej igen")
    await bot.until(lambda: len(bot.heard(IncomingMessage)) == 2)

    assert [message.text.plain for message in bot.heard(IncomingMessage)] == ["hej", "hej igen"]
    assert token not in (bot.folder / FILE).read_text()
    for pickle in _pickles(was_open, bot):
        assert pickle not in store.read_bytes()


def _open_up(bot: Listening, token: str) -> None:
    """Leave everything as an installation did that had no key of its own."""
    file = bot.folder / FILE
    file.write_text(json.dumps({**json.loads(file.read_text()), "token": token}))
    (store,) = (bot.folder / "matrix").glob("*.db")
    _close_with_everybodys(store)


def _close_with_everybodys(store: Path) -> None:
    """Close a store with the library's own key, by the way that closes it with another."""
    own = Sealer(secret=secret).store_key
    with closing(sqlite3.connect(store)) as keys, keys:
        for table, column in store_key._TABLES:
            for row, closed in store_key._closed(keys, table, column).items():
                anew = store_key._read(table, closed, own).pickle("DEFAULT_KEY")
                keys.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (anew, row))


def _pickles(content: bytes, bot: Listening) -> list[bytes]:
    copy = bot.folder / "was-open.db"
    copy.write_bytes(content)
    with closing(sqlite3.connect(copy)) as keys:
        rows = keys.execute("SELECT account FROM accounts").fetchall()
        rows += keys.execute("SELECT session FROM megolminboundsessions").fetchall()
    return [bytes(row[0]) for row in rows]
