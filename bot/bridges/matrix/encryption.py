"""Rooms whose messages are encrypted: nothing goes there in the clear.

What opens messages lies in the library's store, in the data folder. It is there before an update
is kept, and goes on opening the same message: after a crash between the two it is opened again.

Source: Matrix client-server API, "End-to-end encryption" (m.megolm.v1.aes-sha2).
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import structlog
from nio.exceptions import EncryptionError, LocalProtocolError

from bot.bridges.matrix.about_keys import about_keys
from bot.bridges.matrix.answers import as_object
from bot.bridges.matrix.api import Api, Object, of_room
from bot.bridges.matrix.erasing import erase_devices, erase_trust
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.key_care import Care
from bot.bridges.matrix.key_talk import KeyTalk
from bot.bridges.matrix.opening import Opened, Opening
from bot.bridges.matrix.sealing import Sealer
from bot.bridges.matrix.sharing import Sharing
from bot.bridges.matrix.signing_seeds import DamagedSeeds, SeedsFile
from bot.bridges.matrix.store_key import require_store
from bot.bridges.matrix.unread import Missing, Unread
from bot.bridges.matrix.vouching import Vouching
from bot.domain.richtext_json import Json
from bot.errors import PlatformAway, TemporaryFailure
from bot.ports.clock import Clock

ENCRYPTED = "m.room.encrypted"

log = structlog.get_logger("matrix")


@dataclass(kw_only=True)
class Encryption:
    """Seals and opens; knows which rooms are encrypted, which they are for ever.

    Attributes:
        folder: Where the keys lie.
        password: The account's, which servers may ask for again.
        may_replace: Whether a foreign identity of the account gives way; see `prepare_device`.
    """

    api: Api
    clock: Clock
    folder: Path
    sealer: Sealer
    password: str | None = None
    may_replace: bool = False
    unread: Unread = field(init=False)
    opening: Opening = field(init=False)
    talk: KeyTalk = field(init=False)
    sharing: Sharing = field(init=False)
    vouching: Vouching = field(init=False)
    care: Care = field(init=False)
    _encrypted: set[str] = field(default_factory=set)
    _open: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Put the parts together."""
        self.unread = Unread(clock=self.clock)
        self.opening = Opening(api=self.api, clock=self.clock, unread=self.unread)
        self.talk = KeyTalk(api=self.api, opening=self.opening)
        self.sharing = Sharing(api=self.api, clock=self.clock, talk=self.talk)
        self.vouching = Vouching(
            api=self.api,
            clock=self.clock,
            turn=self.talk.turn,
            seeds=self._seeds,
            password=self.password,
            may_replace=self.may_replace,
        )
        self.care = self.api.client.care = Care(clock=self.clock, sign_for=self.sealer.sign_for)

    async def begin(self) -> None:
        """Load the keys of the device that has signed in, and let others trust it."""
        self._load()
        self.api.client.olm.ask_for_owners()
        await self.vouching.begin()

    def require_key(self) -> None:
        """See that what lies in the folder can be opened, and is nobody else's to read.

        Raises:
            WrongKey: It was sealed with another installation's key.
        """
        if not self.folder.exists():
            return
        self.folder.chmod(0o700)
        for store in self.folder.glob("*.db"):
            require_store(store, self.sealer.store_key)
        with suppress(DamagedSeeds):
            self._seeds().read()

    def _seeds(self) -> SeedsFile:
        path = self.folder / "signing.json"
        return SeedsFile(path=path, user_id=self.api.user_id, sealer=self.sealer)

    def note(self, room_id: str) -> None:
        """Note that a room is encrypted."""
        self._encrypted.add(room_id)
        self._open.discard(room_id)

    def is_noted(self, room_id: str) -> bool:
        """Whether a room is known to be encrypted, without asking."""
        return room_id in self._encrypted

    def forget(self, user_id: str) -> None:
        """Erase somebody's devices with their keys; what they have sealed opens no more."""
        if self.api.client.olm is not None:
            self.api.client.olm.forget(user_id)
        erase_trust(self.folder.glob("*_devices"), user_id)
        if erase_devices(self.folder.glob("*.db"), user_id):
            log.info("matrix.devices_forgotten")

    def leave(self, room_id: str) -> None:
        """Note that the bot is not in a room any more."""
        self._encrypted.discard(room_id)
        self.sharing.forget(room_id)

    def is_met(self, user_id: str) -> bool:
        """Whether somebody is in an encrypted room with the bot."""
        return any(user_id in room.users for room in self.api.client.rooms.values())

    async def receive(self, told: Mapping[str, Json]) -> None:
        """Take from an answer to a sync what is about keys and about who shall have them.

        Raises:
            MatrixError: The homeserver can't be asked for what is missing.
        """
        if self.api.client.olm is None:
            return
        async with self.talk.turn:
            await self.talk.take(told, about_keys(told, self._encrypted))

    def open(self, room_id: str, event: Object) -> Opened | None:
        """Return an encrypted event as it was written; see `Opening.open`.

        Raises:
            TemporaryFailure: What opens it may still come.
        """
        if self.api.client.olm is None:
            self._load()
        return self.opening.open(room_id, event)

    def expect(self, room_id: str, event: Object) -> None:
        """Note that an event has come, which perhaps waits for its key."""
        if self.api.client.olm is not None:
            self.opening.expect(room_id, event)

    def late(self) -> Sequence[Missing]:
        """Return what could not be opened in time, and perhaps can be now."""
        if self.api.client.olm is None:
            return ()
        waiting = self.unread.older_than(self.opening.patience_s)
        return [missing for missing in waiting if self.opening.has_more_for(missing)]

    def news(self) -> str | None:
        """Return what has to outlive a restart beside the keys, None if it is as before."""
        if not self.unread.has_news and not self.care.has_news:
            return None
        self.unread.has_news = self.care.has_news = False
        return json.dumps({"missing": self.unread.to_json(), "unwedged": self.care.unwedged})

    def learn_kept(self, kept: str) -> None:
        """Take what was kept before a restart; what can't be read is left."""
        try:
            told = as_object(json.loads(kept))
        except ValueError:
            return
        self.unread.learn_kept(told.get("missing"))
        for device, at in as_object(told.get("unwedged")).items():
            if isinstance(at, int | float):
                self.care.unwedged.setdefault(device, at)

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
        async with self.talk.turn:
            await self.sharing.share(room_id)
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
        client = self.api.client
        client.config = replace(client.config, pickle_key=self.sealer.store_key)
        client.restore_login(self.api.user_id, self.api.device_id, self.api.token)
        for file in self.folder.iterdir():
            file.chmod(0o600)
