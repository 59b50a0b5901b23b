"""Opening what came encrypted: by whose key, how long to wait for it, and what never opens.

Source: Matrix client-server API, "m.megolm.v1.aes-sha2".
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

import structlog
from nio import MegolmEvent
from nio.crypto import InboundGroupSession
from nio.exceptions import EncryptionError

from bot.bridges.matrix.answers import as_object
from bot.bridges.matrix.api import Api, Object
from bot.bridges.matrix.senders import (
    KeyOwner,
    is_owner_known,
    maker_of,
    owner_of,
    proof_of,
)
from bot.bridges.matrix.unread import Missing, Unread
from bot.bridges.matrix.updates import POLL_ENDS, POLL_STARTS, VOTES
from bot.domain.proofs import Proof
from bot.domain.richtext_json import Json
from bot.errors import NotYetReadable
from bot.ports.clock import Clock

SAID = frozenset(
    {
        "m.room.message", "m.sticker", "m.reaction", "m.beacon", "org.matrix.msc3672.beacon",
        *POLL_STARTS, *VOTES, *POLL_ENDS,
    }
)  # fmt: skip
"""What may stand within a sealed event. The server decides who may do all else, and sees no type
there."""
NOTHING_SAID = ""
"""Stands for the type of an event in which something else was sealed."""
KEY_COMES_WITHIN_S = 7.0
"""A message and its key go different ways; whoever has no key by then had not sent one."""
_REMEMBERED = 1_000

log = structlog.get_logger("matrix")


class NotItsSenders(Exception):
    """An event was not written by who is said to have sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An event as it was written.

    Attributes:
        proof: By which device it was sealed; None for what the bot has sealed itself.
    """

    event: Object
    proof: Proof | None = None


@dataclass(kw_only=True)
class Opening:
    """Opens events with the keys that are there.

    Attributes:
        wanted: Set when something is missing: a key, or what devices somebody has.
        patience_s: How long an event waits for what opens it, from when it was heard: those that
            wait one behind the other wait at the same time. From the start, if that was later.
    """

    api: Api
    clock: Clock
    unread: Unread
    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    patience_s: float = KEY_COMES_WITHIN_S
    _began: float | None = None
    _waits_since: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _tried: dict[str, int] = field(default_factory=dict)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def open(self, room_id: str, event: Object) -> Opened | None:
        """Return an event as it was written, None if nothing opens it.

        Raises:
            NotItsSenders: Somebody else has written it.
            NotYetReadable: What opens it may still come.
        """
        event_id, session = str(event.get("event_id")), self._session_of(room_id, event)
        owner = self._owner(session, event)
        if owner is KeyOwner.SOMEBODY_ELSE:
            self.unread.forget(event_id)
            self._tell_of_forgery(room_id, event)
            raise NotItsSenders
        opened = self._opened(room_id, event, session) if owner is KeyOwner.SENDER else None
        is_proven = self._is_proof_known(session, event)
        if opened is not None and (is_proven or not self._may_still_come(event_id)):
            self.unread.forget(event_id)
            return Opened(event=opened, proof=self._proof(session, event))
        if self._may_still_come(event_id):
            raise NotYetReadable("its key has not come yet")
        return None

    def expect(self, room_id: str, event: Object) -> None:
        """Note that an event has come and waits for its key, unless that is there."""
        if self._want(room_id, event):
            now = self.clock.now().timestamp()
            self._begun_at(now)
            self._forget_waits_until(now - self.patience_s)
            self._waits_since.setdefault(str(event.get("event_id")), now)

    def _want(self, room_id: str, event: Object) -> bool:
        """Ask for what is missing to open an event; whether something is."""
        session = self._session_of(room_id, event)
        if session is None or session.first_known_index > 0:
            self.unread.expect(room_id, event)
            self.wanted.set()
            return True
        owner = self._owner(session, event)
        if owner is KeyOwner.UNKNOWN or not self._is_proof_known(session, event):
            self.wanted.set()
            return True
        return False

    def opens(self, room_id: str, event: Object) -> bool:
        """Whether an event can be opened, and was written by its sender."""
        session = self._session_of(room_id, event)
        is_senders = self._owner(session, event) is KeyOwner.SENDER
        return is_senders and self._opened(room_id, event, session) is not None

    def has_more_for(self, missing: Missing) -> bool:
        """Whether there is a key for an event by now that was not tried on it."""
        index = self._least_index(missing)
        return index is not None and index < self._tried.get(missing.event_id, index + 1)

    def note_tried(self, missing: Missing) -> None:
        """Note that an event was tried with the key that is there."""
        self._tried[missing.event_id] = self._least_index(missing) or 0

    def has_whole_key(self, missing: Missing) -> bool:
        """Whether a key is there that opens all that was ever sealed with it."""
        return self._least_index(missing) == 0

    def _least_index(self, missing: Missing) -> int | None:
        """Return from which place on an event's key opens, None if there is none of its sender."""
        olm = self.api.client.olm
        found = self._sessions(missing.room_id, missing.session_id)
        own = (
            one
            for one in found
            if not missing.sender or owner_of(one, missing.sender, olm) is KeyOwner.SENDER
        )
        return min((session.first_known_index for session in own), default=None)

    def _opened(
        self, room_id: str, event: Object, session: InboundGroupSession | None
    ) -> Object | None:
        content = as_object(event.get("content"))
        whole = {"device_id": "", **content, "sender_key": session.sender_key if session else ""}
        read = MegolmEvent.from_dict({**event, "content": whole, "room_id": room_id})
        if not isinstance(read, MegolmEvent):
            return None
        try:
            found = self.api.client.olm.decrypt_megolm_event(read, room_id)
        except EncryptionError:
            return None
        inner = as_object(found.source)
        if inner.get("room_id") not in {None, room_id}:
            # Somebody has brought it here from the room for which it was sealed.
            return None
        said = as_object(inner.get("content"))
        if "m.relates_to" in content:
            said = {**said, "m.relates_to": content["m.relates_to"]}
        return as_said(event, inner.get("type"), said)

    def _session_of(self, room_id: str, event: Object) -> InboundGroupSession | None:
        """Return what opens an event: what its sender has made, and first what is vouched for.

        Any device can hand on another's key as its own.
        """
        session_id = str(as_object(event.get("content")).get("session_id"))
        found = self._sessions(room_id, session_id)
        own = [one for one in found if self._owner(one, event) is KeyOwner.SENDER]
        vouched_for = (one for one in own if (proof := self._proof(one, event)) and proof.owner)
        return next(vouched_for, next(iter(own or found), None))

    def _sessions(self, room_id: str, session_id: str) -> list[InboundGroupSession]:
        """Return all keys that are called so; newer events don't say whose theirs is."""
        entries = self.api.client.olm.inbound_group_store._entries  # noqa: SLF001
        by_sender = entries.get(room_id, {})
        return [made[session_id] for made in by_sender.values() if session_id in made]

    def _owner(self, session: InboundGroupSession | None, event: Object) -> KeyOwner | None:
        if session is None:
            return None
        olm, sender = self.api.client.olm, str(event.get("sender"))
        owner = owner_of(session, sender, olm)
        if owner is KeyOwner.UNKNOWN:
            olm.users_for_key_query.add(sender)
        return owner

    def _is_proof_known(self, session: InboundGroupSession | None, event: Object) -> bool:
        """Whether it is known who vouches for the device that has made a key; else it is asked."""
        olm, sender = self.api.client.olm, str(event.get("sender"))
        device = None if session is None else maker_of(session, sender, olm)
        if device is None or device.deleted or is_owner_known(device):
            return True
        olm.users_for_key_query.add(sender)
        return False

    def _proof(self, session: InboundGroupSession | None, event: Object) -> Proof | None:
        client, sender = self.api.client, str(event.get("sender"))
        device = None if session is None else maker_of(session, sender, client.olm)
        return None if device is None else proof_of(device, client.care.sign_for)

    def _may_still_come(self, event_id: str) -> bool:
        if self.unread.is_withheld(event_id):
            return False
        now = self.clock.now().timestamp()
        since = self._waits_since.get(event_id, self._begun_at(now))
        return now - since < self.patience_s

    def _forget_waits_until(self, before: float) -> None:
        """Forget since when those wait whose time is up: unknown ones wait no more, either."""
        while self._waits_since and next(iter(self._waits_since.values())) <= before:
            self._waits_since.popitem(last=False)

    def _begun_at(self, now: float) -> float:
        """Return since when something may wait: keys came to nobody before that."""
        if self._began is None:
            self._began = now
        return self._began

    def _tell_of_forgery(self, room_id: str, event: Object) -> None:
        """Say once for each who has done so in a room that the sender is another."""
        whose = room_id, str(event.get("sender"))
        if whose not in self._told and len(self._told) < _REMEMBERED:
            self._told.add(whose)
            fix = "ask whoever administers the room, and the homeserver of the account, about it"
            log.error(
                "matrix.forged_sender", room=room_id, update_id=event.get("event_id"), fix=fix
            )


def as_said(event: Object, event_type: Json, content: Object) -> Object:
    """Return an event with what stood sealed in it, or with nothing if nobody may seal that."""
    if isinstance(event_type, str) and event_type in SAID:
        return {**event, "type": event_type, "content": content}
    return {**event, "type": NOTHING_SAID, "content": {}}
