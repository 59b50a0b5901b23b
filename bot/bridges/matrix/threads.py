"""In which thread a message stands: what answers it stands there, too.

Source: Matrix client-server API, "Threading".
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.bridges.matrix.api import Object
from bot.bridges.matrix.asking import Asking
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.standing import MAX_ID_CHARS
from bot.domain.outgoing import OutgoingMessage

RELATES = "m.relates_to"
_REMEMBERED = 5_000


def begun_by(content: Fields) -> str:
    """Return what began the thread in which a message stands, empty outside of any."""
    relation = content.inner_or_empty(RELATES)
    return relation.text_or("event_id") if relation.text_or("rel_type") == "m.thread" else ""


@dataclass(kw_only=True)
class Threads:
    """Remembers of what was heard and said lately where it stands, and asks for all else."""

    asking: Asking
    _begun_by: OrderedDict[str, str | None] = field(default_factory=OrderedDict)
    """Empty for what stands in no thread and may begin one; None for what may not, or is not."""

    def note(self, event_id: str, content: Object) -> None:
        """Note where a message stands."""
        self._note(event_id, _place_of(Fields(content)))

    async def around(self, room_id: str, event_id: str) -> str:
        """Return what began the thread of a message; empty if there is none, or no message.

        Servers refuse what stands in a thread that nothing has begun.

        Raises:
            MatrixError: It can't be told now.
        """
        begun = await self._place(room_id, event_id)
        return begun if begun and await self._place(room_id, begun) == "" else ""

    async def of(self, room_id: str, message: OutgoingMessage) -> str:
        """Return in which thread a message shall stand; empty for none.

        What is urgent stands where all see it. Threads don't nest: what goes on from a line of
        one goes on in that.
        """
        begun, answered = message.thread, message.reply_to
        if message.urgent:
            return ""
        if begun is not None and is_event(begun.message_id):
            around = await self.around(room_id, begun.message_id)
            is_free = await self._place(room_id, begun.message_id) == ""
            return around or (begun.message_id if is_free else "")
        if answered is not None and is_event(answered.message_id):
            return await self.around(room_id, answered.message_id)
        return ""

    async def _place(self, room_id: str, event_id: str) -> str | None:
        if event_id not in self._begun_by and len(event_id) <= MAX_ID_CHARS:
            event = Fields(await self.asking.answered(room_id, event_id))
            content = event.inner_or_empty("content")
            self._note(event_id, _place_of(content) if "event_id" in event else None)
        return self._begun_by.get(event_id)

    def _note(self, event_id: str, place: str | None) -> None:
        self._begun_by[event_id] = place
        while len(self._begun_by) > _REMEMBERED:
            self._begun_by.popitem(last=False)


def _place_of(content: Fields) -> str | None:
    begun = begun_by(content)
    return begun if begun or "rel_type" not in content.inner_or_empty(RELATES) else None


def is_event(message_id: str) -> bool:
    """Whether it is a message's own id."""
    return message_id.startswith("$")
