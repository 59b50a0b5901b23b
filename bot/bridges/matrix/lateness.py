"""Telling of what could not be opened when it came and can be now, as it stands by then."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.bridges.matrix.answers import as_object
from bot.bridges.matrix.api import Api, Object, of_room
from bot.bridges.matrix.encryption import ENCRYPTED, Encryption
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.noticing import Noticing
from bot.bridges.matrix.unread import Missing
from bot.domain.incoming import RawUpdate

_AT_ONCE = 50
_READ = ">read"
"""Ends the number of such an update: that of the event was taken when it came."""


@dataclass(kw_only=True)
class Lateness:
    """Makes updates of what was missing."""

    api: Api
    encryption: Encryption
    noticing: Noticing

    async def updates(self) -> tuple[RawUpdate, ...]:
        """Return what can be read by now, oldest first.

        Raises:
            MatrixError: The homeserver can't be asked for it now.
        """
        found: list[RawUpdate] = []
        for missing in self.encryption.late()[:_AT_ONCE]:
            event = await self._ask(missing)
            self.encryption.opening.note_tried(missing)
            if event is not None and self.encryption.opening.opens(missing.room_id, event):
                found += await self._told(missing, event)
        return tuple(found)

    def forget(self, told: Iterable[RawUpdate]) -> None:
        """Note that updates are kept."""
        for update in told:
            self.encryption.unread.forget(update.update_id.removesuffix(_READ))

    async def _told(self, missing: Missing, event: Object) -> list[RawUpdate]:
        raw = await self.noticing.of_late(missing.room_id, event)
        return [replace(raw, update_id=f"{missing.event_id}{_READ}")] if raw else []

    async def _ask(self, missing: Missing) -> Object | None:
        """Return an event as it stands now, None if there is nothing to read any more."""
        try:
            event = await self.api.get(of_room(missing.room_id, "event", missing.event_id))
        except Refusal as refusal:
            if not refusal.is_for_good:
                raise
            event = {}
        if event.get("type") != ENCRYPTED or "ciphertext" not in as_object(event.get("content")):
            # It was taken back, or the bot may not see it any more.
            self.encryption.unread.forget(missing.event_id)
            return None
        return event
