"""The bot's library on a device of its own, with just enough of a run loop to read and write."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nio

from bot.bridges.matrix.key_upkeep import keep_stock, key_stock
from bot.bridges.matrix.own_device import prepare_device
from bot.bridges.matrix.sealing import Sealer
from bot.bridges.matrix.signing_seeds import SeedsFile
from tests.bridges.matrix.listening import secret
from tests.servers.matrix.person import Person

PATIENCE_S = 10
SEALER = Sealer(secret=secret)


@dataclass(eq=False)
class NioDevice:
    """Somebody who is signed in with nio.

    Attributes:
        texts: What it could read so far.
        unreadable: How many messages it could not.
    """

    client: nio.AsyncClient
    file: SeedsFile
    texts: list[str] = field(default_factory=list)
    unreadable: int = 0
    _since: str | None = None

    async def prepares(self, *, password: str | None = None, may_replace: bool = False) -> None:
        """Publish its keys and have them signed."""
        await prepare_device(self.client, self.file, password=password, may_replace=may_replace)

    async def syncs(self, *, wait_ms: int = 0) -> None:
        """Take in what has happened, and do what follows from it for its keys."""
        answer = await self.client.sync(timeout=wait_ms, since=self._since, full_state=True)
        assert isinstance(answer, nio.SyncResponse), answer
        self._since = answer.next_batch
        await keep_stock(self.client, key_stock(await answer.transport_response.json()))
        if self.client.should_query_keys:
            await self.client.keys_query()
        for room in answer.rooms.join.values():
            for event in room.timeline.events:
                self._note(event)

    async def reads(self, text: str) -> None:
        """Wait until it has read a text."""
        async with asyncio.timeout(PATIENCE_S):
            while text not in self.texts:
                await self.syncs(wait_ms=2000)

    async def writes(self, room: str, text: str) -> str:
        """Write a text, encrypted where the room is."""
        sent = await self.client.room_send(
            room,
            "m.room.message",
            {"msgtype": "m.text", "body": text},
            ignore_unverified_devices=True,
        )
        assert isinstance(sent, nio.RoomSendResponse), sent
        return str(sent.event_id)

    def _note(self, event: nio.Event) -> None:
        if isinstance(event, nio.RoomMessageText):
            self.texts.append(event.body)
        elif isinstance(event, nio.MegolmEvent):
            self.unreadable += 1


@asynccontextmanager
async def nio_device(person: Person, folder: Path) -> AsyncIterator[NioDevice]:
    """Open the device with which somebody has signed in, its store in a folder."""
    config = nio.AsyncClientConfig(store_sync_tokens=False, encryption_enabled=True)
    (folder / "store").mkdir(exist_ok=True)
    client = nio.AsyncClient(
        person.ask.url,
        person.id,
        device_id=person.device_id,
        store_path=str(folder / "store"),
        config=config,
    )
    client.restore_login(person.id, person.device_id, str(person.ask.token))
    try:
        yield NioDevice(
            client, SeedsFile(path=folder / "signing.json", user_id=person.id, sealer=SEALER)
        )
    finally:
        await client.close()
        client.store.database.close()
