"""Asking a platform how somebody stands in the room that something is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.copies import SubjectKind
from bot.domain.incoming import Incoming, IncomingPress
from bot.domain.messages import RoomRef
from bot.domain.notes import Note, NoteId
from bot.errors import PermanentFailure
from bot.ports.bridge import Bridge, Membership
from bot.ports.features import Feature
from bot.ports.store import Store, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Asks before any transaction is open, if a feature wants to know."""

    store: Store
    features: Sequence[Feature]

    async def ask(self, incoming: Incoming, bridge: Bridge) -> Membership | None:
        """Return how the sender stands there; None if nobody wants to know.

        Raises:
            TemporaryFailure: The platform does not say now.
        """
        room = await self._room(incoming)
        if room is None:
            return None
        if room.platform is not bridge.platform:
            return Membership()
        try:
            return await bridge.membership(incoming.sender.user, room)
        except PermanentFailure:
            return Membership()

    async def _room(self, incoming: Incoming) -> RoomRef | None:
        if isinstance(incoming, IncomingPress):
            return await self._room_of_button(incoming)
        is_wanted = any(f.asks_membership(incoming) for f in self.features)
        return incoming.room if is_wanted and not incoming.is_direct else None

    async def _room_of_button(self, press: IncomingPress) -> RoomRef | None:
        """Return the room that a button acts upon: who asked for it may have left it since."""
        async with self.store.read() as uow:
            note = await _note_of(press, uow)
            if note is None:
                return None
            asked = [f.asks_membership_in(note) for f in self.features if note.feature == f.name]
            room = next((room for room in asked if room is not None), None)
            return None if room is None else await uow.rooms.where_now(room)


async def _note_of(press: IncomingPress, uow: UnitOfWork) -> Note | None:
    copy = await uow.copies.by_token(press.data.partition(".")[0])
    if copy is None or copy.subject.kind is not SubjectKind.NOTE:
        return None
    return await uow.notes.get(NoteId(copy.subject.id))
