"""What an answer left out because too much had happened.

Source: Matrix client-server API, "Syncing" (limited timelines), GET /rooms/{roomId}/messages.
"""

from dataclasses import dataclass

import structlog

from bot.bridges.matrix.answers import Told, objects_in
from bot.bridges.matrix.api import Api, Object, of_room
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.known import Known
from bot.bridges.matrix.questions import history_filter

PAGE = 200
MOST_PAGES = 200

log = structlog.get_logger("matrix")


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """Walks back through a room to where the bot has heard it last."""

    api: Api
    known: Known

    async def missing(self, room: Told, *, since: str) -> list[Object]:
        """Return what happened between a position and what was told, in its order.

        Raises:
            MatrixError: It can't be asked for now; nothing of the answer may be taken yet.
        """
        found: list[Object] = []
        at = room.before
        for _ in range(MOST_PAGES):
            page, at = await self._page(room.room_id, at, since)
            found += page
            if not at or any(self._is_own_coming(event) for event in page):
                break
        else:
            log.error("matrix.gap_too_long", room=room.room_id, number=len(found))
        return list(reversed(found))

    async def _page(self, room_id: str, at: str, since: str) -> tuple[tuple[Object, ...], str]:
        asked = {"from": at, "to": since, "dir": "b", "limit": str(PAGE)}
        asked["filter"] = history_filter()
        try:
            told = await self.api.get(of_room(room_id, "messages"), asked)
        except Refusal as refusal:
            # Put out meanwhile: what was said there is not for the bot any more.
            if refusal.is_for_good:
                log.warning("matrix.gap_not_told", room=room_id, reason=str(refusal))
                return (), ""
            raise
        for event in objects_in(told.get("state")):
            self.known.learn(room_id, event)
        events, end = objects_in(told.get("chunk")), told.get("end")
        return events, end if isinstance(end, str) and end != at else ""

    def _is_own_coming(self, event: Object) -> bool:
        return is_coming(event, self.api.user_id)


def is_coming(event: Object, user_id: str) -> bool:
    """Whether an event lets somebody in who was not in the room."""
    if event.get("type") != "m.room.member" or event.get("state_key") != user_id:
        return False
    content, unsigned = event.get("content"), event.get("unsigned")
    is_in = isinstance(content, dict) and content.get("membership") == "join"
    before = unsigned.get("prev_content") if isinstance(unsigned, dict) else None
    was_in = isinstance(before, dict) and before.get("membership") == "join"
    return is_in and not was_in
