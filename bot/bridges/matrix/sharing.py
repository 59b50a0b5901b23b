"""Giving those in an encrypted room the key of what is sealed there next.

The library's own way takes a key for delivered whatever the homeserver has answered, and after a
cut connection shares no other in that room until a restart.

Source: Matrix client-server API, "m.room_key".
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from nio import MatrixRoom
from nio.crypto import OutboundGroupSession
from nio.exceptions import EncryptionError, OlmTrustError

from bot.bridges.matrix.api import CLIENT, Api, Object
from bot.bridges.matrix.errors import MatrixError, Refusal
from bot.bridges.matrix.key_questions import begin_with
from bot.bridges.matrix.key_talk import NEVER, KeyTalk, surely
from bot.errors import TemporaryFailure
from bot.ports.clock import Clock

TRIED_EVERY = timedelta(hours=1)
"""Devices with which nothing could begin get no key until then."""
_SENT = f"{CLIENT}/sendToDevice/m.room.encrypted"


@dataclass(kw_only=True)
class Sharing:
    """Gives keys; for whoever holds the turn of `talk`."""

    api: Api
    clock: Clock
    talk: KeyTalk
    _tried: dict[str, datetime] = field(default_factory=dict)

    async def share(self, room_id: str) -> None:
        """See that all who are in a room have what opens what is sealed next.

        Raises:
            TemporaryFailure: Somebody did not get it; who did is not given it again.
            MatrixError: As before; or the homeserver does not say who is there.
        """
        room, olm = await self._learn_members(room_id), self.api.client.olm
        self._let_go_of_known(room)
        if olm.should_share_group_session(room_id):
            await self._begin_with_missing(room)
            await self._give(room)
        elif self.clock.now() - self._tried.get(room_id, NEVER) >= TRIED_EVERY:
            await self._give_to_missing(room)

    def forget(self, room_id: str) -> None:
        """Let go of a room in which the bot is no more: others are there when it comes back."""
        client = self.api.client
        client.rooms.pop(room_id, None)
        if client.olm is not None:
            client.olm.outbound_group_sessions.pop(room_id, None)
        self._tried.pop(room_id, None)

    async def _learn_members(self, room_id: str) -> MatrixRoom:
        client = self.api.client
        room = client.rooms.get(room_id)
        if room is None:
            room = client.rooms[room_id] = MatrixRoom(room_id, self.api.user_id, encrypted=True)
        room.encrypted = True
        if not room.members_synced:
            await surely(client.joined_members(room_id))
        client.olm.update_tracked_users(room)
        await self.talk.ask_for_devices()
        return room

    def _let_go_of_known(self, room: MatrixRoom) -> None:
        """Let go of a key that was given to somebody who is there no more.

        The library keeps one that not all have got yet, whoever goes meanwhile.
        """
        client = self.api.client
        session = client.olm.outbound_group_sessions.get(room.room_id)
        there = {
            (user_id, device.id)
            for user_id in room.users
            for device in client.device_store.active_user_devices(user_id)
        }
        if session is not None and not session.users_shared_with <= there:
            del client.olm.outbound_group_sessions[room.room_id]

    async def _begin_with_missing(self, room: MatrixRoom) -> None:
        self._tried[room.room_id] = self.clock.now()
        missing = self._missing(room)
        if missing:
            await begin_with(self.api, missing)

    async def _give_to_missing(self, room: MatrixRoom) -> None:
        """Give the key to those who had nothing to begin with when all others got it."""
        missing = self._missing(room)
        # All others can read what is said: it does not wait for these.
        with suppress(MatrixError):
            await self._begin_with_missing(room)
        session = self.api.client.olm.outbound_group_sessions.get(room.room_id)
        if session is not None and self._missing(room) != missing:
            session.shared = False
            await self._give(room)

    def _missing(self, room: MatrixRoom) -> dict[str, list[str]]:
        """Return the devices that can't be talked to yet, by whose they are."""
        found: dict[str, list[str]] = self.api.client.olm.get_missing_sessions(list(room.users))
        return found

    async def _give(self, room: MatrixRoom) -> None:
        """Give the key to all devices that have not got it and can be talked to."""
        session = self._session(room.room_id)
        messages = self.api.client.olm.share_group_session_parallel(
            room.room_id, list(room.users), ignore_unverified_devices=True
        )
        try:
            for devices, message in messages:
                await self._send(message)
                session.users_shared_with |= devices
        except (EncryptionError, OlmTrustError) as error:
            raise TemporaryFailure(f"not shared: {type(error).__name__}") from error
        session.shared = True

    def _session(self, room_id: str) -> OutboundGroupSession:
        """Return what some have the key of already, or what nobody has."""
        olm = self.api.client.olm
        session = olm.outbound_group_sessions.get(room_id)
        if session is None or session.shared:
            olm.create_outbound_group_session(room_id)
        return olm.outbound_group_sessions[room_id]

    async def _send(self, message: Object) -> None:
        try:
            await self.api.put(f"{_SENT}/{uuid4()}", message)
        except Refusal as refusal:
            if not refusal.is_for_good:
                raise
            # It says nothing of what is sealed, which goes when its key does.
            raise TemporaryFailure(f"not shared: {refusal}") from refusal
