"""Rooms whose messages are encrypted: nothing goes there in the clear.

What opens messages lies in the library's store, in the data folder. It is there before an update
is kept, and goes on opening the same message: after a crash between the two it is opened again.

Source: Matrix client-server API, "End-to-end encryption" (m.megolm.v1.aes-sha2).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import structlog
from nio import ErrorResponse, MatrixRoom, MegolmEvent, SyncResponse
from nio.exceptions import EncryptionError, LocalProtocolError, OlmTrustError

from bot.bridges.matrix.answers import as_object, events_in, joined_rooms
from bot.bridges.matrix.api import Api, Object, of_room
from bot.bridges.matrix.errors import Broken, Refusal
from bot.bridges.matrix.key_upkeep import keep_stock, key_stock
from bot.bridges.matrix.own_device import prepare_device
from bot.bridges.matrix.signing_seeds import SeedsFile
from bot.domain.richtext_json import Json
from bot.errors import (
    BridgeError,
    ConfigError,
    PermanentFailure,
    PlatformAway,
    TemporaryFailure,
)
from bot.ports.clock import Clock

ENCRYPTED = "m.room.encrypted"
ALGORITHM = "m.megolm.v1.aes-sha2"
KEY_COMES_WITHIN_S = 7.0
"""A message and its key go different ways; whoever has no key by then had not sent one."""
_AWAITED_AT_MOST = 1_000
_MEMBERS = ("m.room.member", "m.room.encryption")

log = structlog.get_logger("matrix")


@dataclass(kw_only=True)
class Encryption:
    """Seals and opens; knows which rooms are encrypted, which they are for ever.

    Attributes:
        folder: Where the keys lie.
        password: The account's, which servers may ask for again.
        may_replace: Whether a foreign identity of the account gives way; see `prepare_device`.
        patience_s: How long a message waits for what opens it.
    """

    api: Api
    clock: Clock
    folder: Path
    password: str | None = None
    may_replace: bool = False
    patience_s: float = KEY_COMES_WITHIN_S
    _encrypted: set[str] = field(default_factory=set)
    _open: set[str] = field(default_factory=set)
    _awaited: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(self) -> None:
        """Load the keys of the device that has signed in, and let others trust it."""
        self._load()
        client = self.api.client
        seeds = SeedsFile(path=self.folder / "signing.json", user_id=self.api.user_id)
        try:
            await prepare_device(
                client, seeds, password=self.password, may_replace=self.may_replace
            )
        except ConfigError as error:
            # All else works, and most apps talk to a device that nobody vouches for.
            log.error("matrix.device_not_signed", where=error.where, fix=error.fix)  # noqa: TRY400
        except BridgeError as error:
            fix = "nothing, if it passes: it is tried again at the next start"
            log.warning("matrix.device_not_signed", reason=str(error), fix=fix)

    def note(self, room_id: str) -> None:
        """Note that a room is encrypted."""
        self._encrypted.add(room_id)
        self._open.discard(room_id)

    def is_noted(self, room_id: str) -> bool:
        """Whether a room is known to be encrypted, without asking."""
        return room_id in self._encrypted

    async def receive(self, told: Mapping[str, Json]) -> None:
        """Take from an answer to a sync what is about keys and about who shall have them.

        Raises:
            MatrixError: The homeserver can't be asked for what is missing.
        """
        client = self.api.client
        if client.olm is None:
            return
        async with self._turn:
            about_keys = self._about_keys(told)
            # Most answers say nothing of keys; the library writes to its store at each.
            if _says_something(about_keys):
                await self._take_keys(about_keys)
            try:
                await keep_stock(client, key_stock(told))
            except PermanentFailure as error:
                log.warning("matrix.keys_refused", reason=str(error))
            except TemporaryFailure as error:
                raise Broken(str(error)) from error
            await self._ask_for_devices()
            await _surely(client.send_to_device_messages())

    def open(self, room_id: str, event: Object) -> Object | None:
        """Return an encrypted event as it was written, None if nothing opens it.

        Raises:
            TemporaryFailure: What opens it may still come.
        """
        if self.api.client.olm is None:
            self._load()
        opened = self._opened(room_id, event)
        if opened is None and self._may_still_come(str(event.get("event_id"))):
            raise TemporaryFailure("its key has not come yet")
        return opened

    async def seal(self, room_id: str, event_type: str, content: Object) -> tuple[str, Object]:
        """Return what goes on the wire for an event.

        Raises:
            PermanentFailure: It can't be sealed for those who are in the room.
            MatrixError: It can't be told now whether the room is encrypted.
        """
        if not await self.is_encrypted(room_id):
            return event_type, content
        if self.api.client.olm is None:
            raise PlatformAway("the keys are not there yet")
        async with self._turn:
            await self._share(room_id)
            try:
                sealed_type, sealed = self.api.client.encrypt(room_id, event_type, content)
            except (EncryptionError, LocalProtocolError) as error:
                raise TemporaryFailure(f"not sealed: {type(error).__name__}") from error
        return sealed_type, dict(sealed)

    async def is_encrypted(self, room_id: str) -> bool:
        """Whether a room is encrypted."""
        if room_id in self._encrypted:
            return True
        if room_id in self._open:
            return False
        try:
            await self.api.get(of_room(room_id, "state", "m.room.encryption", ""))
        except Refusal as refusal:
            if not refusal.is_not_found:
                raise
            self._open.add(room_id)
            return False
        self.note(room_id)
        return True

    def _load(self) -> None:
        """Load the device's keys: what was kept before a restart is read before all else.

        Raises:
            TemporaryFailure: The bot has never signed in.
        """
        if not self.api.device_id:
            raise PlatformAway("the bot has no device yet")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.api.client.restore_login(self.api.user_id, self.api.device_id, self.api.token)

    async def _take_keys(self, told: Object) -> None:
        try:
            response = SyncResponse.from_dict(told)
            if isinstance(response, SyncResponse):
                await self.api.client.receive_response(response)
            else:
                log.error("matrix.keys_not_read")
        except Exception as bug:  # noqa: BLE001 - what anybody sends to a device must not stop all
            log.error("matrix.keys_not_taken", bug=bug)  # noqa: TRY400 - it may quote people

    async def _share(self, room_id: str) -> None:
        """Give all who are in the room what opens what is sealed next."""
        client = self.api.client
        room = client.rooms.get(room_id)
        if room is None:
            room = client.rooms[room_id] = MatrixRoom(room_id, self.api.user_id, encrypted=True)
        room.encrypted = True
        if not room.members_synced:
            await _surely(client.joined_members(room_id))
        await self._ask_for_devices()
        if client.olm.should_share_group_session(room_id):
            try:
                await _surely(client.share_group_session(room_id, ignore_unverified_devices=True))
            except (LocalProtocolError, OlmTrustError) as error:
                raise TemporaryFailure(f"not shared: {type(error).__name__}") from error

    async def _ask_for_devices(self) -> None:
        if self.api.client.should_query_keys:
            await _surely(self.api.client.keys_query())

    def _opened(self, room_id: str, event: Object) -> Object | None:
        content = as_object(event.get("content"))
        sender_key = self._sender_key(room_id, content)
        if sender_key is None:
            return None
        whole = {"device_id": "", **content, "sender_key": sender_key}
        read = MegolmEvent.from_dict({**event, "content": whole, "room_id": room_id})
        if not isinstance(read, MegolmEvent):
            return None
        try:
            found = self.api.client.olm.decrypt_megolm_event(read, room_id)
        except EncryptionError:
            return None
        inner = as_object(found.source)
        said = as_object(inner.get("content"))
        if "m.relates_to" in content:
            said = {**said, "m.relates_to": content["m.relates_to"]}
        return {**event, "type": inner.get("type"), "content": said}

    def _sender_key(self, room_id: str, content: Object) -> str | None:
        """Return by whose key the content can be opened, None if by none; newer ones don't say."""
        entries = self.api.client.olm.inbound_group_store._entries  # noqa: SLF001
        session = str(content.get("session_id"))
        by_sender = entries.get(room_id, {})
        return next((str(key) for key, found in by_sender.items() if session in found), None)

    def _may_still_come(self, event_id: str) -> bool:
        now = self.clock.now().timestamp()
        since = self._awaited.setdefault(event_id, now)
        while len(self._awaited) > _AWAITED_AT_MOST:
            self._awaited.popitem(last=False)
        return now - since < self.patience_s

    def _about_keys(self, told: Mapping[str, Json]) -> Object:
        """Return the part of an answer that the library needs, and nothing that people write."""
        join: Object = {}
        for room in joined_rooms(told):
            if room.room_id in self._encrypted:
                join[room.room_id] = {
                    "state": {"events": [e for e in room.state if e.get("type") in _MEMBERS]},
                    "timeline": {
                        "events": [e for e in room.events if e.get("type") in _MEMBERS],
                        "limited": False,
                        "prev_batch": room.before,
                    },
                    "ephemeral": {"events": []},
                    "account_data": {"events": []},
                }
        counts = told.get("device_one_time_keys_count")
        return {
            "next_batch": told.get("next_batch"),
            "rooms": {"join": join, "invite": {}, "leave": {}},
            "to_device": told.get("to_device") or {"events": []},
            "device_lists": told.get("device_lists") or {"changed": [], "left": []},
            "device_one_time_keys_count": counts or {},
            "presence": {"events": []},
        }


def _says_something(about_keys: Object) -> bool:
    """Whether there is anything for the library; how many keys are left is looked at apart."""
    devices = as_object(about_keys["device_lists"])
    return bool(
        events_in(about_keys["to_device"])
        or devices.get("changed")
        or devices.get("left")
        or as_object(about_keys["rooms"]).get("join")
    )


async def _surely(asked: Awaitable[object]) -> None:
    """Wait for something that the library asks the homeserver.

    Raises:
        MatrixError: It was refused, or not answered.
    """
    try:
        answer = await asked
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Broken(type(error).__name__) from error
    for one in answer if isinstance(answer, list) else [answer]:
        if isinstance(one, ErrorResponse):
            is_limit = one.status_code == "M_LIMIT_EXCEEDED"
            raise Refusal(429 if is_limit else 500, one.status_code or "")
