"""What stands in rooms of the bot's own messages."""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.bridges.matrix.api import Api, Object, of_room
from bot.bridges.matrix.encryption import ENCRYPTED, Encryption
from bot.bridges.matrix.errors import Refusal
from bot.domain.messages import MessageRef
from bot.domain.richtext_json import Json
from bot.errors import PermanentFailure, Why

_REMEMBERED = 5_000
MAX_ID_CHARS = 255


@dataclass(kw_only=True)
class Standing:
    """Remembers what was sent lately, and asks for all else."""

    api: Api
    encryption: Encryption
    _contents: OrderedDict[str, Object] = field(default_factory=OrderedDict)

    async def content_of(self, part: MessageRef) -> Object:
        """Return what a message of the bot's shows now.

        Raises:
            PermanentFailure: It is gone, never was, or is somebody else's.
            MatrixError: It can't be told now.
        """
        known = self._contents.get(part.message_id)
        if known is None:
            known = await self._ask(part)
            self.note(part.message_id, known)
        return known

    def has(self, event_id: str) -> bool:
        """Whether something is known at once as the bot's own."""
        return event_id in self._contents

    def note(self, event_id: str, content: Object) -> None:
        """Note what an event shows now."""
        self._contents[event_id] = content
        self._contents.move_to_end(event_id)
        while len(self._contents) > _REMEMBERED:
            self._contents.popitem(last=False)

    def forget(self, event_id: str) -> None:
        """Note that an event is gone, or may have been changed."""
        self._contents.pop(event_id, None)

    async def _ask(self, part: MessageRef) -> Object:
        if len(part.message_id) > MAX_ID_CHARS:
            raise PermanentFailure("no message is called that", why=Why.MESSAGE_GONE)
        try:
            event = await self.api.get(of_room(part.room.room_id, "event", part.message_id))
        except Refusal as refusal:
            if refusal.is_not_found or refusal.status == 400:
                raise PermanentFailure("there is no such message", why=Why.MESSAGE_GONE) from None
            raise
        if event.get("sender") != self.api.user_id:
            raise PermanentFailure("it is somebody else's message", why=Why.NO_RIGHTS)
        content = self._shown(part.room.room_id, event)
        if not content:
            raise PermanentFailure("the message was removed", why=Why.MESSAGE_GONE)
        return content

    def _shown(self, room_id: str, event: Object) -> Object:
        """Return the content of an event after its latest edit; empty if it was removed."""
        unsigned = _object(event.get("unsigned"))
        if "redacted_because" in unsigned:
            return {}
        edited = _object(_object(unsigned.get("m.relations")).get("m.replace"))
        new = self._content(room_id, edited).get("m.new_content")
        return _object(new) or self._content(room_id, event)

    def _content(self, room_id: str, event: Object) -> Object:
        if event.get("type") == ENCRYPTED:
            opened = self.encryption.open(room_id, event)
            event = opened.event if opened else {}
        return _object(event.get("content"))


def _object(value: Json) -> Object:
    return value if isinstance(value, dict) else {}
